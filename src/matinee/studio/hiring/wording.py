"""A shot in words, for engines that are told what to show and read no screenplay."""

from collections.abc import Mapping

from matinee.film import Shot
from matinee.film.screenplay import Action, Character, Prop
from matinee.film.shot import Speech

PROMPT_CHARACTERS_MAX = 2000
NEGATIVE = (
    "text, captions, watermark, logo, cut, scene change, flicker, blur, distorted hands, "
    "extra limbs, deformed faces"
)
SIZES = {
    "extreme_wide": "Extreme wide shot",
    "wide": "Wide shot",
    "full": "Full shot",
    "medium": "Medium shot",
    "close_up": "Close-up",
    "extreme_close_up": "Extreme close-up",
    "over_shoulder": "Over-the-shoulder shot",
}
ANGLES = {
    "eye": "at eye level",
    "low": "from a low angle",
    "high": "from a high angle",
    "overhead": "from directly overhead",
}
MOVES = {
    "static": "the camera stands still",
    "pan_left": "the camera pans left",
    "pan_right": "the camera pans right",
    "tilt_up": "the camera tilts up",
    "tilt_down": "the camera tilts down",
    "push_in": "the camera slowly pushes in",
    "pull_out": "the camera slowly pulls out",
    "truck_left": "the camera trucks left",
    "truck_right": "the camera trucks right",
    "zoom_in": "the lens zooms in",
    "zoom_out": "the lens zooms out",
    "orbit": "the camera orbits the subject",
    "crane_up": "the camera cranes up",
    "crane_down": "the camera cranes down",
    "tracking": "the camera tracks the subject",
    "handheld": "handheld camera",
    "rack_focus": "the focus racks from one subject to another",
}
PACES = {"slow_motion": "in slow motion", "time_lapse": "as a time lapse"}
LIGHTS = {
    "dawn": "soft light of dawn",
    "day": "daylight",
    "sunset": "warm light of a low sun at sunset",
    "night": "night",
}
WEATHERS = {
    "cloudy": "overcast sky",
    "rain": "rain falling",
    "storm": "a storm with lightning",
    "snow": "snow falling",
    "fog": "dense fog",
    "wind": "strong wind",
}
SIZES_OF = {"tiny": "tiny ", "small": "small ", "large": "large ", "huge": "huge "}
# The sixteen colours of HTML 4 and a few that skin, hair and cloth have, in sRGB.
COLOURS: Mapping[str, tuple[int, int, int]] = {
    "black": (0, 0, 0),
    "charcoal": (54, 54, 58),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "white": (255, 255, 255),
    "maroon": (128, 0, 0),
    "red": (215, 30, 30),
    "orange": (255, 140, 0),
    "brown": (110, 70, 40),
    "dark brown": (60, 38, 25),
    "tan": (205, 170, 125),
    "beige": (235, 222, 195),
    "blond": (222, 190, 120),
    "yellow": (250, 220, 40),
    "olive": (128, 128, 0),
    "green": (30, 140, 50),
    "lime": (130, 230, 50),
    "teal": (0, 128, 128),
    "turquoise": (64, 220, 208),
    "sky blue": (130, 190, 235),
    "blue": (35, 70, 200),
    "navy": (15, 25, 90),
    "purple": (120, 30, 140),
    "pink": (245, 150, 180),
}


def prompt_of(shot: Shot, *, speaks: bool) -> str:
    """Return what a shot shows as one paragraph in English, the most important first.

    Names, lines and the beat's own text stay in the language that they are written in. With
    `speaks` the lines are given to be spoken, otherwise only that somebody talks.
    """
    camera = shot.beat.camera
    opening = f"{SIZES[camera.size]} {ANGLES[camera.angle]}, {MOVES[camera.move]}"
    sentences = [
        " ".join(filter(None, (opening, PACES.get(camera.pace, "")))),
        shot.beat.text,
        _place(shot),
        *_cast(shot),
        *_things(shot),
        *_actions(shot),
        *_lines(shot, speaks=speaks),
        f"Mood: {shot.beat.mood}" if shot.beat.mood != "neutral" else "",
        f"Style: {_words(shot.style)}" if shot.style else "Photorealistic film still, cinematic",
        "One continuous shot without cuts",
    ]
    told = ". ".join(one.strip().rstrip(".") for one in sentences if one.strip())
    return f"{told}."[:PROMPT_CHARACTERS_MAX]


