"""A feed of any size, filled fast: people, posts with meanings, views, likes, follows.

Rows go in as PostgreSQL's binary COPY, laid out by numpy; foreign keys and secondary indexes wait
until all is there. People like three topics each and watch mostly posts of these; posts are spread
over two years, the newer the more watched.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import text

from matinee.feed.model import MEANING_SIZE
from matinee.feed.subjects import topics
from matinee.kit.db import Database, Session

from . import binary_copy

FOLLOWS_EACH = 12
AGE_DAYS = 730
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_REAL_OID = 700
_FILM = (
    '{"id":"%1$s","video":"/api/films/%1$s/video?of=0123456789ab",'
    '"poster":"/api/films/%1$s/poster?of=0123456789ab","captions":[],"hls":null,'
    '"width":720,"height":1280,"duration_s":%2$s}'
)


@dataclass(frozen=True)
class Size:
    """How much there is of everything; follows come on top, `FOLLOWS_EACH` for each person."""

    people: int
    posts: int
    views: int
    likes: int


def person_id(number: int) -> str:
    """Return the id of the person with a number."""
    return f"person_{number:032x}"


def token(number: int) -> str:
    """Return what a browser of the person with a number shows of its session."""
    return f"matinee_{number:043d}"


def sign_in(database: Database, size: Size) -> None:
    """Give everybody a session; does nothing twice."""
    with database.transaction() as session:
        session.execute(
            text(
                "insert into people.session (id, token_sha256, person, at_machine, agent,"
                " created_at, seen_at, expires_at) select 'session_' || g,"
                " sha256(convert_to('matinee_' || lpad(g::text, 43, '0'), 'UTF8')),"
                " 'person_' || lpad(to_hex(g), 32, '0'), false, '', now(), now(),"
                " now() + interval '30 days' from generate_series(1, :count) g"
                " on conflict do nothing"
            ),
            {"count": size.people},
        )
        session.execute(text("analyze people.session"))


def fill(database: Database, size: Size, *, now: datetime) -> int:
    """Fill an empty database; returns how many interactions there are. Does nothing twice."""
    with database.transaction() as session:
        if session.execute(text("select count(*) from feed.post")).scalar():
            return 0
        session.execute(text("set local session_replication_role = replica"))
        session.execute(text("set local synchronous_commit = off"))
        session.execute(text("set local maintenance_work_mem = '1GB'"))
        indexes = _without_indexes(session)
        generator = np.random.default_rng(2026)
        count = len(topics())
        directions = _units(generator.standard_normal((count, MEANING_SIZE)))
        liked = _add_people(session, size, generator, directions, now)
        post_topics = generator.integers(0, count, size.posts)
        _add_posts(session, generator, post_topics, directions, people=size.people, now=now)
        interactions = _add_deeds(session, size, generator, (post_topics, liked), now)
        for index in indexes:
            session.execute(text(index))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    return interactions


def _without_indexes(session: Session) -> list[str]:
    """Drop the feed's secondary indexes and return how to make them again."""
    rows = session.execute(
        text(
            "select i.indexname, i.indexdef from pg_indexes i where i.schemaname = 'feed'"
            " and not exists (select from pg_constraint c where c.conname = i.indexname)"
        )
    ).all()
    for row in rows:
        session.execute(text(f"drop index feed.{row.indexname}"))
    return [row.indexdef for row in rows]


def _add_people(
    session: Session,
    size: Size,
    generator: np.random.Generator,
    directions: np.ndarray,
    now: datetime,
) -> np.ndarray:
    """Add people who each like three topics; returns which, (people, 3)."""
    session.execute(
        text(
            "insert into people.person (id, handle, skeleton, name, language, created_at)"
            " select 'person_' || lpad(to_hex(g), 32, '0'), 'p' || lpad(g::text, 7, '0'),"
            " 'p' || lpad(g::text, 7, '0'),"
            " 'Person ' || g, 'en', :now from generate_series(1, :count) g"
        ),
        {"count": size.people, "now": now},
    )
    count = len(directions)
    liked = np.stack([generator.permutation(count)[:3] for _ in range(size.people)])
    tastes = _units(
        directions[liked].sum(axis=1)
        + 0.3 * generator.standard_normal((size.people, MEANING_SIZE)) / 20
    )
    weights = np.zeros((size.people, count), dtype=">f4")
    np.put_along_axis(weights, liked, np.array([5.0, 3.0, 2.0], dtype=">f4"), axis=1)
    layout = binary_copy.layout(
        [
            ("number", ">i8", 8),
            ("id", "S39", 39),
            ("handle", "S8", 8),
            ("name", "S8", 8),
            ("taste", binary_copy.halfvec(), None),
            ("weights", _reals(count), None),
        ]
    )
    for start, stop in binary_copy.chunks(size.people):
        rows = np.zeros(stop - start, dtype=layout)
        binary_copy.frame(rows)
        numbers = np.arange(start + 1, stop + 1)
        rows["number"]["value"] = numbers
        rows["id"]["value"] = [person_id(number).encode() for number in numbers]
        rows["handle"]["value"] = rows["name"]["value"] = [b"p%07d" % number for number in numbers]
        binary_copy.put_halfvec(rows["taste"], tastes[start:stop])
        _put_reals(rows["weights"], weights[start:stop])
        binary_copy.copy(
            session, "feed.person (number, id, handle, name, taste, topic_weights)", rows
        )
    # Names and handles as they are in people.person, so that asking finds nothing to change.
    session.execute(text("update feed.person set name = 'Person ' || number"))
    session.execute(text("select setval('feed.person_number_seq', :count)"), {"count": size.people})
    return liked


