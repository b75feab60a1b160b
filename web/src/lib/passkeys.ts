// Passkeys: what the server offers goes to the browser, what the browser signs goes back, in the
// JSON form of WebAuthn level 3.

import { read, sent, tell } from './api/http';

const bytes = (text: string): ArrayBuffer => {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
};

const text = (buffer: ArrayBuffer | null): string | null =>
  buffer === null
    ? null
    : btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');

interface Offered {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  allowCredentials?: { id: string; type: 'public-key' }[];
  excludeCredentials?: { id: string; type: 'public-key' }[];
  [more: string]: unknown;
}

const list = (all?: { id: string; type: 'public-key' }[]) =>
  (all ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const IP_ADDRESS = /^(\d+(\.\d+){3}|\[.*\])$/;

/** Whether this browser has passkeys at all. */
export const possible = (): boolean => typeof PublicKeyCredential === 'function';

/** The address at which they work, when it is not this one: they are bound to a name, not a number. */
export const address = (): string | null => {
  const { hostname, port } = location;
  if (window.isSecureContext && !IP_ADDRESS.test(hostname)) return null;
  return hostname.startsWith('127.') ? `http://localhost${port ? `:${port}` : ''}` : `https://${hostname}`;
};

function whole(credential: PublicKeyCredential): Record<string, unknown> {
  const response = credential.response as AuthenticatorAttestationResponse &
    AuthenticatorAssertionResponse;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      ...(response.attestationObject
        ? {
            attestationObject: text(response.attestationObject),
            transports: response.getTransports?.() ?? [],
          }
        : {
            authenticatorData: text(response.authenticatorData),
            signature: text(response.signature),
            userHandle: text(response.userHandle),
          }),
    },
  };
}

/** Make a passkey for whoever is signed in. Nothing is kept when the person changes their mind. */
export async function addPasskey(name: string, password: string): Promise<void> {
  const told = await read<Record<string, unknown>>('/api/me/passkeys/options', sent('POST', password ? { password } : {}));
  const offered = (told['publicKey'] ?? told['options'] ?? told) as Offered;
  const made = await navigator.credentials.create({
    publicKey: {
      ...(offered as unknown as PublicKeyCredentialCreationOptions),
      challenge: bytes(offered.challenge),
      user: { ...offered.user, id: bytes(offered.user?.id ?? '') } as PublicKeyCredentialUserEntity,
      excludeCredentials: list(offered.excludeCredentials),
    },
  });
  await tell('POST', '/api/me/passkeys', { name, credential: whole(made as PublicKeyCredential) });
}

export async function signInByPasskey(): Promise<void> {
  const told = await read<Record<string, unknown>>('/api/session/passkey/options', sent('POST', {}));
  const offered = (told['publicKey'] ?? told['options'] ?? told) as Offered;
  const signed = await navigator.credentials.get({
    publicKey: {
      ...(offered as unknown as PublicKeyCredentialRequestOptions),
      challenge: bytes(offered.challenge),
      allowCredentials: list(offered.allowCredentials),
    },
  });
  await tell('POST', '/api/session/passkey', { credential: whole(signed as PublicKeyCredential) });
}
