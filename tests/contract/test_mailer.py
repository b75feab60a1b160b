"""A mailer hands over what it was given, to whom it was given, or says that it could not."""

import email
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import IO, cast

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from matinee.kit.clock import ManualClock
from matinee.people.adapters.outbox_mailer import OutboxMailer
from matinee.people.adapters.smtp_mailer import SmtpMailer
from matinee.people.errors import MailerUnavailable
from matinee.people.model import Mail, Mailer

SENDER = "Matinee <films@example.org>"
LETTER = Mail(
    to="ada@example.org",
    subject="确认您的邮箱 – Matinee",
    text="Hello Ada,\n\nhttps://films.example/verify-email/matinee_" + "x" * 43 + "\n.\n..\n",
)


@dataclass
class Post:
    """A mail server that speaks just enough of RFC 5321, and keeps what it is given."""

    received: list[bytes] = field(default_factory=list)
    secure: bool = False
    refuses: bool = False


def _converse(
    post: Post, stream: IO[bytes], trust: ssl.SSLContext | None, plain: socket.socket
) -> None:
    def say(line: str) -> None:
        stream.write(line.encode() + b"\r\n")
        stream.flush()

    if not isinstance(plain, ssl.SSLSocket):
        say("220 post")
    while line := stream.readline():
        verb = line.strip().upper().partition(b" ")[0]
        if verb == b"EHLO":
            say("250-post")
            say("250 8BITMIME" if trust is None or post.secure else "250 STARTTLS")
        elif verb == b"STARTTLS" and trust is not None:
            say("220 go on")
            post.secure = True
            with trust.wrap_socket(plain, server_side=True) as inner, inner.makefile("rwb") as over:
                _converse(post, cast("IO[bytes]", over), trust, inner)
            return
        elif verb == b"RCPT" and post.refuses:
            say("550 nobody of this name")
        elif verb == b"DATA":
            say("354 go on")
            lines = []
            while (part := stream.readline()) != b".\r\n":
                lines.append(part.removeprefix(b"."))
            post.received.append(b"".join(lines))
            say("250 kept")
        elif verb == b"QUIT":
            say("221 goodbye")
            return
        else:
            say("250 well")


@contextmanager
def a_post(post: Post, trust: ssl.SSLContext | None) -> Iterator[int]:
    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with self.request.makefile("rwb") as stream:
                _converse(post, stream, trust, self.request)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    begins = ManualClock().now() - timedelta(days=3650)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("post") / "post.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@contextmanager
def a_mailer(kind: str, folder: Path, certificate: Path) -> Iterator[tuple[Mailer, Post, Path]]:
    post = Post()
    if kind == "outbox":
        yield OutboxMailer(folder / "outbox", ManualClock(), sender=SENDER), post, folder / "outbox"
        return
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with a_post(post, served if kind == "starttls" else None) as port:
        yield SmtpMailer(f"smtp://localhost:{port}", sender=SENDER, trust=trusting), post, folder


def arrived(post: Post, folder: Path) -> list[EmailMessage]:
    files = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    return [email.message_from_bytes(raw, policy=default) for raw in (*post.received, *files)]


@pytest.mark.parametrize("kind", ["outbox", "plain", "starttls"])
def test_a_mail_arrives_as_it_was_written(kind: str, tmp_path: Path, certificate: Path) -> None:
    with a_mailer(kind, tmp_path, certificate) as (mailer, post, folder):
        mailer.send(LETTER)
        mailer.send(LETTER)
        letters = arrived(post, folder)
    assert len(letters) == 2
    assert letters[0]["To"] == LETTER.to
    assert letters[0]["From"] == SENDER
    assert letters[0]["Subject"] == LETTER.subject
    assert letters[0].get_content().replace("\r\n", "\n") == LETTER.text
    assert post.secure is (kind == "starttls")
    if kind == "outbox":
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("kind", ["outbox", "plain"])
def test_no_header_can_be_smuggled_in(kind: str, tmp_path: Path, certificate: Path) -> None:
    smuggled = Mail(to="ada@example.org\nBcc: all@example.org", subject="Hello", text="Hello")
    with a_mailer(kind, tmp_path, certificate) as (mailer, post, folder):
        with pytest.raises(MailerUnavailable):
            mailer.send(smuggled)
        assert arrived(post, folder) == []


def test_a_server_that_refuses_or_cannot_be_trusted_is_said_to_be_unavailable(
    tmp_path: Path, certificate: Path
) -> None:
    with a_mailer("plain", tmp_path, certificate) as (mailer, post, _):
        post.refuses = True
        with pytest.raises(MailerUnavailable, match="SMTPRecipientsRefused"):
            mailer.send(LETTER)
    with pytest.raises(MailerUnavailable):
        mailer.send(LETTER)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    with a_post(Post(), served) as port, pytest.raises(MailerUnavailable, match="SSL"):
        SmtpMailer(f"smtp://localhost:{port}", sender=SENDER).send(LETTER)
