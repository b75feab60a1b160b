"""The verbs of trust. The session is the first argument; whoever opened it commits."""

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matinee.kit.db import Session
from matinee.kit.ids import Ids

from . import store
from .errors import Refused
from .model import Material, Moderator, NotedRefusal, Rating, Subject, Verdict
from .moderation import RuleModerator, rule_moderator, within

JUDGED_CHARACTERS_MAX = 32_000
_OF_PICTURES = frozenset({"public_figure", "others_mark"})


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What was judged, and by which moderator: what whoever hears an appeal reads.

    When the appeal succeeds `words`, what its author wrote, passes from then on (`excused`).
    """

    texts: Sequence[str]
    moderator: str
    words: str = ""


@functools.cache
def _by_rules() -> RuleModerator:
    return rule_moderator()


def judge(
    *texts: str, by: Moderator | None = None, limit: Rating = "mature", depicts: bool = False
) -> Verdict:
    """Judge texts that belong together: a post, a comment, a handle, a biography.

    People may speak of whom and what they like: only what is to be seen (`depicts`) may not name
    public figures and the marks of others. `by` None takes the rules of the house alone; whoever
    may see and make at most `limit` is refused what is rated above it. Raises ModeratorUnavailable.
    """
    material = Material(texts=texts, excused=frozenset() if depicts else _OF_PICTURES)
    return within((by or _by_rules()).judge(material), limit)


def note_refusal(
    session: Session,
    subject: Subject,
    verdict: Verdict,
    *,
    person: str,
    judged: Judged,
    at: datetime,
    ids: Ids,
) -> Refused:
    """Keep a refusal for its appeal and return the error that tells of it.

    The same subject refused again by the same rule is the same refusal, so that a step that runs
    twice notes it once.
    """
    refusal = verdict.refusal
    assert refusal is not None, "nothing was refused"
    noted = NotedRefusal(
        id=ids.new("refusal"), subject=subject, person=person, refusal=refusal, refused_at=at
    )
    refusal_id = store.add_refusal(
        session,
        noted,
        judged="\n".join(judged.texts)[:JUDGED_CHARACTERS_MAX],
        moderator=judged.moderator,
        words_sha256=_words_digest(judged.words),
    )
    return Refused(refusal.rule, refusal.why, refusal.passes, refusal_id=refusal_id)


def excused(session: Session, person: str, words: str) -> frozenset[str]:
    """Return the rules that an appeal lifted for these words of a person."""
    return store.excused_rules(session, person, _words_digest(words)) if words else frozenset()


def _words_digest(words: str) -> str:
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest() if words else ""
