"""What an engine can do, what it is given to go by, and what it tells while it works."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, get_args, runtime_checkable

from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.kit.money import MicroMoney
from matinee.likeness import Worn

Control = Literal["depth", "pose", "edge", "mask"]
CONTROLS: tuple[Control, ...] = get_args(Control)
MS_PER_SECOND = 1000


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What an engine makes, so that what it cannot is refused or made to fit before it is paid.

    `lengths_ms` are the only lengths it makes, ascending; empty means any up to `length_ms_max`,
    and None there that there is no limit. `sizes` are the only sizes, empty means any. `rate` is
    the only rate it makes, None that it makes the one asked for. `controls` are the guiding videos
    it takes, and `controls_max` how many of them at once. With `likenesses` it shows people who
    were captured as they are. `remote` says that the work is done, and
    charged, elsewhere; `price_per_second` is None when nobody said what it costs.
    """

    lengths_ms: tuple[int, ...] = ()
    length_ms_max: int | None = None
    sizes: tuple[FrameSize, ...] = ()
    rate: FrameRate | None = None
    sound: bool = False
    reference_images: int = 0
    first_frame: bool = False
    last_frame: bool = False
    controls: tuple[Control, ...] = ()
    controls_max: int = 1
    seeds: bool = True
    likenesses: bool = False
    remote: bool = False
    price_per_second: MicroMoney | None = None

    def __post_init__(self) -> None:
        """Hold the order of the lengths."""
        assert list(self.lengths_ms) == sorted(self.lengths_ms), "lengths ascend"

    def length_for(self, duration_ms: int) -> int | None:
        """Return the shortest length that covers `duration_ms`, or None if all are too short."""
        if self.lengths_ms:
            return next((one for one in self.lengths_ms if one >= duration_ms), None)
        if self.length_ms_max is not None and duration_ms > self.length_ms_max:
            return None
        return duration_ms

    def size_for(self, size: FrameSize) -> FrameSize:
        """Return the size to ask for: `size` itself, or what shows the most of its shape.

        Of sizes of the nearest shape it is the smallest that has as many pixels, or the largest.
        """
        if not self.sizes or size in self.sizes:
            return size
        wanted, area = size.aspect, size.width * size.height

        def misfit(one: FrameSize) -> tuple[float, int, int]:
            shape = float(max(one.aspect / wanted, wanted / one.aspect))
            pixels = one.width * one.height
            return round(shape, 2), int(pixels < area), abs(pixels - area)

        return min(self.sizes, key=misfit)

    def price_of(self, duration_ms: int) -> MicroMoney | None:
        """Return what a shot of `duration_ms` costs, at the length that has to be bought for it.

        None when no price is known, or when no length is long enough. Fractions of a micro-unit
        are rounded up: an estimate may not be too low.
        """
        length_ms = self.length_for(duration_ms)
        if self.price_per_second is None or length_ms is None:
            return None
        micro = -(-self.price_per_second.micro * length_ms // MS_PER_SECOND)
        return MicroMoney(micro, self.price_per_second.currency)

    def price_of_film(self, duration_ms: int) -> MicroMoney | None:
        """Return what a film costs at least: shots as long as they can be, and one for the rest.

        A film of shorter shots may cost more, where an engine sells certain lengths only.
        """
        longest_ms = self.lengths_ms[-1] if self.lengths_ms else self.length_ms_max or duration_ms
        full, rest_ms = divmod(duration_ms, longest_ms)
        prices = [self.price_of(longest_ms)] * full + [self.price_of(rest_ms)] * bool(rest_ms)
        total = None
        for price in prices:
            if price is None:
                return None
            total = price if total is None else total + price
        return total


@dataclass(frozen=True, kw_only=True)
class Guides:
    """Pictures and videos that a shot is made by; an engine uses those that it is able to.

    `pictures` holds photos under the digests by which the shot names them, `likenesses` captured
    people by the ids of their likenesses, `references` are
    pictures of its cast and look from earlier shots, in order of importance. `first_frame` and
    `last_frame` are what its first and last frame show. `controls` are videos as long, as large
    and as fast as the shot.
    """

    pictures: Mapping[str, Path] = field(default_factory=dict)
    likenesses: Mapping[str, Worn] = field(default_factory=dict)
    references: tuple[Path, ...] = ()
    first_frame: Path | None = None
    last_frame: Path | None = None
    controls: Mapping[Control, Path] = field(default_factory=dict)


def _nothing(*_: object) -> None:
    """Do without being told."""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What an engine tells whoever sent it, and asks; all may be left out.

    `on_frames` is told how many frames are done, `on_preview` gets one WebP picture.
    `should_stop` is asked often, and says whether the shot is still wanted.

    A provider's job outlives the process that ordered it. So `on_ticket` is told the provider's
    name of the job before the engine waits for it, and the empty text when that job came to
    nothing; `ticket` is the one that was told before, for which no second job may be ordered.
    `on_cost` is told each amount that the provider charges, once.
    """

    on_frames: Callable[[int], None] = _nothing
    on_preview: Callable[[bytes], None] = _nothing
    should_stop: Callable[[], bool] = lambda: False
    ticket: str = ""
    on_ticket: Callable[[str], None] = _nothing
    on_cost: Callable[[MicroMoney], None] = _nothing


@runtime_checkable
class Preparing(Protocol):
    """An engine that can make the set ready while the lines are still read."""

    def prepare(self, play: Screenplay, *, seed: int) -> None:
        """Begin, and return at once; what is not ready is made by the first shot."""
        ...
