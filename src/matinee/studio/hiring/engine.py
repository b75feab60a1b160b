"""An engine that is hired: a provider's jobs, waited for, fetched, and made to fit the shot.

order ▶ ticket written down ▶ look, look, … ▶ fetch ▶ fit ▶ take
"""

import hashlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from matinee import engine, film
from matinee.engine import footage
from matinee.film import Shot, Take
from matinee.film.shot import Appearance, Placement
from matinee.kit import logs
from matinee.kit.errors import Conflict, MatineeError
from matinee.studio.abilities import Abilities, Errand, Guides

from .errors import (
    EngineRefused,
    EngineUnavailable,
    FootageBroken,
    ShotUnsuitable,
    TicketUnknown,
)
from .provider import Order, Placed, Provider, Report
from .wording import NEGATIVE, prompt_of

log = logs.logger(__name__)
Answer = TypeVar("Answer")

ATTEMPTS_MAX = 5
FETCHES_MAX = 3
RETRY_S, RETRY_S_MAX = 1.0, 30.0
LOOK_EVERY_S, LOOK_EVERY_S_MAX = 1.0, 10.0
# How soon a stop is noticed while nothing is to be done but wait.
NAP_S = 0.25
PATIENCE_S = 30 * 60.0
# The share of the work that is done when the provider is: fetching and fitting follow.
MADE_SHARE = 0.9
SEED_MAX = 2**31 - 1
# How much of the picture somebody takes who was asked for and not measured, by the shot's size.
COVERAGE = {
    "extreme_wide": 0.02,
    "wide": 0.06,
    "full": 0.12,
    "medium": 0.25,
    "over_shoulder": 0.3,
    "close_up": 0.4,
    "extreme_close_up": 0.6,
}
THING_COVERAGE = 0.02


class _Able(Protocol):
    """What can be asked for something: an engine, as far as an order needs to know it."""

    name: str
    version: str
    abilities: Abilities


class HiredEngine:
    """Shoots by way of a provider; see the Engine Protocol.

    `wait` sleeps for a number of seconds. A job that takes longer than `patience_s` is cancelled.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        wait: Callable[[float], None] = time.sleep,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Hire `provider`; nothing is sent before the first shot."""
        self._provider, self._wait, self._patience_s = provider, wait, patience_s
        self.name = provider.name
        self.version = provider.version
        self.abilities: Abilities = provider.abilities

    def shoot(
        self,
        shot: Shot,
        *,
        video_path: Path,
        guides: Guides = Guides(),  # noqa: B008 - frozen
        errand: Errand = Errand(),  # noqa: B008 - frozen
    ) -> Take:
        """Have `shot` made, and fit what comes back into its frames, rate and size.

        Raises what the Protocol says, EngineRefused, EngineUnavailable, EngineMisconfigured,
        EngineOutOfCredit and FootageBroken.
        """
        order = order_of(self, shot, guides)
        if errand.should_stop():
            raise engine.ShootingStopped
        ticket = errand.ticket or self._placed(order, errand)
        try:
            self._await(ticket, shot, errand)
            fitted = self._fetched(ticket, order, shot, video_path, errand)
        except Conflict as reason:
            if not isinstance(reason, FootageBroken):
                self._stop(ticket)
                errand.on_ticket("")
            raise
        except TicketUnknown:
            errand.on_ticket("")
            raise
        if self.abilities.sound and fitted.sound:
            video_path.with_suffix(".wav").write_bytes(fitted.sound)
        errand.on_preview(engine.poster(video_path, at_s=_middle_s(shot), width=480))
        return take_of(shot, self.version, video_path, fitted)

    # --- the job -------------------------------------------------------------------------------

    def _placed(self, order: Order, errand: Errand) -> str:
        """Order the shot, and have the ticket written down before anything else happens."""
        placed: Placed = self._patiently(lambda: self._provider.place(order), errand)
        errand.on_ticket(placed.ticket)
        if placed.cost is not None:
            errand.on_cost(placed.cost)
        return placed.ticket

    def _await(self, ticket: str, shot: Shot, errand: Errand) -> None:
        """Wait until a job is done."""
        waited_s, pause_s = 0.0, LOOK_EVERY_S
        while True:
            report: Report = self._patiently(lambda: self._provider.look(ticket), errand)
            if report.cost is not None:
                errand.on_cost(report.cost)
            if report.state == "done":
                return
            if report.state == "refused":
                errand.on_ticket("")
                raise EngineRefused(self.name, report.reason)
            if report.state == "failed":
                errand.on_ticket("")
                raise EngineUnavailable(self.name, report.reason or "its job failed")
            errand.on_frames(int(shot.frame_count * MADE_SHARE * report.percent / 100))
            if waited_s >= self._patience_s:
                self._stop(ticket)
                errand.on_ticket("")
                reason = f"it was not done after {self._patience_s:g} s"
                raise EngineUnavailable(self.name, reason)
            waited_s += self._nap(pause_s, errand)
            pause_s = min(pause_s * 1.5, LOOK_EVERY_S_MAX)

    def _fetched(
        self, ticket: str, order: Order, shot: Shot, video_path: Path, errand: Errand
    ) -> footage.Fitted:
        """Fetch the footage and make it fit, again if the file arrives broken."""
        able, reason = self.abilities, ""
        with tempfile.TemporaryDirectory(dir=video_path.parent) as folder:
            path = Path(folder) / "arrived"
            for attempt in range(FETCHES_MAX):
                if attempt:
                    self._nap(RETRY_S * 2**attempt, errand)
                cost = self._patiently(lambda: self._provider.fetch(ticket, path), errand)
                cost = cost or able.price_of(order.length_ms)
                if cost is not None and not attempt:
                    errand.on_cost(cost)
                try:
                    return footage.fit_footage(
                        path,
                        video_path,
                        frame_count=shot.frame_count,
                        rate=shot.rate,
                        size=shot.size,
                        on_frames=_after_making(shot, errand),
                    )
                except footage.FootageUnreadable as error:
                    reason = str(error)
        errand.on_ticket("")
        raise FootageBroken(self.name, reason)

    def _stop(self, ticket: str) -> None:
        try:
            self._provider.cancel(ticket)
        except MatineeError as error:
            # Nobody waits for the job any more; what it may still cost can only be written down.
            log.warning("provider_job_left", engine=self.name, reason=error.message)

    def _patiently(self, call: Callable[[], Answer], errand: Errand) -> Answer:
        """Call a provider that may be down or busy for a moment, waiting longer each time."""
        for attempt in range(ATTEMPTS_MAX):
            try:
                return call()
            except TicketUnknown:
                raise
            except EngineUnavailable as error:
                if attempt + 1 == ATTEMPTS_MAX:
                    raise
                asked_s = error.details.get("retry_after_s")
                pause_s = float(asked_s) if asked_s else RETRY_S * 2**attempt
                self._nap(min(pause_s, RETRY_S_MAX), errand)
        raise AssertionError

    def _nap(self, pause_s: float, errand: Errand) -> float:
        """Wait in short naps, between which it is asked whether the shot is still wanted."""
        left_s = pause_s
        while left_s > 0:
            if errand.should_stop():
                raise engine.ShootingStopped
            self._wait(min(NAP_S, left_s))
            left_s -= NAP_S
        return pause_s


