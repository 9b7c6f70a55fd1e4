import { UserError } from '../errors.ts';

const HINT = 'Paste the address of the page as your browser shows it, such as https://example.org/news/1.';
const LONGEST = 2000;

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
];

/** Letters of scripts that look alike, in one label of a host: no registry gives out such a name for an honest purpose. */
const mixes = (label: string): boolean => SCRIPTS.filter((script) => script.test(label)).length > 1;

/** The host as it was written, before anything was encoded. */
const writtenHost = (text: string): string => /^[a-z][a-z0-9+.-]*:\/*(?:[^/?#@]*@)?([^/?#:]*)/i.exec(text)?.[1] ?? '';

/**
 * A web address as it may be stored: http(s), a public host in its ASCII form, no user name or password. Throws a UserError
 * that says what is wrong; the address itself is told no further than its host.
 */
export function readLink(written: string): string {
  const text = written.trim().replace(/^<(.*)>$/, '$1');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https' && !/^[a-z0-9.-]+:\d/i.test(text))
    throw new UserError(`A link may begin with https:// or http://, not with ${scheme.slice(0, 20)}:.`, HINT);
  const whole = scheme === 'http' || scheme === 'https' ? text : `https://${text}`;
  // Browsers drop these silently, so that what is seen and where it leads differ.
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\\]|\p{Cf}/u.test(whole) || !URL.canParse(whole))
    throw new UserError('That is no web address that I can read.', HINT);
  const url = new URL(whole);
  if (url.username !== '' || url.password !== '' || /^[^/?#]*\/\/[^/?#]*@/.test(whole))
    throw new UserError('A link must not hold a user name or password (the part before “@”).', HINT);
  if (!/[^.]\.[^.]/.test(url.hostname) && !url.hostname.startsWith('['))
    throw new UserError(`${url.hostname.slice(0, 60)} is not the name of a public site.`, HINT);
  if (writtenHost(whole).normalize('NFKC').split('.').some(mixes))
    throw new UserError(
      `The site's name mixes alphabets that look alike; its real name is ${url.hostname.slice(0, 80)}.`,
      'If that is not the site that you meant, the link imitates another one.',
    );
  if (url.href.length > LONGEST)
    throw new UserError(`A link may have ${LONGEST} characters at most; this one has ${url.href.length}.`, HINT);
  return url.href;
}

/** What a person should look at in an address that may be stored; undefined where it is plain. */
export function oddHost(url: string): string | undefined {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (/(?:^|\.)xn--/.test(host)) return `the site's name is written in other letters than it seems: ${host}`;
  if (/^(?:\d+\.){3}\d+$/.test(host) || host.startsWith('[')) return `the link leads to a bare number, ${host}`;
  return undefined;
}

const TRACKING = /^(?:utm_[a-z]+|fbclid|gclid|igshid|mc_cid|mc_eid|ref_src)$/i;

/** What makes two addresses the same page: without scheme, www, fragment, tracking and a slash at the end. */
export function pageOf(url: string): string {
  const [, host = '', path = '', query = ''] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url) ?? [];
  const kept = query
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING.test(pair.split('=', 1)[0] ?? ''))
    .sort()
    .join('&');
  const site = host
    .toLowerCase()
    .replace(/^(?:www|m|mobile|amp)\./, '')
    .replace(/:(?:80|443)$/, '');
  return `${site}${path.replace(/\/+$/, '')}${kept === '' ? '' : `?${kept}`}`;
}
