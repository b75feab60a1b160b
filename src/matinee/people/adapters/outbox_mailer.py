"""Mails as files in a folder, for a place without a mail server: its operator reads them."""

import os
import secrets
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path

from matinee.kit import errors
from matinee.kit.clock import Clock
from matinee.people.errors import MailerUnavailable
from matinee.people.model import Mail


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """Return a mail in the form of RFC 5322; raises MailerUnavailable for what has none."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    except ValueError as error:
        raise MailerUnavailable("its address or subject cannot be written in a mail") from error
    message.set_content(mail.text)
    if mail.key:
        # Whoever gets it twice, because this house died while it was handed over, shows it once.
        domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<{digest_of(mail.key)}@{domain}>"
    return message


def digest_of(key: str) -> str:
    """Return what stands for the key of a mail, in names of 32 letters."""
    return sha256(key.encode()).hexdigest()[:32]


class OutboxMailer:
    """Writes each mail into a file of its own that only the operator may read."""

    def __init__(self, folder: Path, clock: Clock, *, sender: str) -> None:
        """Write below ``folder``, which is made when the first mail comes."""
        self._folder = folder
        self._clock = clock
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Write one mail; raises MailerUnavailable or DiskFull."""
        message = as_message(mail, self._sender)
        now = self._clock.now()
        message["Date"] = now
        name = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"
        if mail.key:
            name = f"{digest_of(mail.key)}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = self._folder / f".{name}"
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                to.write(message.as_bytes())
            part.rename(self._folder / name)
        except OSError as error:
            raise errors.from_os_error(error, self._folder) or error from error
