"""Changing a film in words: "make her coat blue", "replace the dog with a cat", "把时间改成夜晚".

The request is taken apart into commands. Each is either of a known form (replace, remove, make …
…, a line for another line) or a plain statement, which is read as said about the film: what it
says of people, things, place, light, style and camera is then what changes. Beats, shots and people
that no command touches stay as they are, to the letter, so that their takes can be used again.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from msgspec import structs

from matinee.film import Screenplay
from matinee.film.screenplay import (
    CHARACTERS_MAX,
    NOTES_MAX,
    PROPS_MAX,
    Action,
    Beat,
    Character,
    Garment,
    Line,
    Mood,
    Note,
    Prop,
    Setting,
)

from . import amending, words
from . import forms_of_change as forms
from .choice import Choice
from .composition import compose
from .draft import Figure, Moment
from .memory import Reminded, read_on
from .story import Story

if TYPE_CHECKING:
    from matinee.engine import Repertoire

PROMPT_CHARACTERS_MAX = 32_000
OWNERS = (("her ", "woman"), ("his ", "man"), ("她", "woman"), ("他", "man"))


@dataclass(frozen=True)
class _Target:
    """What a command is about: an id of the film, and the garment when it is one that is worn."""

    kind: Literal["film", "place", "character", "prop", "garment", "hair", "nothing"]
    id: str = ""
    garment: str = ""


_NOTHING = _Target("nothing")


class _Refused(Exception):
    """A command that is understood and cannot be carried out."""


def revise(play: Screenplay, request: str, *, repertoire: "Repertoire", seed: int) -> Screenplay:
    """Return the screenplay with what `request` asks for changed, and notes on what was."""
    with words.played_by(repertoire):
        desk = _Desk(play, request, repertoire, seed)
        for command in forms.commands(request) or (request,):
            desk.obey(command)
        return desk.finished()


def extend(
    play: Screenplay,
    request: str,
    *,
    repertoire: "Repertoire",
    seed: int,
    duration_ms: int | None,
) -> Screenplay:
    """Return the screenplay going on as `request` says; its present beats stay as they are."""
    with words.played_by(repertoire):
        desk = _Desk(play, request, repertoire, seed)
        desk.go_on(request, duration_ms)
        return desk.finished()


class _Desk:
    """A screenplay on the desk, while commands are carried out on it."""

    def __init__(self, play: Screenplay, request: str, repertoire: "Repertoire", seed: int) -> None:
        self._play = structs.replace(play, notes=())
        self._request = request
        self._repertoire = repertoire
        self._seed = seed
        self._notes: list[Note] = []

    def finished(self) -> Screenplay:
        """Return the screenplay as it now is."""
        told = f"{self._play.prompt}\n\n{self._request}"[-PROMPT_CHARACTERS_MAX:]
        return structs.replace(self._play, prompt=told, notes=tuple(self._notes[:NOTES_MAX]))

    # --- commands ------------------------------------------------------------------------------

    def obey(self, command: str) -> None:
        """Carry out one command, and note what became of it."""
        rest, scope = self._scope(command)
        before = self._play
        try:
            meaning = self._changed(rest, scope)
        except _Refused as refused:
            self._note("left_out", command, "", str(refused))
            return
        parts = tuple(part for part in forms.AND.split(command) if part)
        if self._play != before:
            self._note("understood", command, meaning or "changed")
        elif len(parts) > 1:
            for part in parts:
                self.obey(part)
        else:
            self._note("left_out", command, "", "nothing in the film answers to this")

    def _changed(self, command: str, scope: range) -> str:  # noqa: PLR0911 - one way out a form
        for old, new in forms.found(forms.LINE_FOR_LINE, command):
            return self._line_for_line(old, new)
        for new, old in forms.found(forms.INSTEAD, command):
            return self._replace(old, new)
        for old, new in forms.found(forms.REPLACE, command):
            meaning = self._replace(old, new)
            if meaning:
                return meaning
        for (what,) in forms.found(forms.REMOVE, command):
            return self._remove(what)
        for (what,) in forms.found(forms.ADD, command):
            there = what if forms.says(what) else _sentence(what, self._play.language)
            meaning = self._state(there, scope)
            return meaning or self._state(what, scope)
        for parts in forms.found(forms.MAKE, command):
            meaning = self._make(*(parts if len(parts) > 1 else _parted(parts[0])))
            if meaning:
                return meaning
        for whom, what in forms.found(forms.GIVE, command):
            who = {"her": "She", "him": "He"}.get(whom.lower(), whom)
            return self._state(f"{who} wears {what}.", scope) or self._state(command, scope)
        return self._state(forms.SET.sub("", command), scope)

    def _scope(self, command: str) -> tuple[str, range]:
        """Return the command without the shot it names, and the beats that it is about."""
        count = len(self._play.beats)
        for pattern in forms.SCOPES:
            found = pattern.search(command)
            if found is None:
                continue
            word = found[1].lower()
            number = int(word) if word.isdigit() else forms.ORDINALS.get(word, 0)
            index = count - 1 if number < 0 else number - 1
            if 0 <= index < count:
                rest = (command[: found.start()] + " " + command[found.end() :]).strip(" ,，:：")
                return rest, range(index, index + 1)
        return command, range(count)

    def _note(
        self,
        status: Literal["understood", "left_out"],
        phrase: str,
        meaning: str,
        reason: str = "",
    ) -> None:
        self._notes.append(Note(status, phrase[:2000], meaning[:2000], reason))

    # --- what is meant -------------------------------------------------------------------------

    def _target(self, phrase: str) -> _Target:
        """Return what of the film a phrase means."""
        bare = forms.ARTICLE.sub("", phrase.strip(), count=1).strip().lower()
        if phrase.strip().lower() in forms.WHOLE or bare in forms.WHOLE:
            return _Target("film")
        last = bare.split()[-1] if bare.split() else bare
        if last in forms.HAIR or bare.endswith(tuple(forms.HAIR - {"hair"})):
            owner = self._owner(phrase) or (self._play.characters[:1] or (None,))[0]
            return _Target("hair", owner.id) if owner else _NOTHING
        if worn := self._worn(bare, phrase):
            return worn
        return self._there(phrase) or self._alike(phrase)

    def _there(self, phrase: str) -> _Target | None:
        """Return whom or what of the film the readers take a phrase for."""
        reminded = read_on(self._play, _sentence(phrase, self._play.language))
        for moment in reminded.story.moments:
            for name in moment.cast:
                if name in reminded.figures:
                    return _Target("character", name)
            for name in moment.things:
                if name in reminded.things:
                    return _Target("prop", name)
        return None

    def _alike(self, phrase: str) -> _Target:
        """Return what of the film is of the kind that a phrase names, or the place it names."""
        reminded = read_on(self._play, _sentence(phrase, self._play.language))
        kinds = {reminded.story.things[name].kind for name in reminded.new_things}
        species = {reminded.story.figures[name].species for name in reminded.new_figures} - {""}
        for prop in self._play.props:
            if prop.kind in kinds:
                return _Target("prop", prop.id)
        for one in self._play.characters:
            if one.species in species:
                return _Target("character", one.id)
        place = self._place(phrase)
        if place and any(setting.place == place for setting in self._play.settings):
            return _Target("place", place)
        return _NOTHING

    def _place(self, phrase: str) -> str:
        return read_on(self._play, phrase).story.places[0].concept

    def _owner(self, phrase: str) -> Character | None:
        """Return whose something is: of "her coat" the woman, of "Tom's hat" Tom."""
        said = phrase.strip().lower()
        gender = next(
            (
                gender
                for begins, gender in OWNERS
                if said.startswith(begins)
            ),
            "",
        )  # fmt: skip
        if gender:
            return next((c for c in self._play.characters if c.look.gender == gender), None)
        owned = re.match(r"(.+?)(?:'s|’s|的)\s*", phrase)
        if owned:
            target = self._target(owned[1])
            return next((c for c in self._play.characters if c.id == target.id), None)
        return None

    def _worn(self, bare: str, phrase: str) -> _Target | None:
        lexicon, tokens = (
            (words.english(), bare.split()) if bare.isascii() else (words.chinese(), list(bare))
        )
        for index in range(len(tokens)):
            for match in lexicon.matches(tokens, index):
                sense = match.of("garment")
                if sense is None or index + match.length < len(tokens):
                    continue
                owner = self._owner(phrase)
                wearers = [owner] if owner else list(self._play.characters)
                for one in wearers:
                    kinds = [garment.kind for garment in one.look.garments]
                    kind = (
                        sense.concept
                        if sense.concept in kinds
                        else forms.like(sense.concept, kinds)
                    )
                    if kind:
                        return _Target("garment", one.id, kind)
                return _Target("garment", owner.id, sense.concept) if owner else None
        return None

    # --- changes -------------------------------------------------------------------------------

    def _line_for_line(self, old: str, new: str) -> str:
        wanted = forms.plain(old)

        def said(line: Line) -> Line:
            return structs.replace(line, text=new) if wanted in forms.plain(line.text) else line

        self._each_beat(
            lambda beat: structs.replace(beat, lines=tuple(map(said, beat.lines))),
            range(len(self._play.beats)),
        )
        return f"says: {new}"

    def _replace(self, old: str, new: str) -> str:
        target = self._target(old)
        if target.kind in {"film", "nothing"}:
            place = self._place(new)
            return self._move_to(place, "") if place and target.kind == "film" else ""
        if target.kind == "place":
            place = self._place(new)
            return self._move_to(place, target.id) if place else ""
        if target.kind in {"garment", "hair"}:
            return self._make(old, new)
        made = self._cast_anew(new)
        if made is None:
            return ""
        if isinstance(made, Character):
            if target.kind != "character":
                raise _Refused("a thing cannot be replaced by somebody; remove it and add them")
            self._character(target.id, lambda _: structs.replace(made, id=target.id, voice=""))
            return f"{target.id}: {made.name}"
        if target.kind != "prop":
            raise _Refused("somebody cannot be replaced by a thing; remove them and add it")
        self._prop(
            target.id,
            lambda prop: structs.replace(
                prop,
                kind=made.kind,
                colour=made.colour,
                material=made.material,
                size=made.size,
                description=made.description,
            ),
        )
        return f"{target.id}: {made.kind}"

    def _cast_anew(self, phrase: str) -> Character | Prop | None:
        """Make the somebody or something that a phrase describes, knowing nothing of the film."""
        bare = self._empty()
        made = self._composed(read_on(bare, _sentence(phrase, self._play.language)))
        if made.characters:
            return made.characters[0]
        return made.props[0] if made.props else None

    def _remove(self, phrase: str) -> str:
        bare = forms.ARTICLE.sub("", phrase.strip(), count=1).strip().lower()
        every = range(len(self._play.beats))
        if bare in forms.MUSIC:
            self._play = structs.replace(
                self._play, music=structs.replace(self._play.music, present=False)
            )
            return "without music"
        if bare in forms.TALK:
            self._each_beat(lambda beat: structs.replace(beat, lines=()), every)
            return "without dialogue"
        first = read_on(self._play, phrase).story.places[0]
        if first.weather and first.weather != "clear":
            self._each_setting(lambda setting: structs.replace(setting, weather="clear"))
            return "clear weather"
        target = self._target(phrase)
        if target.kind == "garment":
            self._look(
                target.id,
                lambda character: [
                    garment for garment in character.look.garments if garment.kind != target.garment
                ],
            )
            return f"{target.id} without {target.garment}"
        if target.kind in {"character", "prop"}:
            self._play = amending.without(self._play, target.id)
            return f"without {target.id}"
        return ""

    def _make(self, what: str, how: str) -> str:
        """Give something of the film a quality."""
        target = self._target(what)
        if target.kind in {"film", "place"} or what.strip().lower() in forms.EVERYBODY:
            every = range(len(self._play.beats))
            return self._state(how, every) or self._be_in_mood(how, every)
        if target.kind == "garment":
            return self._dress(target, how)
        if target.kind == "hair":
            return self._comb(target, how)
        if target.kind == "nothing":
            return ""
        bare = forms.ARTICLE.sub("", what.strip(), count=1).strip()
        adjective = how.strip().removesuffix("的")
        if target.kind == "prop":
            read = self._described(adjective, bare)
            if read.things:
                first = next(iter(read.things.values()))
                self._prop(target.id, lambda prop: amending.repainted(prop, first))
        else:
            self._character(target.id, lambda one: self._made(one, adjective, bare))
        return f"{target.id}: {adjective}"

    def _described(self, adjective: str, noun: str) -> Story:
        """Read "a tiny red car" as if nothing were there yet."""
        chinese = not adjective.isascii()
        phrase = f"{adjective}的{noun}" if chinese else f"a {adjective} {noun}"
        return read_on(self._empty(), _sentence(phrase, self._play.language)).story

    def _made(self, one: Character, adjective: str, noun: str) -> Character:
        """Return somebody with a quality, which may be one that people have by themselves."""
        chinese = not adjective.isascii()
        people = {"woman": "女人", "man": "男人"} if chinese else {"woman": "woman", "man": "man"}
        noun = people.get(one.look.gender, noun) if one.kind == "person" else noun
        figure = next(iter(self._described(adjective, noun).figures.values()), None)
        if figure is None:
            return one
        made = amending.redescribed(one, figure, Figure("", "", "", 0))
        lexicon = words.chinese() if chinese else words.english()
        tokens = list(adjective) if chinese else adjective.lower().split()
        said = {
            sense.kind
            for index in range(len(tokens))
            for match in lexicon.matches(tokens, index)
            for sense in match.senses
        }
        plain = {name: getattr(figure, name) for name in ("age", "build", "height") if name in said}
        if figure.mood != "neutral":
            self._feel(one.id, figure.mood)
        return structs.replace(made, look=structs.replace(made.look, **plain))

    def _be_in_mood(self, how: str, scope: range) -> str:
        """Give the film the mood of an adjective, also of a comparative: "sadder"."""
        word = how.strip().lower().removeprefix("more ").removeprefix("less ")
        stems = (word, re.sub(r"(?:(.)\1)?i?er$", r"\1", word), re.sub(r"ier$", "y", word))
        for stem in stems:
            for match in words.english().matches([stem], 0) if stem.isascii() and stem else ():
                sense = match.of("mood")
                if sense is not None and sense.concept in get_args(Mood):
                    return self._set_mood(cast("Mood", sense.concept), scope)
        return ""

    def _set_mood(self, mood: Mood, scope: range) -> str:
        shown = {self._play.beats[index].setting for index in scope}
        self._each_setting(lambda one: structs.replace(one, mood=mood) if one.id in shown else one)
        self._each_beat(lambda beat: structs.replace(beat, mood=mood), scope)
        music = structs.replace(self._play.music, mood=mood)
        self._play = structs.replace(self._play, music=music)
        return f"mood: {mood}"

    def _feel(self, name: str, mood: Mood) -> None:
        self._each_beat(
            lambda beat: structs.replace(beat, mood=mood) if name in beat.cast else beat,
            range(len(self._play.beats)),
        )

    def _empty(self) -> Screenplay:
        """Return the film without anybody or anything in it."""
        first = self._play.beats[0]
        bare = (Beat(first.id, first.setting, ""),)
        return structs.replace(self._play, characters=(), props=(), beats=bare)

    def _dress(self, target: _Target, how: str) -> str:
        chinese = not how.isascii()
        noun = target.garment.replace("_", " ")
        named = self._garments(f"女人穿着{how}。" if chinese else f"A woman wears {how}.")
        if not named or named[-1].kind == target.garment:
            phrase = f"{how.removesuffix('的')}的衣服" if chinese else f"a {how} {noun}"
            coloured = self._garments(
                f"女人穿着{phrase}。" if chinese else f"A woman wears {phrase}."
            )
            colour = coloured[-1].colour if coloured else ""
            named = [Garment(target.garment, colour)] if colour else []
        if not named:
            return ""
        new = named[-1]

        def dressed(character: Character) -> list[Garment]:
            worn = list(character.look.garments)
            if all(garment.kind != target.garment for garment in worn):
                return [*worn, new]
            return [new if garment.kind == target.garment else garment for garment in worn]

        self._look(target.id, dressed)
        return f"{target.id}: {new.kind} {new.colour}".strip()

    def _garments(self, sentence: str) -> list[Garment]:
        bare = self._empty()
        figures = read_on(bare, sentence).story.figures.values()
        worn = next((figure.garments for figure in figures), [])
        return [Garment(kind, words.colours().get(colour, colour)) for kind, colour in worn]

    def _comb(self, target: _Target, how: str) -> str:
        how = how.strip().removesuffix("的").replace(" and ", " ")
        sentence = (
            f"女人有{how}的头发。" if not how.isascii() else f"A woman with {how} hair stands."
        )
        bare = self._empty()
        figure = next(iter(read_on(bare, sentence).story.figures.values()), None)
        if figure is None or not (figure.hair_style or figure.hair_colour):
            return ""
        colour = words.colours().get(figure.hair_colour, figure.hair_colour)
        self._character(
            target.id,
            lambda one: structs.replace(
                one,
                look=structs.replace(
                    one.look,
                    hair_style=figure.hair_style or one.look.hair_style,
                    hair_colour=colour or one.look.hair_colour,
                ),
            ),
        )
        return f"{target.id}: {how}"

    def _move_to(self, place: str, old: str) -> str:
        self._each_setting(
            lambda setting: (
                structs.replace(setting, place=place, description="")
                if not old or setting.place == old
                else setting
            )
        )
        return f"place: {place}"

    # --- statements ----------------------------------------------------------------------------

    def _state(self, text: str, scope: range) -> str:
        """Change what a plain statement says otherwise than the film."""
        if forms.GOES_ON.search(text) and len(scope) == len(self._play.beats):
            before = self._play
            self.go_on(text, None)
            if self._play != before:
                return "a new ending"
        reminded = read_on(self._play, text)
        meanings = [
            *self._scenery(reminded, scope),
            *self._people(reminded),
            *self._additions(reminded, scope),
            *self._doings(reminded, scope),
        ]
        return ", ".join(meanings)

    def _scenery(self, reminded: Reminded, scope: range) -> list[str]:
        story = reminded.story
        first, meanings = story.places[0], list[str]()
        changes: dict[str, object] = {}
        if first.concept:
            changes |= {"place": first.concept, "description": ""}
        if first.time:
            changes["time_of_day"] = first.time
        if first.weather:
            changes["weather"] = first.weather
        mood = story.mood or next((m.mood for m in story.moments if m.mood), None)
        if mood and not story.moments[0].deeds:
            meanings.append(self._set_mood(mood, scope))
        if changes:
            shown = {self._play.beats[index].setting for index in scope}
            self._each_setting(
                lambda setting: (
                    structs.replace(setting, **changes) if setting.id in shown else setting
                )
            )
            meanings += [f"{name}: {value}" for name, value in changes.items() if value]
        if story.style:
            self._play = structs.replace(self._play, style=story.style)
            meanings.append(f"style: {story.style}")
        if story.pace:
            pace = story.pace
            self._each_beat(
                lambda beat: structs.replace(beat, camera=structs.replace(beat.camera, pace=pace)),
                scope,
            )
            meanings.append(f"pace: {pace}")
        return meanings + self._cameras(story.moments, scope)

    def _cameras(self, moments: Sequence[Moment], scope: range) -> list[str]:
        meanings = []
        for moment in moments:
            asked = {
                name: value
                for name, value in (
                    ("size", moment.size),
                    ("move", moment.move),
                    ("angle", moment.angle),
                    ("pace", moment.pace),
                    ("subject", moment.subject),
                )
                if value
            }
            if asked:
                self._each_beat(
                    lambda beat, asked=asked: structs.replace(  # type: ignore[misc]
                        beat, camera=structs.replace(beat.camera, **asked)
                    ),
                    scope,
                )
                meanings += [f"camera: {value}".replace("_", " ") for value in asked.values()]
        return meanings

    def _people(self, reminded: Reminded) -> list[str]:
        """Take over what was said of people and things that are there."""
        meanings = []
        for name, old in reminded.figures.items():
            new = reminded.story.figures.get(name)
            if new is not None and new != old:
                before = self._play
                self._character(
                    name,
                    lambda one, new=new, old=old: amending.redescribed(one, new, old),  # type: ignore[misc]
                )
                if self._play != before:
                    meanings.append(name)
        for name, was in reminded.things.items():
            now = reminded.story.things.get(name)
            if now is not None and now != was:
                before = self._play
                self._prop(name, lambda prop, now=now: amending.repainted(prop, now))  # type: ignore[misc]
                if self._play != before:
                    meanings.append(name)
        return meanings

    def _additions(self, reminded: Reminded, scope: range) -> list[str]:
        """Bring in whom and what the film did not have."""
        if not (reminded.new_figures or reminded.new_things):
            return []
        made = self._composed(reminded)
        people = [one for one in made.characters if one.id in reminded.new_figures]
        people = people[: CHARACTERS_MAX - len(self._play.characters)]
        known = {one.id for one in (*self._play.characters, *people)}
        known |= {prop.id for prop in self._play.props}
        first = self._play.beats[scope.start].setting
        things: list[Prop] = [
            structs.replace(prop, setting=first, anchor=prop.anchor if prop.anchor in known else "")
            for prop in made.props
            if prop.id in reminded.new_things
        ][: PROPS_MAX - len(self._play.props)]
        self._play = structs.replace(
            self._play,
            characters=(*self._play.characters, *people),
            props=(*self._play.props, *things),
        )
        cast, props = tuple(one.id for one in people), tuple(one.id for one in things)
        stand = tuple(
            one
            for beat in made.beats
            for one in beat.standpoints
            if one.character in cast and one.anchor in known
        )
        self._each_beat(
            lambda beat: structs.replace(
                beat,
                cast=(*beat.cast, *cast)[:CHARACTERS_MAX],
                props=(*beat.props, *props)[:PROPS_MAX] if beat.setting == first else beat.props,
                standpoints=(*beat.standpoints, *stand)[:CHARACTERS_MAX],
            ),
            scope,
        )
        return [*cast, *props]

    def _doings(self, reminded: Reminded, scope: range) -> list[str]:
        """Let people do and say what they are told to, in the beats of the scope."""
        deeds = [d for m in reminded.story.moments for d in m.deeds if d.verb != "say"]
        sayings = [s for m in reminded.story.moments for s in m.sayings]
        if not (deeds or sayings):
            return []
        made = self._composed(reminded)
        everybody = {one.id for one in self._play.characters}
        known = everybody | {prop.id for prop in self._play.props}
        told: dict[str, list[Action]] = {}
        for action in (action for beat in made.beats for action in beat.actions):
            own = action.character in {deed.figure for deed in deeds}
            if own and action.character in known and (not action.target or action.target in known):
                told.setdefault(action.character, []).append(action)
        for name, actions in told.items():
            once = tuple(dict.fromkeys(actions))

            def does(beat: Beat, name: str = name, once: tuple[Action, ...] = once) -> Beat:
                if name not in (*beat.cast, *beat.props):
                    return beat
                own = [k for k, action in enumerate(beat.actions) if action.character == name]
                at = own[0] if own else len(beat.actions)
                earlier = tuple(a for a in beat.actions[:at] if a.character != name)
                later = tuple(a for a in beat.actions[at:] if a.character != name)
                return structs.replace(beat, actions=(*earlier, *once, *later)[:24])

            self._each_beat(does, scope)
        for line in (line for beat in made.beats for line in beat.lines):
            if line.character in everybody and any(s.text == line.text for s in sayings):
                self._say(line, scope)
        return [f"{name}: {action.verb}" for name, done in told.items() for action in done[:1]] + [
            f"{saying.figure} says: {saying.text}" for saying in sayings
        ]

    def _say(self, line: Line, scope: range) -> None:
        """Put a line where its speaker spoke first, or into the last beat they are seen in."""
        beats = list(self._play.beats)
        speaking = [
            index
            for index in scope
            if any(x.character == line.character for x in beats[index].lines)
        ]
        seen = [index for index in scope if line.character in beats[index].cast]
        if speaking:
            at = speaking[0]
            own = next(x for x in beats[at].lines if x.character == line.character)
            lines = tuple(line if x is own else x for x in beats[at].lines)
        elif seen:
            at = seen[-1]
            lines = (*beats[at].lines, line)[:8]
        else:
            return
        beats[at] = structs.replace(beats[at], lines=lines)
        self._play = structs.replace(self._play, beats=tuple(beats))

    # --- going on ------------------------------------------------------------------------------

    def go_on(self, text: str, duration_ms: int | None) -> None:
        """Add beats that tell `text`, with the people and things that are there."""
        last = self._play.setting(self._play.beats[-1].setting)
        reminded = read_on(self._play, text, setting=last)
        made = self._composed(reminded, duration_ms)
        taken = {setting.id for setting in self._play.settings}
        names = {made.settings[0].id: last.id} if made.settings[0].place == last.place else {}
        settings = []
        for setting in made.settings:
            if setting.id not in names:
                names[setting.id] = amending.free(setting.id, taken)
                taken.add(names[setting.id])
                settings.append(structs.replace(setting, id=names[setting.id]))
        if made.settings[0].id in names and not settings:
            first = made.settings[0]
            asked = (first.time_of_day, first.weather)
            if asked != (last.time_of_day, last.weather):
                own = amending.free(last.id, taken)
                later = structs.replace(last, id=own, time_of_day=asked[0], weather=asked[1])
                names = dict.fromkeys(names, later.id)
                settings.append(later)
        beat_ids = {beat.id for beat in self._play.beats}
        beats = []
        for beat in made.beats:
            number = len(beat_ids) + 1
            while (own := f"b{number}") in beat_ids:
                number += 1
            beat_ids.add(own)
            beats.append(structs.replace(beat, id=own, setting=names.get(beat.setting, last.id)))
        people = tuple(c for c in made.characters if c.id in reminded.new_figures)
        props = tuple(
            structs.replace(prop, setting=names.get(prop.setting, last.id))
            for prop in made.props
            if prop.id in reminded.new_things
        )
        self._play = structs.replace(
            self._play,
            settings=(*self._play.settings, *settings)[:16],
            characters=(*self._play.characters, *people)[:CHARACTERS_MAX],
            props=(*self._play.props, *props)[:PROPS_MAX],
            beats=(*self._play.beats, *beats)[:64],
        )
        self._notes += made.notes

    # --- parts of the screenplay -----------------------------------------------------------------

    def _composed(self, reminded: Reminded, duration_ms: int | None = None) -> Screenplay:
        choice = Choice(reminded.story.text, self._play.language, self._seed)
        return compose(reminded.story, self._repertoire, choice, duration_ms=duration_ms)

    def _each_beat(self, change: Callable[[Beat], Beat], scope: Iterable[int]) -> None:
        inside = set(scope)
        beats = tuple(
            change(beat) if index in inside else beat for index, beat in enumerate(self._play.beats)
        )
        self._play = structs.replace(self._play, beats=beats)

    def _each_setting(self, change: Callable[[Setting], Setting]) -> None:
        self._play = structs.replace(self._play, settings=tuple(map(change, self._play.settings)))

    def _character(self, name: str, change: Callable[[Character], Character]) -> None:
        self._play = structs.replace(
            self._play,
            characters=tuple(
                change(one) if one.id == name else one for one in self._play.characters
            ),
        )

    def _look(self, name: str, dressed: Callable[[Character], list[Garment]]) -> None:
        self._character(
            name,
            lambda one: structs.replace(
                one, look=structs.replace(one.look, garments=tuple(dressed(one))[:12])
            ),
        )

    def _prop(self, name: str, change: Callable[[Prop], Prop]) -> None:
        self._play = structs.replace(
            self._play,
            props=tuple(change(one) if one.id == name else one for one in self._play.props),
        )


def _parted(text: str) -> tuple[str, str]:
    """Part "her coat dark blue" into what it is about and what it shall be: at the last noun."""
    tokens = text.split()
    lowered = [token.lower() for token in tokens]
    for index in range(len(tokens)):
        for match in words.english().matches(lowered, index):
            noun = match.of("garment", "prop", "role", "animal", "place")
            end = index + match.length
            if (noun or lowered[end - 1] in forms.WHOLE | forms.HAIR) and end < len(tokens):
                return " ".join(tokens[:end]), " ".join(tokens[end:]).removeprefix("to be ")
    if len(tokens) > 1 and lowered[0] in {"it", "this", "everything", "him", "her", "them"}:
        return tokens[0], " ".join(tokens[1:])
    cut = 2 if len(tokens) > 2 and lowered[0] in {"the", "his", "her", "their", "its"} else 1  # noqa: PLR2004 - a noun after its article
    return " ".join(tokens[:cut]), " ".join(tokens[cut:]) or tokens[-1]


def _sentence(phrase: str, language: str) -> str:
    """Put a noun phrase into a sentence that says nothing more than that it is there."""
    phrase = phrase.strip()
    if language == "zh" or not phrase.isascii():
        return f"{phrase}在那里。"
    known = re.match(r"(?:the|an?|his|her|its|their|two|three|\d+)\s", phrase, re.IGNORECASE)
    return f"There is {phrase}." if known else f"There is the {phrase}."
