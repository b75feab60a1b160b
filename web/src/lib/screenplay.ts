// A screenplay laid out as one reads it: scene headings, action, cues and dialogue.

import type { Screenplay } from './api';
import { word } from './vocabulary';

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

function heading(setting: Screenplay['settings'][number], tongue: string): string {
  const parts = [setting.place, setting.time_of_day];
  if (setting.weather !== 'clear') parts.push(setting.weather);
  return parts.map((part) => word(part, tongue)).join(' — ').toUpperCase();
}

function cameraNote(camera: Screenplay['beats'][number]['camera'], tongue: string): string {
  const parts = [word(camera.size, tongue)];
  if (camera.move !== 'static') parts.push(word(camera.move, tongue));
  if (camera.angle !== 'eye') {
    parts.push(tongue === 'zh' ? word(camera.angle, tongue) : `${camera.angle} angle`);
  }
  return parts.join(tongue === 'zh' ? '，' : ', ');
}

// Beats in a row that share a setting are one scene.
export function scenesOf(play: Screenplay, narrator: string, tongue: string): Scene[] {
  const names = new Map(play.characters.map((one) => [one.id, one.name]));
  const scenes: Scene[] = [];
  let setting = '';
  for (const beat of play.beats) {
    if (beat.setting !== setting) {
      setting = beat.setting;
      const place = play.settings.find((one) => one.id === setting);
      scenes.push({
        heading: place ? heading(place, tongue) : setting,
        description: place?.description ?? '',
        beats: [],
      });
    }
    scenes.at(-1)?.beats.push({
      id: beat.id,
      camera: cameraNote(beat.camera, tongue),
      text: beat.text,
      speeches: beat.lines.map((line) => ({
        speaker: names.get(line.character) ?? narrator,
        manner: [line.manner, line.mood === 'neutral' ? '' : line.mood]
          .filter(Boolean)
          .map((one) => word(one, tongue))
          .join(', '),
        text: line.text,
        language: line.language,
      })),
    });
  }
  return scenes;
}
