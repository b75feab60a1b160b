"""Rows of people who leave, and of posts that are taken away: all of them, in one place."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlalchemy import text

from matinee.kit.db import Session

from .store import erase_posts

# Everything that is put into these statements is this package's own words, never a caller's.
# ruff: noqa: S608

# What is exported of a person, by the name of its file.
_EXPORTED = {
    "posts": "select p.id, p.film, p.state, p.audience, p.remixable, p.comments_open, p.mature,"
    " c.caption, p.created_at from feed.post p left join feed.post_content c on c.post = p.number"
    " where p.author = :n order by p.number",
    "comments": "select m.id, p.id as post, m.body, m.written_at from feed.comment m"
    " join feed.post p on p.number = m.post where m.author = :n order by m.number",
    "likes": "select p.id as post, l.liked_at from feed.liking l join feed.post p"
    " on p.number = l.post where l.person = :n order by l.liked_at",
    "saved": "select p.id as post, s.saved_at from feed.saving s join feed.post p"
    " on p.number = s.post where s.person = :n order by s.saved_at",
    "following": "select q.handle, f.followed_at from feed.follow f join feed.person q"
    " on q.number = f.followee where f.follower = :n order by f.followed_at",
    "followers": "select q.handle, f.followed_at from feed.follow f join feed.person q"
    " on q.number = f.follower where f.followee = :n order by f.followed_at",
    "blocked": "select q.handle, b.blocked_at from feed.block b join feed.person q"
    " on q.number = b.other where b.person = :n order by b.blocked_at",
    "muted": "select q.handle, m.muted_at from feed.mute m join feed.person q"
    " on q.number = m.other where m.person = :n order by m.muted_at",
    "watched": "select p.id as post, v.watched_ms, v.times, v.sound, v.first_at, v.last_at"
    " from feed.view v join feed.post p on p.number = v.post where v.person = :n"
    " order by v.first_at",
    "not_interested": "select p.id as post, d.dismissed_at from feed.dismissal d join feed.post p"
    " on p.number = d.post where d.person = :n order by d.dismissed_at",
    "shared": "select p.id as post, s.shared_at from feed.share s join feed.post p"
    " on p.number = s.post where s.person = :n order by s.shared_at",
    "steering": "select said, rules, set_at from feed.steering where person = :n",
    "taste": "select topic_weights from feed.person where number = :n",
}


def exported(session: Session, person: str) -> Iterator[tuple[str, bytes | str]]:
    """What the feed holds of a person, as JSON files: the feed's exporter."""
    number = _number(session, person)
    if number is None:
        return
    for name, query in _EXPORTED.items():
        rows = session.execute(text(query), {"n": number}).mappings()
        content = msgspec.json.format(msgspec.json.encode([dict(row) for row in rows]), indent=1)
        yield f"feed/{name}.json", content


def forget(session: Session, person: str) -> None:
    """Delete everything of a person; of their posts only the places in lines of remixes stay."""
    number = _number(session, person)
    if number is None:
        return
    values = {"n": number}
    posts = session.execute(
        text("select number from feed.post where author = :n"), values
    ).scalars()
    erase_posts(session, list(posts))
    for table, tally in (("liking", "likes"), ("saving", "saves")):
        session.execute(
            text(
                f"with gone as (delete from feed.{table} where person = :n returning post)"
                f" update feed.post_tally t set {tally} = {tally} - 1 from gone"
                " where t.post = gone.post"
            ),
            values,
        )
    session.execute(
        text(
            "with gone as (delete from feed.comment where author = :n returning post, removed),"
            " counted as (select post, count(*) as gone from gone where not removed group by post)"
            " update feed.post_tally t set comments = comments - counted.gone from counted"
            " where t.post = counted.post"
        ),
        values,
    )
    for table in ("dismissal", "view", "watched_day", "sitting", "steering", "share"):
        session.execute(text(f"delete from feed.{table} where person = :n"), values)
    for table, first, second in (
        ("follow", "follower", "followee"),
        ("block", "person", "other"),
        ("mute", "person", "other"),
        ("notice", "person", "actor"),
    ):
        session.execute(
            text(f"delete from feed.{table} where {first} = :n or {second} = :n"), values
        )
    session.execute(text("update feed.remix set person = null where person = :n"), values)
    session.execute(text("delete from feed.person where number = :n"), values)


def hide_film(session: Session, film: str) -> None:
    """Hide all posts of a film that was withdrawn; they come back if the desk restores it."""
    session.execute(
        text("update feed.post set state = 'withdrawn' where film = :film and state <> 'deleted'"),
        {"film": film},
    )


def await_film(session: Session, film: str, *, was: str, at: datetime) -> None:
    """Note that a withdrawn film is made again as another one, for which its posts wait."""
    session.execute(
        text("insert into feed.remade (film, was, asked_at) values (:film, :was, :at)"),
        {"film": film, "was": was, "at": at},
    )


def take_remade(session: Session, film: str) -> str | None:
    """Return the withdrawn film that was made again as `film`, once; None for any other."""
    was: str | None = session.execute(
        text("delete from feed.remade where film = :film returning was"), {"film": film}
    ).scalar()
    return was


def show_remade(session: Session, film: str, *, was: str, facts: bytes) -> None:
    """Bring back the hidden posts of the film `was`, now with `film`, of which `facts` tell.

    A post that was removed, deleted, or made again by hand stays as it is.
    """
    session.execute(
        text(
            "with back as (update feed.post p set film = :film, state = 'live'"
            " where p.film = :was and p.state = 'withdrawn' and not exists ("
            "  select from feed.post q where q.film = :film and q.author = p.author"
            "  and q.state = 'live') returning number)"
            " update feed.post_content c set film = :facts from back where c.post = back.number"
        ),
        {"film": film, "was": was, "facts": facts.decode()},
    )


def set_post_state(session: Session, post: str, *, removed: bool) -> None:
    """Remove a post by a decision, or bring back one that was so removed."""
    before, after = ("live", "removed") if removed else ("removed", "live")
    session.execute(
        text(
            "update feed.post p set state = :after where id = :id and state = :before"
            " and (:after <> 'live' or not exists (select from feed.post q where q.state = 'live'"
            "  and q.author = p.author and q.film = p.film))"
        ),
        {"id": post, "before": before, "after": after},
    )


def tell_author(
    session: Session, *, notice_id: str, person: str, kind: str, said: str, at: object
) -> None:
    """Tell somebody what was decided about something of theirs, in the words of the decision."""
    session.execute(
        text(
            "insert into feed.notice (id, person, kind, said, noticed_at)"
            " select :id, number, :kind, :said, :at from feed.person where id = :person"
        ),
        {"id": notice_id, "person": person, "kind": kind, "said": said, "at": at},
    )


def _number(session: Session, person: str) -> int | None:
    found: int | None = session.execute(
        text("select number from feed.person where id = :id"), {"id": person}
    ).scalar()
    return found
