"""Who follows, blocks and mutes whom; likes, saves, comments, notices."""

# Everything that is put into these statements is this package's own words, never a caller's.
# ruff: noqa: S608

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text

from matinee.kit.db import Session

from .errors import TooMuchAtOnce
from .model import Comment, Notice, NoticeKind, Relation, Standing, Viewer
from .visibility import apart, parameters, unmuted, visible

_HOUR = timedelta(hours=1)
_NUMBER_MAX = 2**62


def follow(session: Session, person: int, other: int, at: datetime) -> bool:
    """Let one follow another; returns whether that is new. Both must not be apart."""
    hold_pair(session, person, other)
    new = session.execute(
        text(
            "insert into feed.follow (follower, followee, friends, followed_at)"
            " values (:person, :other, exists (select from feed.follow"
            "  where follower = :other and followee = :person), :at)"
            " on conflict do nothing"
        ),
        {"person": person, "other": other, "at": at},
    )
    _set_friends(session, person, other)
    return new.rowcount == 1


def unfollow(session: Session, person: int, other: int) -> None:
    """Let one follow another no longer."""
    hold_pair(session, person, other)
    session.execute(
        text("delete from feed.follow where follower = :person and followee = :other"),
        {"person": person, "other": other},
    )
    _set_friends(session, person, other)


def hold_pair(session: Session, person: int, other: int) -> None:
    """Let nobody else change how two people stand until the transaction ends."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('feed.pair.' || :a || '.' || :b, 0))"),
        {"a": str(min(person, other)), "b": str(max(person, other))},
    )


def _set_friends(session: Session, person: int, other: int) -> None:
    session.execute(
        text(
            "update feed.follow f set friends = exists (select from feed.follow g"
            "  where g.follower = f.followee and g.followee = f.follower)"
            " where (follower = :a and followee = :b) or (follower = :b and followee = :a)"
        ),
        {"a": person, "b": other},
    )


def block(session: Session, person: int, other: int, at: datetime) -> None:
    """Keep two people apart; neither follows the other any more."""
    hold_pair(session, person, other)
    values = {"person": person, "other": other, "at": at}
    session.execute(
        text(
            "insert into feed.block (person, other, blocked_at) values (:person, :other, :at)"
            " on conflict do nothing"
        ),
        values,
    )
    session.execute(
        text(
            "delete from feed.follow where (follower = :person and followee = :other)"
            " or (follower = :other and followee = :person)"
        ),
        values,
    )
    session.execute(
        text(
            "delete from feed.notice where (person = :person and actor = :other)"
            " or (person = :other and actor = :person)"
        ),
        values,
    )


def unblock(session: Session, person: int, other: int) -> None:
    """Take back a block."""
    session.execute(
        text("delete from feed.block where person = :person and other = :other"),
        {"person": person, "other": other},
    )


def mute(session: Session, person: int, other: int, at: datetime) -> None:
    """Keep somebody's posts out of a person's feeds."""
    session.execute(
        text(
            "insert into feed.mute (person, other, muted_at) values (:person, :other, :at)"
            " on conflict do nothing"
        ),
        {"person": person, "other": other, "at": at},
    )


def unmute(session: Session, person: int, other: int) -> None:
    """Take back a mute."""
    session.execute(
        text("delete from feed.mute where person = :person and other = :other"),
        {"person": person, "other": other},
    )


def is_apart(session: Session, viewer: Viewer, other: int) -> bool:
    """Whether one of the two has blocked the other."""
    together: bool = session.execute(
        text(f"select {apart('cast(:other as bigint)')}"),
        {"other": other, **parameters(viewer)},
    ).scalar_one()
    return not together


def relation(session: Session, viewer: Viewer, other: int) -> tuple[Relation, bool]:
    """Return how a viewer stands to somebody, and whether that one has blocked the viewer."""
    row = session.execute(
        text(
            "select exists (select from feed.follow where follower = :viewer"
            "  and followee = :other) as following,"
            " exists (select from feed.follow where follower = :other"
            "  and followee = :viewer) as follows_me,"
            " exists (select from feed.mute where person = :viewer and other = :other) as muted,"
            " exists (select from feed.block where person = :viewer and other = :other) as blocked,"
            " exists (select from feed.block where person = :other and other = :viewer) as shut"
        ),
        {"viewer": viewer.number, "other": other},
    ).one()
    return Relation(
        myself=viewer.number == other,
        following=row.following,
        follows_me=row.follows_me,
        friends=row.following and row.follows_me,
        muted=row.muted,
        blocked=row.blocked,
    ), row.shut


def standing(session: Session, viewer: Viewer, person: int) -> Standing:
    """Count what somebody's profile shows to a viewer."""
    row = session.execute(
        text(
            "select (select count(*) from feed.follow where followee = :person) as followers,"
            " (select count(*) from feed.follow where follower = :person) as following,"
            " count(p.number) as posts, coalesce(sum(t.likes), 0) as likes from feed.post p"
            f" join feed.post_tally t on t.post = p.number where p.author = :person and {visible()}"
        ),
        {"person": person, **parameters(viewer)},
    ).one()
    return Standing(
        followers=row.followers, following=row.following, posts=row.posts, likes=int(row.likes)
    )


