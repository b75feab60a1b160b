"""Mails through a mail server: SMTP with TLS from the start, or by STARTTLS (RFC 3207)."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from matinee.people.errors import MailerUnavailable
from matinee.people.model import Mail

from .outbox_mailer import as_message

_TIMEOUT_S = 15
_HERE = {"localhost", "127.0.0.1", "::1"}
_PORTS = {"smtps": 465, "smtp": 587}


class SmtpMailer:
    """Hands mails to a server: ``smtps://NAME:PASSWORD@HOST:PORT``, or ``smtp://`` for STARTTLS.

    Only a server on this machine is spoken to without encryption, and it gets no password then.
    """

    def __init__(self, url: str, *, sender: str, trust: ssl.SSLContext | None = None) -> None:
        """Speak to the server at ``url``; ``trust`` says whose certificates count."""
        parts = urlsplit(url)
        self._secure = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or _PORTS[parts.scheme]
        self._login = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender
        self._trust = trust or ssl.create_default_context()

    def send(self, mail: Mail) -> None:
        """Hand one mail over; raises MailerUnavailable."""
        message = as_message(mail, self._sender)
        try:
            with self._connected() as server:
                server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            # What a server says may repeat the address, which belongs into no log.
            raise MailerUnavailable(type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        if self._secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=_TIMEOUT_S, context=self._trust
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=_TIMEOUT_S)
        try:
            self._greet(server)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP) -> None:
        """Agree on encryption and say who we are."""
        server.ehlo()
        encrypted = self._secure
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=self._trust)
            server.ehlo()
            encrypted = True
        if not encrypted and self._host not in _HERE:
            raise MailerUnavailable("the mail server offers no encryption")
        if self._login and encrypted:
            server.login(self._login, self._password)
