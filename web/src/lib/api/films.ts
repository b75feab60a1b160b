// Films: asked for, watched while they are made, edited, and made into others.

import { answer, asking, part, read, sent, tell } from './http';

export type Status = 'queued' | 'in_progress' | 'waiting_for_approval' | 'completed' | 'failed';

export interface ShotProgress {
  index: number;
  text: string;
  frame_count: number;
  frames_done: number;
  done: boolean;
  preview_url: string | null;
}

export interface Film {
  id: string;
  status: Status;
  stage: string;
  progress_percent: number;
  prompt: string;
  title: string;
  created_at: string;
  completed_at: string | null;
  expires_at: string | null;
  width: number;
  height: number;
  duration_ms: number | null;
  seed: number;
  language: string | null;
  error: {
    code: string;
    message: string;
    refusal?: { id: string; rule: string; why: string; passes: string } | null;
  } | null;
  shots: ShotProgress[];
  video_url: string | null;
  poster_url: string | null;
  captions_url: string | null;
  screenplay_url: string | null;
}

export interface FilmWish {
  prompt: string;
  seconds: string | null;
  size: string;
  language: string | null;
  voice: string;
  style: string;
  seed: number | null;
  /** A photo as a data URL, or nothing. */
  picture: string;
  /** With a photo: that everybody in it agreed and nobody is under age. */
  attest?: { people_in_photo: 'me' | 'consented'; minors: 'none' };
  /** The engine, when it is not the house's own choice. */
  model?: string;
}

export interface Engine {
  id: string;
  /** Whether it works elsewhere, and is paid for. */
  remote: boolean;
  price_per_second: { amount: string; currency: string } | null;
}

export interface Options {
  prompt_characters_max: number;
  voices: string[];
  styles: string[];
}

export const isOver = (film: Film): boolean =>
  film.status === 'completed' || film.status === 'failed';

export async function options(): Promise<Options> {
  return (await answer('/api/options')).json();
}

export async function engines(): Promise<Engine[]> {
  return (await answer('/api/models').then((told) => told.json())).data;
}

export async function films(after?: string): Promise<{ films: Film[]; has_more: boolean }> {
  const query = after ? `?after=${encodeURIComponent(after)}` : '';
  return (await answer(`/api/films${query}`)).json();
}

const place = (id: string) => `/api/films/${encodeURIComponent(id)}`;

export async function film(id: string): Promise<Film> {
  return (await answer(place(id))).json();
}

/** `said` is what the film is for, and what may be paid for works of others in it. */
export async function requestFilm(
  wish: FilmWish,
  said: { use?: string; pays?: string } = {},
): Promise<Film> {
  return (await answer(asking('/api/films', said), sent('POST', wish))).json();
}

export async function retryFilm(id: string): Promise<Film> {
  return (await answer(`${place(id)}/retry`, sent('POST'))).json();
}

export async function cancelFilm(id: string): Promise<Film> {
  return (await answer(`${place(id)}/cancel`, sent('POST'))).json();
}

export async function deleteFilm(id: string): Promise<void> {
  await answer(place(id), sent('DELETE'));
}

// With the digest that an edit names as the screenplay it was made on.
export async function screenplay(url: string): Promise<{ play: Screenplay; digest: string }> {
  const told = await answer(url);
  const digest = (told.headers.get('etag') ?? '').replaceAll(/^(W\/)?"|"$/g, '');
  return { play: await told.json(), digest };
}

export interface Version {
  made_from: string | null;
  how: string;
  screenplay: string;
  film: Film;
}

export interface Foresight {
  duration_ms: number;
  shots_rendered: number;
  frames_rendered: number;
  shots: { beat: string; text: string; frame_count: number; kept: boolean }[];
}

// Parts of a screenplay that replace those of the film's own: a JSON Merge Patch.
export type Patch = Partial<Pick<Screenplay, 'beats' | 'settings' | 'characters'>>;

