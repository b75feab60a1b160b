"""Moderators are mailed as the clock of a takedown runs down: each of them, at each mark, once."""

import email
from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from feed_builders import a_person
from matinee import trust
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database
from matinee.kit.events import Dispatcher
from matinee.kit.ids import SystemIds
from matinee.people import Mail, Mailer
from matinee.people.adapters.outbox_mailer import OutboxMailer
from matinee.people.errors import MailerUnavailable
from matinee.trust import calling, hearing, reminding
from matinee.trust.hearing import Objection, Witness

EVE = Objection(name="Eve", email="eve@example.org", reason="likeness", words="my face")


class Killed(BaseException):
    """The process dies here."""


class Faulty:
    """A mailer that fails as it is told to, and hands mails on otherwise."""

    def __init__(self, mailer: Mailer) -> None:
        self.mailer = mailer
        self.away_for: set[str] = set()
        self.dies = False

    def send(self, mail: Mail) -> None:
        if mail.to in self.away_for:
            reason = "it is away"
            raise MailerUnavailable(reason)
        self.mailer.send(mail)
        if self.dies:
            raise Killed


class Place:
    """A desk with its clock, its subscribers and an outbox."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.clock = ManualClock()
        self.ids = SystemIds(self.clock)
        self.mailer = Faulty(OutboxMailer(folder, self.clock, sender="Matinee <m@example.org>"))
        self.dispatcher = Dispatcher(database, self.clock)
        self.dispatcher.subscribe(
            hearing.CASE_DUE, "call", partial(calling.call_moderators, clock=self.clock)
        )
        self.dispatcher.subscribe(
            calling.MODERATOR_CALLED,
            "mail",
            partial(calling.mail_moderator, mailer=self.mailer, public_url="https://here.example/"),
        )

    def person(self, handle: str, *roles: str, language: str = "en", proved: bool = True) -> None:
        with self.database.transaction() as session:
            a_person(session, handle)
            session.execute(
                text(
                    "update people.person set email = :mail, email_verified = :proved,"
                    " roles = :roles, language = :language where handle = :handle"
                ),
                {
                    "handle": handle,
                    "mail": f"{handle}@example.org",
                    "proved": proved,
                    "roles": list(roles),
                    "language": language,
                },
            )

    def take_down(self) -> str:
        with self.database.transaction() as session:
            case, _ = hearing.take_down(
                session,
                trust.Subject(kind="film", id="video_1"),
                EVE,
                address="192.0.2.1",
                witness=Witness(author="person_ada", snapshot={}),
                at=self.clock.now(),
                ids=self.ids,
            )
        return case.id

    def wait(self, hours: float) -> None:
        self.clock.advance(timedelta(hours=hours))
        reminding.reminded(self.database, self.clock)
        self.deliver()

    def deliver(self) -> None:
        while self.dispatcher.deliver():
            pass

    def mails(self) -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"))
        return [email.message_from_bytes(one.read_bytes(), policy=default) for one in files]


def addressed(mails: Iterable[EmailMessage]) -> list[str]:
    return sorted(str(one["To"]).partition("@")[0] for one in mails)


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path / "outbox")


def test_each_moderator_is_mailed_in_their_language_at_each_mark_until_it_is_decided(
    place: Place,
) -> None:
    place.person("mod", "moderator")
    place.person("ming", "moderator", language="zh-CN")
    place.person("other", "moderator", proved=False)
    place.person("boss", "operator")
    place.person("ada")
    case_id = place.take_down()
    place.wait(23)
    assert place.mails() == []
    place.wait(1)
    place.wait(1)
    assert addressed(place.mails()) == ["ming", "mod"]
    english = next(one for one in place.mails() if "mod@" in one["To"])
    chinese = next(one for one in place.mails() if "ming@" in one["To"])
    assert "within a day" in english["Subject"]
    assert "一天内" in chinese["Subject"]
    for one in (english, chinese):
        said = one.get_content()
        assert case_id in said
        assert "https://here.example/desk" in said
    place.wait(19)
    assert addressed(place.mails()) == ["ming", "ming", "mod", "mod"]
    with place.database.transaction() as session:
        reason = "It shows somebody who did not agree."
        hearing.decide(session, case_id, "remove", reason, by="person_mod", at=place.clock.now())
    place.wait(30)
    assert len(place.mails()) == 4


def test_the_operator_is_mailed_where_there_is_no_moderator_also_after_the_time_is_over(
    place: Place,
) -> None:
    place.person("boss", "operator")
    place.take_down()
    place.wait(100)
    (mail,) = place.mails()
    assert "has run out" in mail["Subject"]


def test_a_mail_that_fails_is_tried_again_and_holds_up_no_other(place: Place) -> None:
    place.person("mod", "moderator")
    place.person("zoe", "moderator")
    place.take_down()
    place.mailer.away_for = {"mod@example.org"}
    place.wait(24)
    assert addressed(place.mails()) == ["zoe"]
    place.mailer.away_for = set()
    place.clock.advance(timedelta(minutes=10))
    place.deliver()
    assert addressed(place.mails()) == ["mod", "zoe"]


def test_a_process_that_dies_after_it_mailed_leaves_one_mail(place: Place) -> None:
    place.person("mod", "moderator")
    place.take_down()
    place.mailer.dies = True
    with pytest.raises(Killed):
        place.wait(24)
    assert len(place.mails()) == 1
    place.mailer.dies = False
    place.deliver()
    (mail,) = place.mails()
    assert mail["Message-ID"].endswith("@example.org>")
    with place.database.transaction() as session:
        waiting = session.execute(
            text("select count(*) from kit.outbox where delivered_at is null")
        ).scalar_one()
    assert waiting == 0
