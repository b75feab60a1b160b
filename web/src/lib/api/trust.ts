// What is known of a file, and the desk where people decide.

import { asking, part, read, sent, tell } from './http';

export interface Match {
  subject_kind: string;
  subject_id: string;
  share: number;
  from_ms: number;
}

export interface Verdict {
  conclusion: 'sealed' | 'broken' | 'known' | 'hinted' | 'unknown';
  kind: string;
  width: number;
  height: number;
  duration_ms: number;
  /** What the file says of itself, signed. */
  seal: {
    holds: boolean;
    signer_known: boolean;
    signer: string;
    generator: string;
    title: string;
    actions: string[];
    source: string;
    parents: string[];
    problems: string[];
  } | null;
  /** What this server holds that looks and sounds like it. */
  match: Match | null;
  mark: Match | null;
  edits: string[];
  unknown: string[];
}

export interface Case {
  id: string;
  origin: string;
  state: string;
  subject: { kind: string; id: string };
  reason: string;
  opened_at: string;
  due_at: string;
  overdue: boolean;
  decided_at: string | null;
  /** What was decided, as the people concerned were told. */
  statement: string;
  appeals: number;
  decisions: string[];
}

export interface CaseInFull {
  case: Case;
  /** What the subject said when it was reported. */
  snapshot: Record<string, string>;
  statements: {
    kind: string;
    teller: string;
    name: string;
    email: string;
    reason: string;
    text: string;
    said_at: string;
  }[];
  log: Record<string, string>[];
}

/** What whoever objected is told. */
export interface Answer {
  id: string;
  state: string;
  opened_at: string;
  due_at: string;
  decided_at: string | null;
  statement: string;
  subject: { kind: string; id: string };
  reason: string;
  may_appeal: boolean;
  token: string | null;
}

export async function verify(file: Blob): Promise<Verdict> {
  const form = new FormData();
  form.set('file', file);
  return read('/api/verify', { method: 'POST', body: form });
}

export const cases = (state: string, cursor?: string) =>
  read<{ cases: Case[]; cursor: string | null }>(asking('/api/desk/cases', { state, cursor }));
export const oneCase = (id: string) => read<CaseInFull>(`/api/desk/cases/${part(id)}`);
export const decide = (id: string, decision: string, reason: string) =>
  tell('POST', `/api/desk/cases/${part(id)}/decisions`, { decision, reason });
export const takeDown = (wish: Record<string, unknown>) =>
  read<Answer>('/api/takedowns', sent('POST', wish));
export const takedown = (id: string, token: string) =>
  read<Answer>(asking(`/api/takedowns/${part(id)}`, { token }));
export const decisions = async () =>
  (await read<{ decisions: Answer[] }>('/api/me/decisions')).decisions;
export const appeal = (wish: { refusal_id?: string; case_id?: string; text: string }) =>
  tell('POST', '/api/appeals', wish);
