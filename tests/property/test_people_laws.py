"""Laws of people: buckets never give more than their rate, tokens work once, scopes only narrow."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matinee.kit.db import Database
from matinee.kit.errors import Forbidden
from matinee.kit.ids import SeededIds
from matinee.people import errors, handles, keys, passwords, store, throttle, tokens
from matinee.people.access import Rule, allowed
from matinee.people.model import (
    ROLES,
    SCOPES,
    Entrance,
    Person,
    Visitor,
    roles_at_sign_up,
    years_old,
)

START = datetime(2026, 3, 1, tzinfo=UTC)
ON_ONE_DATABASE = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ROLE_SETS = st.frozensets(st.sampled_from(ROLES))
SCOPE_SETS = st.frozensets(st.sampled_from(SCOPES))
RULES = st.builds(
    Rule,
    public=st.booleans(),
    scope=st.none() | st.sampled_from(SCOPES),
    role=st.none() | st.sampled_from(ROLES),
    adult=st.booleans(),
)


COUNT = itertools.count(1)


def a_name() -> str:
    """Return a name that no earlier example of a law has used."""
    return f"example_{next(COUNT)}"


def a_person(name: str = "ada", **changes: object) -> Person:
    told = {"id": f"person_{name}", "handle": name, "name": name, "created_at": START, **changes}
    return Person(**told)  # type: ignore[arg-type]


def passes(person: Person | None, scopes: frozenset[str], rule: Rule) -> bool:
    try:
        allowed(None if person is None else Visitor(person, "key", scopes), rule)
    except Forbidden:
        return False
    return True


@given(roles=ROLE_SETS, scopes=SCOPE_SETS, fewer=SCOPE_SETS, rule=RULES)
def test_a_key_with_fewer_scopes_or_a_person_with_fewer_roles_may_never_do_more(
    roles: frozenset[str], scopes: frozenset[str], fewer: frozenset[str], rule: Rule
) -> None:
    person = a_person(roles=roles)
    if passes(person, scopes & fewer, rule):
        assert passes(person, scopes, rule)
    if passes(a_person(roles=roles - {"operator"}), scopes, rule):
        assert passes(person, scopes, rule)
    # Whoever is not signed in gets nowhere but where everybody does.
    assert passes(None, scopes, rule) is rule.public


@ON_ONE_DATABASE
@given(
    capacity=st.integers(1, 6),
    period=st.floats(0.5, 120),
    waits=st.lists(st.floats(0, 300), min_size=1, max_size=25),
)
def test_a_bucket_gives_what_its_rate_allows_and_says_when_there_is_more(
    database: Database, capacity: int, period: float, waits: list[float]
) -> None:
    rate = throttle.Rate(capacity=capacity, seconds_per_token=period)
    now, tokens_left, given_out, name = START, float(capacity), 0, a_name()
    with database.transaction() as session:
        for wait in waits:
            now += timedelta(seconds=wait)
            tokens_left = min(capacity, tokens_left + wait / period)
            if abs(tokens_left - 1) < 1e-4:
                return  # whether that is a whole token is a matter of rounding
            try:
                throttle.take(session, "law", name, rate, at=now)
            except errors.TooManyTries as refused:
                assert tokens_left < 1
                wait_s = int(str(refused.details["retry_after_s"]))
                assert wait_s >= (1 - tokens_left) * period - 0.01
                assert wait_s <= (1 - tokens_left) * period + 1.01
            else:
                assert tokens_left > 1
                tokens_left -= 1
                given_out += 1
    elapsed_s = (now - START).total_seconds()
    assert given_out <= capacity + elapsed_s / period


@ON_ONE_DATABASE
@given(late_s=st.integers(-1000, 1000), used=st.integers(0, 2))
def test_a_token_works_once_for_one_purpose_until_it_is_too_old(
    database: Database, late_s: int, used: int
) -> None:
    at = START + tokens.LIFETIMES["reset"] + timedelta(seconds=late_s)
    name = a_name()
    person = a_person(name, email="a@b.org")
    with database.transaction() as session:
        store.add(session, person, skeleton=name, password=None)
        older = tokens.issue(session, person, "reset", at=START)
        token = tokens.issue(session, person, "reset", at=START)
        with pytest.raises(errors.TokenRefused):
            tokens.use(session, older, "reset", at=START)
        with pytest.raises(errors.TokenRefused):
            tokens.use(session, token, "verify", at=START)
        with pytest.raises(errors.TokenRefused):
            tokens.use(session, token[:-1] + "?", "reset", at=START)
        for attempt in range(used + 1):
            if attempt == 0 and late_s < 0:
                assert tokens.use(session, token, "reset", at=at).id == person.id
            else:
                with pytest.raises(errors.TokenRefused):
                    tokens.use(session, token, "reset", at=at)


@ON_ONE_DATABASE
@given(scopes=SCOPE_SETS.filter(bool))
def test_a_key_may_do_what_it_was_made_for_and_only_its_whole_secret_opens(
    database: Database, scopes: frozenset[str]
) -> None:
    with database.transaction() as session:
        name = a_name()
        key, secret = keys.create(session, name, scopes=scopes, ids=SeededIds(name), at=START)
        visitor = keys.visitor_with_key(session, secret)
        assert (visitor.key_id, visitor.scopes) == (key.id, scopes)
        for wrong in (secret[:-1], secret + "A", secret.swapcase(), key.id):
            with pytest.raises(errors.KeyRefused):
                keys.visitor_with_key(session, wrong)


@given(st.from_regex(r"[a-z][a-z0-9_]{2,23}", fullmatch=True))
def test_a_handle_is_kept_as_it_is_and_has_one_skeleton(handle: str) -> None:
    try:
        kept = handles.checked(f" @{handle.upper()} ")
    except errors.HandleInvalid:
        assert handles.skeleton(handle) in handles.RESERVED
        return
    assert kept == handle == handles.checked(kept)
    # What looks the same has the same skeleton.
    for one, other in (("o", "0"), ("l", "1"), ("i", "l"), ("s", "5"), ("m", "rn")):
        assert handles.skeleton(handle.replace(one, other)) == handles.skeleton(handle)
    assert handles.skeleton(handle.replace("_", "")) == handles.skeleton(handle)


@given(born=st.dates(date(1900, 1, 1), date(2026, 3, 1)), age_min=st.integers(0, 21))
def test_age_decides_who_may_come_in_and_who_is_a_minor(born: date, age_min: int) -> None:
    today = START.date()
    years = years_old(born, today)
    assert date(born.year + years, 1, 1) <= today
    entrance = Entrance(age_min=age_min)
    if years < age_min:
        with pytest.raises(errors.TooYoung):
            roles_at_sign_up(born, today, entrance)
    else:
        roles = roles_at_sign_up(born, today, entrance)
        assert ("minor" in roles) == (years < 18)


def test_a_password_of_old_parameters_is_made_anew_and_none_is_kept_in_clear() -> None:
    kept = passwords.hashed("a long walk by the sea")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_right("a long walk by the sea", kept)
    assert not passwords.is_right("a long walk by the see", kept)
    assert not passwords.is_right("a long walk by the sea", None)
    assert not passwords.is_outdated(kept)
    assert passwords.is_outdated(kept.replace("m=19456", "m=8192"))
