// Three places: the front page, one film, and nowhere.

import { tick } from 'svelte';

export type Place = { name: 'home' } | { name: 'film'; id: string } | { name: 'nowhere' };

function placeOf(path: string): Place {
  if (path === '/') return { name: 'home' };
  const film = /^\/film\/(video_[0-9a-f]{32})\/?$/.exec(path);
  return film?.[1] ? { name: 'film', id: film[1] } : { name: 'nowhere' };
}

export const route = $state<{ place: Place }>({ place: placeOf(location.pathname) });

async function arrive(path: string): Promise<void> {
  route.place = placeOf(path);
  await tick();
  window.scrollTo(0, 0);
  // Who listens to the page instead of seeing it is told where they are.
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

export function go(path: string): void {
  history.pushState(null, '', path);
  void arrive(path);
}

export function followLinks(): () => void {
  const clicked = (event: MouseEvent) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    const link = (event.target as Element | null)?.closest('a');
    if (!plain || !link || link.target || link.hasAttribute('download')) return;
    const path = link.getAttribute('href') ?? '';
    if (event.defaultPrevented || !(path === '/' || path.startsWith('/film/'))) return;
    event.preventDefault();
    go(path);
  };
  const travelled = () => void arrive(location.pathname);
  document.addEventListener('click', clicked);
  window.addEventListener('popstate', travelled);
  return () => {
    document.removeEventListener('click', clicked);
    window.removeEventListener('popstate', travelled);
  };
}
