import { mount } from 'svelte';
import './app.css';
import './lib/theme.svelte';
import App from './App.svelte';
import { beginToSpeak } from './lib/i18n.svelte';
import { begin } from './lib/route.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no place for the app');

// Not awaited at the top: the files of other places wait for this one.
void Promise.all([beginToSpeak(), begin()]).then(() => mount(App, { target }));

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  // After the first film: what makes the second visit fast may not slow the first.
  const register = () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  if (document.readyState === 'complete') setTimeout(register, 1_500);
  else window.addEventListener('load', () => setTimeout(register, 1_500));
}
