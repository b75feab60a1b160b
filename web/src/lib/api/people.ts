// Who someone is and how they prove it.

import { answer, asking, part, read, sent, tell } from './http';

export interface Person {
  id: string;
  handle: string;
  name: string;
  email: string | null;
  email_verified: boolean;
  roles: string[];
  plan: string;
  minor: boolean;
  language: string;
  picture: string | null;
  bio: string;
  born: string | null;
}

/** Minutes, or hours of the day by one's own clock. */
export interface Wellbeing {
  daily_minutes: number | null;
  break_minutes: number | null;
  quiet_from: number | null;
  quiet_until: number | null;
}

export interface Teen {
  friends_only: boolean;
  hidden_from_search: boolean;
  calm_feed: boolean;
}

export interface Settings {
  teen: Teen;
  wellbeing: Wellbeing;
  hide_ai_label: boolean;
  autoplay: boolean;
  sound: boolean;
  captions: boolean;
}

export interface Me {
  person: Person;
  quota: {
    films_today: number;
    films_per_day: number | null;
    seconds_max: number | null;
    resets_at: string | null;
  };
  settings: Settings;
  has_password: boolean;
}

export interface NewPerson {
  handle: string;
  name: string;
  email: string;
  password: string;
  born: string;
  language: string;
}

export interface Named {
  handle: string;
  name: string;
  picture?: string | null;
}

export interface Relation {
  myself: boolean;
  following: boolean;
  follows_me: boolean;
  friends: boolean;
  muted: boolean;
  blocked: boolean;
}

export interface Profile {
  person: Named & { bio: string };
  counts: { posts: number; followers: number; following: number; likes: number };
  relation: Relation;
}

export interface Passkey {
  id: string;
  name: string;
  created_at: string;
  used_at?: string | null;
}

export interface Key {
  id: string;
  name: string;
  scopes: string[];
  created_at: string;
  revoked_at: string | null;
}

export interface Session {
  id: string;
  device: string;
  created_at: string;
  current: boolean;
}

export const SCOPES = ['films:read', 'films:write', 'feed:read', 'feed:write', 'likeness', 'rights', 'shop', 'buy', 'account'];

export const me = () => read<Me>('/api/me');
export const signUp = (wish: NewPerson) => tell('POST', '/api/people', wish);
export const signIn = (login: string, password: string) =>
  tell('POST', '/api/session', { login, password });

/** Ask to be let in without a name: on the operator's own machine, or with a key. */
export async function enter(key?: string): Promise<void> {
  await answer('/api/session', {
    method: 'POST',
    ...(key ? { headers: { authorization: `Bearer ${key}` } } : {}),
  });
}

export const signOut = () => tell('DELETE', '/api/session');
export const changeMe = (changes: Record<string, unknown>) => tell('PATCH', '/api/me', changes);
export const deleteMe = (password: string) =>
  tell('DELETE', '/api/me', password ? { password } : {});
export const setPicture = (picture: Blob) =>
  answer('/api/me/picture', {
    method: 'PUT',
    headers: { 'content-type': picture.type },
    body: picture,
  });
export const changePassword = (old: string, fresh: string) =>
  tell('POST', '/api/me/password', { ...(old ? { old } : {}), new: fresh });
export const askReset = (email: string) => tell('POST', '/api/password-resets', { email });
export const reset = (token: string, password: string) =>
  tell('POST', `/api/password-resets/${part(token)}`, { password });
export const askVerification = () => tell('POST', '/api/email-verifications');
export const verifyEmail = (token: string) => tell('POST', `/api/email-verifications/${part(token)}`);

export const passkeys = async () =>
  (await read<{ passkeys: Passkey[] }>('/api/me/passkeys')).passkeys;
export const removePasskey = (id: string) => tell('DELETE', `/api/me/passkeys/${part(id)}`);
export const keys = async () => (await read<{ keys: Key[] }>('/api/me/keys')).keys.filter((one) => !one.revoked_at);
export const makeKey = (name: string, scopes: string[]) =>
  read<{ key: { secret: string } }>('/api/me/keys', sent('POST', { name, scopes }));
export const removeKey = (id: string) => tell('DELETE', `/api/me/keys/${part(id)}`);
export const sessions = async () =>
  (await read<{ sessions: Session[] }>('/api/me/sessions')).sessions;
export const endSession = (id: string) => tell('DELETE', `/api/me/sessions/${part(id)}`);

export interface Export {
  status: string;
  url: string | null;
}
export const askExport = () => tell('POST', '/api/me/export');
export const exportState = () => read<Export>('/api/me/export');

const place = (handle: string) => `/api/people/${part(handle)}`;
export const profile = (handle: string) => read<Profile>(place(handle));
export const pictureOf = (one: Named) => (one.picture ? one.picture : null);

export type Bond = 'follow' | 'mute' | 'block';
export const bind = (handle: string, bond: Bond, on: boolean) =>
  tell(on ? 'PUT' : 'DELETE', `${place(handle)}/${bond}`);
export const circle = (handle: string, which: 'followers' | 'following', cursor?: string) =>
  read<{ people: Named[]; cursor: string | null }>(asking(`${place(handle)}/${which}`, { cursor }));
