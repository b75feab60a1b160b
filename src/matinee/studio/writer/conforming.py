"""Making a screenplay from elsewhere fit an engine: references, names, notes.

A language model writes valid JSON and still names people it has not introduced, or places that no
engine has. `conform` works on the plain tree before it is decoded: what can be mended without a
guess at the meaning is mended, with a note; the rest is left for the decoder to refuse.
"""

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from matinee.film.screenplay import CHARACTERS_MAX, PROPS_MAX

from . import words
from .casting import Nearest
from .composition import voice_manner

Tree: TypeAlias = dict[str, Any]
NOTES_MAX = 200
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return a name as a slug: lower case, words joined by underscores; empty for none."""
    plain = _NOT_SLUG.sub("_", name.lower()).strip("_")[:64]
    return plain if plain[:1].isalpha() else (f"x_{plain}"[:64] if plain else "")


class _Notes(list[Tree]):
    """The notes of a screenplay, and the prompt's opening for those that quote nothing else."""

    def __init__(self, prompt: str) -> None:
        super().__init__()
        self.opening = prompt[:60].strip()


def conform(tree: Tree, *, prompt: str, language: str, nearest: Nearest) -> Tree:
    """Return the tree of a screenplay with its references mended and its names an engine's.

    The prompt and the language are the ones that were asked for, whatever the tree says. Notes
    that quote what the prompt does not say are dropped.
    """
    mended: Tree = {**tree, "schema": "matinee.screenplay/2", "prompt": prompt}
    mended["language"] = language
    notes = _Notes(prompt)
    notes += [
        note
        for note in _trees(tree, "notes")
        if isinstance(note.get("phrase"), str) and note["phrase"] and note["phrase"] in prompt
    ]
    mended["settings"] = _settings(tree, nearest, notes)
    mended["characters"] = _characters(tree, nearest, notes)
    people = {one.get("id") for one in mended["characters"]}
    places = {one.get("id") for one in mended["settings"]}
    first = mended["settings"][0]["id"] if mended["settings"] else ""
    mended["props"] = _props(tree, nearest, people, places, first, notes)
    things = {one.get("id") for one in mended["props"]}
    mended["beats"] = [
        _beat(beat, nearest, people, things, places, first, notes) for beat in _trees(tree, "beats")
    ]
    mended["notes"] = list(notes[:NOTES_MAX])
    return mended


def _trees(tree: Tree, key: str) -> list[Tree]:
    found = tree.get(key)
    if not isinstance(found, list):
        return []
    return [dict(one) for one in found if isinstance(one, dict)]


def _replaced(kind: str, name: object, nearest: Nearest, notes: _Notes, found: str = "") -> str:
    """Return the engine's nearest to `name`, with a note when it is another."""
    wanted = slug(name) if isinstance(name, str) else ""
    known = nearest.of(kind, _concept(kind, wanted)) if wanted else ""
    known = known or found
    if wanted and known != wanted:
        notes.append(
            {
                "status": "approximated" if known else "left_out",
                "phrase": notes.opening,
                "meaning": known.replace("_", " "),
                "reason": f"the writer named the {kind} {wanted!r}, which the engine does not have",
            }
        )
    return known


def _concept(kind: str, wanted: str) -> str:
    """Return what the writer's own lexicon calls a name: "mars_surface" is a desert."""
    if (kind, wanted) in words.nearest_concepts():
        return wanted
    senses = {"place": "place", "prop": "prop", "garment": "garment", "action": "verb"}
    senses |= {"effect": "sound", "species": "animal", "hair": "hair"}
    tokens = wanted.split("_")
    for at in range(len(tokens)):
        for match in words.english().matches(tokens, at):
            sense = match.of(senses[kind])
            if sense:
                return words.verbs()[sense.concept].action if kind == "action" else sense.concept
    return wanted


def _settings(tree: Tree, nearest: Nearest, notes: _Notes) -> list[Tree]:
    settings = _trees(tree, "settings")
    for setting in settings:
        setting["place"] = _replaced(
            "place", setting.get("place"), nearest, notes, nearest.of("place", "street")
        )
    return settings


def _characters(tree: Tree, nearest: Nearest, notes: _Notes) -> list[Tree]:
    characters = _trees(tree, "characters")[:CHARACTERS_MAX]
    for character in characters:
        if character.get("kind") == "animal" and nearest.knows_species:
            character["species"] = _replaced("species", character.get("species"), nearest, notes)
        look = character.get("look")
        if not isinstance(look, dict):
            continue
        worn = [
            {**garment, "kind": kind}
            for garment in _trees(look, "garments")
            if (kind := _replaced("garment", garment.get("kind"), nearest, notes))
        ]
        hair = _replaced("hair", look.get("hair_style"), nearest, notes)
        character["look"] = {**look, "garments": worn, "hair_style": hair}
    return characters


def _props(  # noqa: PLR0917 - each is what its name says
    tree: Tree,
    nearest: Nearest,
    people: Iterable[object],
    places: Iterable[object],
    first: str,
    notes: _Notes,
) -> list[Tree]:
    props = []
    for prop in _trees(tree, "props")[:PROPS_MAX]:
        kind = _replaced("prop", prop.get("kind"), nearest, notes)
        if kind:
            setting = prop.get("setting") if prop.get("setting") in places else first
            props.append({**prop, "kind": kind, "setting": setting})
    known = {*people, *(prop.get("id") for prop in props)}
    for prop in props:
        if prop.get("anchor") not in known - {prop.get("id")}:
            prop["anchor"], prop["relation"] = "", "free"
    return props


def _beat(  # noqa: PLR0917 - each is what its name says
    beat: Tree,
    nearest: Nearest,
    people: set[object],
    things: set[object],
    places: set[object],
    first: str,
    notes: _Notes,
) -> Tree:
    known = people | things
    cast = beat.get("cast")
    beat["cast"] = [one for one in cast if one in people] if isinstance(cast, list) else []
    beat["setting"] = beat.get("setting") if beat.get("setting") in places else first
    props = beat.get("props")
    beat["props"] = [one for one in props if one in things] if isinstance(props, list) else []
    actions = []
    for action in _trees(beat, "actions"):
        verb = _replaced(
            "action", action.get("verb"), nearest, notes, nearest.of("action", "stand")
        )
        if action.get("character") in people and verb:
            target = action.get("target") if action.get("target") in known else ""
            actions.append({**action, "verb": verb, "target": target})
    beat["actions"] = actions
    lines = _trees(beat, "lines")
    for line in lines:
        if line.get("character") not in people:
            line["character"] = "narrator"
        if isinstance(line.get("manner"), str):
            line["manner"] = voice_manner(slug(line["manner"]))
    beat["lines"] = lines
    beat["sounds"] = [
        {**cue, "name": name}
        for cue in _trees(beat, "sounds")
        if (name := _replaced("effect", cue.get("name"), nearest, notes))
    ]
    camera = beat.get("camera")
    if isinstance(camera, dict) and camera.get("subject") not in known:
        beat["camera"] = {**camera, "subject": ""}
    return beat
