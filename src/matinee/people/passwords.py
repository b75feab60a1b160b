"""Passwords: which are good enough, and what is kept of them.

Kept is an argon2id hash (RFC 9106) with the first parameters that OWASP's Password Storage Cheat
Sheet recommends: 19 MiB of memory, 2 passes, 1 lane. A hash of weaker parameters is made anew when
its password is shown.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from .errors import PasswordWeak

LENGTH_MIN, LENGTH_MAX = 10, 256

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_DISTINCT_MIN = 5
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
# The words that most leaked passwords are made of; alone, or with digits and signs around them,
# they are tried first.
_COMMON = frozenset(
    (
        "password", "passwort", "iloveyou", "iloveu", "letmein", "welcome", "monkey", "dragon",
        "sunshine", "princess", "football", "baseball", "superman", "batman", "master", "shadow",
        "michael", "jennifer", "trustno", "admin", "administrator", "login", "changeme", "secret",
        "whatever", "starwars", "computer", "internet", "matinee", "lovely", "charlie", "pokemon",
    )
)  # fmt: skip
_LEET = str.maketrans("013457@$!", "oleasta" + "si")


def check(password: str, *, own_words: tuple[str, ...] = ()) -> None:
    """Refuse a password that is guessed at once; raises PasswordWeak.

    ``own_words`` are what everybody knows of the person: handle, name, address.
    """
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        raise PasswordWeak(f"use {LENGTH_MIN} to {LENGTH_MAX} characters")
    plain = password.casefold()
    if len(set(plain)) < _DISTINCT_MIN:
        raise PasswordWeak("it repeats a few characters")
    if any(_runs_along(plain, row) for row in _ROWS):
        raise PasswordWeak("it runs along the alphabet or the keyboard")
    middle = plain.strip("".join(set(plain) - set(_ROWS[0])))
    if middle.translate(_LEET) in _COMMON or _is_repeated(plain):
        raise PasswordWeak("it is one of those that are tried first")
    for word in own_words:
        for part in {word.casefold(), *word.casefold().split("@")[:1]}:
            if len(part) >= 3 and len(plain.replace(part, "")) < len(plain) / 2:  # noqa: PLR2004 - shorter words say nothing
                raise PasswordWeak("it is mostly your own name or address")


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(password)


_NOBODYS = hashed("nobody has this password")


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one that ``kept`` is of; where nothing is kept it takes as long."""
    try:
        _HASHER.verify(kept or _NOBODYS, password[: LENGTH_MAX + 1])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than now."""
    return _HASHER.check_needs_rehash(kept)


def _runs_along(plain: str, row: str) -> bool:
    """Whether most of a password is one run of a row, either way."""
    most = len(plain) - 3
    return any(plain[start : start + most] in way for way in (row, row[::-1]) for start in range(4))


def _is_repeated(plain: str) -> bool:
    """Whether a password is one common word twice, or a short piece again and again."""
    return any(
        plain == (plain[:length] * len(plain))[: len(plain)]
        for length in range(1, min(6, len(plain) // 2 + 1))
    )
