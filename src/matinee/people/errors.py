"""What people cannot do, and what to do about it."""

from matinee.kit import errors

from .model import Key

NAME_CHARACTERS_MAX = 80


class SignInRequired(errors.Forbidden):
    """An address is for those who are signed in."""

    code = "people.sign_in_required"

    def __init__(self) -> None:
        super().__init__(
            "Sign in first. Programs send a key: 'Authorization: Bearer matinee_...'; the operator "
            "makes one with: matinee keys create NAME"
        )


class KeyRefused(errors.Forbidden):
    """No key was given, or one that is not known or was revoked."""

    code = "people.key_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason} Send a key as 'Authorization: Bearer matinee_...'; "
            "the operator makes one with: matinee keys create NAME"
        )


class ScopeMissing(errors.Forbidden):
    """A key may not do this; its owner could have allowed it."""

    code = "people.scope_missing"

    def __init__(self, scope: str) -> None:
        super().__init__(
            f"This key has no scope {scope!r}. Make one that has it, in the settings or with: "
            f"matinee keys create NAME --scope {scope}",
            scope=scope,
        )


class RoleMissing(errors.Forbidden):
    """An address is for people with a role that this one does not have."""

    code = "people.role_missing"

    def __init__(self, role: str) -> None:
        super().__init__(
            f"This is for people with the role {role!r}. The operator grants it with: "
            f"matinee people grant HANDLE {role}",
            role=role,
        )


class AdultsOnly(errors.Forbidden):
    """Minors may not do this."""

    code = "people.adults_only"

    def __init__(self) -> None:
        super().__init__("This is for people of 18 years and more.")


class PersonNotFound(errors.NotFound):
    """Nobody has this handle or id, or they have left."""

    code = "people.person_not_found"

    def __init__(self, who: str) -> None:
        super().__init__(f"There is nobody called {who[:NAME_CHARACTERS_MAX]!r} here.", who=who)


class KeyNotFound(errors.NotFound):
    """No key that is still good has this id or name."""

    code = "people.key_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no key {key!r}, or it was revoked before. See: matinee keys list", key=key
        )


class KeyNameInvalid(errors.Invalid):
    """A key's name is empty, too long or not printable."""

    code = "people.key_name_invalid"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"A key cannot be called {name[:NAME_CHARACTERS_MAX]!r}: give it 1 to "
            f"{NAME_CHARACTERS_MAX} printable characters that say who uses it."
        )


class KeyNameTaken(errors.Conflict):
    """Another key of this person that is still good has this name."""

    code = "people.key_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a key {name!r} already. Choose another name, or revoke the old key first: "
            f"matinee keys revoke {name!r}",
            name=name,
        )


class ScopeUnknown(errors.Invalid):
    """A key was to have a scope that there is not."""

    code = "people.scope_unknown"

    def __init__(self, scope: str, known: str) -> None:
        super().__init__(f"There is no scope {scope[:80]!r}. Choose from: {known}.", scope=scope)


class KeyAmbiguous(errors.Conflict):
    """Keys of several people have this name."""

    code = "people.key_ambiguous"

    def __init__(self, found: tuple[Key, ...]) -> None:
        ids = ", ".join(key.id for key in found)
        super().__init__(f"Several keys have this name; give the id of one: {ids}.", ids=ids)
