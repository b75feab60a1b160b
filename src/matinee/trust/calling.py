"""Mails to moderators as the clock of a takedown runs down: at each mark one, in their language.

A case is due ▶ one event for everybody who is to be called ▶ one mail each. So a mail that fails
holds up no other, and nobody is called twice for the failure of the next.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from matinee import people
from matinee.kit import events, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.plain import Plain
from matinee.people import Mail, Mailer, Person

from . import case_store

log = logs.logger(__name__)

MODERATOR_CALLED = "trust.moderator_called"
"""Somebody is to be mailed of a case: {person_id, key} and what `trust.case_due` says."""

_DESK = "/desk"

_SUBJECTS = {
    (24, "en"): "A takedown has to be decided within a day",
    (4, "en"): "A takedown has to be decided within four hours",
    (0, "en"): "The time to decide a takedown has run out",
    (24, "zh"): "下架请求须在一天内裁定",
    (4, "zh"): "下架请求须在四小时内裁定",
    (0, "zh"): "下架请求的裁定期限已过",
}
_TEXTS = {
    "en": (
        "Hello {name},\n\nsomebody asked for a {kind} to be taken down. The case {case} waits at "
        "the desk and is due on {due}. You get this mail because you moderate here:\n\n{link}\n"
    ),
    "zh": (
        "{name}，您好：\n\n有人要求下架一项内容（{kind}）。案件 {case} 正在等待处理，期限为 {due}。"
        "您收到此邮件，是因为您是本站的管理员：\n\n{link}\n"
    ),
}
_KINDS = {
    "film": {"en": "film", "zh": "影片"},
    "post": {"en": "post", "zh": "帖子"},
    "comment": {"en": "comment", "zh": "评论"},
    "person": {"en": "profile", "zh": "个人主页"},
}


def call_moderators(session: Session, event: events.Event, *, clock: Clock) -> None:
    """Have everybody called who can decide about a takedown that is due."""
    told = event.payload
    if told.get("origin") != "takedown":
        return
    called = people.moderators(session)
    if not called:
        log.warning("nobody_to_call", case=told["case_id"])
    for person in called:
        key = f"{event.key}:{person.id}"
        payload = {**told, "person_id": person.id, "key": key}
        events.record(session, MODERATOR_CALLED, key=key, payload=payload, at=clock.now())


def mail_moderator(
    session: Session, event: events.Event, *, mailer: Mailer, public_url: str
) -> None:
    """Mail one of them, unless the case was decided meanwhile or a later mark was passed.

    Raises MailerUnavailable, to be called again.
    """
    told = event.payload
    case_id, count = str(told["case_id"]), int(str(told["reminder_count"]))
    person = people.people_by_ids(session, [str(told["person_id"])]).get(str(told["person_id"]))
    if person is None or person.email is None:
        return
    if case_store.is_waiting(session, case_id, reminder_count=count):
        mailer.send(written(person, event.payload, public_url.rstrip("/") + _DESK))


def written(person: Person, told: Mapping[str, Plain], link: str) -> Mail:
    """Return the mail of a reminder; other languages than ours get English."""
    assert person.email is not None, "a mail needs an address"
    language = person.language.partition("-")[0]
    language = language if language in _TEXTS else "en"
    kind = str(told["subject_kind"])
    due_at = datetime.fromisoformat(str(told["due_at"])).astimezone(UTC)
    return Mail(
        to=person.email,
        subject=f"{_SUBJECTS[int(str(told['hours_left'])), language]} – Matinee",
        text=_TEXTS[language].format(
            name=person.name,
            kind=_KINDS.get(kind, {}).get(language, kind),
            case=told["case_id"],
            due=f"{due_at:%Y-%m-%d %H:%M} UTC",
            link=link,
        ),
        key=str(told["key"]),
    )
