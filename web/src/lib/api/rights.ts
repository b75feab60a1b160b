// Works, their terms, what owners are asked, and what of whom is in a film.

import { asking, part, read, sent } from './http';

export type Kind = 'character' | 'brand' | 'likeness' | 'music' | 'footage';
export type Use = 'personal' | 'remix' | 'advertising' | 'commerce' | 'drama';
export const KINDS: Kind[] = ['character', 'brand', 'likeness', 'music', 'footage'];
export const USES: Use[] = ['personal', 'remix', 'advertising', 'commerce', 'drama'];
export const CONTEXTS = ['alcohol', 'drugs', 'gambling', 'medical_advice', 'money_advice', 'politics', 'religion', 'rivals', 'sexual', 'violence'] as const;

export interface Amount {
  micro: number;
  currency: string;
}

export interface Terms {
  allowed: boolean;
  uses: Use[];
  only_in: string[];
  never_in: string[];
  never_with: string[];
  ask_first: Use[];
  age_min: number;
  price: Amount | null;
  share_bps: number;
  cap: Amount | null;
  flow_bps: number;
  depth_max: number;
  [more: string]: unknown;
}

export type Words = Record<string, string[]>;

export interface Licence {
  id: string;
  version: number;
  terms: Terms;
  words: Words;
}

export interface Person {
  id: string;
  handle: string;
  name: string;
}

export interface Alias {
  language: string;
  name: string;
  common: boolean;
}

export interface Proof {
  id: string;
  work_id: string;
  statement: string;
  file: string | null;
  state: 'open' | 'accepted' | 'refused';
  reason: string;
  added_at: string;
}

export interface Work {
  id: string;
  kind: Kind;
  title: string;
  description: string;
  standing: 'unproven' | 'proven' | 'refused';
  rule: 'majority' | 'all' | 'any';
  binds: boolean;
  owners: { person: Person; bps: number; agreed: boolean | null }[];
  aliases: Alias[];
  licence: Licence | null;
  conflicts: { id: string; claimant: Person; bps: number; state: string; opened_at: string; ground: string | null }[];
  created_at: string;
  mine_bps: number;
  references: { id: string; kind: string; name: string; file_bytes: number; added_at: string }[] | null;
  proofs: Proof[] | null;
  wanted: Record<string, string[]> | null;
}

export interface TermsSaid {
  terms: Terms;
  words: Words;
  holds: boolean;
  licence: Licence | null;
}

export interface Wish {
  kind: Kind;
  title: string;
  description: string;
  owners: { handle: string; bps: number }[];
  aliases: Alias[];
  licence: { terms: Terms } | null;
}

export interface Approval {
  id: string;
  film_id: string;
  work_id: string;
  title: string;
  maker: Person;
  purpose: Use;
  prompt: string;
  found: { name: string; quote: string; field: string }[];
  doubt: boolean;
  state: 'waiting' | 'granted' | 'not_mine' | 'refused' | 'expired' | 'withdrawn';
  reason: string;
  asked_at: string;
  expires_at: string;
  licence: Licence | null;
  votes: { person: Person; bps: number; decision: string; reason: string }[];
  mine_bps: number;
}

export interface RuledUse {
  work_id: string;
  kind: Kind;
  title: string;
  verdict: 'allow' | 'terms' | 'ask' | 'refuse';
  reasons: string[];
  doubt: boolean;
  own: boolean;
  version: number | null;
  words: Words | null;
  found: { name: string; quote: string; field: string }[];
  nearest: { kind: 'use' | 'territory' | 'work' | 'wording'; values: string[]; work_id: string } | null;
}

export interface Ruling {
  verdict: RuledUse['verdict'];
  use: Use;
  prices: Amount[];
  uses: RuledUse[];
}

export interface Credit {
  work_id: string;
  kind: Kind;
  title: string;
  owners: Person[];
  runs: [number, number][];
  frames_ppm: number;
  picture_ppm: number;
  licence: Licence | null;
}

