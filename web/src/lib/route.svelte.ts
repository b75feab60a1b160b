// The places of the app. The feed comes with the first bytes; every other place is a file of its own
// that is loaded when somebody goes there.

import { tick, type Component } from 'svelte';

interface Known {
  name: string;
  path: RegExp;
  /** Who may be here: anyone, or only somebody who signed in. */
  open: boolean;
  load: () => Promise<{ default: Component<never> }>;
}

const HANDLE = '[A-Za-z0-9_.-]{1,40}';
const KNOWN: Known[] = [
  { name: 'create', path: /^\/create$/, open: false, load: () => import('../pages/Create.svelte') },
  {
    name: 'film',
    path: /^\/film\/(?<id>video_[0-9a-f]{32})$/,
    open: true,
    load: () => import('../parts/FilmPage.svelte'),
  },
  {
    name: 'post',
    path: /^\/post\/(?<id>[\w-]{1,80})$/,
    open: true,
    load: () => import('../pages/OnePost.svelte'),
  },
  { name: 'search', path: /^\/search$/, open: true, load: () => import('../pages/Search.svelte') },
  {
    name: 'notifications',
    path: /^\/notifications$/,
    open: false,
    load: () => import('../pages/Notifications.svelte'),
  },
  { name: 'me', path: /^\/me$/, open: false, load: () => import('../pages/Profile.svelte') },
  {
    name: 'person',
    path: new RegExp(`^/@(?<handle>${HANDLE})$`),
    open: true,
    load: () => import('../pages/Profile.svelte'),
  },
  {
    name: 'edit',
    path: /^\/me\/edit$/,
    open: false,
    load: () => import('../pages/EditProfile.svelte'),
  },
  { name: 'sign-in', path: /^\/sign-in$/, open: true, load: () => import('../pages/SignIn.svelte') },
  { name: 'sign-up', path: /^\/sign-up$/, open: true, load: () => import('../pages/SignUp.svelte') },
  {
    name: 'reset',
    path: /^\/reset-password(?:\/(?<token>[\w.-]+))?$/,
    open: true,
    load: () => import('../pages/Reset.svelte'),
  },
  {
    name: 'verify-email',
    path: /^\/verify-email\/(?<token>[\w.-]+)$/,
    open: true,
    load: () => import('../pages/VerifyEmail.svelte'),
  },
  {
    name: 'settings',
    path: /^\/settings$/,
    open: true,
    load: () => import('../pages/Settings.svelte'),
  },
  {
    name: 'likeness',
    path: /^\/likeness$/,
    open: false,
    load: () => import('../pages/Likeness.svelte'),
  },
  {
    name: 'capture',
    path: /^\/likeness\/capture$/,
    open: false,
    load: () => import('../pages/Capture.svelte'),
  },
  { name: 'desk', path: /^\/desk$/, open: false, load: () => import('../pages/Desk.svelte') },
  {
    name: 'decisions',
    path: /^\/decisions$/,
    open: false,
    load: () => import('../pages/Decisions.svelte'),
  },
  {
    name: 'claims',
    path: /^\/rights\/claims$/,
    open: false,
    load: () => import('../pages/Claims.svelte'),
  },
  {
    name: 'earnings',
    path: /^\/rights(?:\/earnings)?$/,
    open: false,
    load: () => import('../pages/Earnings.svelte'),
  },
  {
    name: 'works',
    path: /^\/rights\/works$/,
    open: false,
    load: () => import('../pages/Works.svelte'),
  },
  {
    name: 'work',
    path: /^\/rights\/works\/(?<id>[\w-]{1,80})$/,
    open: true,
    load: () => import('../pages/Work.svelte'),
  },
  {
    name: 'approvals',
    path: /^\/rights\/approvals$/,
    open: false,
    load: () => import('../pages/Approvals.svelte'),
  },
  {
    name: 'payouts',
    path: /^\/rights\/payouts$/,
    open: false,
    load: () => import('../pages/Payouts.svelte'),
  },
  {
    name: 'statements',
    path: /^\/rights\/statements$/,
    open: false,
    load: () => import('../pages/Statements.svelte'),
  },
  {
    name: 'verify-statement',
    path: /^\/verify-statement$/,
    open: true,
    load: () => import('../pages/VerifyStatement.svelte'),
  },
  { name: 'cart', path: /^\/cart$/, open: false, load: () => import('../pages/Cart.svelte') },
  {
    name: 'checkout',
    path: /^\/checkout\/(?<id>[\w-]{1,80})$/,
    open: false,
    load: () => import('../pages/Checkout.svelte'),
  },
  { name: 'orders', path: /^\/orders$/, open: false, load: () => import('../pages/Orders.svelte') },
  {
    name: 'order',
    path: /^\/orders\/(?<id>[\w-]{1,80})$/,
    open: false,
    load: () => import('../pages/Order.svelte'),
  },
  { name: 'my-shop', path: /^\/shop$/, open: false, load: () => import('../pages/MyShop.svelte') },
  { name: 'send', path: /^\/send$/, open: false, load: () => import('../pages/Send.svelte') },
  { name: 'verify', path: /^\/verify$/, open: true, load: () => import('../pages/Verify.svelte') },
  {
    name: 'takedown',
    path: /^\/takedown(?:\/(?<id>[\w-]+))?$/,
    open: true,
    load: () => import('../pages/Takedown.svelte'),
  },
];

