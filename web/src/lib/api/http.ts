// Every call goes to the server that sent this page, with its session cookie; errors arrive as
// RFC 9457 problem documents and leave here as `Problem`.

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The whole document, for what a code brings along. */
    readonly told: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export async function answer(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    // The browser says no more than that nothing came back.
    throw new Problem(0, 'web.offline', '');
  }
  if (response.ok) return response;
  const told: { code?: string; detail?: string; title?: string } = await response
    .json()
    .catch(() => ({}));
  throw new Problem(
    response.status,
    told.code ?? 'web.unexpected',
    told.detail ?? told.title ?? response.statusText,
    told as Record<string, unknown>,
  );
}

export const sent = (method: string, body?: unknown): RequestInit =>
  body === undefined
    ? { method }
    : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };

export async function read<Told>(path: string, init?: RequestInit): Promise<Told> {
  return (await answer(path, init)).json();
}

export async function tell(method: string, path: string, body?: unknown): Promise<void> {
  await answer(path, sent(method, body));
}

/** An address with what is asked, without what is not. */
export function asking(path: string, asked: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export const part = encodeURIComponent;
