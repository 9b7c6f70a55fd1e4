import type { Source } from '../model/source.ts';
import type { Language } from './language.ts';
import type { Names } from './names.ts';
import type { Stance, Voice } from './reading.ts';
import type { Token } from './tokens.ts';
import { voiceIn } from './voices.ts';

/** Somebody who speaks in a sentence. */
export interface Told {
  readonly voice: Voice;
  readonly publisher?: Voice;
  readonly stance: Stance;
  /** Tokens of the name. */
  readonly from: number;
  readonly to: number;
  /** Token of the verb, where there is one. */
  readonly verb?: number;
}

const MARKS = new Set([',', ':', '"', '(', ')', '–', '—', ';', '-', '[', ']', '/', '|', '•', '*', '>']);
/** A name is looked for no farther from its verb. */
const FAR = 10;

/** Left of a verb: to the nearest mark, number or word that begins a clause. */
function leftOf(tokens: readonly Token[], verb: number, language: Language): number {
  let from = verb;
  while (from > 0 && verb - from < FAR) {
    const token = tokens[from - 1];
    if (token === undefined || (token.kind === 'mark' && MARKS.has(token.text)) || token.kind === 'number') break;
    if (['that', 'and', 'but', 'while', 'as', 'when', 'after', 'where'].includes(token.word)) break;
    if (language.speech.before(tokens, from)) break;
    from--;
  }
  return from;
}

/** “The Observatory (SOHR) said”: the name stands before what is in brackets. */
function beforeBrackets(tokens: readonly Token[], end: number): number {
  if (tokens[end - 1]?.text !== ')') return end;
  for (let i = end - 2; i > 0 && end - i < FAR; i--) if (tokens[i]?.text === '(') return i;
  return end;
}

const rightOf = (tokens: readonly Token[], from: number, language: Language): number => {
  let to = from;
  while (to < tokens.length && to - from < FAR) {
    const token = tokens[to];
    if (token === undefined || token.kind === 'mark' || token.kind === 'number') break;
    if (to > from && language.stops.has(token.word) && !['of', 'for', 'in'].includes(token.word)) break;
    if (to > from && language.speech.at(tokens, to)) break;
    to++;
  }
  return to;
};

/** Who says what in a sentence, in order. `opens`: a name and a colon at its start speak for all of it. */
export function toldIn(
  tokens: readonly Token[],
  opens: boolean,
  registry: Names<Source>,
  language: Language,
): readonly Told[] {
  const out: Told[] = [];
  const voice = (from: number, to: number) => voiceIn(tokens, from, to, registry, language);
  const isKnown = (hit: ReturnType<typeof voice>): boolean => hit?.voice.source !== undefined;

  for (let i = 0; i < tokens.length; i++) {
    const according = language.accordingTo.at(tokens, i);
    if (according) {
      const hit = voice(according.to, rightOf(tokens, according.to, language));
      if (hit) out.push({ voice: hit.voice, stance: 'reports', from: hit.from, to: hit.to });
      i = according.to - 1;
      continue;
    }
    const citing = language.citing.at(tokens, i);
    if (citing) {
      const hit = voice(citing.to, rightOf(tokens, citing.to, language));
      const last = out.at(-1);
      if (hit && last && last.publisher === undefined)
        out[out.length - 1] = { ...last, voice: hit.voice, publisher: last.voice, from: hit.from, to: hit.to };
      else if (hit) out.push({ voice: hit.voice, stance: 'reports', from: hit.from, to: hit.to });
      i = citing.to - 1;
      continue;
    }
    const speech = language.speech.at(tokens, i);
    if (!speech) continue;
    let end = i;
    while (
      end > 0 &&
      (language.auxiliaries.has(tokens[end - 1]?.word ?? '') || language.perfects.has(tokens[end - 1]?.word ?? ''))
    )
      end--;
    end = beforeBrackets(tokens, end);
    const from = leftOf(tokens, end, language);
    const passive = language.copulas.has(tokens[i - 1]?.word ?? '') || tokens[i - 1]?.word === 'been';
    const left = passive ? undefined : voice(from, end);
    const before = tokens[end - 1];
    const turned =
      left === undefined && !passive && (before === undefined || before.text === ',' || before.text === '"');
    const right = turned ? voice(speech.to, rightOf(tokens, speech.to, language)) : undefined;
    const hit = left ?? right;
    if (hit) {
      const listener = speech.value.to === true ? voice(speech.to, rightOf(tokens, speech.to, language)) : undefined;
      out.push({
        voice: hit.voice,
        ...(listener && isKnown(listener) && { publisher: listener.voice }),
        stance: speech.value.stance,
        from: hit.from,
        to: hit.to,
        verb: i,
      });
    }
    i = speech.to - 1;
  }
  if (out.length > 0) return out;

  // "SOHR: …", "🔴 White Helmets: …"
  if (opens) {
    const colon = tokens.findIndex((t, i) => i < FAR && t.text === ':');
    const hit = colon > 0 ? voice(0, colon) : undefined;
    if (hit && isKnown(hit)) return [{ voice: hit.voice, stance: 'reports', from: hit.from, to: hit.to }];
  }
  // "… – SOHR", "… (UN)"
  const closed = tokens.at(-1)?.text === ')' ? tokens.length - 1 : tokens.length;
  for (let i = closed - 1; i > Math.max(0, closed - FAR); i--) {
    if (!['–', '—', '-', '(', '|', '/'].includes(tokens[i]?.text ?? '')) continue;
    const start = tokens[i + 1]?.word === 'by' ? i + 2 : i + 1;
    const hit = voice(start, closed);
    if (hit && isKnown(hit) && hit.to === closed)
      return [{ voice: hit.voice, stance: 'reports', from: hit.from, to: hit.to }];
    break;
  }
  return [];
}

/** Who is behind what stands at a token: who speaks in the same clause, else the first of the sentence. */
export function speakerAt(
  tokens: readonly Token[],
  at: number,
  told: readonly Told[],
  language: Language,
): Told | undefined {
  const clause = (i: number): number => {
    let n = 0;
    for (let k = 0; k < i; k++) if (language.clauses.has(tokens[k]?.word ?? '')) n++;
    return n;
  };
  if (told.length < 2) return told[0];
  const here = clause(at);
  const inside = told.filter((t) => clause(t.from) === here);
  return inside.filter((t) => t.from < at).at(-1) ?? inside[0] ?? told[0];
}
