// A screenplay laid out as one reads it: scene headings, action, cues and dialogue.

import type { Screenplay } from './api/films';
import { t, word } from './i18n.svelte';

export interface Speech {
  speaker: string;
  manner: string;
  text: string;
  language: string;
}

export interface Scene {
  heading: string;
  description: string;
  beats: { id: string; camera: string; text: string; speeches: Speech[] }[];
}

function heading(setting: Screenplay['settings'][number]): string {
  const parts = [setting.place, setting.time_of_day];
  if (setting.weather !== 'clear') parts.push(setting.weather);
  return parts.map((part) => word(part)).join(' — ').toUpperCase();
}

function cameraNote(camera: Screenplay['beats'][number]['camera']): string {
  const parts = [word(camera.size)];
  if (camera.move !== 'static') parts.push(word(camera.move));
  if (camera.angle !== 'eye') {
    parts.push(t('angle_of', { angle: word(camera.angle) }));
  }
  return parts.join(t('list_gap'));
}

// Beats in a row that share a setting are one scene.
export function scenesOf(play: Screenplay, narrator: string): Scene[] {
  const names = new Map(play.characters.map((one) => [one.id, one.name]));
  const scenes: Scene[] = [];
  let setting = '';
  for (const beat of play.beats) {
    if (beat.setting !== setting) {
      setting = beat.setting;
      const place = play.settings.find((one) => one.id === setting);
      scenes.push({
        heading: place ? heading(place) : setting,
        description: place?.description ?? '',
        beats: [],
      });
    }
    scenes.at(-1)?.beats.push({
      id: beat.id,
      camera: cameraNote(beat.camera),
      text: beat.text,
      speeches: beat.lines.map((line) => ({
        speaker: names.get(line.character) ?? narrator,
        manner: [line.manner, line.mood === 'neutral' ? '' : line.mood]
          .filter(Boolean)
          .map((one) => word(one))
          .join(', '),
        text: line.text,
        language: line.language,
      })),
    });
  }
  return scenes;
}
