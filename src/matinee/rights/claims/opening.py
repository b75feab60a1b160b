"""From what was found in a film to claims, and to those that a person has to look at.

No claim that nobody looked at may be false. So a match leads to a claim by itself only if it is
certain, of an upload, of a work that was proven and whose owners agreed, by a reference that was
here before the film. A film that was made here copies no pixels: what is found in it is a set or a
face of the stage, and goes to a person. Never claimed are films of the owners themselves, films
under a licence of the work, their remixes, and uploads of such films.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.plain import Plain
from matinee.rights import store as registry
from matinee.rights.model import Work
from matinee.rights.recognition import Match

from . import look_store, money, store
from .errors import ClaimNotFound, ClaimOnLicensed
from .evidence import Evidence, evidence_of
from .look_store import KeptMatch, Look, MatchState, Reference
from .model import Claim, ClaimPolicy, Origin, opened
from .store import Word

CLAIM_OPENED = "rights.claim_opened"
"""A claim was opened: {claim_id, film_id, work_id, maker}."""
CLAIM_CHANGED = "rights.claim_changed"
"""Something was done to a claim: {claim_id, film_id, work_id, maker, act, state}."""
FILM_CHECKED = "rights.film_checked"
"""A film was looked through: {film_id, maker}."""
FILM_VISIBILITY = "rights.film_visibility"
"""Where a film may be seen has changed: {film_id, everywhere, territories}."""

HOUSE = ""
"""The actor of what happens by itself."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """The film may be shown."""


@dataclass(frozen=True, slots=True)
class Held:
    """Only its maker may see the film until it was looked through; ``fault`` is what hinders."""

    fault: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The film may not be shown in these territories; empty means everywhere."""

    territories: frozenset[str]

    def bars(self, territory: str) -> bool:
        """Whether it may not be shown in a territory; "" is an unknown one."""
        return not self.territories or territory in self.territories


def cleared(session: Session, film_id: str) -> Cleared | Held | Blocked:
    """Whether a film may be shown. Films that were made here are not held until they are looked at.

    A film that rights never heard of is cleared.
    """
    look = look_store.look_of(session, film_id)
    if look is not None and look.uploaded and look.state != "checked":
        return Held(look.fault)
    blocks = [one for one in store.claims_on_film(session, film_id) if one.holds]
    if not blocks:
        return Cleared()
    places = [one.policy.territories for one in blocks]
    return Blocked(frozenset() if not all(places) else frozenset().union(*places))


def hold_until_checked(session: Session, film_id: str, *, maker: str, made_at: datetime) -> None:
    """Let an upload be seen by nobody but its maker until it was looked through."""
    wanted = Look(film_id=film_id, maker=maker, uploaded=True, video="", made_at=made_at)
    look_store.add_look(session, wanted)


def draw_conclusions(
    session: Session, look: Look, matches: Sequence[Match], *, ids: Ids, at: datetime
) -> list[Claim]:
    """Keep what was found in a film and open the claims that are certain; done again, the same.

    ``matches`` are of references (by their ids) and of other films.
    """
    references = look_store.references(session, [one.subject_id for one in matches])
    copies = [one.subject_id for one in matches if one.subject_id not in references]
    made = []
    for work_id in sorted({one.work_id for one in references.values()}):
        of_work = [
            one
            for one in matches
            if one.subject_id in references and references[one.subject_id].work_id == work_id
        ]
        evidence = evidence_of(work_id, of_work)
        claim = _concluded(session, look, evidence, references, copies, ids=ids, at=at)
        made += [claim] if claim is not None else []
    if look.uploaded:
        for one in matches:
            if one.subject_id in copies:
                _note_copy(session, look, one, ids=ids, at=at)
    return made


def _concluded(
    session: Session,
    look: Look,
    evidence: Evidence,
    references: dict[str, Reference],
    copies: Sequence[str],
    *,
    ids: Ids,
    at: datetime,
) -> Claim | None:
    """Keep what was found of one work, and open its claim if that is certain."""
    kept = look_store.match_of(session, look.film_id, evidence.subject_id)
    if kept is not None and kept.state in {"claimed", "dismissed"}:
        return None
    names = [one.reference_id for one in evidence.found]
    excluded = look_store.shared_in(session, names, excluded=True)
    evidence = evidence.without([(name, start, end) for _, name, start, end in excluded])
    if not evidence.found:
        return None
    work = registry.work_by_id(session, evidence.subject_id)
    state, why = _state_of(session, look, evidence, work, copies=copies)
    if state == "waiting":
        why = _doubt(look, evidence, references)
        state = "waiting" if why else "claimed"
    match_id = kept.id if kept is not None else ids.new("match")
    match = KeptMatch(
        id=match_id,
        film_id=look.film_id,
        maker=look.maker,
        evidence=evidence,
        certain=state == "claimed",
        matched_ms=evidence.matched_ms,
        state=state,
        why=why,
        found_at=at,
    )
    look_store.keep_match(session, match)
    if state != "claimed":
        return None
    try:
        store.claim_of(session, look.film_id, work.id)
    except ClaimNotFound:
        said = Word(act="open", actor=HOUSE, ground="automatic", words="", at=at)
        policy = store.policy_of(session, work.id)
        return open_claim(session, match, work, policy, said, ids=ids)
    return None


def _state_of(
    session: Session,
    look: Look,
    evidence: Evidence,
    work: Work,
    *,
    copies: Sequence[str],
) -> tuple[MatchState, str]:
    """What becomes of a match, but for its certainty."""
    why = entitled(session, look.film_id, look.maker, work, copies=copies)
    if why:
        return "exempt", why
    least_ms = store.policy_of(session, work.id).match_min_ms
    if evidence.matched_ms < least_ms:
        return "short", f"{evidence.matched_ms} ms match, {least_ms} are claimed"
    return "waiting", ""


