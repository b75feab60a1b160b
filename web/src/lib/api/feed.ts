// Posts, the feed, and what people do with them.

import { asking, part, read, sent, tell } from './http';
import type { Film } from './films';
import type { Named } from './people';

export interface Post {
  id: string;
  film: {
    id: string;
    video: string;
    poster: string | null;
    captions: { language: string; url: string }[];
    hls: string | null;
    width: number;
    height: number;
    duration_s: number;
  };
  author: Named;
  caption: string;
  audience: Audience;
  remixable: boolean;
  comments_open: boolean;
  ai_label: string | boolean | null;
  remix_of: { post_id: string | null; handle: string | null } | null;
  counts: { likes: number; comments: number; remixes: number; saves: number; views: number };
  mine: { author: boolean; liked: boolean; saved: boolean; following: boolean };
  why: string[] | null;
  people: Named[];
  created_at: string;
}

/** What was not made here is looked through before it is posted. */
export interface Waiting {
  waiting: true;
  film_id: string;
}

export type Audience = 'public' | 'friends' | 'private';
export type Tab = 'for-you' | 'following' | 'friends' | 'latest' | 'mine';

export interface Page {
  posts: Post[];
  cursor: string | null;
  /** Of For You only: the sitting, whether it goes on by itself, and when it has been enough. */
  session?: string;
  continuous?: boolean;
  notice?: { kind: string; minutes_watched: number; minutes_limit: number } | null;
}

export interface Comment {
  id: string;
  author: Named;
  text: string;
  created_at: string;
  mine?: boolean;
}

/** A post in a tree of remixes; one that may not be seen says nothing but where it stands. */
export interface Branch {
  node: number;
  parent: number | null;
  post_id: string | null;
  author: Named | null;
  caption: string;
  film: Post['film'] | null;
  hidden: boolean;
  gone: boolean;
  created_at: string | null;
}

export interface Lineage {
  post: number;
  ancestors: number[];
  tree: Branch[];
}

export interface Steering {
  text: string;
  rules: { say: string; kind: string }[];
}

export interface Notice {
  id: string;
  kind: string;
  text?: string;
  actor?: Named | null;
  post_id?: string | null;
  read: boolean;
  created_at: string;
}

export interface View {
  session: string;
  watched_ms: number;
  duration_ms: number;
  /** How often the film began again. */
  looped: number;
  sound: boolean;
}

declare global {
  interface Window {
    /** The first page, asked for before the app arrived: public/first.js. */
    matineeFirst?: { tab: string; page: Promise<Page> } | undefined;
  }
}

export async function feed(tab: Tab, cursor?: string, session?: string): Promise<Page> {
  const early = window.matineeFirst;
  window.matineeFirst = undefined;
  if (early?.tab === tab && !cursor && !session) {
    // What failed early is asked for again, and says why.
    const page = await early.page.catch(() => null);
    if (page) return page;
  }
  return read<Page>(asking(`/api/feed/${tab}`, { cursor, session }));
}

const place = (id: string) => `/api/posts/${part(id)}`;
export const post = (id: string) => read<Post>(place(id));
export const publish = (wish: {
  film_id: string;
  caption: string;
  audience: Audience;
  remixable: boolean;
  comments_open: boolean;
}) => read<Post | Waiting>('/api/posts', sent('POST', wish));
export const changePost = (id: string, changes: Partial<Post>) => tell('PATCH', place(id), changes);
export const removePost = (id: string) => tell('DELETE', place(id));
export const mark = (id: string, what: 'like' | 'save', on: boolean) =>
  tell(on ? 'PUT' : 'DELETE', `${place(id)}/${what}`);
export const shared = (id: string) => read<{ url?: string }>(`${place(id)}/share`, sent('POST'));
export const comments = (id: string, cursor?: string) =>
  read<{ comments: Comment[]; cursor: string | null }>(asking(`${place(id)}/comments`, { cursor }));
export const comment = (id: string, text: string) =>
  read<Comment>(`${place(id)}/comments`, sent('POST', { text }));
export const removeComment = (id: string) => tell('DELETE', `/api/comments/${part(id)}`);
export const notInterested = (id: string) => tell('PUT', `${place(id)}/not-interested`);
export const why = (id: string) => read<{ why: string[] }>(`${place(id)}/why`);
export const lineage = (id: string) => read<Lineage>(`${place(id)}/lineage`);
export const remix = (id: string, wish: Record<string, unknown>) =>
  read<Pick<Film, 'id'>>(`${place(id)}/remix`, sent('POST', wish));

/** Told also while the page is being left. */
export const viewed = (id: string, view: View) =>
  tell('POST', `${place(id)}/views`, view).catch(() => undefined);

export const steering = () => read<Steering>('/api/feed/steering');
export const steer = (text: string) => read<Steering>('/api/feed/steering', sent('PUT', { text }));
export const unsteer = () => tell('DELETE', '/api/feed/steering');

export const searchPosts = (q: string, cursor?: string) =>
  read<Page>(asking('/api/search', { q, kind: 'posts', cursor }));
export const searchPeople = (q: string) =>
  read<{ people: Named[] }>(asking('/api/search', { q, kind: 'people' }));
export const postsOf = (handle: string, cursor?: string) =>
  read<Page>(asking(`/api/people/${part(handle)}/posts`, { cursor }));

export const notices = (cursor?: string) =>
  read<{ notifications: Notice[]; unread: number; cursor: string | null }>(
    asking('/api/notifications', { cursor }),
  );
export const noticesRead = () => tell('POST', '/api/notifications/read');

export type Subject = { kind: 'post' | 'comment' | 'person' | 'film' | 'likeness'; id: string };
export const report = (subject: Subject, reason: string, text: string) =>
  tell('POST', '/api/reports', { subject, reason, text });
