// What a problem says to the person in front of the page.

import { Problem } from './api/http';
import { t, translated, when } from './i18n.svelte';

export function told(error: unknown): string {
  if (!(error instanceof Problem)) return t('unexpected');
  if (error.status === 0) return t('offline');
  // The catalogue may know a code better than the server, which writes English.
  const wait_s = error.told['retry_after_s'];
  const values =
    typeof wait_s === 'number'
      ? { ...error.told, when: when(new Date(Date.now() + wait_s * 1000).toISOString()) }
      : error.told;
  return translated(error.code, values) ?? (error.message || t('unexpected'));
}
