"""Search by meaning and by words at once, for posts and people.

What a post's place is reckoned from depends on the post and the query alone, so that a list can
be gone on with where it was left: nothing moves when others post meanwhile.
"""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import text

from matinee.kit.db import Session

from .model import Card, Viewer, checked_text
from .store import cards, written
from .subjects import Subjects, words_of
from .visibility import apart, parameters, visible

# Everything that is put into these statements is this package's own words, never a caller's.
# ruff: noqa: S608

QUERY_CHARACTERS_MAX = 200
_TOPICS_SEARCHED = 6
_POSTS_OF_TOPIC = 3_000
_POSTS_OF_WORDS = 2_000
_SCORE_MIN = 0.2

_POSTS = text(
    f"""
with found (number) as (
  select number from unnest(cast(:topics as smallint[])) wanted cross join lateral (
    select p.number from feed.post p where p.topic = wanted and p.state = 'live'
      and p.audience = 'public' order by p.number desc limit {_POSTS_OF_TOPIC}) p
  union select number from unnest(cast(:topics as smallint[])) wanted cross join lateral (
    select p.number from feed.post p where p.second_topic = wanted and p.state = 'live'
      and p.audience = 'public' order by p.number desc limit {_POSTS_OF_TOPIC}) p
  union select post from (select c.post from feed.post_content c
    where c.words @@ to_tsquery('simple', :words) limit {_POSTS_OF_WORDS}) c
  union select number from (select p.number from feed.post p where p.author = any(array(
      select followee from feed.follow where follower = :viewer and friends)
      || cast(:viewer as bigint)) order by p.number desc limit 500) f
), scored as (
  select p.number, round(cast(
    greatest(1 - (m.meaning <=> cast(:meaning as halfvec)), 0)
    + case when :words <> '' and c.words @@ to_tsquery('simple', :words) then 0.5 else 0 end
    + case when :all_words <> '' and c.words @@ to_tsquery('simple', :all_words) then 0.5 else 0 end
    as numeric), 5) as score
  from found join feed.post p on p.number = found.number
  join feed.post_meaning m on m.post = p.number join feed.post_content c on c.post = p.number
  where {visible()}
)
select number, score from scored where score >= :least
  and (:first or (score, number) < (cast(:score as numeric), :after))
order by score desc, number desc limit :most
"""
)

_PEOPLE = text(
    f"""
with scored as (
  select p.number, p.id, round(cast(
    case when p.handle like :prefix then 1.5 else 0 end
    + case when :words <> '' and p.words @@ to_tsquery('simple', :words) then 1 else 0 end
    + case when p.meaning is null then 0
      else greatest(1 - (p.meaning <=> cast(:meaning as halfvec)), 0) end as numeric), 5) as score
  from feed.person p where p.handle <> '' and {apart("p.number")}
)
select number, id, score from scored where score >= :least
  and (:first or (score, number) < (cast(:score as numeric), :after))
order by score desc, number desc limit :most
"""
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search was left: the last one's score, as text, and its number."""

    score: str
    number: int


def posts_found(
    session: Session,
    viewer: Viewer,
    query: str,
    *,
    subjects: Subjects,
    after: Place | None,
    limit: int,
) -> tuple[tuple[Card, ...], Place | None]:
    """Return posts that a query is about, nearest first; raises TextInvalid."""
    values = _values(query, subjects, viewer, after, limit)
    meaning = values.pop("direction")
    scores = subjects.topic_scores(query, np.asarray(meaning))
    topics = [int(number) for number in np.argsort(-scores)[:_TOPICS_SEARCHED]]
    rows = session.execute(_POSTS, {**values, "topics": topics}).all()
    shown = rows[:limit]
    on = Place(str(shown[-1].score), shown[-1].number) if len(rows) > limit else None
    return cards(session, viewer, [row.number for row in shown]), on


def people_found(
    session: Session,
    viewer: Viewer,
    query: str,
    *,
    subjects: Subjects,
    after: Place | None,
    limit: int,
) -> tuple[tuple[str, ...], Place | None]:
    """Return ids of people whose name, or whose films, a query is about; raises TextInvalid."""
    values = _values(query, subjects, viewer, after, limit)
    del values["direction"], values["all_words"]
    handle = query.strip().removeprefix("@").lower()
    prefix = handle.replace("\\", "").replace("%", "").replace("_", r"\_") + "%"
    rows = session.execute(_PEOPLE, {**values, "prefix": prefix}).all()
    shown = rows[:limit]
    on = Place(str(shown[-1].score), shown[-1].number) if len(rows) > limit else None
    return tuple(row.id for row in shown), on


def _values(
    query: str, subjects: Subjects, viewer: Viewer, after: Place | None, limit: int
) -> dict[str, object]:
    query = checked_text(query, "search", QUERY_CHARACTERS_MAX)
    meaning = subjects.sought(query)
    words = sorted(word for word in words_of(query) if word.isalnum())
    singular = [word for word in words if not (word.endswith("s") and word[:-1] in words)]
    return {
        **parameters(viewer),
        "direction": meaning,
        "meaning": written(meaning),
        "words": " | ".join(f"'{word}'" for word in words),
        "all_words": " & ".join(f"'{word}':*" for word in singular),
        "least": _SCORE_MIN,
        "first": after is None,
        "score": "0" if after is None else after.score,
        "after": 0 if after is None else after.number,
        "most": limit + 1,
    }
