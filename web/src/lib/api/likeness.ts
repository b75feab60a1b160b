// A person's likeness: how it is captured, who may use it, and where it appears.

import { asking, part, read, sent, tell } from './http';
import type { Named } from './people';

export type Level = 'only_me' | 'approved' | 'mutuals' | 'everyone';
export const LEVELS: Level[] = ['only_me', 'approved', 'mutuals', 'everyone'];

export interface Capture {
  id: string;
  digits: string[];
  turns: string[];
  expires_at: string;
  upload?: string;
}

export interface CaptureState {
  id: string;
  status: 'waiting' | 'checking' | 'accepted' | 'refused';
  code: string | null;
  message: string | null;
}

export interface Rule {
  say: string;
  kind: string;
  [more: string]: unknown;
}

export interface Likeness {
  id: string;
  level: Level;
  approved: string[];
  rules: Rule[];
  requests?: Named[];
  picture?: string | null;
  captured_at?: string;
}

export interface Appearance {
  film_id: string;
  title: string;
  maker: Named;
  post_id: string | null;
  poster: string | null;
  created_at: string;
}

export interface Usable {
  handle: string;
  name: string;
  picture?: string | null;
  kind: 'person' | 'character';
  usable: boolean;
  reason: string | null;
}

export interface Character {
  id: string;
  handle: string;
  name: string;
  description: string;
  level: Level;
}

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
  read<{ rules: Rule[] }>(`${MINE}/rules`, sent('POST', { text }));
export const confirmRules = (rules: Rule[]) => tell('PUT', `${MINE}/rules`, { rules });
export const revoke = (film_id?: string) => tell('POST', `${MINE}/revoke`, film_id ? { film_id } : {});
export const appearances = (cursor?: string) =>
  read<{ appearances: Appearance[]; cursor: string | null }>(
    asking('/api/me/appearances', { cursor }),
  );
export const usable = (q: string) => read<{ likenesses: Usable[] }>(asking('/api/likenesses', { q }));
export const ask = (handle: string) => tell('PUT', `/api/likeness/${part(handle)}/requests`);
export const characters = () => read<{ characters: Character[] }>('/api/characters');
export const makeCharacter = (wish: Omit<Character, 'id'>) => tell('POST', '/api/characters', wish);
export const changeCharacter = (id: string, changes: Partial<Character>) =>
  tell('PATCH', `/api/characters/${part(id)}`, changes);
export const removeCharacter = (id: string) => tell('DELETE', `/api/characters/${part(id)}`);