export type Place = { name: string; given: Record<string, string>; open: boolean };

export const route = $state<{
  place: Place;
  page: Component<Record<string, string>> | null;
  failed: boolean;
  path: string;
}>({
  place: { name: 'nowhere', given: {}, open: true },
  page: null,
  failed: false,
  path: '',
});

function find(path: string): { place: Place; known: Known | null } {
  const bare = path.length > 1 ? path.replace(/\/$/, '') : path;
  if (bare === '/') return { place: { name: 'feed', given: {}, open: true }, known: null };
  for (const known of KNOWN) {
    const found = known.path.exec(bare);
    if (!found) continue;
    const given = Object.fromEntries(
      Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined),
    );
    return { place: { name: known.name, given, open: known.open }, known };
  }
  return { place: { name: 'nowhere', given: {}, open: true }, known: null };
}

/** Whether the app has a page there. */
export const isPlace = (path: string): boolean => find(path).place.name !== 'nowhere';

let turn = 0;

async function arrive(path: string): Promise<void> {
  const mine = ++turn;
  const { place, known } = find(path);
  let page: typeof route.page = null;
  let failed = false;
  if (known) {
    try {
      page = (await known.load()).default as unknown as typeof route.page;
    } catch {
      failed = true;
    }
  }
  // Who clicks twice ends where they clicked last.
  if (mine !== turn) return;
  Object.assign(route, { place, page, failed, path });
  await tick();
  window.scrollTo(0, 0);
  // Who listens to the page instead of seeing it is told where they are.
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

export const begin = (): Promise<void> => arrive(location.pathname);

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path);
  void arrive(new URL(path, location.origin).pathname);
}

/** To sign in, and back here afterwards. */
export function askWho(): void {
  const here = location.pathname + location.search;
  go(here === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`);
}

/** Where the sign-in leads to: only to places of this app. */
export function wantedPlace(): string {
  const to = new URLSearchParams(location.search).get('to') ?? '/';
  return to.startsWith('/') && !to.startsWith('//') ? to : '/';
}

export function followLinks(): () => void {
  const clicked = (event: MouseEvent) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    const link = (event.target as Element | null)?.closest('a');
    if (!plain || !link || link.target || link.hasAttribute('download')) return;
    const path = link.getAttribute('href') ?? '';
    const known = path.startsWith('/') && find(path.split(/[?#]/)[0] ?? '').place.name;
    if (event.defaultPrevented || !known || known === 'nowhere') return;
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
