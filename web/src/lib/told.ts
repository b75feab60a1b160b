// What a problem says to the person in front of the page.

import { Problem } from './api';
import { t } from './i18n.svelte';

export function told(error: unknown): string {
  if (!(error instanceof Problem)) return t('unexpected');
  if (error.status === 0) return t('offline');
  return error.message || t('unexpected');
}
