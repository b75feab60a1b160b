// Who uses the app. On the operator's own machine that is the operator, without signing in; everyone
// else signs in once, and a note in the browser says so, because the cookie itself cannot be read.

import { Problem } from './api/http';
import * as people from './api/people';

const NOTE = 'matinee.session';

export const session = $state<{
  /** Not known yet, somebody, nobody, or the server does not answer. */
  state: 'asking' | 'in' | 'out' | 'broken';
  me: people.Me | null;
  trouble: unknown;
  unread: number;
}>({ state: 'asking', me: null, trouble: null, unread: 0 });

/** Whether somebody was signed in here when the browser was last open. */
export const wasHere = (): boolean => localStorage.getItem(NOTE) === 'in';

const refused = (error: unknown): boolean =>
  error instanceof Problem && [401, 403].includes(error.status);

async function known(): Promise<void> {
  session.me = await people.me();
  session.state = 'in';
  localStorage.setItem(NOTE, 'in');
}

/** Find out who is there. */
export async function recognise(): Promise<void> {
  const note = localStorage.getItem(NOTE);
  try {
    if (note === 'in') {
      try {
        await known();
        return;
      } catch (error) {
        if (!refused(error)) throw error;
      }
    }
    if (note === 'out') {
      session.state = 'out';
      return;
    }
    await people.enter();
    await known();
  } catch (error) {
    session.me = null;
    if (refused(error)) {
      session.state = 'out';
      // A visitor is asked once and not at every page.
      localStorage.setItem(NOTE, 'out');
    } else {
      session.state = 'broken';
      session.trouble = error;
    }
  }
}

/** After a sign-in by whatever means. */
export const arrived = (): Promise<void> => known();

export const again = (): Promise<void> => known().catch(() => undefined);

export async function leave(): Promise<void> {
  await people.signOut().catch(() => undefined);
  forget();
}

export function forget(): void {
  localStorage.setItem(NOTE, 'out');
  session.me = null;
  session.state = 'out';
  session.unread = 0;
}

/** The operator of this machine comes in again after leaving. */
export async function enterAgain(key?: string): Promise<void> {
  await people.enter(key);
  await known();
}

export const has = (role: string): boolean => {
  const roles = session.me?.person.roles ?? [];
  return roles.includes(role) || roles.includes('operator');
};
