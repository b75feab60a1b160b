"""The file of engines: which ones are hired, where, for how much, and what they can do.

A TOML file of one table an engine, `engines.toml` below `MATINEE_HOME` unless `MATINEE_ENGINES`
names another; see docs/engines.md. Keys are read from it, or from files that it names, and never
shown.
"""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from matinee.film import FrameRate, FrameSize
from matinee.kit import errors
from matinee.kit.money import MicroMoney
from matinee.studio.abilities import Abilities, Control
from matinee.studio.adapters.openai_video_engine import OpenAIVideos
from matinee.studio.finals import Engine
from matinee.studio.hiring import HiredEngine, Provider

FILE = "engines.toml"
MS_PER_SECOND = 1000


class EnginesUnreadable(errors.Invalid):
    """The file of engines cannot be read."""

    code = "entrypoints.engines_unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The file of engines {path} cannot be used: {reason}. See docs/engines.md.",
            path=str(path),
        )


class _Able(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every table may say; what it leaves out is as the kind of engine has it."""

    key: str = ""
    key_file: str = ""
    price_per_second: str = ""
    lengths_s: tuple[float, ...] = ()
    longest_s: float | None = None
    sizes: tuple[str, ...] = ()
    rate: str = ""
    sound: bool = False
    reference_images: int = 0
    first_frame: bool = False
    last_frame: bool = False
    controls: tuple[Control, ...] = ()
    controls_max: int = 1
    seeds: bool = True
    patience_s: float = 1800.0

    def abilities(self, *, remote: bool = True) -> Abilities:
        """What the engine can do, as the table has it."""
        return Abilities(
            lengths_ms=tuple(sorted(round(one * MS_PER_SECOND) for one in self.lengths_s)),
            length_ms_max=None if self.longest_s is None else round(self.longest_s * MS_PER_SECOND),
            sizes=tuple(FrameSize.of(one) for one in self.sizes),
            rate=FrameRate.of(self.rate) if self.rate else None,
            sound=self.sound,
            reference_images=self.reference_images,
            first_frame=self.first_frame,
            last_frame=self.last_frame,
            controls=self.controls,
            controls_max=self.controls_max,
            seeds=self.seeds,
            remote=remote,
            price_per_second=self.price(),
        )

    def price(self) -> MicroMoney | None:
        """What a second costs, if the table says so."""
        return MicroMoney.of(self.price_per_second) if self.price_per_second else None

    def secret(self, home: Path) -> str:
        """The key, from the table or from the file that it names."""
        if not self.key_file:
            return self.key
        return (home / Path(self.key_file).expanduser()).read_text(encoding="utf-8").strip()


class OpenAIEntry(_Able, frozen=True, kw_only=True, tag_field="kind", tag="openai"):
    """A server that speaks OpenAI's ``/v1/videos``."""

    url: str
    model: str = ""
    dialect: Literal["openai", "vllm", "sglang"] = "openai"
    frame_step: int = 1


class VeoEntry(_Able, frozen=True, kw_only=True, tag_field="kind", tag="veo"):
    """Google's Veo."""

    model: str = "veo-3.1-generate-001"
    project: str = ""
    location: str = "us-central1"
    person_generation: Literal["allow_adult", "allow_all", "dont_allow"] = "allow_adult"
    url: str = ""
    sound: bool = True


class FalEntry(_Able, frozen=True, kw_only=True, tag_field="kind", tag="fal"):
    """A model on fal."""

    form: str
    unit_price: str = ""
    url: str = ""


class DiffusersEntry(_Able, frozen=True, kw_only=True, tag_field="kind", tag="diffusers"):
    """A model that runs in this process, from a folder or a hub."""

    model: str
    family: Literal["wan", "wan_image", "ltx", "hunyuan", "vace"]
    device: str = "cuda"
    dtype: Literal["bfloat16", "float16", "float32"] = "bfloat16"
    offload: Literal["none", "model", "sequential"] = "model"
    steps: int = 40
    guidance: float = 5.0


Entry = OpenAIEntry | VeoEntry | FalEntry | DiffusersEntry


def hired(path: Path) -> dict[str, Engine]:
    """Return the engines of a file by name; none when there is no file.

    Raises EnginesUnreadable for what cannot be read, and EngineNotInstalled.
    """
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = msgspec.convert(tables, dict[str, Entry])
        return {name: _engine(name, entry, path.parent) for name, entry in entries.items()}
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise EnginesUnreadable(path, str(error)) from error


def _engine(name: str, entry: Entry, home: Path) -> Engine:
    if isinstance(entry, DiffusersEntry):
        return _diffusers(name, entry)
    return HiredEngine(_provider(name, entry, home), patience_s=entry.patience_s)


def _provider(name: str, entry: OpenAIEntry | VeoEntry | FalEntry, home: Path) -> Provider:
    if isinstance(entry, OpenAIEntry):
        return OpenAIVideos(
            name=name,
            url=entry.url,
            model=entry.model,
            abilities=entry.abilities(),
            key=entry.secret(home),
            dialect=entry.dialect,
            frame_step=entry.frame_step,
        )
    return _veo(name, entry, home) if isinstance(entry, VeoEntry) else _fal(name, entry, home)


def _veo(name: str, entry: VeoEntry, home: Path) -> Provider:
    # Imported for those who hire it: the SDK takes seconds to load.
    from matinee.studio.adapters import veo_engine  # noqa: PLC0415

    return veo_engine.VeoVideos(
        name=name,
        model=entry.model,
        abilities=veo_engine.abilities_of(entry.price(), sound=entry.sound),
        key=entry.secret(home),
        project=entry.project,
        location=entry.location,
        person_generation=entry.person_generation,
        url=entry.url,
    )


def _fal(name: str, entry: FalEntry, home: Path) -> Provider:
    from matinee.studio.adapters import fal_engine  # noqa: PLC0415 - the same

    if entry.form not in fal_engine.FORMS:
        reason = f"form {entry.form!r} of {name!r} is none of {', '.join(fal_engine.FORMS)}"
        raise ValueError(reason)
    return fal_engine.FalVideos(
        name=name,
        form=fal_engine.FORMS[entry.form],
        abilities=entry.abilities(),
        key=entry.secret(home),
        unit_price=MicroMoney.of(entry.unit_price) if entry.unit_price else None,
        queue=entry.url,
    )


def _diffusers(name: str, entry: DiffusersEntry) -> Engine:
    from matinee.studio.adapters import diffusers_engine  # noqa: PLC0415 - the same

    return diffusers_engine.DiffusersEngine(
        name=name,
        family=entry.family,
        model=entry.model,
        device=entry.device,
        dtype=entry.dtype,
        offload=entry.offload,
        steps=entry.steps,
        guidance=entry.guidance,
    )
