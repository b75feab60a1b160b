// Claims: what somebody says of their work in a film, and what its maker says to that.

import { asking, part, read, sent, tell } from './http';

export interface Somebody {
  id: string;
  handle: string;
  name: string;
}

export interface Claim {
  id: string;
  film: { id: string; title: string; maker: Somebody };
  work: { id: string; title: string; kind: string; owners: Somebody[] };
  action: 'track' | 'monetise' | 'block';
  territories: string[];
  share_bps: number;
  origin: 'automatic' | 'review' | 'manual';
  state: 'active' | 'disputed' | 'upheld' | 'appealed' | 'final' | 'released';
  acts: string[];
  in_effect: boolean;
  escrowed: boolean;
  suspended: boolean;
  opened_at: string;
  due_at: string | null;
}

export interface Stretch {
  sense: 'picture' | 'sound';
  film_start_ms: number;
  film_end_ms: number;
  reference_start_ms: number;
  reference_end_ms: number;
  speed: number;
}

export interface Found {
  reference_id: string;
  score: number;
  certain: boolean;
  stretches: Stretch[];
  how: string[];
}

export interface ClaimInFull {
  claim: Claim;
  matched_ms: number;
  found: Found[];
  words: { act: string; actor: Somebody | null; ground: string; words: string; at: string }[];
  time_left_s: number | null;
}

export interface Match {
  id: string;
  film: Claim['film'];
  work: Claim['work'] | null;
  other_film: Claim['film'] | null;
  score: number;
  matched_ms: number;
  why: string;
  found: Found[];
  found_at: string;
}

export interface Conflict {
  id: string;
  works: [Claim['work'], Claim['work']];
  state: string;
  winner: string;
  reason: string;
  opened_at: string;
}

export type Side = 'films' | 'works';

export const claims = (side: Side, cursor = '') =>
  read<{ claims: Claim[]; cursor: string | null }>(asking('/api/claims', { side, cursor }));
export const appeals = (cursor = '') =>
  read<{ claims: Claim[]; cursor: string | null }>(asking('/api/desk/claims', { cursor }));
export const claim = (id: string) => read<ClaimInFull>(`/api/claims/${part(id)}`);
export const matches = (desk: boolean, cursor = '') =>
  read<{ matches: Match[]; cursor: string | null }>(
    asking(desk ? '/api/desk/matches' : '/api/matches', { cursor }),
  );
export const conflicts = () => read<{ conflicts: Conflict[] }>('/api/desk/conflicts');

/** Dispute, answer, appeal, decision: what somebody says to a claim. */
export const say = (
  id: string,
  act: 'dispute' | 'answer' | 'appeal' | 'decision' | 'withdraw',
  body: { words?: string; ground?: string; uphold?: boolean },
) => read<ClaimInFull>(`/api/claims/${part(id)}/${act}`, sent('POST', act === 'withdraw' ? {} : body));

export const judge = (id: string, desk: boolean, yes: boolean, words: string) =>
  tell('POST', `/api/${desk ? 'desk/' : ''}matches/${part(id)}`, { claim: yes, words });

export const settle = (id: string, winner: string, reason: string) =>
  tell('POST', `/api/desk/conflicts/${part(id)}/decision`, { winner, reason });

/** The picture in the middle of a matched stretch, counted over all references. */
export const frame = (of: 'claims' | 'matches', id: string, number: number, side: string) =>
  `/api/${of}/${part(id)}/frames/${number}/${side}`;

export interface Standing {
  uploaded: boolean;
  provenance: { conclusion: string; signer: string; signer_known: boolean; generator: string } | null;
  standing: { state: 'cleared' | 'held' | 'blocked'; fault: string | null; territories: string[] };
}

export const standing = (film: string) => read<Standing>(`/api/films/${part(film)}/standing`);
export const send = (upload: string, title: string) =>
  read<{ id: string }>('/api/films/uploads', sent('POST', { upload, title }));
