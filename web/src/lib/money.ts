// Amounts as people read them, in their language.

import { tongue } from './i18n.svelte';
import type { Amount, Price } from './api/money';

const MICRO = 1_000_000;

function form(currency: string, more: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return new Intl.NumberFormat(tongue.now, { style: 'currency', currency, ...more });
}

const digits = (currency: string) => form(currency).resolvedOptions().maximumFractionDigits ?? 2;

/** Rounded to the unit that can be paid; the exact amount is its `text`. */
export const said = (micro: number, currency: string): string =>
  form(currency).format(micro / MICRO / 10 ** digits(currency));

export const saidAmount = (amount: Amount): string => said(amount.micro, amount.currency);

export const saidPrice = (price: Price): string => said(price.amount * MICRO, price.currency);

/** For the edge of a plot: short. */
export const saidShort = (micro: number, currency: string): string =>
  form(currency, { notation: 'compact', maximumFractionDigits: 1 }).format(
    micro / MICRO / 10 ** digits(currency),
  );

/** What somebody wrote, in minor units; null if it is no amount. */
export function minorOf(written: string, currency: string): number | null {
  const found = /^\d{1,9}(?:[.,]\d{1,3})?$/.exec(written.trim());
  if (!found) return null;
  const exact = Number(written.trim().replace(',', '.')) * 10 ** digits(currency);
  return Math.abs(exact - Math.round(exact)) < 1e-6 && exact > 0 ? Math.round(exact) : null;
}

export const saidDay = (at: string): string =>
  new Intl.DateTimeFormat(tongue.now, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at));
