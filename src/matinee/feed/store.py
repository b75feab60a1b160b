"""The feed's posts and the people it knows; with its neighbours, the only files that see rows."""

# Everything that is put into these statements is this package's own words, never a caller's.
# ruff: noqa: S608

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import text

from matinee.kit.db import Session
from matinee.kit.prepared import Prepared
from matinee.kit.prepared import numbers as written_numbers
from matinee.people import Person

from .errors import AlreadyPosted, PostNotFound
from .model import LINEAGE_POSTS_MAX, Branch, Card, Counts, Listed, Meaning, Viewer
from .visibility import parameters, unmuted, visible

_PERSON = Prepared("select number, minor, handle, name, about from feed.person where id = :id")
_KEEP_PERSON = text(
    "insert into feed.person (id, minor, handle, name, about)"
    " values (:id, :minor, :handle, :name, :about)"
    " on conflict (id) do update set minor = excluded.minor, handle = excluded.handle,"
    " name = excluded.name, about = excluded.about returning number"
)

# Fields of a card that are what a column says, with the column.
_TOLD = {
    "number": "p.number",
    "id": "p.id",
    "author": "author.id",
    "film_id": "p.film",
    "caption": "c.caption",
    "audience": "p.audience",
    "remixable": "p.remixable",
    "comments_open": "p.comments_open",
    "mature": "p.mature",
    "is_remix": "p.parent is not null",
    "parent": "parent.id",
    "parent_author": "parent_author.id",
    "liked": "exists (select from feed.liking l where l.post = p.number and l.person = :viewer)",
    "saved": "exists (select from feed.saving s where s.person = :viewer and s.post = p.number)",
    "following": "exists (select from feed.follow f where f.follower = :viewer"
    " and f.followee = p.author)",
    "topic": "p.topic",
    "created_at": "p.created_at",
}
_CARD_COLUMNS = (
    f"{', '.join(_TOLD.values())}, c.film, t.likes, t.comments, t.remixes, t.saves, t.views,"
    " c.people"
)
_CARD_TABLES = f"""
 join feed.post_content c on c.post = p.number
 join feed.post_tally t on t.post = p.number
 join feed.person author on author.number = p.author
 left join feed.post parent on parent.number = p.parent and {visible("parent")}
 left join feed.person parent_author on parent_author.number = parent.author
"""
_CARDS = Prepared(
    f"select {_CARD_COLUMNS} from feed.post p {_CARD_TABLES}"
    f" where p.number = any(cast(:numbers as bigint[])) and {visible()}"
)
# In a feed nobody is shown whom the viewer muted.
_FEED_CARDS = Prepared(
    f"select {_CARD_COLUMNS} from feed.post p {_CARD_TABLES}"
    f" where p.number = any(cast(:numbers as bigint[])) and {visible()} and {unmuted('p.author')}"
)
_CARD_BY_ID = Prepared(
    f"select {_CARD_COLUMNS} from feed.post p {_CARD_TABLES} where p.id = :id and {visible()}"
)

# The newest posts of many people: the newest of each, merged.
_NEWEST_OF = f"""
 select p.number from wanted cross join lateral (
  select p.number from feed.post p
  where p.author = wanted.followee and p.number < :after and {visible()}
  order by p.number desc limit :most) p
 order by p.number desc limit :most
"""
# Which posts a list holds, newest first behind :after.
_LISTS = {
    "following": text(
        "with wanted as (select f.followee from feed.follow f where f.follower = :viewer"
        f" and {unmuted('f.followee')}) {_NEWEST_OF}"
    ),
    "friends": text(
        "with wanted as (select f.followee from feed.follow f where f.follower = :viewer"
        f" and f.friends and {unmuted('f.followee')}) {_NEWEST_OF}"
    ),
    "mine": text(
        "select p.number from feed.post p where p.author = :viewer and p.number < :after"
        f" and {visible()} order by p.number desc limit :most"
    ),
    "latest": text(
        "select p.number from feed.post p where p.number < :after"
        f" and {visible()} and {unmuted('p.author')} order by p.number desc limit :most"
    ),
    "author": text(
        "select p.number from feed.post p where p.author = :author and p.number < :after"
        f" and {visible()} order by p.number desc limit :most"
    ),
}
_NUMBER_MAX = 2**62