def people_around(
    session: Session, viewer: Viewer, person: int, side: str, *, after: int | None, limit: int
) -> tuple[tuple[str, ...], int | None]:
    """Return ids of the followers or followees of somebody, by number, and where to go on."""
    mine, theirs = ("followee", "follower") if side == "followers" else ("follower", "followee")
    rows = session.execute(
        text(
            f"select q.number, q.id from feed.follow f join feed.person q on q.number = f.{theirs}"
            f" where f.{mine} = :person and q.number < :after and {apart('q.number')}"
            " order by q.number desc limit :most"
        ),
        {
            "person": person,
            "after": _NUMBER_MAX if after is None else after,
            "most": limit + 1,
            **parameters(viewer),
        },
    ).all()
    shown = rows[:limit]
    return tuple(row.id for row in shown), shown[-1].number if len(rows) > limit else None


def like(session: Session, person: int, post: int, at: datetime) -> bool:
    """Like a post; returns whether that is new."""
    return _marked(session, "liking", "liked_at", "likes", (person, post, at))


def unlike(session: Session, person: int, post: int) -> None:
    """Take back a like."""
    _unmarked(session, "liking", "likes", person, post)


def save(session: Session, person: int, post: int, at: datetime) -> bool:
    """Save a post; returns whether that is new."""
    return _marked(session, "saving", "saved_at", "saves", (person, post, at))


def unsave(session: Session, person: int, post: int) -> None:
    """Take back a save."""
    _unmarked(session, "saving", "saves", person, post)


def _marked(
    session: Session, table: str, moment: str, tally: str, mark: tuple[int, int, datetime]
) -> bool:
    person, post, at = mark
    new = session.execute(
        text(
            f"insert into feed.{table} (person, post, {moment}) values (:person, :post, :at)"
            " on conflict do nothing"
        ),
        {"person": person, "post": post, "at": at},
    )
    if new.rowcount == 1:
        add_to_tally(session, post, tally, 1)
    return new.rowcount == 1


def _unmarked(session: Session, table: str, tally: str, person: int, post: int) -> None:
    gone = session.execute(
        text(f"delete from feed.{table} where person = :person and post = :post"),
        {"person": person, "post": post},
    )
    if gone.rowcount:
        add_to_tally(session, post, tally, -1)


def add_to_tally(session: Session, post: int, tally: str, count: int) -> None:
    """Count up, or down."""
    session.execute(
        text(f"update feed.post_tally set {tally} = {tally} + :count where post = :post"),
        {"post": post, "count": count},
    )


def add_comment(session: Session, comment: Comment, post: int, author: int) -> int:
    """Store a comment and return its number."""
    number: int = session.execute(
        text(
            "insert into feed.comment (id, post, author, body, written_at)"
            " values (:id, :post, :author, :body, :at) returning number"
        ),
        {
            "id": comment.id,
            "post": post,
            "author": author,
            "body": comment.body,
            "at": comment.written_at,
        },
    ).scalar_one()
    add_to_tally(session, post, "comments", 1)
    return number


def comments(
    session: Session, viewer: Viewer, post: int, *, after: int | None, limit: int
) -> tuple[tuple[Comment, ...], int | None]:
    """Return comments on a post, newest first, but those of people who are apart from the viewer.

    Whether the viewer may see the post is asked before.
    """
    rows = session.execute(
        text(
            "select m.number, m.id, p.id as post, a.id as author, m.body, m.written_at"
            " from feed.comment m join feed.post p on p.number = m.post"
            " join feed.person a on a.number = m.author"
            f" where m.post = :post and not m.removed and m.number < :after and {apart('m.author')}"
            " order by m.number desc limit :most"
        ),
        {
            "post": post,
            "after": _NUMBER_MAX if after is None else after,
            "most": limit + 1,
            **parameters(viewer),
        },
    ).all()
    shown = tuple(
        Comment(
            number=row.number,
            id=row.id,
            post=row.post,
            author=row.author,
            body=row.body,
            written_at=row.written_at,
        )
        for row in rows[:limit]
    )
    return shown, shown[-1].number if len(rows) > limit else None


def comment_facts(
    session: Session, viewer: Viewer, comment_id: str
) -> tuple[int, int, int, int] | None:
    """Return number, post, author and the post's author of a comment that the viewer may see."""
    row = session.execute(
        text(
            "select m.number, m.post, m.author, p.author as host from feed.comment m"
            " join feed.post p on p.number = m.post"
            f" where m.id = :id and not m.removed and {visible()} and {apart('m.author')}"
        ),
        {"id": comment_id, **parameters(viewer)},
    ).first()
    return None if row is None else (row.number, row.post, row.author, row.host)


