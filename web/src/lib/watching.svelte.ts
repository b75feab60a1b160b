// How films are watched here: with sound or without, with captions in which language, and as whom.

const CAPTIONS = 'matinee.captions';
const SOUND = 'matinee.sound';
const VOICE = 'matinee.voice';

export const watching = $state<{ sound: boolean; captions: string; voice: string }>({
  // A browser that lets no film speak unasked is obeyed: see Slide.
  sound: localStorage.getItem(SOUND) === 'on',
  // "auto" is the language of the film, "off" is none, anything else is the tag of a language.
  captions: localStorage.getItem(CAPTIONS) ?? 'auto',
  // The language to hear films in, where they are spoken in it; empty as they were made.
  voice: localStorage.getItem(VOICE) ?? '',
});

export function caption(choice: string): void {
  watching.captions = choice;
  localStorage.setItem(CAPTIONS, choice);
}

export function listen(language: string): void {
  watching.voice = language;
  localStorage.setItem(VOICE, language);
}

export function hear(on: boolean): void {
  watching.sound = on;
  localStorage.setItem(SOUND, on ? 'on' : 'off');
}

/** One sitting in front of the feed, named by the server, within which no film comes twice. */
export const sitting = { id: '' };

export const stillness = matchMedia('(prefers-reduced-motion: reduce)');