def colour_word(colour: str) -> str:
    """Return the nearest name of an sRGB colour #rrggbb; empty for the empty text."""
    if not colour:
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))

    def distance(name: str) -> int:
        known = COLOURS[name]
        # Weighted as the eye is sensitive: https://www.compuphase.com/cmetric.htm, simplified.
        return 2 * (red - known[0]) ** 2 + 4 * (green - known[1]) ** 2 + 3 * (blue - known[2]) ** 2

    return min(COLOURS, key=distance)


def _words(slug: str) -> str:
    return slug.replace("_", " ")


def _place(shot: Shot) -> str:
    setting = shot.setting
    described = f" ({setting.description})" if setting.description else ""
    parts = [f"Place: {_words(setting.place)}{described}", LIGHTS[setting.time_of_day]]
    return ", ".join([*parts, *filter(None, (WEATHERS.get(setting.weather, ""),))])


def _cast(shot: Shot) -> list[str]:
    seen = {one.id: one for one in shot.characters}
    return [_looks(seen[name]) for name in shot.beat.cast if name in seen]


def _looks(one: Character) -> str:
    if one.kind == "animal":
        kind = f"{SIZES_OF.get(one.size, '')}{_words(one.species or 'animal')}"
        return f"{one.name} is a {kind}" + (f", {one.description}" if one.description else "")
    if one.kind == "robot":
        return f"{one.name} is a robot" + (f", {one.description}" if one.description else "")
    look = one.look
    who = {"neutral": "person"}.get(look.gender, look.gender)
    age = "" if look.age == "adult" else f"{look.age} "
    parts = [f"{one.name} is {'an' if age[:1] in set('aeiou') else 'a'} {age}{who}"]
    parts += [look.build] * (look.build != "average") + [look.height] * (look.height != "average")
    hair = " ".join(filter(None, (colour_word(look.hair_colour), _words(look.hair_style))))
    parts += [f"{hair} hair"] * bool(hair)
    parts += [f"a {look.facial_hair}"] * (look.facial_hair != "none")
    worn = [" ".join(filter(None, (colour_word(g.colour), _words(g.kind)))) for g in look.garments]
    parts += [f"wearing {', '.join(worn)}"] * bool(worn)
    # Many are described as no more than what they are.
    told = one.description.casefold().strip(" .")
    return ", ".join([*parts, *([one.description] * (told not in {"", who, f"a {who}"}))])


def _things(shot: Shot) -> list[str]:
    props = {one.id: one for one in shot.props}
    named = [_thing(props[name]) for name in shot.beat.props if name in props]
    return [f"In the picture: {', '.join(named)}"] if named else []


def _thing(prop: Prop) -> str:
    count = f"{prop.count} × " if prop.count > 1 else ""
    words = (colour_word(prop.colour), _words(prop.material), _words(prop.kind))
    return count + SIZES_OF.get(prop.size, "") + " ".join(filter(None, words))


def _actions(shot: Shot) -> list[str]:
    names = {one.id: one.name for one in shot.characters}
    names |= {one.id: f"the {_words(one.kind)}" for one in shot.props}

    def told(action: Action) -> str:
        target = names.get(action.target, "")
        manner = f" ({_words(action.manner)})" if action.manner else ""
        verb = f"{names.get(action.character, action.character)}: {_words(action.verb)}"
        return f"{verb}{' ' + target if target else ''}{manner}"

    return [f"Action: {'; '.join(told(one) for one in shot.beat.actions)}"] * bool(
        shot.beat.actions
    )


def _lines(shot: Shot, *, speaks: bool) -> list[str]:
    names = {one.id: one.name for one in shot.characters}

    def told(speech: Speech) -> str:
        who = names.get(speech.character, "A narrator off screen")
        if not speaks:
            return f"{who} is talking" if speech.character in names else ""
        return f'{who} says in the language "{speech.language}": "{speech.text}"'

    return [told(one) for one in shot.speeches]