def _add_posts(
    session: Session,
    generator: np.random.Generator,
    post_topics: np.ndarray,
    directions: np.ndarray,
    *,
    people: int,
    now: datetime,
) -> None:
    """Add posts of these topics, the oldest first."""
    count, post_count = len(directions), len(post_topics)
    second = (post_topics + generator.integers(1, count, post_count)) % count
    # Posts of an author are about a few topics; most people post little, some very much.
    authors = 1 + np.floor(people * generator.random(post_count) ** 2).astype(np.int64)
    ages_us = np.sort(generator.random(post_count))[::-1] * AGE_DAYS * 86_400e6
    moments = _microseconds(now) - ages_us.astype(np.int64)
    session.execute(text("create temp table caption (number int, said text, words tsvector)"))
    for number, topic in enumerate(topics()):
        for variant in range(10):
            words = " ".join(sorted(topic.words)[variant % 5 : variant % 5 + 4])
            said = f"{topic.english} {words} take {variant}"
            session.execute(
                text("insert into caption values (:n, :said, to_tsvector('simple', :said))"),
                {"n": number * 10 + variant, "said": said},
            )
    layout = binary_copy.layout(
        [
            ("number", ">i8", 8),
            ("id", "S37", 37),
            ("author", ">i8", 8),
            ("film", "S38", 38),
            ("audience", "S6", 6),
            ("remixable", "?", 1),
            ("comments", "?", 1),
            ("mature", "?", 1),
            ("topic", ">i2", 2),
            ("second", ">i2", 2),
            ("duration", ">i4", 4),
            ("shot", ">i4", 4),
            ("language", "S2", 2),
            ("at", ">i8", 8),
        ]
    )
    for start, stop in binary_copy.chunks(post_count):
        rows = np.zeros(stop - start, dtype=layout)
        binary_copy.frame(rows)
        part = slice(start, stop)
        numbers = np.arange(start + 1, stop + 1)
        rows["number"]["value"] = numbers
        rows["id"]["value"] = [b"post_%032x" % number for number in numbers]
        rows["film"]["value"] = [b"video_%032x" % number for number in numbers]
        rows["author"]["value"] = authors[part]
        rows["audience"]["value"] = b"public"
        rows["remixable"]["value"] = rows["comments"]["value"] = True
        rows["topic"]["value"], rows["second"]["value"] = post_topics[part], second[part]
        rows["duration"]["value"] = generator.integers(4_000, 60_000, stop - start)
        rows["shot"]["value"] = generator.integers(1_000, 8_000, stop - start)
        rows["language"]["value"] = b"en"
        rows["at"]["value"] = moments[part]
        binary_copy.copy(
            session,
            "feed.post (number, id, author, film, audience, remixable, comments_open, mature,"
            " topic, second_topic, duration_ms, shot_ms, language, created_at)",
            rows,
        )
        noise = generator.standard_normal((stop - start, MEANING_SIZE)) / np.sqrt(MEANING_SIZE)
        meanings = _units(
            directions[post_topics[part]] + 0.4 * directions[second[part]] + 0.8 * noise
        )
        meant = np.zeros(
            stop - start,
            dtype=binary_copy.layout(
                [("post", ">i8", 8), ("meaning", binary_copy.halfvec(), None)]
            ),
        )
        binary_copy.frame(meant)
        meant["post"]["value"] = numbers
        binary_copy.put_halfvec(meant["meaning"], meanings)
        binary_copy.copy(session, "feed.post_meaning (post, meaning)", meant)
    session.execute(
        text(
            "insert into feed.post_content (post, caption, film, words)"
            " select p.number, c.said, format(:film, p.film, p.duration_ms / 1000.0), c.words"
            " from feed.post p join caption c on c.number = p.topic * 10 + p.number % 10"
        ),
        {"film": _FILM},
    )
    session.execute(text("select setval('feed.post_number_seq', :count)"), {"count": post_count})


