"""Rows that For You is chosen from and that it leaves: candidates, sittings, pages, models."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
import numpy as np
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session
from matinee.kit.prepared import Prepared, array, numbers
from matinee.people import Person

from .model import Served, Viewer
from .ranking import OUTCOMES, TRAIT_SLOTS, Candidates, Model, word_number
from .steering import Rule
from .visibility import parameters, unmuted, visible

# Everything that is put into these statements is this package's own words, never a caller's.
# ruff: noqa: S608

FOLLOWEES_ASKED = 150
POSTS_OF_FOLLOWEE = 2
POSTS_OF_TOPIC = 40
TOPICS_ASKED = 4
SHELF_FRESH = 2_000
SHELF_LOOKED_AT = 20_000
SHELF_LIKED = 200
PAGES_LEARNED_AT_ONCE = 2_000

# What a page writes may be lost with the machine's power: then its posts may be shown again. The
# plans of what follows are kept: planning them anew takes longer than carrying them out.
_STATE = Prepared(
    "select set_config('synchronous_commit', 'off', true),"
    " set_config('plan_cache_mode', 'force_generic_plan', true), p.number, p.topic_weights,"
    " s.rules, s.set_at, sit.number, coalesce(w.watched_ms, 0),"
    " array(select post from feed.page pg cross join unnest(pg.posts) with ordinality u (post, at)"
    "  where pg.sitting = sit.number order by pg.first, at)"
    " from feed.person p left join feed.steering s on s.person = p.number"
    " left join feed.sitting sit on sit.person = p.number and sit.key = :key"
    " left join feed.watched_day w on w.person = p.number and w.day = cast(:day as date)"
    " where p.id = :id and p.minor = :minor and p.handle = :handle and p.name = :name"
    " and p.about = :about"
)

_CANDIDATES = Prepared(
    f"""
with wanted (number, source) as (
  select p.number, 1 from (
    select f.followee from feed.follow f where f.follower = :viewer
    order by f.followed_at desc limit {FOLLOWEES_ASKED}) f
  cross join lateral (
    select p.number from feed.post p where p.author = f.followee and p.state = 'live'
    order by p.number desc limit {POSTS_OF_FOLLOWEE}) p
  union all
  select p.number, 2 from unnest(cast(:topics as smallint[])) wanted_topic cross join lateral (
    select p.number from feed.post p
    where p.topic = wanted_topic and p.state = 'live' and p.audience = 'public'
    order by p.number desc limit :of_topic) p
  union all select unnest(cast(:liked as bigint[])), 3
  union all select unnest(cast(:drawn as bigint[])), 4
  union all
  select p.number, 5 from (
    select c.post from feed.post_content c where c.words @@ to_tsquery('simple', :words)
    limit 400) c join feed.post p on p.number = c.post where :words <> ''
  union all
  (select p.number, 6 from feed.post p where p.number <> all(cast(:shown as bigint[]))
    and p.state = 'live' and p.audience = 'public'
    and (:again or not exists (
      select from feed.view v where v.person = :viewer and v.post = p.number))
    order by p.number desc limit :older)
), once as (
  select number, min(source) as source from wanted
  where number <> all(cast(:shown as bigint[])) group by number
), found as (
  select p.number, p.author, p.topic, p.second_topic, p.duration_ms, p.shot_ms, p.language,
    extract(epoch from cast(:now as timestamptz) - p.created_at) / 3600 as age_hours, t.likes,
    t.views, once.source = 1 as followed, once.source = 4 as drawn,
    coalesce(1 - (m.meaning <=> me.taste), 0) as nearness
  from once join feed.post p on p.number = once.number
  join feed.post_tally t on t.post = p.number
  join feed.post_meaning m on m.post = p.number
  join feed.person me on me.number = :viewer
  where p.author <> :viewer and {visible()} and {unmuted("p.author")}
    and (:again or not exists (
      select from feed.view v where v.person = :viewer and v.post = p.number))
    and not exists (select from feed.dismissal d where d.person = :viewer and d.post = p.number)
  order by p.number
)
select array_agg(number), array_agg(author), array_agg(topic), array_agg(second_topic),
  array_agg(duration_ms), array_agg(shot_ms), array_agg(cast(age_hours as real)),
  array_agg(likes), array_agg(views), array_agg(followed), array_agg(drawn),
  array_agg(cast(nearness as real)), string_agg(split_part(language, '-', 1), ',') from found
