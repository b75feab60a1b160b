// A resumable upload by the tus protocol 1.0.0: what arrived before a connection dropped is not sent
// again. See https://tus.io/protocols/resumable-upload.

import { answer, Problem } from './api/http';

const PLACE = '/api/uploads';
const VERSION = { 'tus-resumable': '1.0.0' };
const CHUNK_BYTES = 512 * 1024;
const TRIES = 6;
const FIRST_WAIT_MS = 500;

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function begin(file: Blob, purpose: string): Promise<string> {
  const said = (text: string) => btoa(text);
  const made = await answer(PLACE, {
    method: 'POST',
    headers: {
      ...VERSION,
      'upload-length': String(file.size),
      'upload-metadata': `purpose ${said(purpose)},filetype ${said(file.type)}`,
    },
  });
  const address = made.headers.get('location');
  if (!address) throw new Problem(0, 'web.unexpected', '');
  return new URL(address, location.href).pathname;
}

async function arrived(address: string): Promise<number> {
  const told = await answer(address, { method: 'HEAD', headers: VERSION });
  return Number(told.headers.get('upload-offset') ?? 0);
}

/** The id of the upload once all of it has arrived. `told` hears the share that is there, 0 to 1. */
export async function upload(
  file: Blob,
  purpose: string,
  told: (share: number) => void,
): Promise<string> {
  const address = await begin(file, purpose);
  let offset = 0;
  let tries = 0;
  while (offset < file.size) {
    try {
      const sent = await answer(address, {
        method: 'PATCH',
        headers: {
          ...VERSION,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
        },
        body: file.slice(offset, offset + CHUNK_BYTES),
      });
      offset = Number(sent.headers.get('upload-offset') ?? offset + CHUNK_BYTES);
      tries = 0;
      told(Math.min(1, offset / file.size));
    } catch (error) {
      const passes = error instanceof Problem && (error.status === 0 || error.status >= 500 || error.status === 409);
      if (!passes || ++tries > TRIES) throw error;
      await wait(FIRST_WAIT_MS * 2 ** tries);
      // Only the server knows how much of the last piece arrived.
      offset = await arrived(address).catch(() => offset);
    }
  }
  return decodeURIComponent(address.split('/').pop() ?? '');
}