const patched = (method: string, patch: Patch): RequestInit => ({
  method,
  headers: { 'content-type': 'application/merge-patch+json' },
  body: JSON.stringify(patch),
});

export async function versions(id: string): Promise<Version[]> {
  return (await (await answer(`${place(id)}/versions`)).json()).versions;
}

export async function foresee(id: string, patch: Patch): Promise<Foresight> {
  return (await answer(`${place(id)}/screenplay/preview`, patched('POST', patch))).json();
}

// `digest` is that of the screenplay as it was read, so that nobody's edit is lost.
export async function editFilm(id: string, patch: Patch, digest: string): Promise<Film> {
  const init = patched('PATCH', patch);
  const headers = { ...init.headers, 'if-match': `"${digest}"` };
  return (await answer(`${place(id)}/screenplay`, { ...init, headers })).json();
}

export type Derivation =
  | { how: 'remix'; body: { prompt: string } }
  | { how: 'restyle'; body: { style: string } }
  | { how: 'reframe'; body: { size: string } }
  | { how: 'trim'; body: { start_ms: number; end_ms: number | null } }
  | { how: 'loop'; body: Record<string, never> };

export async function deriveFilm(id: string, wish: Derivation): Promise<Film> {
  return (await answer(`${place(id)}/${wish.how}`, sent('POST', wish.body))).json();
}

/** A finished shot beside its draft; addresses are relative to those of films. */
export interface Pair {
  shot: number;
  text: string;
  engine: string;
  draft_url: string | null;
  draft_preview_url: string | null;
  final_url: string | null;
  final_preview_url: string | null;
  fitted: string;
  cost: string | null;
}

export async function comparison(id: string): Promise<{ pairs: Pair[]; cost: string | null }> {
  return (await answer(`${place(id)}/comparison`)).json();
}

export async function finishFilm(
  id: string,
  wish: { engine: string; shots: number[]; budget: string },
): Promise<Film> {
  return (await answer(`${place(id)}/finish`, sent('POST', wish))).json();
}

/** A film as it is spoken in a language: itself first, then the versions that its maker shows. */
export interface Spoken {
  film_id: string;
  language: string;
  video: string;
  captions: string | null;
  duration_ms: number;
}

export interface Languages {
  spoken: Spoken[];
  /** Addresses are relative to those of films; without a translator it is what the film says. */
  captions: { language: string; translator: string; url: string }[];
  /** Films that its maker had translated; told to nobody else. */
  made: { film_id: string; language: string; status: Status; progress_percent: number; shown: boolean }[] | null;
}

const inLanguages = (id: string) => `${place(id)}/languages`;
export const languages = (id: string) => read<Languages>(inLanguages(id));
export const showVersion = (id: string, language: string, film_id: string) =>
  read<Languages>(`${inLanguages(id)}/${part(language)}`, sent('PUT', { film_id }));
export const hideVersion = (id: string, language: string) =>
  read<Languages>(`${inLanguages(id)}/${part(language)}`, sent('DELETE'));
export const translateFilm = (id: string, language: string) =>
  read<Film>(`${place(id)}/translations`, sent('POST', { language }));
export const captionFilm = (id: string, language: string) =>
  tell('POST', `${place(id)}/captions`, { language });

export interface Note {
  status: 'understood' | 'approximated' | 'left_out';
  phrase: string;
  meaning: string;
  reason: string;
}

export interface Screenplay {
  title: string;
  prompt: string;
  language: string;
  settings: {
    id: string;
    place: string;
    description: string;
    time_of_day: string;
    weather: string;
  }[];
  characters: {
    id: string;
    name: string;
    description: string;
    look: { garments: { kind: string; colour: string }[] };
  }[];
  beats: {
    id: string;
    setting: string;
    text: string;
    duration_ms: number;
    roll: number;
    lines: { character: string; text: string; language: string; mood: string; manner: string }[];
    camera: { size: string; move: string; angle: string };
  }[];
  notes: Note[];
}
