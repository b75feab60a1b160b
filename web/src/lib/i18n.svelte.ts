// What the app says, in the language of whoever uses it. A language is one file in ../catalogue: its
// name there is the language's tag. English comes with the app, every other one when it is wanted.

import english, { errors as englishErrors, words as englishWords, type Catalogue, type Key } from '../catalogue/en';

interface Told {
  default: Catalogue;
  /** Fixed words of a screenplay (camera, light, places). A word that is missing stays as it is. */
  words: Record<string, string>;
  /** What the server says in English, by its code; what is missing stays in English. */
  errors: Record<string, string>;
}

const KEPT = 'matinee.language';
const FIRST = 'en';
const others = import.meta.glob<Told>(['../catalogue/*.ts', '!../catalogue/en.ts']);
const tagOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);

export const LANGUAGES = [FIRST, ...Object.keys(others).map(tagOf)].map((tag) => ({
  tag,
  name: languageName(tag, tag),
}));

export const tongue = $state<{ now: string }>({ now: FIRST });
let catalogue = $state.raw<Catalogue>(english);
let words = $state.raw<Record<string, string>>(englishWords);
let errors = $state.raw<Record<string, string>>(englishErrors);

// The name of a language, in a language: "English", "中文".
export function languageName(tag: string, inLanguage = tongue.now): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function wanted(): string {
  const kept = localStorage.getItem(KEPT);
  const known = (tag: string | null) => LANGUAGES.some((one) => one.tag === tag);
  if (kept && known(kept)) return kept;
  return navigator.languages.map((one) => one.slice(0, 2).toLowerCase()).find(known) ?? FIRST;
}

async function learn(tag: string): Promise<void> {
  const load = others[`../catalogue/${tag}.ts`];
  const told: Told = load ? await load() : { default: english, words: englishWords, errors: englishErrors };
  catalogue = told.default;
  words = told.words;
  errors = told.errors;
  tongue.now = load ? tag : FIRST;
  document.documentElement.lang = tongue.now;
}

/** Before the first word is shown. */
export async function beginToSpeak(): Promise<void> {
  await learn(wanted()).catch(() => undefined);
}

export async function speak(tag: string): Promise<void> {
  await learn(tag);
  localStorage.setItem(KEPT, tongue.now);
}

export function t(key: Key, values: Record<string, string | number> = {}): string {
  return catalogue[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A text that is named by a code of the server, or nothing when this catalogue knows none. */
export function said(key: string, values: Record<string, string | number> = {}): string | null {
  return key in english ? t(key as Key, values) : null;
}

/** What the server says in English, in the language of the app where its catalogue knows it. */
export const translated = (code: string, values: Record<string, unknown> = {}): string | null => {
  const text = errors[code];
  if (text === undefined) return null;
  let whole = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    whole &&= values[name] !== undefined;
    return String(values[name]);
  });
  // Half a sentence says less than the server's own.
  return whole ? filled : null;
};

/** Why something was reported, removed or refused: a reason, or a rule of the house. */
export const reasonName = (name: string): string =>
  said(`reason_${name}`) ?? said(`rule_${name}`) ?? name.replaceAll('_', ' ');

export const stageName = (stage: string): string =>
  said(`stage_${stage}`) ?? stage.replaceAll('_', ' ');

export const howName = (how: string): string => said(`how_${how || 'first'}`) ?? how;

/** A fixed word of a screenplay. */
export const word = (slug: string): string => words[slug] ?? slug.replaceAll('_', ' ');

export function when(instant: string): string {
  return new Intl.DateTimeFormat(tongue.now, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

export function day(instant: string): string {
  return new Intl.DateTimeFormat(tongue.now, { dateStyle: 'long' }).format(new Date(instant));
}

const AGES: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "3 h ago", as one says it. */
export function ago(instant: string): string {
  const seconds = (Date.now() - new Date(instant).getTime()) / 1000;
  const age = AGES.find(([, length]) => Math.abs(seconds) >= length);
  const told = new Intl.RelativeTimeFormat(tongue.now, { numeric: 'auto', style: 'short' });
  return age ? told.format(-Math.round(seconds / age[1]), age[0]) : told.format(0, 'second');
}

/** 12400 as "12.4K". */
export const count = (n: number): string =>
  new Intl.NumberFormat(tongue.now, { notation: 'compact', maximumFractionDigits: 1 }).format(n);

/** Several names as one says them: "Ann, Ben and Cy". */
export const listed = (names: string[]): string =>
  new Intl.ListFormat(tongue.now, { type: 'conjunction' }).format(names);