def person_number(session: Session, person: Person) -> int:
    """Return a person's number, noting them or what has changed of them."""
    about = person.bio
    row = _PERSON.first(session, id=person.id)
    if row is not None and row[1:] == (person.is_minor, person.handle, person.name, about):
        return int(row[0])
    number: int = session.execute(
        _KEEP_PERSON,
        {
            "id": person.id,
            "minor": person.is_minor,
            "handle": person.handle,
            "name": person.name,
            "about": about,
        },
    ).scalar_one()
    return number


def add_post(
    session: Session,
    *,
    author: int,
    row: dict[str, object],
    content: dict[str, object],
    meaning: Meaning,
) -> int:
    """Store a post and return its number; raises AlreadyPosted."""
    number: int | None = session.execute(
        text(
            "insert into feed.post (id, author, film, audience, remixable, comments_open, mature,"
            " parent, topic, second_topic, duration_ms, shot_ms, language, created_at) values"
            " (:id, :author, :film, :audience, :remixable, :comments_open, :mature, :parent,"
            " :topic, :second_topic, :duration_ms, :shot_ms, :language, :created_at)"
            " on conflict (author, film) where state = 'live' do nothing returning number"
        ),
        {"author": author, **row},
    ).scalar()
    if number is None:
        raise AlreadyPosted(str(row["film"]))
    session.execute(
        text(
            "insert into feed.post_content (post, caption, film, people, words) values"
            " (:post, :caption, :film, :people, to_tsvector('simple', :words))"
        ),
        {"post": number, **content},
    )
    session.execute(
        text("insert into feed.post_meaning (post, meaning) values (:post, cast(:m as halfvec))"),
        {"post": number, "m": written(meaning)},
    )
    session.execute(text("insert into feed.post_tally (post) values (:post)"), {"post": number})
    return number


def written(meaning: Meaning) -> str:
    """Return a direction as pgvector reads it."""
    return "[" + ",".join(f"{value:.5g}" for value in meaning.tolist()) + "]"


def read(written_meaning: str) -> Meaning:
    """Return a direction from what pgvector writes."""
    return np.fromstring(written_meaning[1:-1], dtype=np.float32, sep=",")


def change_post(session: Session, number: int, **changes: object) -> None:
    """Set columns of a post."""
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    session.execute(
        # The columns are keywords of this package's own calls, never a caller's text.
        text(f"update feed.post set {assignments} where number = :number"),
        {"number": number, **changes},
    )


def change_caption(session: Session, number: int, caption: str, words: str) -> None:
    """Give a post another caption."""
    session.execute(
        text(
            "update feed.post_content set caption = :caption,"
            " words = to_tsvector('simple', :words) where post = :number"
        ),
        {"number": number, "caption": caption, "words": words},
    )


def change_meaning(session: Session, number: int, meaning: Meaning) -> None:
    """Note that a post is about something else now."""
    session.execute(
        text("update feed.post_meaning set meaning = cast(:m as halfvec) where post = :number"),
        {"number": number, "m": written(meaning)},
    )


def refresh_maker(session: Session, person: int) -> None:
    """Note what somebody's newest public films are about, so that they are found by it."""
    session.execute(
        text(
            "update feed.person set meaning = (select l2_normalize(avg(m.meaning)) from ("
            " select p.number from feed.post p where p.author = :person and p.state = 'live'"
            "  and p.audience = 'public' and not p.mature order by p.number desc limit 50) newest"
            " join feed.post_meaning m on m.post = newest.number) where number = :person"
        ),
        {"person": person},
    )