def _add_deeds(
    session: Session,
    size: Size,
    generator: np.random.Generator,
    tastes: tuple[np.ndarray, np.ndarray],
    now: datetime,
) -> int:
    """Add views, likes, tallies and follows; `tastes` are the posts' topics and who likes which."""
    post_topics, liked = tastes
    by_topic = [np.flatnonzero(post_topics == topic) for topic in range(len(topics()))]
    people = np.repeat(np.arange(size.people), size.views // size.people)
    posts = _watched(people, generator, by_topic, liked, size.posts)
    keys = np.unique(people.astype(np.int64) * size.posts + posts)
    people, posts = keys // size.posts, keys % size.posts
    moment = _microseconds(now)
    layout = binary_copy.layout(
        [
            ("person", ">i8", 8),
            ("post", ">i8", 8),
            ("watched", ">i4", 4),
            ("times", ">i2", 2),
            ("sound", "?", 1),
            ("first", ">i8", 8),
            ("last", ">i8", 8),
        ]
    )
    for start, stop in binary_copy.chunks(len(keys)):
        rows = np.zeros(stop - start, dtype=layout)
        binary_copy.frame(rows)
        rows["person"]["value"] = people[start:stop] + 1
        rows["post"]["value"] = posts[start:stop] + 1
        rows["watched"]["value"] = generator.integers(200, 20_000, stop - start)
        rows["times"]["value"] = 1
        rows["first"]["value"] = rows["last"]["value"] = moment - generator.integers(
            0, 10**13, stop - start
        )
        binary_copy.copy(
            session, "feed.view (person, post, watched_ms, times, sound, first_at, last_at)", rows
        )
    # Likes are a part of the views, in the order of their index.
    chosen = np.sort(generator.permutation(len(keys))[: size.likes])
    order = np.lexsort((people[chosen], posts[chosen]))
    chosen = chosen[order]
    layout = binary_copy.layout([("post", ">i8", 8), ("person", ">i8", 8), ("at", ">i8", 8)])
    for start, stop in binary_copy.chunks(len(chosen)):
        rows = np.zeros(stop - start, dtype=layout)
        binary_copy.frame(rows)
        rows["post"]["value"] = posts[chosen[start:stop]] + 1
        rows["person"]["value"] = people[chosen[start:stop]] + 1
        rows["at"]["value"] = moment
        binary_copy.copy(session, "feed.liking (post, person, liked_at)", rows)
    views = np.bincount(posts, minlength=size.posts)
    likes = np.bincount(posts[chosen], minlength=size.posts)
    layout = binary_copy.layout([("post", ">i8", 8), ("likes", ">i4", 4), ("views", ">i4", 4)])
    rows = np.zeros(size.posts, dtype=layout)
    binary_copy.frame(rows)
    rows["post"]["value"] = np.arange(1, size.posts + 1)
    rows["likes"]["value"], rows["views"]["value"] = likes, views
    binary_copy.copy(session, "feed.post_tally (post, likes, views)", rows)
    follows = _add_follows(session, size, generator, moment)
    return len(keys) + len(chosen) + follows


def _watched(
    people: np.ndarray,
    generator: np.random.Generator,
    by_topic: list[np.ndarray],
    liked: np.ndarray,
    posts: int,
) -> np.ndarray:
    """Return a post for each view: mostly of a topic that the person likes, mostly new."""
    newness = generator.random(len(people)) ** 0.4
    found = np.floor(posts * newness).astype(np.int64)
    topic = liked[people, generator.integers(0, 3, len(people))]
    of_taste = generator.random(len(people)) < 0.7
    for number, members in enumerate(by_topic):
        where = np.flatnonzero(of_taste & (topic == number))
        if len(members):
            found[where] = members[np.floor(len(members) * newness[where]).astype(np.int64)]
    return np.minimum(found, posts - 1)


def _add_follows(session: Session, size: Size, generator: np.random.Generator, moment: int) -> int:
    followers = np.repeat(np.arange(size.people), FOLLOWS_EACH)
    followees = np.floor(size.people * generator.random(len(followers)) ** 2).astype(np.int64)
    kept = followers != followees
    pairs = np.unique(followers[kept] * size.people + followees[kept])
    back = (pairs % size.people) * size.people + pairs // size.people
    friends = np.isin(back, pairs, assume_unique=False)
    rows = np.zeros(
        len(pairs),
        dtype=binary_copy.layout(
            [("follower", ">i8", 8), ("followee", ">i8", 8), ("friends", "?", 1), ("at", ">i8", 8)]
        ),
    )
    binary_copy.frame(rows)
    rows["follower"]["value"] = pairs // size.people + 1
    rows["followee"]["value"] = pairs % size.people + 1
    rows["friends"]["value"] = friends
    rows["at"]["value"] = moment
    binary_copy.copy(session, "feed.follow (follower, followee, friends, followed_at)", rows)
    return len(pairs)


def _reals(count: int) -> list[tuple[str, object]] | list[tuple[str, object, int]]:
    element = np.dtype([("length", ">i4"), ("value", ">f4")])
    return [
        ("ndim", ">i4"),
        ("nulls", ">i4"),
        ("oid", ">i4"),
        ("size", ">i4"),
        ("lower", ">i4"),
        ("values", element, count),
    ]  # type: ignore[list-item]


def _put_reals(field: np.ndarray, values: np.ndarray) -> None:
    inner = field["value"]
    inner["ndim"], inner["oid"], inner["size"], inner["lower"] = 1, _REAL_OID, values.shape[1], 1
    inner["values"]["length"] = 4
    inner["values"]["value"] = values


def _units(directions: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(directions, axis=1, keepdims=True)
    return np.asarray(directions / lengths, dtype=np.float32)


def _microseconds(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds() * 1_000_000)
