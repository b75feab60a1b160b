// What one earned, is paid, and gives.

import { asking, part, read, sent } from './http';

/** An amount exactly: millionths of the minor unit. */
export interface Amount {
  text: string;
  micro: number;
  currency: string;
}

/** An amount in whole minor units: cents, yen, fils. */
export interface Price {
  amount: number;
  currency: string;
}

export interface Figure {
  of: string;
  title: string;
  amount: Amount;
  entries: number;
}

export interface Board {
  since: string;
  until: string;
  currency: string;
  currencies: string[];
  total: Amount;
  entries: number;
  days: { day: string; earned_micro: number; back_micro: number }[];
  films: Figure[];
  works: Figure[];
  generations: Figure[];
  kinds: Figure[];
  test: boolean;
}

export interface Part {
  occasion: string;
  journal: string;
  film: string;
  film_title: string;
  work: string | null;
  kind: string;
  cause: string;
  generation: number;
  amount: Amount;
  happened_at: string;
}

export interface Entry {
  journal: string;
  reason: string;
  amount: Amount;
  effective_at: string;
  booked_at: string;
}

export interface Occasion {
  id: string;
  kind: string;
  whole: Amount;
  taken_back: Amount;
  happened_at: string;
  parts: Part[];
  entries: Entry[];
}

export type Side = 'film' | 'work' | 'generation' | 'kind';
export interface Wanted {
  since?: string | undefined;
  until?: string | undefined;
  currency?: string | undefined;
  film?: string | undefined;
  work?: string | undefined;
  generation?: string | undefined;
  kind?: string | undefined;
  after?: string | undefined;
}

export interface Payout {
  id: string;
  amount: Price;
  state: 'ordered' | 'sent' | 'failed';
  fault: string | null;
  ordered_at: string;
}

export interface Earnings {
  balances: Amount[];
  payable: Price[];
  minimums: Price[];
  payee: { account: boolean; ready: boolean; tax_form: boolean; schedule: string; country: string | null };
  payouts: Payout[];
  test: boolean;
}

export interface Given {
  code: string;
  since: string;
  until: string;
  currency: string;
  issued_at: string;
}

export interface Statement {
  code: string;
  since: string;
  until: string;
  opening: Amount;
  closing: Amount;
  lines: { booked_at: string; effective_at: string; reason: string; occasion: string; amount: Amount }[];
}

export interface Check {
  code: string;
  agrees: boolean;
  since: string;
  until: string;
  opening: Amount;
  closing: Amount;
  line_count: number;
}

export interface Terms {
  test: boolean;
  currencies: string[];
  fee_bps: number;
  plan: Price | null;
  film: Amount | null;
  test_methods: string[];
}

export interface Charge {
  id: string;
  amount: Price;
  state: 'ordered' | 'paid' | 'declined';
  fault: string | null;
  test: boolean;
}

export interface TaxForm {
  kind: string;
  legal_name: string;
  country: string;
  address: string;
  tax_number: string;
}

const asked = (wanted: Wanted) => wanted as Record<string, string | undefined> as Record<string, string>;

export const board = (wanted: Wanted) => read<Board>(asking('/api/me/dashboard', asked(wanted)));
export const entries = (wanted: Wanted) =>
  read<{ entries: Part[]; next: string | null }>(asking('/api/me/entries', asked(wanted)));
export const occasion = (id: string) =>
  read<Occasion>(`/api/me/occasions/${id.split('/').map(part).join('/')}`);
export const earnings = () => read<Earnings>('/api/me/earnings');
export const openAccount = (country: string) =>
  read<{ url: string; test: boolean }>('/api/me/payouts/account', sent('POST', { country }));
export const fileTaxForm = (form: TaxForm) => read('/api/me/payouts/tax-form', sent('PUT', form));
export const setSchedule = (schedule: string) =>
  read('/api/me/payouts/schedule', sent('PUT', { schedule }));
export const askPayout = (amount: Price) => read<Payout>('/api/me/payouts', sent('POST', { amount }));
export const statements = () => read<{ statements: Given[] }>('/api/me/statements');
export const makeStatement = (since: string, until: string, currency: string) =>
  read<Statement>('/api/me/statements', sent('POST', { since, until, currency }));
export const checkStatement = (code: string) => read<Check>(`/api/statements/${part(code.trim())}`);
export const terms = () => read<Terms>('/api/payments/terms');
export const charge = (id: string) =>
  read<Charge>(`/api/payments/${id.split('/').map(part).join('/')}`);

/** `key` names the occasion: sent twice it is one tip. */
export function tip(film: string, amount: Price, method: string, key: string): Promise<Charge> {
  const init = sent('POST', { amount, method });
  return read(`/api/films/${part(film)}/tips`, {
    ...init,
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
  });
}