def erase_posts(session: Session, numbers: Sequence[int]) -> None:
    """Leave of posts nothing but their place in the line of remixes."""
    values = {"numbers": list(numbers)}
    parents = text(
        "update feed.post_tally t set remixes = remixes - 1 from feed.post p"
        " where p.number = any(:numbers) and p.state = 'live' and t.post = p.parent"
    )
    session.execute(parents, values)
    session.execute(
        text(
            "update feed.post set state = 'deleted', author = null, film = null, language = ''"
            " where number = any(:numbers)"
        ),
        values,
    )
    for table in ("post_content", "post_meaning", "post_tally", "liking", "saving", "comment"):
        session.execute(text(f"delete from feed.{table} where post = any(:numbers)"), values)
    for table in ("dismissal", "view", "notice"):
        session.execute(text(f"delete from feed.{table} where post = any(:numbers)"), values)


def posts_of_film(session: Session, film_id: str) -> tuple[int, ...]:
    """Return the numbers of all posts of a film, whatever their state."""
    rows = session.execute(
        text("select number from feed.post where film = :film order by number"), {"film": film_id}
    ).scalars()
    return tuple(rows)


def opened(session: Session, number: int) -> tuple[int | None, bool, str]:
    """Return a post's author, whether it may be remixed, and its id, whoever may see it."""
    row = session.execute(
        text("select author, remixable and state = 'live', id from feed.post where number = :n"),
        {"n": number},
    ).one()
    return row[0], row[1], row[2]


def witness_of(session: Session, kind: str, subject: str) -> tuple[str, dict[str, str]] | None:
    """Return whose a post or comment is and what it says, whoever may see it."""
    queries = {
        "post": "select a.id as author, p.id as post, c.caption as said, p.film, p.audience,"
        " cast(p.created_at as text) as at from feed.post p join feed.person a"
        " on a.number = p.author join feed.post_content c on c.post = p.number where p.id = :id",
        "comment": "select a.id as author, p.id as post, m.body as said, p.film, p.audience,"
        " cast(m.written_at as text) as at from feed.comment m join feed.post p"
        " on p.number = m.post join feed.person a on a.number = m.author where m.id = :id",
    }
    if kind not in queries:
        return None
    row = session.execute(text(queries[kind]), {"id": subject}).mappings().first()
    if row is None:
        return None
    return row["author"], {name: str(row[name] or "") for name in row if name != "author"}


def may_see_film(
    session: Session, viewer: Viewer, film_id: str, *, remixable: bool = False
) -> bool:
    """Whether there is a post of a film that the viewer may see, and remix if that is asked."""
    found = session.execute(
        text(
            f"select 1 from feed.post p where p.film = :film and {visible()}"
            " and (p.remixable or not :remixable) limit 1"
        ),
        {"film": film_id, "remixable": remixable, **parameters(viewer)},
    ).scalar()
    return found is not None


def is_public(session: Session, film_id: str) -> bool:
    """Whether there is a live post of a film for everybody, whatever its rating."""
    found = session.execute(
        text(
            "select 1 from feed.post p where p.film = :film and p.state = 'live'"
            " and p.audience = 'public' limit 1"
        ),
        {"film": film_id},
    ).scalar()
    return found is not None


def post_ids_of_film(session: Session, film_id: str) -> tuple[str, ...]:
    """Return the ids of all posts of a film that were not deleted."""
    found = session.execute(
        text("select id from feed.post where film = :film and state <> 'deleted' order by number"),
        {"film": film_id},
    ).scalars()
    return tuple(found)


def card(session: Session, viewer: Viewer, post_id: str) -> Card:
    """Return a post; raises PostNotFound for one that the viewer may not see."""
    row = _CARD_BY_ID.first(session, id=post_id, **parameters(viewer))
    if row is None:
        raise PostNotFound(post_id)
    return _card(row)