def entitled(
    session: Session, film_id: str, maker: str, work: Work, *, copies: Sequence[str] = ()
) -> str:
    """Why a film may show a work: whose it is, or under which licence; empty if it may not.

    ``copies`` are films from here that it is a copy of.
    """
    if maker in {owner.party for owner in work.owners}:
        return "its maker owns a part of the work"
    own = [one for one in copies if look_store.made_by(session, one) == maker]
    if work.id in look_store.licensed_works(session, [film_id, *own]):
        return "it was made under a licence of the work, or from a film that was"
    return ""


def _doubt(look: Look, evidence: Evidence, references: dict[str, Reference]) -> str:
    """Why a person has to look at a match, in a word; empty if it is certain."""
    if not evidence.certain:
        return "uncertain"
    sure = [references[one.reference_id] for one in evidence.found if one.certain]
    if not any(one.bound for one in sure):
        return "unproven"
    if not look.uploaded:
        return "made_here"
    if all(one.added_at >= look.made_at for one in sure):
        return "film_first"
    return ""


def _note_copy(session: Session, look: Look, match: Match, *, ids: Ids, at: datetime) -> None:
    """Have a person look at an upload that shows a film of somebody else."""
    maker = look_store.made_by(session, match.subject_id)
    if not maker or maker == look.maker:
        return
    evidence = evidence_of(match.subject_id, [match])
    look_store.keep_match(
        session,
        KeptMatch(
            id=ids.new("match"),
            film_id=look.film_id,
            maker=look.maker,
            evidence=evidence,
            certain=False,
            matched_ms=evidence.matched_ms,
            state="waiting",
            why="shows_film",
            found_at=at,
        ),
    )


def open_claim(
    session: Session,
    match: KeptMatch,
    work: Work,
    policy: ClaimPolicy,
    said: Word,
    *,
    ids: Ids,
) -> Claim:
    """Open a claim and let it take effect; ``said.ground`` is its origin.

    Raises ``AlreadyClaimed`` and ``ClaimOnLicensed``.
    """
    at, origin = said.at, _origin(said.ground)
    why = entitled(session, match.film_id, match.maker, work)
    if why:
        raise ClaimOnLicensed(match.film_id, why)
    waits_for = _open_conflicts(session, match, work, policy)
    contests = registry.conflicts_of(session, work.id)
    own = {one.id for one in contests if one.claimant == match.maker}
    claim = opened(
        Claim(
            id=ids.new("claim"),
            film_id=match.film_id,
            maker=match.maker,
            work_id=work.id,
            owners=work.owners,
            policy=policy,
            origin=origin,
            match_id=match.id,
            claimant=said.actor if origin == "manual" else "",
            opened_at=at,
            due_at=at,
        ),
        suspended=bool(set(waits_for) - own),  # nobody frees their own copies by a word
    )
    store.add_claim(session, claim)
    for conflict_id in waits_for:
        store.tie(session, claim.id, conflict_id)
    store.add_word(session, claim.id, said)
    money.follow(session, None, claim, at=at)
    told = _told(claim)
    events.record(session, CLAIM_OPENED, key=claim.id, payload=told, at=at)
    tell_visibility(session, None, claim, at=at)
    return claim


def _open_conflicts(
    session: Session, match: KeptMatch, work: Work, policy: ClaimPolicy
) -> list[str]:
    """The conflicts that a claim would have to wait for."""
    contested = [one.id for one in registry.conflicts_of(session, work.id) if one.state == "open"]
    names = [one.reference_id for one in match.evidence.found]
    shared = look_store.shared_in(session, names, excluded=False)
    left = match.evidence.without([(name, start, end) for _, name, start, end in shared])
    if shared and left.matched_ms < policy.match_min_ms:
        contested += sorted({conflict_id for conflict_id, *_ in shared})
    return contested


def change(
    session: Session,
    before: Claim,
    now: Claim,
    word: Word,
    *,
    lost: bool | None = None,
) -> Claim:
    """Keep what was done to a claim, with all that follows from it."""
    if now == before:
        return now
    store.keep_claim(session, now, lost=lost)
    store.add_word(session, now.id, word)
    money.follow(session, before, now, at=word.at)
    told = {**_told(now), "act": word.act, "state": now.state}
    key = f"{now.id}:{now.revision}"
    events.record(session, CLAIM_CHANGED, key=key, payload=told, at=word.at)
    tell_visibility(session, before, now, at=word.at)
    return now


def tell_visibility(session: Session, before: Claim | None, now: Claim, *, at: datetime) -> None:
    """Say where a film may be seen, if a claim changed that."""
    if (before is not None and before.holds) == now.holds:
        return
    key = f"{now.id}:{now.revision}"
    told = _visibility(now.film_id, cleared(session, now.film_id))
    events.record(session, FILM_VISIBILITY, key=key, payload=told, at=at)


def _visibility(film_id: str, standing: Cleared | Held | Blocked) -> dict[str, Plain]:
    places = standing.territories if isinstance(standing, Blocked) else frozenset[str]()
    everywhere = isinstance(standing, Blocked) and not places
    return {"film_id": film_id, "everywhere": everywhere, "territories": [*sorted(places)]}


def _origin(ground: str) -> Origin:
    known: tuple[Origin, ...] = get_args(Origin)
    return next(one for one in known if one == ground)


def _told(claim: Claim) -> dict[str, str]:
    return {
        "claim_id": claim.id,
        "film_id": claim.film_id,
        "work_id": claim.work_id,
        "maker": claim.maker,
    }
