// What a problem says to the person in front of the page.

import { Problem } from './api/http';
import { said, t } from './i18n.svelte';

export function told(error: unknown): string {
  if (!(error instanceof Problem)) return t('unexpected');
  if (error.status === 0) return t('offline');
  // The catalogue may know a code better than the server, which writes English.
  return said(`error_${error.code.replaceAll('.', '_')}`) ?? (error.message || t('unexpected'));
}