"""
)

_RULE_MATCHES = text(
    "select p.number, rule.place, cast(1 - (m.meaning <=> rule.meaning) as real) as near,"
    " rule.words <> '' and c.words @@ to_tsquery('simple', rule.words) as worded"
    " from unnest(cast(:numbers as bigint[])) p (number)"
    " join feed.post_meaning m on m.post = p.number"
    " join feed.post_content c on c.post = p.number"
    " cross join unnest(cast(:places as integer[]), cast(:meanings as halfvec[]),"
    "  cast(:words as text[])) rule (place, meaning, words)"
)

_PAGE = (
    "insert into feed.page (sitting, first, posts, chances, explored, traits, factors, model,"
    " served_at) select sitting.number, :first, cast(:posts as bigint[]), cast(:chances as real[]),"
    " cast(:explored as boolean[]), :traits, cast(:factors as jsonb), :model,"
    " cast(:at as timestamptz) from {} sitting (number) on conflict do nothing"
)
_KEEP_PAGE = Prepared(_PAGE.format("(values (cast(:sitting as bigint)))"))
# Whoever else begins the same sitting waits here until this page is kept.
_BEGIN_SITTING = Prepared(
    "with begun as (insert into feed.sitting (person, key, started_at)"
    " values (:viewer, :key, cast(:at as timestamptz)) on conflict (person, key)"
    f" do update set key = excluded.key returning number) {_PAGE.format('begun')}"
)

# The newest public posts, by what people made of them for their age.
_SHELF = text(
    f"""
with recent as (
  select p.number, p.mature, t.likes + 2 * t.remixes + t.comments + 0.05 * t.views as joy,
    extract(epoch from :now - p.created_at) / 3600 as age_hours
  from feed.post p join feed.post_tally t on t.post = p.number
  where p.state = 'live' and p.audience = 'public'
  order by p.number desc limit {SHELF_LOOKED_AT}
)
select
  (select array_agg(number) from (select number from recent
    order by joy / power(age_hours + 2, 1.2) desc, number desc limit {SHELF_LIKED}) l) as liked,
  (select array_agg(number) from (select number from recent where not mature
    order by number desc limit {SHELF_FRESH}) f) as fresh
"""
)


@dataclass(frozen=True, kw_only=True)
class State:
    """What is known of a viewer before a page is chosen.

    `topics` are those that they like most; `served` are the posts that this sitting has shown, in
    their order.
    """

    viewer: Viewer
    topics: tuple[int, ...]
    rules: tuple[Rule, ...]
    rules_at: datetime | None
    sitting: int | None
    served: tuple[int, ...]
    watched_ms: int


@dataclass(frozen=True)
class Shelf:
    """Posts that are looked at for everybody: what is liked, and what is fresh."""

    liked: tuple[int, ...]
    fresh: tuple[int, ...]


def state(session: Session, person: Person, key: str, *, now: datetime) -> State | None:
    """Return what is known of a viewer and of the sitting that they call `key`.

    None is somebody whom the feed does not know yet, or not as they call themself by now.
    """
    row = _STATE.first(
        session,
        key=key,
        day=now.date(),
        id=person.id,
        minor=person.is_minor,
        handle=person.handle,
        name=person.name,
        about=person.bio,
    )
    if row is None:
        return None
    _, _, number, weights, rules, rules_at, sitting, watched_ms, served = row
    most = sorted(range(len(weights)), key=lambda topic: -weights[topic])[:TOPICS_ASKED]
    return State(
        viewer=Viewer(number, person.id, person.is_minor),
        topics=tuple(topic for topic in most if weights[topic] > 0),
        rules=msgspec.convert(rules, tuple[Rule, ...]) if rules else (),
        rules_at=rules_at,
        sitting=sitting,
        served=tuple(served),
        watched_ms=watched_ms,
    )


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where candidates come from, besides the people whom a viewer follows.

    `words` is a query of PostgreSQL's text search. `older` asks for so many of the newest posts
    besides, `again` for what was watched already.
    """

    topics: Sequence[int] = ()
    liked: Sequence[int] = ()
    drawn: Sequence[int] = ()
    shown: Sequence[int] = ()
    words: str = ""
    older: int = 0
    again: bool = False


