// A screenplay laid out as one reads it: scene headings, action, cues and dialogue.

import type { Screenplay } from './api';

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

const spaced = (slug: string): string => slug.replaceAll('_', ' ');

function heading(setting: Screenplay['settings'][number]): string {
  const parts = [spaced(setting.place), setting.time_of_day];
  if (setting.weather !== 'clear') parts.push(setting.weather);
  return parts.join(' — ').toUpperCase();
}

function cameraNote(camera: Screenplay['beats'][number]['camera']): string {
  const parts = [spaced(camera.size)];
  if (camera.move !== 'static') parts.push(spaced(camera.move));
  if (camera.angle !== 'eye') parts.push(`${camera.angle} angle`);
  return parts.join(', ');
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
        manner: [spaced(line.manner), line.mood === 'neutral' ? '' : line.mood]
          .filter(Boolean)
          .join(', '),
        text: line.text,
        language: line.language,
      })),
    });
  }
  return scenes;
}
