// A person's likeness: how it is captured, who may use it, and where it appears.

import { asking, part, read, sent, tell } from './http';

export type Level = 'only_me' | 'approved' | 'mutuals' | 'everyone';
export const LEVELS: Level[] = ['only_me', 'approved', 'mutuals', 'everyone'];

export interface Capture {
  id: string;
  digits: number[];
  turns: string[];
  expires_at: string;
  upload: { url: string; purpose: string; bytes_max: number };
}

export interface CaptureState {
  id: string;
  status: 'waiting' | 'checking' | 'accepted' | 'refused';
  code: string | null;
  message: string | null;
}

/** A rule as it is kept; what it is made of is the server's. */
export interface Rule {
  effect: 'never' | 'always';
  say: string;
  [more: string]: unknown;
}

export interface Likeness {
  id: string;
  level: Level;
  approved: string[];
  requests: string[];
  rules: Rule[];
  created_at: string;
}

export interface Appearance {
  film_id: string;
  title: string;
  status: string;
  draft: boolean;
  by: string;
  mine: boolean;
  created_at: string;
}

export interface Usable {
  handle: string;
  name: string;
  kind: 'person' | 'character';
  usable: boolean;
  reason: string | null;
  passes: string | null;
  asked: string | null;
  mine: boolean;
}

export interface Character {
  id: string;
  handle: string;
  name: string;
  level: Level;
}

/** A character that was asked for: its clip is looked at, then it is kept or refused. */
export interface Coming {
  id: string;
  status: 'checking' | 'kept' | 'refused';
  code: string | null;
  message: string | null;
}

export const FACE = '/api/me/likeness/face';

export const begin = () => read<Capture>('/api/likeness/captures', sent('POST', {}));
export const clip = (id: string, upload_id: string) =>
  tell('PUT', `/api/likeness/captures/${part(id)}/clip`, { upload_id });
export const captureState = (id: string) =>
  read<CaptureState>(`/api/likeness/captures/${part(id)}`);

const MINE = '/api/me/likeness';
export const mine = () => read<Likeness>(MINE);
export const change = (changes: { level?: Level; approved?: string[] }) =>
  tell('PATCH', MINE, changes);
export const remove = () => tell('DELETE', MINE);
export const propose = (text: string) =>
  read<{ rules: Rule[]; unread: string[] }>(`${MINE}/rules`, sent('POST', { text }));
export const confirmRules = (rules: Rule[]) => tell('PUT', `${MINE}/rules`, { rules });
export const revoke = (film_id?: string) => tell('POST', `${MINE}/revoke`, film_id ? { film_id } : {});
export const appearances = (cursor?: string) =>
  read<{ appearances: Appearance[]; cursor: string | null }>(
    asking('/api/me/appearances', { cursor }),
  );
export const usable = (q: string) => read<{ likenesses: Usable[] }>(asking('/api/likenesses', { q }));
export const ask = (handle: string) => tell('PUT', `/api/likeness/${part(handle)}/requests`);
export const characters = () => read<{ characters: Character[] }>('/api/characters');
export const reply = (handle: string, approve: boolean) =>
  tell('PATCH', `${MINE}/requests/${part(handle)}`, { approve });
export const makeCharacter = (wish: {
  name: string;
  handle: string;
  upload_id: string;
  level: Level;
  attest: { people_in_photo: 'consented'; minors: 'none' } | Record<string, never>;
}) => read<Coming>('/api/characters', sent('POST', wish));
export const comingCharacter = (id: string) => read<Coming>(`/api/characters/${part(id)}`);
export const changeCharacter = (id: string, changes: { level: Level }) =>
  tell('PATCH', `/api/characters/${part(id)}`, changes);
export const removeCharacter = (id: string) => tell('DELETE', `/api/characters/${part(id)}`);
