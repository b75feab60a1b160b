// Watching one film being made: server-sent events, and patience when the server goes away.

import { film as readFilm, isOver, type Film } from './api/films';
import { Problem } from './api/http';
import { enter } from './api/people';

const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 10_000;
// Whoever is in a film may take it back while somebody watches it.
const LOOK_AGAIN_MS = 15_000;

export class FilmWatch {
  film = $state<Film | null>(null);
  problem = $state<Problem | null>(null);
  away = $state(false);

  #id: string;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait_ms = RETRY_FIRST_MS;
  #stopped = false;

  constructor(id: string) {
    this.#id = id;
    void this.#begin();
  }

  stop(): void {
    this.#stopped = true;
    this.#close();
  }

  show(film: Film): void {
    this.film = film;
    this.away = false;
    this.#wait_ms = RETRY_FIRST_MS;
    if (isOver(film)) this.#rest();
  }

  async #begin(): Promise<void> {
    try {
      const film = await readFilm(this.#id);
      if (this.#stopped) return;
      this.show(film);
      if (!isOver(film)) this.#listen();
    } catch (error) {
      if (!this.#stopped) await this.#lost(error);
    }
  }

  async #lost(error: unknown): Promise<void> {
    const problem = error instanceof Problem ? error : new Problem(0, 'web.unexpected', '');
    const comesBack = problem.status === 0 || problem.status >= 500 || problem.status === 401;
    if (!comesBack) {
      this.problem = problem;
      return;
    }
    // A server with a new data folder knows none of the sessions of the old one.
    const refused = problem.status === 401 ? await this.#refused() : null;
    if (refused) {
      this.problem = refused;
      return;
    }
    this.away = true;
    this.#later();
  }

  // Why no new session is to be had, once the server says so itself: the key was revoked.
  async #refused(): Promise<Problem | null> {
    try {
      await enter();
    } catch (error) {
      if (error instanceof Problem && [401, 403].includes(error.status)) return error;
    }
    return null;
  }

  #listen(): void {
    this.#close();
    const source = new EventSource(`/api/films/${this.#id}/events`);
    this.#source = source;
    source.onmessage = (event: MessageEvent<string>) => this.show(JSON.parse(event.data) as Film);
    source.onopen = () => (this.away = false);
    source.onerror = () => {
      this.away = true;
      // While it is only connecting again, the browser tries by itself, and says what it last saw.
      if (source.readyState === EventSource.CLOSED) this.#later();
    };
  }

  /** Nothing comes any more but a withdrawal. */
  #rest(): void {
    this.#close();
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      if (document.hidden) this.#rest();
      else void this.#look();
    }, LOOK_AGAIN_MS);
  }

  async #look(): Promise<void> {
    try {
      const film = await readFilm(this.#id);
      if (!this.#stopped) this.show(film);
    } catch (error) {
      const gone = error instanceof Problem && [403, 404, 410].includes(error.status);
      if (gone && !this.#stopped) this.problem = error;
      else this.#rest();
    }
  }

  #later(): void {
    this.#close();
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#begin(), this.#wait_ms);
    this.#wait_ms = Math.min(this.#wait_ms * 2, RETRY_LAST_MS);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
