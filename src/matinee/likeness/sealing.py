"""How the parts of a likeness are kept secret: sealed under a key of its own, which is wrapped.

Every likeness has a data key; what is kept of it is sealed with that (AES-256-GCM, NIST SP
800-38D, with a fresh nonce of 96 bits each time). The data key is kept wrapped by a house key. So
deleting the wrapped key destroys the likeness at once, wherever copies of its blobs still are, and
a new house key needs no blob to be written again. What is sealed is bound to its likeness and to
which part it is: nothing can be put in another's place.
"""

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matinee.kit import errors

KEYS_FILE = "likeness.keys"
KEY_BYTES = 32
_NONCE_BYTES = 12
_NAME_CHARACTERS = 16


class HouseKeyUnusable(errors.Unavailable):
    """The key that all likenesses are wrapped with is damaged or missing."""

    code = "likeness.house_key_unusable"

    def __init__(self, where: object, reason: str) -> None:
        """Say where it should be; never what it is."""
        super().__init__(
            f"The house key of likenesses ({where}) cannot be used: {reason}. Put the file back "
            "from its backup, or set MATINEE_LIKENESS_KEYS to the keys it held.",
        )


class SealBroken(errors.Unavailable):
    """What is kept of a likeness cannot be opened."""

    code = "likeness.seal_broken"

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(
            f"A likeness cannot be opened: {reason}. Was the house key replaced without "
            "`matinee likeness rotate`? Otherwise the person has to be captured again.",
        )


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it is kept: under which house key, and the wrapped bytes."""

    house_key: str
    wrapped: bytes = field(repr=False)


class Safe:
    """Seals and opens, with house keys of which the first wraps and all unwrap.

    They are looked up each time: another process may rotate them while this one runs.
    """

    def __init__(self, house_keys: Callable[[], Iterable[bytes]]) -> None:
        """Take what gives the keys, the newest first; each is 32 bytes, there is at least one.

        Raises what looking them up does.
        """
        self._look_up = house_keys
        _ = self._keys

    @property
    def _keys(self) -> dict[str, bytes]:
        found = {name_of(key): key for key in self._look_up()}
        assert found, "a safe needs a key"
        assert all(len(key) == KEY_BYTES for key in found.values()), "keys have 32 bytes"
        return found

    @property
    def current(self) -> str:
        """The name of the house key that wraps."""
        return next(iter(self._keys))

    def new_key(self, likeness: str) -> tuple[bytes, WrappedKey]:
        """Return a fresh data key for a likeness, and how it is kept."""
        key = secrets.token_bytes(KEY_BYTES)
        return key, self._wrap(key, likeness)

    def opened_key(self, kept: WrappedKey, likeness: str) -> bytes:
        """Return the data key of a likeness; raises SealBroken."""
        house = self._keys.get(kept.house_key)
        if house is None:
            reason = f"it is wrapped with the house key {kept.house_key}, which is not here"
            raise SealBroken(reason)
        return _open(house, kept.wrapped, f"key/{likeness}")

    def rewrapped(self, kept: WrappedKey, likeness: str) -> WrappedKey:
        """Return a data key wrapped with the newest house key; raises SealBroken."""
        return self._wrap(self.opened_key(kept, likeness), likeness)

    def _wrap(self, key: bytes, likeness: str) -> WrappedKey:
        name, house = next(iter(self._keys.items()))
        return WrappedKey(name, _close(house, key, f"key/{likeness}"))


def sealed(key: bytes, content: bytes, *, likeness: str, part: str) -> bytes:
    """Return content sealed under a data key, for one part of one likeness."""
    return _close(key, content, f"{likeness}/{part}")


def unsealed(key: bytes, content: bytes, *, likeness: str, part: str) -> bytes:
    """Return what was sealed as that part of that likeness; raises SealBroken."""
    return _open(key, content, f"{likeness}/{part}")


def name_of(key: bytes) -> str:
    """Return by what name a house key is known: a digest, which tells nothing of it."""
    return hashlib.sha256(b"matinee house key " + key).hexdigest()[:_NAME_CHARACTERS]


def house_keys(setting: str | None, file: Path) -> tuple[bytes, ...]:
    """Return the house keys: those of the setting, else those of the file, which is made if needed.

    The setting holds one key or several in base64, separated by commas, the newest first; the file
    one in each line. Nobody but its owner can read the file. Raises HouseKeyUnusable.
    """
    if setting:
        return _read(setting.split(","), "the setting of the keys")
    try:
        return _read(file.read_text("ascii").split(), file)
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError) as error:
        raise HouseKeyUnusable(file, type(error).__name__) from error
    return _made(file)


def add_house_key(file: Path) -> tuple[bytes, ...]:
    """Put a fresh key before those of the file and return all; raises HouseKeyUnusable."""
    keys = (secrets.token_bytes(KEY_BYTES), *house_keys(None, file))
    keep_house_keys(file, keys)
    return keys


def keep_house_keys(file: Path, keys: Iterable[bytes]) -> None:
    """Write the file of keys, whole or not at all; raises what a full disk raises."""
    partial = file.with_suffix(f".{secrets.token_hex(4)}")
    try:
        _write(partial, keys)
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise errors.from_os_error(error, file) or error from error


def _made(file: Path) -> tuple[bytes, ...]:
    partial = file.with_suffix(f".{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(partial, (secrets.token_bytes(KEY_BYTES),))
        try:
            # Of two processes that begin at once, one's key is the one; a link never replaces.
            os.link(partial, file)
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    except OSError as error:
        raise errors.from_os_error(error, file) or error from error
    return _read(file.read_text("ascii").split(), file)


def _write(file: Path, keys: Iterable[bytes]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.writelines(base64.b64encode(key) + b"\n" for key in keys)
        written.flush()
        os.fsync(written.fileno())


def _read(texts: Iterable[str], where: object) -> tuple[bytes, ...]:
    keys = []
    for text in texts:
        try:
            key = base64.b64decode(text.strip(), validate=True)
        except binascii.Error as error:
            reason = "it is not base64"
            raise HouseKeyUnusable(where, reason) from error
        if len(key) != KEY_BYTES:
            reason = f"a key has {len(key)} bytes in place of {KEY_BYTES}"
            raise HouseKeyUnusable(where, reason)
        keys.append(key)
    if not keys:
        reason = "it holds no key"
        raise HouseKeyUnusable(where, reason)
    return tuple(keys)


def _close(key: bytes, content: bytes, bound_to: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def _open(key: bytes, content: bytes, bound_to: str) -> bytes:
    try:
        nonce, rest = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, rest, bound_to.encode())
    except (InvalidTag, ValueError) as error:
        reason = "what is kept was changed, or belongs to another"
        raise SealBroken(reason) from error
