// Dark, light, or as the device has it.

export type Theme = 'dark' | 'light' | 'auto';
const KEPT = 'matinee.theme';
const kept = localStorage.getItem(KEPT);

export const theme = $state<{ now: Theme }>({
  now: kept === 'light' || kept === 'auto' ? kept : 'dark',
});
const bright = matchMedia('(prefers-color-scheme: light)');

function apply(): void {
  const light = theme.now === 'light' || (theme.now === 'auto' && bright.matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
  document
    .querySelector('meta[name="theme-color"]')
    ?.setAttribute('content', light ? '#faf7f2' : '#0b0a0c');
}

export function paint(wanted: Theme): void {
  theme.now = wanted;
  localStorage.setItem(KEPT, wanted);
  apply();
}

bright.addEventListener('change', apply);
apply();