def cards(
    session: Session, viewer: Viewer, numbers: Iterable[int], *, feed: bool = False
) -> tuple[Card, ...]:
    """Return those of the posts that the viewer may see, in the order of their numbers given.

    In a feed those of muted people are left out.
    """
    wanted = list(numbers)
    if not wanted:
        return ()
    statement = _FEED_CARDS if feed else _CARDS
    rows = statement.rows(session, numbers=written_numbers(wanted), **parameters(viewer))
    found = {row[0]: _card(row) for row in rows}
    return tuple(found[number] for number in wanted if number in found)


def listed(
    session: Session, viewer: Viewer, name: str, *, after: int | None, limit: int, author: int = 0
) -> Listed:
    """Return a stretch of the list `name`, newest first, behind the post numbered `after`."""
    numbers = list(
        session.execute(
            _LISTS[name],
            {
                "after": _NUMBER_MAX if after is None else after,
                "most": limit + 1,
                "author": author,
                **parameters(viewer),
            },
        ).scalars()
    )
    shown = numbers[:limit]
    return Listed(
        posts=cards(session, viewer, shown),
        after=shown[-1] if len(numbers) > limit else None,
    )


def found_parent(session: Session, film_id: str) -> int | None:
    """Return the post that a film was asked for from, if it was asked for as a remix."""
    found: int | None = session.execute(
        text("select parent from feed.remix where film = :film"), {"film": film_id}
    ).scalar()
    return found


def note_remix(session: Session, film_id: str, parent: int, person: int, at: datetime) -> None:
    """Note that a film was asked for from a post."""
    session.execute(
        text(
            "insert into feed.remix (film, parent, person, asked_at)"
            " values (:film, :parent, :person, :at) on conflict (film) do nothing"
        ),
        {"film": film_id, "parent": parent, "person": person, "at": at},
    )


def ancestors(session: Session, number: int) -> tuple[tuple[int, int | None], ...]:
    """Return the posts that a post goes back to, nearest first, each with its author's number."""
    rows = session.execute(
        text(
            "with recursive line (number, author, parent, depth) as ("
            " select q.number, q.author, q.parent, 1 from feed.post p"
            "  join feed.post q on q.number = p.parent where p.number = :number"
            " union all select q.number, q.author, q.parent, depth + 1 from line"
            "  join feed.post q on q.number = line.parent where depth < :most)"
            " select number, author from line order by depth"
        ),
        {"number": number, "most": LINEAGE_POSTS_MAX},
    )
    return tuple((row.number, row.author) for row in rows)


def tree(session: Session, viewer: Viewer, root: int) -> tuple[Branch, ...]:
    """Return a post and all remixes of it and of them, oldest first."""
    rows = session.execute(
        text(
            "with recursive tree (number, depth) as (select cast(:root as bigint), 0"
            " union all select q.number, depth + 1 from tree"
            "  join feed.post q on q.parent = tree.number where depth < :most)"
            " select p.number, p.parent, p.id, p.created_at, p.state <> 'live' as gone,"
            f" {visible()} as seen, author.id as author, c.caption, c.film"
            " from (select number from tree order by number limit :most) tree"
            " join feed.post p on p.number = tree.number"
            " left join feed.person author on author.number = p.author"
            " left join feed.post_content c on c.post = p.number order by p.number"
        ),
        {"root": root, "most": LINEAGE_POSTS_MAX, **parameters(viewer)},
    ).mappings()
    return tuple(
        Branch(
            number=row["number"],
            parent=row["parent"],
            id=row["id"],
            author=row["author"],
            caption=row["caption"],
            film=row["film"].encode(),
            created_at=row["created_at"],
        )
        if row["seen"]
        else Branch(number=row["number"], parent=row["parent"], gone=row["gone"])
        for row in rows
    )


def _card(row: Sequence[Any]) -> Card:
    """Read a row of `_CARD_COLUMNS`."""
    *told, film, likes, comments, remixes, saves, views, people = row
    return Card(
        **dict(zip(_TOLD, told, strict=True)),
        film=film.encode(),
        counts=Counts(likes=likes, comments=comments, remixes=remixes, saves=saves, views=views),
        people=tuple(people),
    )
