"""Editing by hand: changes of a screenplay as small operations, their differences, their union.

Pure. A path names a place in the document as JSON Pointer does (RFC 6901), with one addition: what
has an id is named by it, so `/beats/b2/lines/0/text` stays right when beats are reordered.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from matinee import film
from matinee.engine import Repertoire
from matinee.film import Screenplay
from matinee.film.screenplay import ROLL_MAX

from .errors import EditInvalid, PartUnknown

Json = Any
OPERATIONS_MAX = 500
PATH_CHARACTERS_MAX = 400
# The lists of a screenplay whose members have ids, and so are compared one by one.
NAMED = ("settings", "characters", "props", "beats")
# What says where a screenplay comes from, and not what is filmed.
ABOUT = frozenset({"schema", "prompt", "notes"})
ORDER = "order"

Path = Annotated[str, Meta(pattern=r"^(/[^/]+)+$", max_length=PATH_CHARACTERS_MAX)]


class SetPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="op", tag="set"):
    """Put `value` in a place; a path that ends in `-` appends to a list."""

    path: Path
    value: Json


class RemovePart(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="op", tag="remove"
):
    """Take away what is in a place: a beat, a line, a garment; a plain field falls back."""

    path: Path


class MoveBeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="op", tag="move"):
    """Move a beat before another one, or to the end."""

    beat: str
    before: str | None = None


class RollBeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="op", tag="roll"):
    """Ask for another take of a beat: of the number `roll`, or of the next one."""

    beat: str
    roll: Annotated[int, Meta(ge=0, le=ROLL_MAX)] | None = None


class TrimBeat(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="op", tag="trim"):
    """Give a beat a length; 0 lets the studio decide. No line is cut off by it."""

    beat: str
    duration_ms: Annotated[int, Meta(ge=0, le=120_000)]


Operation = SetPart | RemovePart | MoveBeat | RollBeat | TrimBeat


def edited(play: Screenplay, operations: Sequence[Operation]) -> Screenplay:
    """Return `play` with the operations carried out in order.

    Raises EditInvalid for a path that leads nowhere, and DocumentInvalid or ScreenplayInvalid for
    a result that is no screenplay; the message names the place.
    """
    tree = _tree(play)
    for number, operation in enumerate(operations):
        _carry_out(tree, operation, number)
    return _screenplay(tree)


def merge_patched(play: Screenplay, patch: Mapping[str, Json]) -> Screenplay:
    """Return `play` with a JSON Merge Patch (RFC 7396) applied; raises DocumentInvalid."""
    return _screenplay(_patched(_tree(play), patch))


def changed_parts(before: Screenplay, after: Screenplay) -> frozenset[str]:
    """Name the parts that differ: `beats/b2`, `characters/ann`, `style`, `order`."""
    old, new = _parts(before), _parts(after)
    parts = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    if _reordered(before, after):
        parts.add(ORDER)
    return frozenset(parts)


def clashes(base: Screenplay, theirs: Screenplay, mine: Screenplay) -> frozenset[str]:
    """Name the parts that two edits of `base` both changed, and not to the same."""
    both = changed_parts(base, theirs) & changed_parts(base, mine)
    return both & (changed_parts(theirs, mine) | ({ORDER} if _reordered(theirs, mine) else set()))


def united(base: Screenplay, theirs: Screenplay, mine: Screenplay) -> Screenplay:
    """Return both edits of `base` in one screenplay; they may not clash.

    Raises ScreenplayInvalid when one uses what the other took away.
    """
    changed = changed_parts(base, mine)
    tree, ours = _tree(theirs), _tree(mine)
    for name in sorted(changed - {ORDER}):
        kind, _, one = name.partition("/")
        if not one:
            tree[kind] = ours[kind]
            continue
        kept = [part for part in tree[kind] if part["id"] != one]
        put = next((part for part in ours[kind] if part["id"] == one), None)
        if put is not None:
            ids = [part["id"] for part in tree[kind]]
            kept.insert(ids.index(one) if one in ids else _place(one, ours[kind], kept), put)
        tree[kind] = kept
    if ORDER in changed:
        rank = {beat["id"]: index for index, beat in enumerate(ours["beats"])}
        ordered = sorted(
            (beat for beat in tree["beats"] if beat["id"] in rank),
            key=lambda beat: rank[beat["id"]],
        )
        for beat in tree["beats"]:
            if beat["id"] not in rank:
                ordered.insert(_place(beat["id"], tree["beats"], ordered), beat)
        tree["beats"] = ordered
    return _screenplay(tree)


def check_parts(play: Screenplay, repertoire: Repertoire, base: Screenplay | None = None) -> None:
    """Refuse what nobody here can play; raises PartUnknown with its path and what is near.

    What `base` has already was accepted with it.
    """
    accepted = {(kind, slug) for kind, slug, _ in _slugs(base)} if base is not None else set()
    known: dict[str, tuple[str, ...]] = {
        "place": repertoire.places,
        "prop": repertoire.props,
        "action": repertoire.actions,
        "garment": repertoire.garments,
        "hair style": repertoire.hair_styles,
        "effect": repertoire.effects,
        "voice": repertoire.voices,
        "species": repertoire.species,
        "style": repertoire.styles,
    }
    for kind, slug, path in _slugs(play):
        choices = known[kind]
        if slug and choices and slug not in choices and (kind, slug) not in accepted:
            near = difflib.get_close_matches(slug, choices, n=5, cutoff=0.5) or choices[:5]
            raise PartUnknown(kind, slug, path, tuple(near))


def _slugs(play: Screenplay) -> Iterator[tuple[str, str, str]]:
    """Yield what a screenplay asks a repertoire for: its kind, its slug and its path."""
    yield "style", play.style, "/style"
    for setting in play.settings:
        yield "place", setting.place, f"/settings/{setting.id}/place"
    for one in play.characters:
        where = f"/characters/{one.id}"
        yield "voice", one.voice, f"{where}/voice"
        yield "species", one.species, f"{where}/species"
        yield "hair style", one.look.hair_style, f"{where}/look/hair_style"
        for index, garment in enumerate(one.look.garments):
            yield "garment", garment.kind, f"{where}/look/garments/{index}/kind"
    for prop in play.props:
        yield "prop", prop.kind, f"/props/{prop.id}/kind"
    for beat in play.beats:
        for index, action in enumerate(beat.actions):
            yield "action", action.verb, f"/beats/{beat.id}/actions/{index}/verb"
        for index, cue in enumerate(beat.sounds):
            yield "effect", cue.name, f"/beats/{beat.id}/sounds/{index}/name"


def _carry_out(tree: Json, operation: Operation, number: int) -> None:
    match operation:
        case SetPart(path=path, value=value):
            _set(*_place_of(tree, path, number), value)
        case RemovePart(path=path):
            holder, key = _place_of(tree, path, number)
            if (isinstance(holder, dict) and key not in holder) or key == _length(holder):
                raise EditInvalid(number, path, "there is nothing to remove")
            del holder[key]
        case MoveBeat(beat=beat, before=before):
            beats = tree["beats"]
            moved = beats.pop(_index_of(beats, beat, f"/beats/{beat}", number))
            before_path = f"/beats/{before}"
            at = _index_of(beats, before, before_path, number) if before else len(beats)
            beats.insert(at, moved)
        case RollBeat(beat=beat, roll=roll):
            rolled = tree["beats"][_index_of(tree["beats"], beat, f"/beats/{beat}", number)]
            rolled["roll"] = (rolled["roll"] + 1) % (ROLL_MAX + 1) if roll is None else roll
        case TrimBeat(beat=beat, duration_ms=duration_ms):
            trimmed = tree["beats"][_index_of(tree["beats"], beat, f"/beats/{beat}", number)]
            trimmed["duration_ms"] = duration_ms


def _set(holder: Json, key: Any, value: Json) -> None:  # noqa: ANN401 - a name or an index
    if isinstance(holder, list) and key == len(holder):
        holder.append(value)
    else:
        holder[key] = value


def _place_of(tree: Json, path: str, number: int) -> tuple[Json, Any]:
    """Return the object or list that holds a place, and its key or index there."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in path.strip("/").split("/")]
    holder: Json = tree
    for depth, step in enumerate(steps):
        last = depth == len(steps) - 1
        key: Any = step
        if isinstance(holder, list):
            here = "/" + "/".join(steps[: depth + 1])
            key = len(holder) if last and step == "-" else _index_of(holder, step, here, number)
        elif not isinstance(holder, dict):
            raise EditInvalid(number, path, f"{steps[depth - 1]!r} has no parts")
        elif not last and step not in holder:
            raise EditInvalid(number, path, f"there is no {step!r}; it has {', '.join(holder)}")
        if last:
            return holder, key
        holder = holder[key]
    raise AssertionError(path)


