import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, extname, join, sep } from 'node:path';
import { refuse } from './standin/server.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Where the page lies. `compiled` is served below `/js/`, `still` (html, css, icons) below `/`. */
export interface PageFolders {
  readonly compiled: string;
  readonly still: string;
}

/** The folders of this package: found by walking up to package.json, from src as well as from dist. */
export function defaultPageFolders(): PageFolders {
  const root = packageRoot(import.meta.dirname);
  return { compiled: join(root, 'dist', 'page'), still: join(root, 'src', 'playground', 'page') };
}

function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const up = dirname(from);
  if (up === from) throw new Error('The playground cannot find its package.json.');
  return packageRoot(up);
}

/**
 * Serves the page: `/`, `/js/…` and `/modules/<package>/…` for the packages that the import map of index.html names.
 * Nothing outside these folders is served, and no script but the page's own and its import map may run.
 */
export function staticFiles(
  folders: PageFolders,
  origin: () => string,
): (path: string, response: ServerResponse) => void {
  return (path, response) => {
    const found = locate(folders, path);
    const type = found === undefined ? undefined : TYPES[extname(found)];
    if (found === undefined || type === undefined) {
      refuse(response, 404, 'Nothing here.');
      return;
    }
    const content = readFileSync(found);
    if (extname(found) === '.html') {
      response.setHeader('content-security-policy', contentPolicy(content.toString('utf8'), origin()));
    }
    response.setHeader('content-type', type);
    response.setHeader('cache-control', 'no-cache');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('x-frame-options', 'DENY');
    response.end(content);
  };
}

function locate(folders: PageFolders, path: string): string | undefined {
  let clean: string;
  try {
    clean = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const parts = clean.split('/').filter((part) => part !== '');
  if (/[\\\0]/.test(clean) || parts.some((part) => part === '..' || part.startsWith('.'))) return undefined;
  if (parts.length === 0) return inside(folders.still, ['index.html']);
  if (parts[0] === 'js') return inside(folders.compiled, parts.slice(1), ['.js', '.map']);
  if (parts[0] === 'modules') return locateModule(folders, parts.slice(1));
  return inside(folders.still, parts, ['.html', '.css', '.svg', '.png', '.woff2']);
}

function locateModule(folders: PageFolders, parts: readonly string[]): string | undefined {
  const length = parts[0]?.startsWith('@') ? 2 : 1;
  const name = parts.slice(0, length).join('/');
  if (!namedInImportMap(folders.still).has(name)) return undefined;
  const folder = packageFolder(folders.still, name);
  return folder === undefined ? undefined : inside(folder, parts.slice(length), ['.js', '.map', '.json', '.css']);
}

/** Packages behind the `/modules/…` addresses of the import map. */
function namedInImportMap(still: string): ReadonlySet<string> {
  const index = join(still, 'index.html');
  const [map = '{}'] = existsSync(index) ? inlineScripts(readFileSync(index, 'utf8')) : [];
  return new Set([...map.matchAll(/"\/modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map((match) => match[1] ?? ''));
}

function packageFolder(from: string, name: string): string | undefined {
  const candidate = join(from, 'node_modules', name);
  if (existsSync(candidate)) return candidate;
  const up = dirname(from);
  return up === from ? undefined : packageFolder(up, name);
}

/** The file, if it lies in the folder even after every link is followed. */
function inside(folder: string, parts: readonly string[], endings?: readonly string[]): string | undefined {
  const file = join(folder, ...parts);
  if (!existsSync(file) || !statSync(file).isFile()) return undefined;
  if (endings !== undefined && !endings.includes(extname(file))) return undefined;
  const real = realpathSync(file);
  return real.startsWith(realpathSync(folder) + sep) ? real : undefined;
}

function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
}

/** Scripts and styles only from here; the hashes admit the import map, which has to be inline. */
function contentPolicy(html: string, origin: string): string {
  const hashes = inlineScripts(html).map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${origin.replace('http:', 'ws:')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
