// People are written into a sentence as @handle.

/** The handle that is being written at a place in a text: "with @ad|" is "ad". */
export function beingWritten(text: string, at: number): string | null {
  const found = /(?:^|[^\w@])@([A-Za-z0-9_.]{0,40})$/u.exec(text.slice(0, at));
  return found ? (found[1] ?? '') : null;
}

export function put(text: string, at: number, handle: string): { text: string; at: number } {
  const begin = text.slice(0, at).lastIndexOf('@');
  const before = `${text.slice(0, begin)}@${handle} `;
  return { text: before + text.slice(at).replace(/^ /, ''), at: before.length };
}
