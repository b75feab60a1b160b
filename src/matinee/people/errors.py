"""What people cannot do, and what to do about it."""

from matinee.kit import errors

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


class TooManyKeys(errors.Conflict):
    """A person has as many good keys as one person may have."""

    code = "people.too_many_keys"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"There are {most} keys that are good, which is the most for one person. Revoke one "
            "that is not needed any more.",
            most=most,
        )


class ScopeUnknown(errors.Invalid):
    """A key was to have a scope that there is not."""

    code = "people.scope_unknown"

    def __init__(self, scope: str, known: str) -> None:
        super().__init__(f"There is no scope {scope[:80]!r}. Choose from: {known}.", scope=scope)


class KeyAmbiguous(errors.Conflict):
    """Keys of several people have this name."""

    code = "people.key_ambiguous"

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(f"Several keys have this name; give the id of one: {', '.join(ids)}.")


class HandleInvalid(errors.Invalid):
    """A handle cannot be used."""

    code = "people.handle_invalid"

    def __init__(self, handle: str, reason: str) -> None:
        super().__init__(
            f"Nobody can be called @{handle[:NAME_CHARACTERS_MAX]}: {reason}.", param="handle"
        )


class HandleTaken(errors.Conflict):
    """A handle is somebody's, was until lately, or looks like somebody's."""

    code = "people.handle_taken"

    def __init__(self, handle: str) -> None:
        super().__init__(
            f"@{handle} is taken, or cannot be told apart from one that is. Choose another.",
            param="handle",
        )


class ProfileInvalid(errors.Invalid):
    """Something that a person says about themself cannot be used."""

    code = "people.profile_invalid"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field} cannot be used: {reason}.", param=field)


class TooYoung(errors.Forbidden):
    """Somebody is younger than the operator lets people be here."""

    code = "people.too_young"

    def __init__(self, least: int) -> None:
        super().__init__(f"Accounts are for people of {least} years and more.", least=least)


class SignUpClosed(errors.Forbidden):
    """The operator does not let people sign up by themselves."""

    code = "people.sign_up_closed"

    def __init__(self) -> None:
        super().__init__("Nobody can sign up here by themselves. Ask the operator.")


class PasswordWeak(errors.Invalid):
    """A password would be guessed at once."""

    code = "people.password_weak"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Choose another password: {reason}.", param="password")


class LoginRefused(errors.Forbidden):
    """A login and a password do not go together, whichever of the two is wrong."""

    code = "people.login_refused"

    def __init__(self) -> None:
        super().__init__(
            "This login and password do not go together. Check both, or set a new password."
        )


class TooManyTries(errors.Throttled):
    """Somebody tries too often."""

    code = "people.too_many_tries"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            f"That was tried too often. Try again in {retry_after_s} seconds.",
            retry_after_s=retry_after_s,
        )


class ProofRequired(errors.Forbidden):
    """What cannot be taken back needs the password, or a passkey that was shown just now."""

    code = "people.proof_required"

    def __init__(self) -> None:
        super().__init__(
            "Send your password with this, or sign in with your passkey once more and do it within "
            "five minutes."
        )


class TokenRefused(errors.Forbidden):
    """A link from a mail is not known, was used, or is too old."""

    code = "people.token_refused"

    def __init__(self) -> None:
        super().__init__("This link was used before or is too old. Ask for a new one.")


class MailMissing(errors.Conflict):
    """There is no address to send a mail to, or it is proved already."""

    code = "people.mail_missing"

    def __init__(self, reason: str) -> None:
        super().__init__(f"No mail was sent: {reason}.")


class MailerUnavailable(errors.Unavailable):
    """A mail could not be handed over."""

    code = "people.mailer_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The mail could not be sent ({reason}). Try again later.")


class PasskeyRefused(errors.Forbidden):
    """A passkey is not known, or what it signed is not what was asked."""

    code = "people.passkey_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"This passkey cannot be used: {reason}.")


class PasskeyNotFound(errors.NotFound):
    """A person has no passkey with this id."""

    code = "people.passkey_not_found"

    def __init__(self, passkey: str) -> None:
        super().__init__(f"You have no passkey {passkey[:NAME_CHARACTERS_MAX]!r}.")


class SessionNotFound(errors.NotFound):
    """A person has no session with this id."""

    code = "people.session_not_found"

    def __init__(self, session: str) -> None:
        super().__init__(f"You have no session {session[:NAME_CHARACTERS_MAX]!r}.")


class LastWayIn(errors.Conflict):
    """Without this passkey somebody could not come in any more."""

    code = "people.last_way_in"

    def __init__(self) -> None:
        super().__init__("This is your only way to sign in. Set a password first.")


class OperatorStays(errors.Conflict):
    """The operator's account cannot be closed or lose its role."""

    code = "people.operator_stays"

    def __init__(self) -> None:
        super().__init__("The operator's own account stays as long as the place does.")


class PictureUnusable(errors.Invalid):
    """A picture of a person cannot be read, or is too large."""

    code = "people.picture_unusable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"This picture cannot be used: {reason}.", param="picture")


class PictureNotFound(errors.NotFound):
    """A person has no picture."""

    code = "people.picture_not_found"

    def __init__(self, handle: str) -> None:
        super().__init__(f"@{handle[:NAME_CHARACTERS_MAX]} has no picture.")


class ExportNotFound(errors.NotFound):
    """Nothing was asked to be exported, or the file has expired."""

    code = "people.export_not_found"

    def __init__(self) -> None:
        super().__init__("There is no export. Ask for one: POST /api/me/export")


class ExportNotReady(errors.Conflict):
    """An export is still being made, or could not be."""

    code = "people.export_not_ready"

    def __init__(self, status: str) -> None:
        super().__init__(f"The export is {status}. Ask for its status: GET /api/me/export")


class RequestInvalid(errors.Invalid):
    """A body cannot be read."""

    code = "people.request_invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The request cannot be read: {reason}.")
