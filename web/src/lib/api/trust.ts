// What is known of a file, and the desk where people decide.

import { asking, part, read, sent, tell } from './http';

export interface Verdict {
  known: boolean;
  [fact: string]: unknown;
}

export interface Case {
  id: string;
  state: string;
  kind: string;
  subject: { kind: string; id: string };
  reason: string;
  text: string;
  created_at: string;
  due_at: string | null;
  decision?: string | null;
  [more: string]: unknown;
}

export async function verify(file: Blob): Promise<Verdict> {
  const form = new FormData();
  form.set('file', file);
  return read('/api/verify', { method: 'POST', body: form });
}

export const cases = (state: string) =>
  read<{ cases: Case[] }>(asking('/api/desk/cases', { state }));
export const oneCase = (id: string) => read<Case>(`/api/desk/cases/${part(id)}`);
export const decide = (id: string, decision: string, reason: string) =>
  tell('POST', `/api/desk/cases/${part(id)}/decisions`, { decision, reason });
export const takeDown = (wish: Record<string, unknown>) =>
  read<{ id: string; token: string }>('/api/takedowns', sent('POST', wish));
export const takedown = (id: string, token: string) =>
  read<Record<string, unknown>>(asking(`/api/takedowns/${part(id)}`, { token }));
export const appeal = (wish: { refusal_id?: string; case_id?: string; text: string }) =>
  tell('POST', '/api/appeals', wish);