def candidates(session: Session, viewer: Viewer, sources: Sources, *, now: datetime) -> Candidates:
    """Return what may be shown to a viewer, from all sources."""
    *arrays, languages = _CANDIDATES.sent(
        session,
        **parameters(viewer),
        topics=numbers(sources.topics),
        of_topic=POSTS_OF_TOPIC,
        liked=numbers(sources.liked),
        drawn=numbers(sources.drawn),
        shown=numbers(sources.shown),
        words=sources.words,
        now=now,
        older=sources.older,
        again=sources.again,
    )
    columns = [array(sent) for sent in arrays]
    count = len(columns[0])
    spoken = languages.decode().split(",") if languages is not None else []
    return Candidates(
        numbers=columns[0],
        authors=columns[1],
        topics=columns[2],
        second_topics=columns[3],
        duration_ms=columns[4],
        shot_ms=columns[5],
        languages=np.asarray([word_number(one) for one in spoken], dtype=np.int64),
        age_hours=np.maximum(columns[6], 0),
        likes=columns[7].astype(np.int64),
        views=columns[8].astype(np.int64),
        followed=columns[9].astype(bool),
        drawn=columns[10].astype(bool),
        nearness=np.nan_to_num(columns[11]),
        steered=np.zeros(count, dtype=np.float32),
        barred=np.zeros(count, dtype=bool),
    )


