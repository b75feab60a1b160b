"""How credentials for shops elsewhere are kept: sealed under a key that stands in a file.

AES-256-GCM (NIST SP 800-38D) with a fresh nonce of 96 bits, bound to the connection: what is kept
for one cannot be put in another's place, and a copy of the database alone opens nothing.
"""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import CredentialsRefused

KEY_FILE = "shops.key"
_KEY_BYTES, _NONCE_BYTES = 32, 12


class Safe:
    """Seals and opens credentials with the key in a file, which is made when it is missing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def seal(self, connection_id: str, credentials: Mapping[str, str]) -> bytes:
        """Credentials as they are kept."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        content = json.dumps(dict(credentials)).encode()
        return nonce + AESGCM(self._key()).encrypt(nonce, content, connection_id.encode())

    def open(self, connection_id: str, sealed: bytes) -> dict[str, str]:
        """The credentials; raises ``CredentialsRefused`` when the key is not the one they need."""
        nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            said = AESGCM(self._key()).decrypt(nonce, content, connection_id.encode())
        except InvalidTag:
            raise CredentialsRefused(
                "The shop elsewhere", f"{self._path.name} is not the key they were sealed with"
            ) from None
        return {str(name): str(value) for name, value in json.loads(said).items()}

    def _key(self) -> bytes:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            pass
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            # Whoever comes first made the key; a link never replaces a file.
            os.link(fresh, self._path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return self._path.read_bytes()