def delete_comment(session: Session, number: int, post: int) -> None:
    """Delete a comment for good."""
    session.execute(text("delete from feed.comment where number = :n"), {"n": number})
    add_to_tally(session, post, "comments", -1)


def set_removed(session: Session, comment_id: str, *, removed: bool) -> None:
    """Hide a comment by a decision, or show it again."""
    row = session.execute(
        text(
            "update feed.comment set removed = :removed where id = :id and removed <> :removed"
            " returning post"
        ),
        {"id": comment_id, "removed": removed},
    ).first()
    if row is not None:
        add_to_tally(session, row.post, "comments", -1 if removed else 1)


def add_notice(
    session: Session,
    *,
    notice_id: str,
    person: int,
    kind: NoticeKind,
    actor: int,
    post: int | None = None,
    comment: int | None = None,
    at: datetime,
) -> None:
    """Tell somebody what another did, unless they muted or blocked that one, or may not see it."""
    if person == actor:
        return
    recipient = "(select minor from feed.person where number = :viewer)"
    seen = visible().replace(":minor", recipient)
    session.execute(
        text(
            "insert into feed.notice (id, person, kind, actor, post, comment, noticed_at)"
            " select :id, cast(:viewer as bigint), :kind, cast(:actor as bigint),"
            " cast(:post as bigint), cast(:comment as bigint), :at"
            f" where {apart('cast(:actor as bigint)')} and {unmuted('cast(:actor as bigint)')}"
            " and (cast(:post as bigint) is null or exists (select from feed.post p"
            f"  where p.number = :post and {seen}))"
            " on conflict do nothing"
        ),
        {
            "id": notice_id,
            "viewer": person,
            "kind": kind,
            "actor": actor,
            "post": post,
            "comment": comment,
            "at": at,
        },
    )


def notices(
    session: Session, viewer: Viewer, *, after: int | None, limit: int
) -> tuple[tuple[Notice, ...], int | None]:
    """Return what happened to a viewer, newest first, as far as it can still be seen."""
    rows = session.execute(
        text(
            "select n.number, n.id, n.kind, a.id as actor, p.id as post, m.id as comment,"
            " coalesce(m.body, n.said) as body,"
            " n.noticed_at, n.read_at is not null as read from feed.notice n"
            " left join feed.person a on a.number = n.actor"
            " left join feed.post p on p.number = n.post"
            " left join feed.comment m on m.number = n.comment"
            " where n.person = :viewer and n.number < :after"
            f" and (n.post is null or {visible()}) and (n.actor is null or {apart('n.actor')})"
            " and (m.number is null or not m.removed)"
            " order by n.number desc limit :most"
        ),
        {
            "after": _NUMBER_MAX if after is None else after,
            "most": limit + 1,
            **parameters(viewer),
        },
    ).all()
    shown = tuple(
        Notice(
            number=row.number,
            id=row.id,
            kind=row.kind,
            actor=row.actor,
            post=row.post,
            comment=row.comment,
            body=row.body,
            noticed_at=row.noticed_at,
            read=row.read,
        )
        for row in rows[:limit]
    )
    return shown, shown[-1].number if len(rows) > limit else None


def unread_count(session: Session, person: int, *, most: int) -> int:
    """Count notices that were not read, up to `most`."""
    count: int = session.execute(
        text(
            "select count(*) from (select from feed.notice where person = :person"
            " and read_at is null limit :most) n"
        ),
        {"person": person, "most": most},
    ).scalar_one()
    return count


def read_notices(session: Session, person: int, at: datetime) -> None:
    """Note that somebody has seen all their notices."""
    session.execute(
        text("update feed.notice set read_at = :at where person = :person and read_at is null"),
        {"person": person, "at": at},
    )


def check_pace(session: Session, what: str, person: int, count_max: int, at: datetime) -> None:
    """Raise TooMuchAtOnce when somebody followed or commented `count_max` times in an hour."""
    query = {
        "follows": "select count(*) from feed.follow where follower = :p and followed_at > :since",
        "comments": "select count(*) from feed.comment where author = :p and written_at > :since",
    }[what]
    count: int = session.execute(text(query), {"p": person, "since": at - _HOUR}).scalar_one()
    if count >= count_max:
        raise TooMuchAtOnce(what, count_max, retry_after_s=int(_HOUR.total_seconds() / 4))


def numbers_of(session: Session, people: Sequence[str]) -> dict[str, int]:
    """Return the numbers of those people who were here, by their ids."""
    rows = session.execute(
        text("select id, number from feed.person where id = any(:ids)"), {"ids": list(people)}
    )
    return {row.id: row.number for row in rows}


def share(session: Session, person: int, post: int, at: datetime) -> None:
    """Note that somebody shared a post; the first time counts."""
    new = session.execute(
        text(
            "insert into feed.share (person, post, shared_at) values (:person, :post, :at)"
            " on conflict do nothing"
        ),
        {"person": person, "post": post, "at": at},
    )
    if new.rowcount:
        add_to_tally(session, post, "shares", 1)