def order_of(maker: _Able, shot: Shot, guides: Guides) -> Order:
    """Return what an engine is asked for, within its abilities; raises ShotUnsuitable."""
    able = maker.abilities
    needed_ms = shot.rate.ms_at(shot.frame_count)
    length_ms = able.length_for(needed_ms)
    if length_ms is None:
        longest_ms = able.lengths_ms[-1] if able.lengths_ms else able.length_ms_max
        assert longest_ms is not None
        reason = f"it lasts {needed_ms / 1000:g} s, and {longest_ms / 1000:g} s is the longest"
        raise ShotUnsuitable(maker.name, reason)
    return Order(
        key=f"{film.digest(shot)[:32]}-{maker.version.replace('/', '-')}",
        prompt=prompt_of(shot, speaks=able.sound),
        negative=NEGATIVE,
        length_ms=length_ms,
        size=able.size_for(shot.size),
        rate=able.rate or shot.rate,
        seed=shot.take_seed % SEED_MAX,
        guides=_within(guides, able),
    )


def _within(guides: Guides, able: Abilities) -> Guides:
    """Return the guides that an engine takes."""
    pictures = (*guides.pictures.values(), *guides.references)
    controls = [(name, guides.controls[name]) for name in able.controls if name in guides.controls]
    return Guides(
        references=pictures[: able.reference_images],
        first_frame=guides.first_frame if able.first_frame else None,
        last_frame=guides.last_frame if able.last_frame else None,
        controls=dict(controls[: able.controls_max]),
    )


def _middle_s(shot: Shot) -> float:
    return float(shot.rate.seconds_at(shot.frame_count // 2))


def _after_making(shot: Shot, errand: Errand) -> Callable[[int], None]:
    made = int(shot.frame_count * MADE_SHARE)

    def told(count: int) -> None:
        errand.on_frames(made + (shot.frame_count - made) * count // shot.frame_count)

    return told


def take_of(shot: Shot, version: str, video_path: Path, fitted: footage.Fitted) -> Take:
    """Return the take, with what is seen and heard in it as the shot was planned."""
    ambience, room = footage.sounds_of(shot)
    seen = COVERAGE[shot.beat.camera.size]

    def whole(kind: str, name: str, coverage: float) -> Appearance:
        return Appearance(kind, name, 0, shot.frame_count, coverage)

    return Take(
        shot=film.digest(shot),
        engine=version,
        video=hashlib.sha256(video_path.read_bytes()).hexdigest(),
        frame_count=shot.frame_count,
        rate=shot.rate,
        size=shot.size,
        ambience=ambience,
        room=room,
        placements=tuple(Placement(index, 0.0, 1.5) for index in range(len(shot.speeches))),
        appearances=(
            whole("place", shot.setting.place, 1.0),
            *(whole("character", name, seen) for name in shot.beat.cast),
            *(whole("prop", name, THING_COVERAGE) for name in shot.beat.props),
        ),
        fitted=". ".join(fitted.changes),
    )


def retake(take: Take, draft: Take) -> Take:
    """Return `take` with what its draft knows exactly: who is seen when, and what touches what."""
    return msgspec.structs.replace(
        take,
        ambience=draft.ambience,
        room=draft.room,
        contacts=draft.contacts,
        placements=draft.placements,
        appearances=draft.appearances,
    )
