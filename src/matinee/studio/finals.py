"""The ladder: a draft of the stage, its chosen shots finished on another engine, and both compared.

The final is a film of its own, made from the draft: the same screenplay and the same shots, so
that what is not finished is not rendered again.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matinee import film
from matinee.engine.footage import side_by_side
from matinee.film import Shot, Take
from matinee.kit.blobs import Blobs
from matinee.kit.db import Session
from matinee.kit.money import MicroMoney

from . import errands, store
from .actions import Office, request_film
from .errors import ComparisonMissing, ModelUnknown, ShotUnknown, unready
from .hiring import BudgetExceeded, PriceUnknown, ShotUnsuitable
from .model import Engine, Film, Finish, Origin
from .steps.guiding import DRAFTED

__all__ = [
    "Engine",
    "Finish",
    "Pair",
    "compare",
    "estimate",
    "finish_film",
    "part_of",
    "write_comparison",
]

MS_PER_SECOND = 1000


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A shot of a final, as its draft and as its final take show it; pictures are blob keys.

    `draft` and `final` are empty while there is no such take; `fitted` says what was done to make
    the provider's footage fit.
    """

    index: int
    text: str
    engine: str
    draft: str
    draft_preview: str
    final: str = ""
    final_preview: str = ""
    fitted: str = ""
    cost: MicroMoney | None = None


def finish_film(session: Session, film_id: str, finish: Finish, *, office: Office) -> Film:
    """Ask for a final: a finished film in which the shots of `finish` are taken by its engine.

    Without shots all are finished. Raises FilmNotFound, FilmNotReady, ModelUnknown, ShotUnknown,
    ShotUnsuitable, BudgetExceeded, PriceUnknown and what `request_film` raises.
    """
    draft = store.film_by_id(session, film_id)
    shots = store.shots_of(session, film_id)
    if draft.status != "completed" or not draft.screenplay or not shots:
        raise unready(draft.id, draft.status)
    engine = office.crew.engines.get(finish.engine)
    if engine is None:
        raise ModelUnknown(finish.engine, tuple(office.crew.engines))
    chosen = tuple(sorted(set(finish.shots))) or tuple(range(len(shots)))
    for index in chosen:
        if not 0 <= index < len(shots):
            raise ShotUnknown(index + 1, len(shots))
    _check_lengths(engine, shots, chosen)
    _check_budget(session, engine, [shots[index] for index in chosen], finish.budget)
    wanted = replace(
        draft.request,
        seed=draft.seed,
        screenplay=draft.screenplay,
        duration_ms=draft.request.duration_ms,
        origin=Origin(film=draft.id, how="final", screenplay=draft.screenplay),
        finish=replace(finish, shots=chosen),
    )
    final = request_film(session, wanted, office=office)
    # The very shots of the draft: planned anew by a newer version they might have moved.
    store.set_shots(session, final.id, shots)
    play = store.screenplay(session, draft.screenplay)
    store.update_film(
        session,
        final.id,
        screenplay=draft.screenplay,
        title=play.title,
        language=play.language,
        duration_ms=draft.duration_ms,
    )
    return store.film_by_id(session, final.id)


def estimate(engine: Engine, shots: Sequence[Shot]) -> MicroMoney | None:
    """Return what an engine would charge for `shots`, or None where no price is known."""
    prices = [engine.abilities.price_of(shot.rate.ms_at(shot.frame_count)) for shot in shots]
    total: MicroMoney | None = None
    for price in prices:
        if price is None:
            return None
        total = price if total is None else total + price
    return total


def compare(session: Session, film_id: str) -> tuple[Pair, ...]:
    """Return the finished shots of a final beside their drafts; raises FilmNotFound."""
    final = store.film_by_id(session, film_id)
    finish = final.request.finish
    if finish is None:
        return ()
    costs = errands.costs_of_shots(session, film_id)
    shots = store.shots_of(session, film_id)
    return tuple(
        _pair(session, index, shots[index], finish.engine, costs.get(index))
        for index in finish.shots
    )


def part_of(pairs: Sequence[Pair], index: int, which: str) -> str:
    """Return the blob key of a take or picture of a pair; raises ComparisonMissing."""
    names = ("draft", "draft_preview", "final", "final_preview")
    for pair in pairs:
        if pair.index == index and which in names and (key := str(getattr(pair, which))):
            return key
    raise ComparisonMissing


def write_comparison(final: Film, pairs: Sequence[Pair], path: Path, *, blobs: Blobs) -> None:
    """Write a video of the pairs, drafts on the left; raises ComparisonMissing without any."""
    whole = [pair for pair in pairs if pair.draft and pair.final]
    if not whole:
        raise ComparisonMissing
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def file(key: str) -> Path:
            return blobs.path(key) or blobs.fetch(key, folder / key.rpartition("/")[2])

        side_by_side(
            [(file(pair.draft), file(pair.final)) for pair in whole],
            path,
            rate=final.request.rate,
        )


def _pair(session: Session, index: int, shot: Shot, engine: str, cost: MicroMoney | None) -> Pair:
    takes = store.takes_of_shot(session, film.digest(shot))
    drafts = [one for one in takes if DRAFTED not in one[0].engine]
    finals = [one for one in takes if _is_final(one[0], engine)]
    pair = Pair(
        index=index,
        text=shot.beat.text,
        engine=engine,
        draft=drafts[-1][1] if drafts else "",
        draft_preview=drafts[-1][2] if drafts else "",
        cost=cost,
    )
    if not finals:
        return pair
    take, video, preview = finals[-1]
    return replace(pair, final=video, final_preview=preview, fitted=take.fitted)


def _is_final(take: Take, engine: str) -> bool:
    return take.engine.startswith(f"{engine}/") and take.engine.endswith(DRAFTED)


def _check_lengths(engine: Engine, shots: Sequence[Shot], chosen: Sequence[int]) -> None:
    able = engine.abilities
    for index in chosen:
        length_ms = shots[index].rate.ms_at(shots[index].frame_count)
        if able.length_for(length_ms) is None:
            longest_ms = able.lengths_ms[-1] if able.lengths_ms else able.length_ms_max or 0
            reason = (
                f"shot {index + 1} lasts {length_ms / MS_PER_SECOND:g} s, and "
                f"{longest_ms / MS_PER_SECOND:g} s is the longest"
            )
            raise ShotUnsuitable(engine.name, reason)


def _check_budget(
    session: Session, engine: Engine, shots: Sequence[Shot], budget: MicroMoney | None
) -> None:
    """Refuse what the price list says is too dear; what is finished already costs nothing."""
    if budget is None:
        return
    version = engine.version + DRAFTED
    unpaid = [one for one in shots if store.take_of(session, film.digest(one), version) is None]
    needed = estimate(engine, unpaid)
    if needed is None:
        if engine.abilities.remote and unpaid:
            raise PriceUnknown(engine.name)
        return
    if (budget - needed).micro < 0:
        nothing = MicroMoney(0, budget.currency)
        raise BudgetExceeded(needed=str(needed), budget=str(budget), spent=str(nothing))