def rule_matches(
    session: Session, numbers: np.ndarray, rules: Sequence[Rule], words: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return nearness and shared words of rules and posts, (rules, count) each."""
    near = np.zeros((len(rules), len(numbers)), dtype=np.float32)
    worded = np.zeros((len(rules), len(numbers)), dtype=bool)
    topical = [place for place, rule in enumerate(rules) if rule.meaning]
    if not topical or not len(numbers):
        return near, worded
    rows = session.execute(
        _RULE_MATCHES,
        {
            "numbers": numbers.tolist(),
            "places": topical,
            "meanings": [
                "[" + ",".join(f"{value:.4g}" for value in rules[place].direction()) + "]"
                for place in topical
            ],
            "words": [words[place] for place in topical],
        },
    )
    column_of = {int(number): column for column, number in enumerate(numbers)}
    for row in rows:
        near[row.place, column_of[row.number]] = row.near
        worded[row.place, column_of[row.number]] = row.worded
    return near, worded


def shelf(session: Session, now: datetime) -> Shelf:
    """Return what is looked at for everybody."""
    row = session.execute(_SHELF, {"now": now}).one()
    return Shelf(tuple(row.liked or ()), tuple(row.fresh or ()))


def keep_page(
    session: Session, known: State, key: str, served: Served, *, first: int, at: datetime
) -> bool:
    """Keep a page of a sitting, begun now if it was not, as it was served.

    Returns False when another request served it meanwhile.
    """
    page = {
        "first": first,
        "posts": numbers(served.posts),
        "chances": list(served.chances),
        "explored": list(served.explored),
        "traits": served.traits,
        "factors": msgspec.json.encode(served.factors).decode(),
        "model": served.model,
        "at": at,
    }
    if known.sitting is not None:
        return _KEEP_PAGE.count(session, sitting=known.sitting, **page) == 1
    return _BEGIN_SITTING.count(session, viewer=known.viewer.number, key=key, **page) == 1


def factors_of_post(
    session: Session, viewer: Viewer, post: int
) -> tuple[tuple[str, float], ...] | None:
    """Return why a post was last shown to a viewer; None when For You has not shown it."""
    row = session.execute(
        text(
            "select pg.posts, pg.factors from feed.page pg join feed.sitting s on"
            " s.number = pg.sitting where s.person = :viewer and :post = any(pg.posts)"
            " order by pg.served_at desc limit 1"
        ),
        {"viewer": viewer.number, "post": post},
    ).first()
    if row is None:
        return None
    return tuple((name, weight) for name, weight in row.factors[row.posts.index(post)])


def newest_model(session: Session, known: int) -> Model | None:
    """Return the newest model, or None if it is `known`, or there is none."""
    row = session.execute(
        text(
            "select version, weights, squares from feed.model where version > :known"
            " order by version desc limit 1"
        ),
        {"known": known},
    ).first()
    if row is None:
        return None
    shape = (len(OUTCOMES), TRAIT_SLOTS)
    return Model(
        row.version,
        np.frombuffer(row.weights, dtype="<f4").reshape(shape),
        np.frombuffer(row.squares, dtype="<f4").reshape(shape),
    )


def add_model(
    session: Session, learned: Model, *, example_count: int, losses: np.ndarray, at: datetime
) -> int:
    """Keep a model and return its version; the five before it are kept too."""
    statement = text(
        "insert into feed.model (weights, squares, example_count, losses, made_at)"
        " values (:weights, :squares, :count, :losses, :at) returning version"
    ).bindparams(bindparam("losses", type_=JSONB))
    version: int = session.execute(
        statement,
        {
            "weights": learned.weights.astype("<f4").tobytes(),
            "squares": learned.squares.astype("<f4").tobytes(),
            "count": example_count,
            "losses": {name: float(loss) for name, loss in zip(OUTCOMES, losses, strict=True)},
            "at": at,
        },
    ).scalar_one()
    session.execute(text("delete from feed.model where version < :oldest"), {"oldest": version - 5})
    return version


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A post on a page of the log that its viewer looked at, and what they did.

    `traits` are those of the whole page, `place` is where on it the post stood.
    """

    traits: bytes
    place: int
    watched_ms: int
    duration_ms: int
    remixed: bool
    dismissed: bool


def take_pages(session: Session, *, before: datetime) -> tuple[Seen, ...]:
    """Return what was seen of pages that were served before a moment, and mark them learned."""
    rows = session.execute(
        text(
            "with taken as (update feed.page set learned = true where (sitting, first) in ("
            "  select sitting, first from feed.page where not learned and served_at < :before"
            "  order by served_at limit :most for update skip locked)"
            " returning sitting, first, posts, traits, served_at)"
            " select taken.traits, seen.place, coalesce(v.watched_ms, 0) as watched_ms,"
            " p.duration_ms, d.post is not null as dismissed, exists (select from feed.remix r"
            "  where r.parent = seen.post and r.person = s.person"
            "  and r.asked_at >= taken.served_at) as remixed"
            " from taken join feed.sitting s on s.number = taken.sitting"
            " cross join unnest(taken.posts) with ordinality seen (post, place)"
            " join feed.post p on p.number = seen.post"
            " left join feed.view v on v.person = s.person and v.post = seen.post"
            "  and v.last_at >= taken.served_at"
            " left join feed.dismissal d on d.person = s.person and d.post = seen.post"
            " where v.post is not null or d.post is not null"
            " order by taken.served_at, taken.sitting, taken.first, seen.place"
        ),
        {"before": before, "most": PAGES_LEARNED_AT_ONCE},
    )
    return tuple(
        Seen(
            traits=bytes(row.traits),
            place=row.place - 1,
            watched_ms=row.watched_ms,
            duration_ms=row.duration_ms,
            remixed=row.remixed,
            dismissed=row.dismissed,
        )
        for row in rows
    )


def keep_steering(
    session: Session, viewer: Viewer, said: str, rules: Sequence[Rule], at: datetime
) -> None:
    """Keep what a viewer asked for, instead of what they asked before."""
    statement = text(
        "insert into feed.steering (person, said, rules, set_at) values (:viewer, :said, :rules,"
        " :at) on conflict (person) do update set said = excluded.said, rules = excluded.rules,"
        " set_at = excluded.set_at"
    ).bindparams(bindparam("rules", type_=JSONB))
    session.execute(
        statement,
        {
            "viewer": viewer.number,
            "said": said,
            "rules": msgspec.to_builtins(tuple(rules)),
            "at": at,
        },
    )


def steering_of(session: Session, viewer: Viewer) -> tuple[str, tuple[Rule, ...]]:
    """Return what a viewer asked for, in their words and as rules."""
    row = session.execute(
        text("select said, rules from feed.steering where person = :viewer"),
        {"viewer": viewer.number},
    ).first()
    return ("", ()) if row is None else (row.said, msgspec.convert(row.rules, tuple[Rule, ...]))


def forget_steering(session: Session, viewer: Viewer) -> None:
    """Let a viewer's wishes go."""
    session.execute(
        text("delete from feed.steering where person = :viewer"), {"viewer": viewer.number}
    )


def forget_pages(session: Session, *, before: datetime) -> int:
    """Delete sittings that began before a moment, with their pages; returns how many."""
    gone = session.execute(
        text("delete from feed.sitting where started_at < :before"), {"before": before}
    )
    return gone.rowcount
