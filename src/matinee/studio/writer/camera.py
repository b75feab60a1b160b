"""How each beat is seen. Explicit wishes win; then the grammar of film; then the seed.

A film opens wide and closes wide, goes near when somebody feels or speaks, follows who walks, and
takes a conversation from over the shoulder and in close-ups by turns, so that the two always look
across the same line (the 180-degree rule is kept by the engine; here only sizes alternate).
"""

from matinee.film.screenplay import Camera, CameraAngle, CameraMove, ShotSize

from . import words
from .choice import Choice
from .plans import Plan

GOING = frozenset({"walk", "run", "sneak", "crawl", "swim"})
GREAT = frozenset(
    [
        *("cheer", "dance", "fight", "jump", "throw", "fall"),
        *("raise", "swing", "kick", "exercise", "swim", "salute"),
    ]
)
# What needs the whole body to be read: it is seen full or wide.
BODILY = GREAT | GOING | frozenset({"sit", "push", "hug", "bow", "kneel", "catch", "sleep"})
SMALL = frozenset(
    [
        *("read", "type", "drink", "eat", "hold", "pick_up"),
        *("think", "write", "phone", "cry", "look"),
    ]
)
HEROIC = frozenset({"epic", "angry"})
GESTURES = frozenset(
    [
        *("point", "wave", "give", "present", "shake_hands"),
        *("cook", "clap", "pray", "shrug", "pick_up"),
    ]
)
UNEASY = frozenset({"afraid", "angry", "surprised"})
FEELING = frozenset({"tender", "sad", "mysterious", "serious", "surprised", "afraid"})

Seen = tuple[ShotSize, CameraMove, CameraAngle]
OPENINGS: tuple[Seen, ...] = (
    ("extreme_wide", "crane_down", "high"),
    ("wide", "push_in", "eye"),
    ("extreme_wide", "pan_right", "eye"),
    ("wide", "crane_up", "low"),
)
INDOOR_OPENINGS: tuple[Seen, ...] = (
    ("wide", "push_in", "eye"),
    ("wide", "pan_right", "eye"),
    ("full", "push_in", "eye"),
    ("wide", "static", "high"),
)
CLOSINGS: tuple[Seen, ...] = (
    ("wide", "pull_out", "eye"),
    ("extreme_wide", "crane_up", "high"),
    ("full", "pull_out", "eye"),
)
INDOOR_CLOSINGS: tuple[Seen, ...] = (
    ("wide", "pull_out", "eye"),
    ("medium", "pull_out", "eye"),
    ("full", "orbit", "eye"),
)
VIEWS_WITHOUT_PEOPLE: tuple[Seen, ...] = (
    ("extreme_wide", "pan_right", "eye"),
    ("wide", "push_in", "low"),
    ("extreme_wide", "crane_up", "high"),
    ("wide", "pan_left", "eye"),
    ("wide", "tracking", "eye"),
)
VIEWS_OF_A_THING: tuple[Seen, ...] = (
    ("medium", "push_in", "eye"),
    ("close_up", "orbit", "eye"),
    ("extreme_close_up", "push_in", "high"),
    ("close_up", "pan_right", "low"),
)
# With several, the picture has to hold more than one of them.
VIEWS_OF_THINGS: tuple[Seen, ...] = (
    ("medium", "push_in", "eye"),
    ("medium", "orbit", "eye"),
    ("full", "push_in", "high"),
    ("medium", "truck_right", "eye"),
)
INDOOR_PLACES = frozenset([
    "kitchen", "livestream_studio", "office", "classroom", "cafe", "living_room", "bedroom",
    "castle_hall", "spaceship", "library", "bathroom", "dining_room", "nursery", "hotel_room",
    "laundry", "attic", "cellar", "garage", "restaurant", "bar", "bakery", "tavern", "tea_house",
    "supermarket", "clothing_shop", "bookshop", "toy_shop", "barber_shop", "hospital_room",
    "hospital_corridor", "operating_room", "laboratory", "theatre", "cinema", "museum", "church",
    "courtroom", "throne_room", "ballroom", "hotel_lobby", "casino", "nightclub", "airport",
    "subway_station", "train_carriage", "bus", "aeroplane_cabin", "elevator", "conference_room",
    "server_room", "factory", "warehouse", "prison_cell", "police_station", "newsroom",
    "recording_studio", "art_studio", "gym", "swimming_pool", "boxing_ring", "bowling_alley",
    "dojo", "sauna", "barn", "greenhouse", "tent", "igloo", "cave", "mine", "aquarium", "hallway",
    "bank",
])  # fmt: skip