export interface Attribution {
  frame_count: number;
  frames_per_second: number;
  engine: string;
  works: Credit[];
  things: { kind: string; name: string; runs: [number, number][]; frames_ppm: number; picture_ppm: number }[];
  parents: string[];
}

const place = (id: string): string => `/api/works/${part(id)}`;

export const works = (asked: { q?: string; kind?: string; mine?: string; cursor?: string }) =>
  read<{ works: Work[]; cursor: string | null }>(asking('/api/works', asked));
export const work = (id: string) => read<Work>(place(id));
export const enter = (wish: Wish) => read<Work>('/api/works', sent('POST', wish));
export const rename = (id: string, alias: Alias) => read<Work>(`${place(id)}/aliases`, sent('POST', alias));
export const unname = (id: string, alias: Alias) =>
  read<Work>(asking(`${place(id)}/aliases`, { language: alias.language, name: alias.name }), sent('DELETE'));
export const agree = (id: string, agreed: boolean) => read<Work>(`${place(id)}/share`, sent('POST', { agreed }));
export const refer = (id: string, upload_id: string, name: string) =>
  read<unknown>(`${place(id)}/references`, sent('POST', { upload_id, name }));
export const prove = (id: string, statement: string, upload_id: string, name: string) =>
  read<Proof>(`${place(id)}/proofs`, sent('POST', { statement, upload_id, name }));
export const contest = (id: string, bps: number, ground: string) =>
  read<Work>(`${place(id)}/conflicts`, sent('POST', { bps, ground }));
export const license = (id: string, terms: Terms) =>
  read<TermsSaid>(`${place(id)}/licence`, sent('PUT', { terms }));
export const versions = (id: string) =>
  read<{ versions: { id: string; version: number; made_at: string; words: Words }[] }>(`${place(id)}/licence`);
export const presets = () => read<Record<string, TermsSaid>>('/api/licences/presets');
export const words = (terms: Terms) => read<TermsSaid>('/api/licences/words', sent('POST', { terms }));
export const proofs = () => read<{ proofs: Proof[] }>('/api/desk/proofs');
export const lookAt = (id: string, accepted: boolean, reason: string) =>
  read<Work>(`/api/desk/proofs/${part(id)}`, sent('POST', { accepted, reason }));
export const approvals = (state: 'waiting' | 'decided', cursor?: string) =>
  read<{ approvals: Approval[]; cursor: string | null }>(asking('/api/approvals', { state, cursor }));
export const decide = (id: string, decision: 'grant' | 'not_mine' | 'refuse', reason: string) =>
  read<Approval>(`/api/approvals/${part(id)}`, sent('POST', { decision, reason }));
export const check = (prompt: string, use: Use, territories: string[] = []) =>
  read<Ruling>('/api/rights/check', sent('POST', { prompt, use, territories }));
export const filmRights = (id: string) =>
  read<{ ruling: Ruling | null; approvals: Approval[] }>(`/api/films/${part(id)}/rights`);
export const attribution = (id: string) => read<Attribution>(`/api/films/${part(id)}/attribution`);

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** How many whole units of its currency an amount is. */
export const units = (amount: Amount): number => amount.micro / 1e6 / 10 ** digitsOf(amount.currency);

/** An amount as people read it. */
export const money = (amount: Amount, tongue: string): string =>
  new Intl.NumberFormat(tongue, { style: 'currency', currency: amount.currency }).format(units(amount));

/** An amount as an address takes it, with all its digits: "1.50000000 EUR". */
export const exactly = (amount: Amount): string => `${units(amount).toFixed(8)} ${amount.currency}`;

/** What somebody typed as an amount of a currency; null for what is none. */
export function typed(text: string, currency: string): Amount | null {
  const wanted = Number(text.replace(',', '.'));
  if (!text.trim() || !Number.isFinite(wanted) || wanted <= 0) return null;
  return { micro: Math.round(wanted * 10 ** digitsOf(currency)) * 1_000_000, currency };
}