def _index_of(members: list[Json], step: str, path: str, number: int) -> int:
    for index, member in enumerate(members):
        if isinstance(member, dict) and member.get("id") == step:
            return index
    if step.isascii() and step.isdigit() and int(step[:6]) < len(members):
        return int(step[:6])
    ids = [str(one["id"]) for one in members if isinstance(one, dict) and "id" in one]
    known = f"the ids are {', '.join(ids)}" if ids else f"the list has {len(members)}"
    raise EditInvalid(number, path, f"there is no {step!r}; {known}")


def _length(holder: Json) -> int | None:
    return len(holder) if isinstance(holder, list) else None


def _patched(target: Json, patch: Json) -> Json:
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = _patched(result.get(name), value)
    return result


def _tree(play: Screenplay) -> Json:
    return msgspec.json.decode(film.encode(play))


def _screenplay(tree: Json) -> Screenplay:
    return film.decode(msgspec.json.encode(tree), Screenplay)


def _parts(play: Screenplay) -> dict[str, Json]:
    parts: dict[str, Json] = {}
    for name, value in _tree(play).items():
        if name in NAMED:
            parts |= {f"{name}/{one['id']}": one for one in value}
        elif name not in ABOUT:
            parts[name] = value
    return parts


def _reordered(before: Screenplay, after: Screenplay) -> bool:
    """Whether beats that both have follow one another differently."""
    common = {beat.id for beat in before.beats} & {beat.id for beat in after.beats}
    return _ids(before, common.__contains__) != _ids(after, common.__contains__)


def _ids(play: Screenplay, wanted: Callable[[str], bool]) -> list[str]:
    return [beat.id for beat in play.beats if wanted(beat.id)]


def _place(one: str, among: Iterable[Json], kept: Sequence[Json]) -> int:
    """Return where a part goes that is new: behind the one that it follows where it is from."""
    before = [part["id"] for part in among]
    ids = [part["id"] for part in kept]
    for name in reversed(before[: before.index(one)]):
        if name in ids:
            return ids.index(name) + 1
    return 0