# How near a size is: neighbours differ by at least one.
NEARNESS: dict[ShotSize, int] = {
    "extreme_wide": 0, "wide": 1, "full": 2, "medium": 3, "over_shoulder": 3, "close_up": 4,
    "extreme_close_up": 5,
}  # fmt: skip
VIEW_CAMERAS: dict[str, Seen] = {
    "passing": ("full", "pan_right", "eye"),
    "near": ("close_up", "static", "eye"),
    "afar": ("extreme_wide", "static", "high"),
    "below": ("full", "static", "low"),
    "beside": ("medium", "tracking", "eye"),
}


def cameras(plans: list[Plan], places: list[str], choice: Choice) -> list[Camera]:
    """Return the cameras of all beats.

    What the prompt asks for stands. Otherwise the first beat in a place shows the place, what needs
    the body shows the body, and no beat has the size of its neighbour.
    """
    found: list[Camera] = []
    visited: set[int] = set()
    for index, plan in enumerate(plans):
        camera = seen(plans, index, places[plan.setting], choice)
        asked = plan.size is not None or plan.move in {"crane_up", "crane_down"}
        following = plans[index + 1].size if index + 1 < len(plans) else None
        if not asked:
            allowed = _allowed(plan, first=plan.setting not in visited, index=index)
            taken = {NEARNESS[camera.size] for camera in found[-1:]}
            if following is not None:
                taken.add(NEARNESS[following])
            size = _fitting(camera.size, allowed, taken)
            if size != camera.size:
                camera = Camera(
                    size=size,
                    move=plan.move or _move_for(camera.move, size),
                    angle=camera.angle,
                    subject=camera.subject,
                )
        found.append(camera)
        visited.add(plan.setting)
    return found


def _allowed(  # noqa: C901, PLR0911 - a grammar has as many cases as its language
    plan: Plan, *, first: bool, index: int
) -> tuple[ShotSize, ...]:
    """Return the sizes that the grammar of film lets a beat have, the likeliest first."""
    if not plan.cast:
        if plan.subject and plan.part == "establishing":
            return ("full", "wide", "medium")
        few = len(plan.things) > 1
        near: tuple[ShotSize, ...] = (
            ("medium", "full", "close_up") if few else ("medium", "close_up", "extreme_close_up")
        )
        return near if plan.subject else ("wide", "full")
    if first or plan.part == "establishing":
        return ("wide", "full", "extreme_wide") if not plan.sayings else ("full", "wide")
    if plan.view in VIEW_CAMERAS:
        return (VIEW_CAMERAS[plan.view][0], "full", "wide", "medium")
    if plan.part == "reaction":
        return ("close_up", "extreme_close_up")
    if plan.part == "closing":
        return ("wide", "full", "extreme_wide")
    actions = {words.verbs()[deed.verb].action for deed in plan.deeds}
    if plan.sayings and index:
        if actions & (GREAT | GOING):
            return ("full", "medium", "wide")
        if len(plan.cast) == 2:  # noqa: PLR2004 - two who talk are seen over the shoulder or near
            return ("over_shoulder", "close_up")
        return ("close_up", "medium")
    if actions & BODILY:
        return ("full", "wide")
    if actions & GESTURES:
        return ("medium", "full", "wide")
    return ("medium", "close_up", "full")


def _fitting(size: ShotSize, allowed: tuple[ShotSize, ...], taken: set[int]) -> ShotSize:
    if size in allowed and NEARNESS[size] not in taken:
        return size
    free = [one for one in allowed if NEARNESS[one] not in taken]
    if not free:
        free = [one for one in NEARNESS if NEARNESS[one] not in taken]
        free.sort(key=lambda one: abs(NEARNESS[one] - NEARNESS[allowed[0]]))
    return free[0]


def _move_for(move: CameraMove, size: ShotSize) -> CameraMove:
    near = size in {"close_up", "extreme_close_up", "over_shoulder"}
    far = move in {"crane_up", "crane_down", "pan_left", "pan_right", "orbit", "pull_out"}
    return "static" if near and far else move


def seen(plans: list[Plan], index: int, place: str, choice: Choice) -> Camera:
    """Return the camera of the beat number `index`."""
    plan = plans[index]
    size, move, angle = _grammar(plans, index, place, choice)
    if plan.size is not None:
        size = plan.size
        # A wish for a size is a wish for the picture: it is not walked away from unasked.
        move = move if move in {"static", "push_in", "tracking"} else "static"
        angle = "eye"
    if plan.move is not None:
        move = plan.move
        if plan.size is None:
            size = _size_for(plan.move, size)
    if plan.angle is not None:
        angle = plan.angle
    return Camera(size=size, move=move, angle=angle, subject=_subject(plan))


