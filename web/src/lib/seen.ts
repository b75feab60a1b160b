// How far a film was watched while it was being made, so that the finished one goes on there.

const seen = new Map<string, number>();

export const watched = (id: string, time_s: number): void => void seen.set(id, time_s);

export function wasAt(id: string): number {
  const time_s = seen.get(id) ?? 0;
  seen.delete(id);
  return time_s;
}
