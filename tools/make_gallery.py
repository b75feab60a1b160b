"""Make docs/gallery: a frame of every world, and sheets of a film, faces, animals, deeds, styles.

    python tools/make_gallery.py [--out docs/gallery] [--only PLACE ...]

Every picture is a frame of a real shot, staged, lit and drawn by the engine, so that the gallery
shows what a film looks like and not what could be painted over it.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from msgspec import structs
from PIL import Image

from matinee import engine, film
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage.direction import Staging, stage
from matinee.engine.stage.styles import STYLES
from matinee.engine.stage.worlds import PLACES
from matinee.film.screenplay import (
    Action,
    Beat,
    Camera,
    CameraAngle,
    CameraMove,
    Character,
    Garment,
    Look,
    Prop,
    Setting,
    ShotSize,
    TimeOfDay,
    Weather,
)
from matinee.film.shot import Phoneme, Speech
from matinee.studio.planning import plan_shots
from matinee.studio.writer import OfflineWriter

if TYPE_CHECKING:
    from collections.abc import Callable

Gender: TypeAlias = Literal["woman", "man", "neutral"]
Age: TypeAlias = Literal["child", "teen", "adult", "elder"]

ROOT = Path(__file__).parents[1]
SIZE = film.FrameSize(1280, 720)
RATE = film.FrameRate(24)
QUALITY = 84
KEPT_SIZE = (640, 360)
SHEET_COLUMNS, SHEET_WIDTH = 4, 400


@dataclass(frozen=True)
class Scene:
    """How a world is shown: hour, weather, framing, who is in it and what they do."""

    time_of_day: TimeOfDay = "day"
    weather: Weather = "clear"
    size: ShotSize = "wide"
    angle: CameraAngle = "eye"
    looks: tuple[Look, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    props: tuple[tuple[str, str], ...] = ()
    second: float = 1.6


def _look(hair: str, colour: str, *clothes: tuple[str, str], gender: str = "woman") -> Look:
    return Look(
        gender="man" if gender == "man" else "woman",
        hair_style=hair,
        hair_colour=colour,
        garments=tuple(Garment(kind, tone) for kind, tone in clothes),
    )


GLADIATOR = _look("short", "#3a2a1c", ("armour", "#a07c3c"), ("boots", "#4a3320"), gender="man")
SENATOR = _look("short", "#8a8a88", ("tunic", "#e6ddc8"), gender="man")
DETECTIVE = _look("short", "#1e1a18", ("coat", "#3a3630"), ("trousers", "#22242a"), gender="man")
RUNNER = _look("bob", "#b02a5a", ("jacket", "#1c1d24"), ("jeans", "#2a3040"), ("boots", "#151515"))
EXPLORER = _look("ponytail", "#7a5230", ("shirt", "#c9b38c"), ("shorts", "#8a744c"))
SWIMMER = _look("long", "#5a3a22", ("dress", "#e8e2d2"))
HIKER = _look("ponytail", "#6a3a20", ("hoodie", "#8a3a2a"), ("jeans", "#34404e"))
COOK = _look("bun", "#2a1c14", ("shirt", "#dfe3e6"), ("apron", "#7a2a2a"), ("trousers", "#2c2c30"))
HOST = _look("long", "#2c1a12", ("dress", "#b8324a"))
CLERK = _look("short", "#4a3828", ("suit", "#2a3448"), gender="man")

PLAYS, FIGHTS = (("a", "play_guitar"),), (("a", "box"), ("b", "box"))
WALTZES = (("a", "waltz"), ("b", "waltz"))
DANCERS = (("a", "dance"), ("b", "dance"), ("c", "dance"))

SCENES: dict[str, Scene] = {
    "colosseum": Scene("sunset", looks=(GLADIATOR, SENATOR), props=(("sword", "a"),)),
    "neon_city": Scene("night", "rain", looks=(RUNNER, DETECTIVE), size="full"),
    "desert_pyramids": Scene("sunset", looks=(EXPLORER,), actions=(("a", "walk"),)),
    "beach": Scene("sunset", looks=(SWIMMER,), actions=(("a", "walk"),), size="wide"),
    "forest": Scene("dawn", "fog", looks=(HIKER,), actions=(("a", "look_around"),)),
    "street": Scene("day", looks=(CLERK, HIKER), size="full", actions=(("a", "wave"),)),
    "kitchen": Scene("day", looks=(COOK,), size="medium", actions=(("a", "cook"),)),
    "livestream_studio": Scene(
        "night", looks=(HOST,), props=(("bottle", ""),), size="full", actions=(("a", "present"),)
    ),
    "living_room": Scene("sunset", looks=(CLERK, HOST), size="full", actions=(("a", "sit"),)),
    "bedroom": Scene("night", looks=(SWIMMER,), size="full", actions=(("a", "sit"),)),
    "office": Scene("day", "rain", looks=(CLERK, RUNNER), size="full"),
    "classroom": Scene("day", looks=(CLERK, HIKER), actions=(("a", "point"),)),
    "cafe": Scene("sunset", looks=(HOST, DETECTIVE), size="full"),
    "park": Scene("day", looks=(HIKER, RUNNER), actions=(("a", "run"), ("b", "run")), size="full"),
    "village": Scene("dawn", looks=(COOK, GLADIATOR)),
    "mountain": Scene("dawn", looks=(HIKER,), actions=(("a", "look_around"),), size="extreme_wide"),
    "rooftop_night": Scene("night", looks=(RUNNER, HOST, CLERK), size="full", actions=DANCERS),
    "stage_concert": Scene("night", looks=(RUNNER,), size="full", actions=(("a", "sing"),)),
    "castle_hall": Scene("night", looks=(SENATOR, GLADIATOR), props=(("sword", "b"),)),
    "spaceship": Scene("night", looks=(RUNNER, CLERK), size="full"),
    "library": Scene(
        "day", looks=(HOST,), props=(("book", "a"),), actions=(("a", "read"),), size="full"
    ),
    "snow_square": Scene("night", "snow", looks=(HIKER, DETECTIVE), size="full"),
    "meadow": Scene("sunset", looks=(SWIMMER,), actions=(("a", "walk"),), second=2.8),
}


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description="Make the gallery.")
    parser.add_argument("--out", type=Path, default=Path("docs/gallery"))
    parser.add_argument("--only", nargs="*", default=[*PLACES, *SHEETS])
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "matinee-bakes")
    wanted = parser.parse_args()
    for folder in (wanted.out, wanted.cache):
        folder.mkdir(parents=True, exist_ok=True)
    for place in [name for name in wanted.only if name in PLACES]:
        shot = shot_of(place, SCENES.get(place, Scene(looks=(CLERK, HIKER))))
        second = SCENES.get(place, Scene()).second
        picture = frames(stage(shot, cache=wanted.cache), shot, [second])[0]
        keep(picture.resize(KEPT_SIZE, Image.Resampling.LANCZOS), wanted.out / f"{place}.webp")
    for name in [name for name in wanted.only if name in SHEETS]:
        keep(sheet_of(SHEETS[name](wanted.cache)), wanted.out / f"{name}.webp")


def shot_of(place: str, scene: Scene) -> film.Shot:
    """Return the shot that shows a world."""
    cast = tuple(
        Character(id=name, name=name.upper(), look=look)
        for name, look in zip("abcd", scene.looks, strict=False)
    )
    props = tuple(
        Prop(kind, kind, "here", relation="held_by" if holder else "on", anchor=holder)
        for kind, holder in scene.props
    )
    beat = Beat(
        id="b1",
        setting="here",
        text="",
        cast=tuple(one.id for one in cast),
        actions=tuple(Action(who, verb) for who, verb in scene.actions),
        props=tuple(prop.id for prop in props),
        camera=Camera(scene.size, "static", scene.angle),
    )
    setting = Setting("here", place, time_of_day=scene.time_of_day, weather=scene.weather)
    return film.Shot(setting, beat, 72, RATE, SIZE, 11, cast, props)


def frames(staging: Staging, shot: film.Shot, seconds: list[float]) -> list[Image.Image]:
    """Return the pictures of a staged shot at the given seconds."""
    with Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=shot.size,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        mirror_ground=staging.mirror_ground,
    ) as renderer:
        out = []
        for second in seconds:
            index = min(round(second * float(shot.rate.fraction)), shot.frame_count - 1)
            planes = renderer.render(staging.frame(index))
            out.append(Image.fromarray(i420_to_rgb(planes, shot.size)))
        return out


def faces(cache: Path) -> list[Image.Image]:
    """Close-ups of all ages and complexions, each in another place and light."""
    people: list[tuple[Gender, Age, str, str, TimeOfDay]] = [
        ("woman", "adult", "long", "street", "day"),
        ("man", "adult", "short", "kitchen", "day"),
        ("woman", "elder", "bun", "restaurant", "night"),
        ("man", "elder", "balding", "park", "sunset"),
        ("woman", "teen", "ponytail", "beach", "sunset"),
        ("man", "child", "short_curly", "playground", "day"),
        ("woman", "adult", "bob", "neon_city", "night"),
        ("man", "adult", "afro", "jungle", "day"),
        ("woman", "adult", "wavy", "theatre", "night"),
        ("man", "adult", "side_part", "library", "day"),
        ("woman", "child", "braids", "flower_field", "day"),
        ("man", "teen", "spiky", "ski_slope", "day"),
    ]
    pictures = []
    for number, (gender, age, hair, place, hour) in enumerate(people):
        look = Look(gender=gender, age=age, hair_style=hair)
        shot = shot_of(place, Scene(hour, looks=(look,), size="close_up"))
        shot = structs.replace(shot, seed=30 + number)
        pictures += frames(stage(shot, cache=cache), shot, [1.2])
    return pictures


def animals(cache: Path) -> list[Image.Image]:
    """Animals at what they do, where they live."""
    seen: tuple[tuple[str, str, str, TimeOfDay], ...] = (
        ("dragon", "fly", "castle", "sunset"),
        ("horse", "gallop", "western_town", "day"),
        ("shark", "swim", "underwater", "day"),
        ("eagle", "fly", "canyon", "day"),
        ("penguin", "walk", "arctic", "day"),
        ("lion", "roar", "savanna", "sunset"),
        ("snake", "slither", "desert", "day"),
        ("butterfly", "flutter", "garden", "day"),
        ("dolphin", "swim", "ocean", "day"),
        ("panda", "eat", "bamboo_grove", "day"),
        ("spider", "walk", "attic", "night"),
        ("dinosaur", "walk", "jungle", "day"),
    )
    pictures = []
    for species, verb, place, hour in seen:
        animal = Character("k", "Kit", kind="animal", species=species)
        field = shot_of(place, Scene(hour, size="full"))
        beat = structs.replace(field.beat, cast=("k",), actions=(Action("k", verb),))
        shot = structs.replace(field, beat=beat, characters=(animal,))
        pictures += frames(stage(shot, cache=cache), shot, [1.4])
    return pictures


def deeds(cache: Path) -> list[Image.Image]:
    """People at sport, music, work and play, alone, in pairs and in a crowd; by day and night."""
    scenes: list[tuple[str, Scene]] = [
        ("park", Scene(looks=(RUNNER,), size="full", actions=(("a", "ride_bicycle"),))),
        ("stage_concert", Scene("night", looks=(DETECTIVE,), size="full", actions=PLAYS)),
        ("dojo", Scene(looks=(GLADIATOR, SENATOR), size="full", actions=FIGHTS)),
        ("ballroom", Scene("night", looks=(HOST, CLERK), size="full", actions=WALTZES)),
        ("gym", Scene(looks=(RUNNER,), size="full", actions=(("a", "lift_weights"),))),
        ("ski_slope", Scene(looks=(HIKER,), size="full", actions=(("a", "ski"),))),
        ("basketball_court", Scene(looks=(RUNNER,), size="full", actions=(("a", "dribble"),))),
        ("art_studio", Scene(looks=(HOST,), size="full", actions=(("a", "paint"),))),
        ("nightclub", Scene("night", looks=(RUNNER, HOST, CLERK), size="wide", actions=DANCERS)),
        ("lake", Scene("dawn", "fog", looks=(HIKER,), size="wide")),
        ("neon_city", Scene("night", "rain", looks=(HOST, CLERK), size="medium")),
        ("waterfall", Scene(looks=(EXPLORER,), size="wide", actions=(("a", "look_around"),))),
    ]
    pictures = []
    for place, scene in scenes:
        shot = shot_of(place, scene)
        pictures += frames(stage(shot, cache=cache), shot, [1.6])
    return pictures


def contact_sheet(cache: Path) -> list[Image.Image]:
    """One frame a second of a short film with two speakers."""
    pictures: list[Image.Image] = []
    for shot in film_of_two():
        seconds = list(np.arange(0.5, shot.frame_count / float(shot.rate.fraction), 1.0))
        pictures += frames(stage(shot, cache=cache), shot, seconds)
    return pictures


def styled_pictures(cache: Path) -> list[Image.Image]:
    """Four scenes in every picture style: a face, a wide view, a room by night, an animal."""
    scenes = {
        "park": Scene(looks=(HOST,), size="close_up"),
        "harbour": Scene("sunset", looks=(SWIMMER, CLERK), size="extreme_wide"),
        "living_room": Scene("night", looks=(HOST, CLERK), size="full", actions=(("a", "sit"),)),
    }
    horse = Character("k", "Kit", kind="animal", species="horse")
    shots = [shot_of(place, scene) for place, scene in scenes.items()]
    field = shot_of("meadow", Scene(size="full"))
    beat = structs.replace(field.beat, cast=("k",), actions=(Action("k", "walk"),))
    shots.append(structs.replace(field, beat=beat, characters=(horse,)))
    pictures = []
    for style in STYLES:
        for shot in shots:
            styled = structs.replace(shot, style=style)
            pictures += frames(stage(styled, cache=cache), styled, [1.2])
    return pictures


def tongues(cache: Path) -> list[Image.Image]:
    """One scene as it was told in English and thirteen other languages, in their order."""
    rows = (ROOT / "benchmarks/languages.tsv").read_text("utf-8").splitlines()
    scene = next(row for row in rows if "yellow dress" in row).split("\t")[2:]
    pictures = []
    for told in scene:
        play = OfflineWriter().write(
            told, repertoire=engine.repertoire(), language=None, seed=7, duration_ms=4_000
        )
        shot = plan_shots(play, {}, size=SIZE, rate=RATE, seed=7, duration_ms=4_000).shots[0]
        pictures += frames(stage(shot, cache=cache), shot, [1.6])
    return pictures


def sheet_of(pictures: list[Image.Image]) -> Image.Image:
    """Lay pictures out in rows."""
    height = SHEET_WIDTH * SIZE.height // SIZE.width
    rows = -(-len(pictures) // SHEET_COLUMNS)
    sheet = Image.new("RGB", (SHEET_WIDTH * SHEET_COLUMNS, height * rows))
    for index, picture in enumerate(pictures):
        row, column = divmod(index, SHEET_COLUMNS)
        sheet.paste(
            picture.resize((SHEET_WIDTH, height), Image.Resampling.LANCZOS),
            (column * SHEET_WIDTH, row * height),
        )
    return sheet


def film_of_two() -> list[film.Shot]:
    """Three shots of a meeting in the rain."""
    setting = Setting("street", "neon_city", time_of_day="night", weather="rain")
    cast = (
        Character("a", "Runa", look=RUNNER),
        Character("b", "Detective Hale", look=DETECTIVE),
    )
    views: list[tuple[ShotSize, CameraMove, str, int, tuple[Speech, ...]]] = [
        ("extreme_wide", "crane_down", "", 3, ()),
        ("medium", "static", "", 4, (_said("a", 400, 1400), _said("b", 2100, 1500))),
        ("close_up", "push_in", "b", 3, (_said("b", 300, 2200),)),
        ("over_shoulder", "static", "a", 2, (_said("a", 200, 1500),)),
    ]
    shots = []
    for number, (size, move, subject, seconds, speeches) in enumerate(views):
        beat = Beat(
            id=f"b{number + 1}",
            setting="street",
            text="",
            cast=("a", "b"),
            camera=Camera(size, move, "eye", subject),
        )
        frame_count = seconds * 24
        shots.append(film.Shot(setting, beat, frame_count, RATE, SIZE, 11, cast, (), speeches))
    return shots


def _said(who: str, start_ms: int, duration_ms: int) -> Speech:
    """A line with the mouth moving through some vowels; the gallery is silent."""
    sounds = "həloʊaɪəmhɪɹ"
    step = duration_ms // len(sounds)
    phonemes = tuple(Phoneme(s, k * step, (k + 1) * step) for k, s in enumerate(sounds))
    return Speech(who, "Hello. I am here.", "en", start_ms, duration_ms, phonemes)


def keep(picture: Image.Image, path: Path) -> None:
    """Write a picture as WebP and say so."""
    picture.save(path, "WEBP", quality=QUALITY, method=6)
    print(f"{path}  {picture.width}x{picture.height}  {path.stat().st_size // 1024} kB")


SHEETS: dict[str, Callable[[Path], list[Image.Image]]] = {
    "film": contact_sheet,
    "faces": faces,
    "animals": animals,
    "deeds": deeds,
    "styles": styled_pictures,
    "tongues": tongues,
}

if __name__ == "__main__":
    main()
