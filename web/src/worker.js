// The app's service worker: keeps the files of the app itself, so that it opens at once and without
// a line. It never answers for films, pictures or the API: what was withdrawn may not live on here.

const FILES = self.__FILES__;
const CACHE = `matinee-${self.__VERSION__}`;
const PATIENCE_MS = 3_000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((one) => one !== CACHE).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});

// Names below /assets change with their content, so what is kept is always right.
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

// The page is asked for anew; without an answer in time the kept one opens.
async function page(request) {
  const asked = fetch(request);
  asked.catch(() => undefined);
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS)).then(() => caches.match('/'));
  try {
    return (await Promise.race([asked, late])) ?? (await asked);
  } catch {
    return (await caches.match('/')) ?? Response.error();
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/assets/') || FILES.includes(pathname)) {
    if (pathname !== '/') {
      event.respondWith(asset(request));
      return;
    }
  }
  // Pages that the server writes itself (shared posts, the API) are not the app's.
  const foreign = /^\/(p|api|v1|oembed)(\/|$)/.test(pathname);
  if (request.mode === 'navigate' && !foreign) event.respondWith(page(request));
});
