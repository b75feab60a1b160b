"""Handles: which there may be, and which look so alike that one stands for the other. Pure."""

import re

from .errors import HandleInvalid

_HANDLE = re.compile(r"[a-z][a-z0-9_]{2,23}")
# What looks like something else in common typefaces: the ASCII part of Unicode's confusables
# (Unicode Technical Standard 39, section 4), which is all that a handle can hold.
_LOOKS_LIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "_": None})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
# Names that speak for the place, or that a person may not be called because an address is.
_RESERVED = (
    "about", "abuse", "account", "admin", "administrator", "anonymous", "api", "appeal", "billing",
    "contact", "deleted", "everyone", "feed", "following", "friends", "help", "info", "latest",
    "legal", "login", "logout", "mail", "matinee", "matinee_team", "me", "mine", "mod", "moderator",
    "moderators", "nobody", "null", "official", "operator", "owner", "payments", "postmaster",
    "press", "privacy", "root", "safety", "search", "security", "settings", "signup", "staff",
    "status", "support", "system", "team", "terms", "trust", "undefined", "verify", "webmaster",
    "you",
)  # fmt: skip


def skeleton(handle: str) -> str:
    """Return what a handle looks like: two handles with one skeleton cannot be told apart."""
    seen = handle.translate(_LOOKS_LIKE)
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


RESERVED = frozenset(map(skeleton, _RESERVED))


def checked(handle: str) -> str:
    """Return a handle as it is kept, in small letters; raises HandleInvalid."""
    kept = handle.strip().removeprefix("@").lower()
    if not _HANDLE.fullmatch(kept):
        raise HandleInvalid(kept, "use 3 to 24 letters, digits and underscores, a letter first")
    if skeleton(kept) in RESERVED:
        raise HandleInvalid(kept, "it would seem to speak for this place")
    return kept
