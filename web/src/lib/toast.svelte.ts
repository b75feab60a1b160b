// A short word at the edge of the screen about what was just done.

const SHOWN_MS = 3_500;
export const toast = $state<{ text: string; bad: boolean }>({ text: '', bad: false });
let timer: ReturnType<typeof setTimeout> | undefined;

export function notify(text: string, how: 'good' | 'bad' = 'good'): void {
  clearTimeout(timer);
  toast.text = text;
  toast.bad = how === 'bad';
  timer = setTimeout(() => (toast.text = ''), SHOWN_MS);
}
