// When somebody asked to be reminded: after so many minutes of a day, after so many at a time, or at
// night. The clock is their own, so the count is kept in their browser and told to nobody.

import type { Wellbeing } from './api/people';

const KEPT = 'matinee.watched';
const PAUSE_MS = 10 * 60_000;
const KEEP_EVERY_S = 5;

export interface Reminder {
  kind: 'daily' | 'break' | 'quiet';
  minutes: number;
}

interface Count {
  day: string;
  today_s: number;
  /** Since the last pause of ten minutes. */
  sitting_s: number;
  last_ms: number;
  /** What was said today already. */
  told: string[];
}

const dayOf = (now: Date) => `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`;
const fresh = (now: Date): Count => ({ day: dayOf(now), today_s: 0, sitting_s: 0, last_ms: now.getTime(), told: [] });

function kept(now: Date): Count {
  try {
    const read = JSON.parse(localStorage.getItem(KEPT) ?? '') as Count;
    return read.day === dayOf(now) ? read : fresh(now);
  } catch {
    return fresh(now);
  }
}

let count: Count | null = null;
let unkept_s = 0;

const within = (hour: number, from: number, until: number): boolean =>
  from <= until ? hour >= from && hour < until : hour >= from || hour < until;

/** Note that a film went on for so long; a reminder when one is due, each once. */
export function watchedFor(seconds: number, asked: Wellbeing | undefined, now = new Date()): Reminder | null {
  if (!count || count.day !== dayOf(now)) count = kept(now);
  if (now.getTime() - count.last_ms > PAUSE_MS) {
    count.sitting_s = 0;
    count.told = count.told.filter((one) => one !== 'break');
  }
  count.today_s += seconds;
  count.sitting_s += seconds;
  count.last_ms = now.getTime();
  unkept_s += seconds;
  const due = asked ? reminder(count, asked, now.getHours()) : null;
  if (due) count.told.push(due.kind);
  if (due || unkept_s >= KEEP_EVERY_S) {
    unkept_s = 0;
    localStorage.setItem(KEPT, JSON.stringify(count));
  }
  return due;
}

function reminder(so_far: Count, asked: Wellbeing, hour: number): Reminder | null {
  const { daily_minutes, break_minutes, quiet_from, quiet_until } = asked;
  const told = (kind: Reminder['kind']) => so_far.told.includes(kind);
  if (daily_minutes && so_far.today_s >= daily_minutes * 60 && !told('daily')) {
    return { kind: 'daily', minutes: daily_minutes };
  }
  if (break_minutes && so_far.sitting_s >= break_minutes * 60 && !told('break')) {
    return { kind: 'break', minutes: break_minutes };
  }
  const quiet = quiet_from !== null && quiet_until !== null && within(hour, quiet_from, quiet_until);
  return quiet && !told('quiet') ? { kind: 'quiet', minutes: 0 } : null;
}