def _subject(plan: Plan) -> str:
    if plan.subject:
        return plan.subject
    if plan.sayings and plan.sayings[0].figure:
        return plan.sayings[0].figure
    if plan.deeds and plan.part != "establishing":
        return plan.deeds[0].figure
    return plan.cast[0] if plan.cast else ""


def _size_for(move: CameraMove, size: ShotSize) -> ShotSize:
    if move in {"crane_up", "crane_down"}:
        return "extreme_wide" if size in {"extreme_wide", "wide"} else "wide"
    if move in {"tracking", "orbit"} and size in {"close_up", "extreme_close_up", "over_shoulder"}:
        return "medium"
    return size


def _grammar(plans: list[Plan], index: int, place: str, choice: Choice) -> Seen:  # noqa: PLR0911 - a grammar has as many cases as its language
    plan = plans[index]
    indoor = place in INDOOR_PLACES
    if not plan.cast and plan.subject and plan.part != "establishing":
        views = VIEWS_OF_A_THING if len(plan.things) < 2 else VIEWS_OF_THINGS  # noqa: PLR2004 - several
        return choice.of(f"thing {index}", views)
    if not plan.cast and plan.subject:
        return (
            "full",
            choice.of("opening of things", ("push_in", "crane_down", "truck_right")),
            "eye",
        )
    if not plan.cast:
        return choice.of(f"view {index}", VIEWS_WITHOUT_PEOPLE)
    if plan.view in VIEW_CAMERAS:
        return VIEW_CAMERAS[plan.view]
    if plan.part == "establishing" or (index == 0 and plan.part == "action" and len(plans) > 2):  # noqa: PLR2004 - a small count, said by the words beside it
        return choice.of("opening", INDOOR_OPENINGS if indoor else OPENINGS)
    if plan.part == "closing":
        return choice.of("closing", INDOOR_CLOSINGS if indoor else CLOSINGS)
    if plan.part == "reaction":
        size: ShotSize = "extreme_close_up" if plan.mood == "afraid" else "close_up"
        if any(words.verbs()[deed.verb].action in GOING for deed in plan.deeds):
            return size, "tracking", "eye"
        return size, "push_in" if plan.mood in FEELING else "static", "eye"
    if plan.sayings:
        return _conversation(plans, index, choice)
    return _action(plans, index, choice)


def _conversation(plans: list[Plan], index: int, choice: Choice) -> Seen:
    plan = plans[index]
    people = {saying.figure for one in plans for saying in one.sayings} & set(plan.cast)
    if len(plan.cast) < 2 or not people:  # noqa: PLR2004 - a small count, said by the words beside it
        size: ShotSize = choice.of(f"alone {index}", ("medium", "close_up", "medium"))
        if index and plans[index - 1].sayings:
            size = "close_up" if index % 2 else "medium"
        return size, "push_in" if plan.mood in FEELING else "static", "eye"
    if len(plan.sayings) > 2:  # noqa: PLR2004 - a small count, said by the words beside it
        return "medium", "static", "eye"
    before = 0
    while before < index and plans[index - 1 - before].sayings:
        before += 1
    if before == 0:
        return (
            choice.of("first line", ("over_shoulder", "over_shoulder", "medium")),
            "static",
            "eye",
        )
    if plan.mood in UNEASY:
        return "close_up", choice.of(f"heated {index}", ("handheld", "push_in", "static")), "eye"
    if before >= 2:  # noqa: PLR2004 - nearer as the exchange goes on
        return "close_up", choice.of(f"near {index}", ("push_in", "static")), "eye"
    return choice.of(f"answer {index}", ("over_shoulder", "medium")), "static", "eye"


def _action(plans: list[Plan], index: int, choice: Choice) -> Seen:
    plan = plans[index]
    actions = {words.verbs()[deed.verb].action for deed in plan.deeds}
    angle: CameraAngle = "low" if plan.mood in HEROIC else "eye"
    previous = plans[index - 1] if index else None
    if actions & GOING:
        size: ShotSize = choice.of(f"going {index}", ("full", "medium", "wide"))
        return size, "tracking", angle
    if "fight" in actions:
        return "full", choice.of(f"fight {index}", ("handheld", "orbit")), angle
    if actions & GREAT:
        return (
            choice.of(f"great {index}", ("full", "wide", "medium")),
            choice.of(f"great move {index}", ("orbit", "static", "handheld", "push_in")),
            angle,
        )
    if actions & SMALL:
        return choice.of(f"small {index}", ("medium", "close_up", "medium")), "push_in", "eye"
    size = choice.of(f"action {index}", ("medium", "full", "medium"))
    if previous is not None and previous.size is None and previous.part == "action":
        size = "close_up" if index % 2 else "medium"
    move: CameraMove = choice.of(f"action move {index}", ("push_in", "static", "orbit", "static"))
    return size, move, angle
