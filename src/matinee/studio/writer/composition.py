"""From a story to a screenplay: beats, cameras, lines, titles and notes."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import structs

from matinee.film.screenplay import (
    Action,
    Beat,
    Camera,
    Line,
    Mood,
    Music,
    Note,
    Position,
    Prop,
    Screenplay,
    SoundCue,
    Standpoint,
)

from . import words
from .beat_texts import text_at, told
from .camera import cameras
from .casting import Casting, Nearest, cast
from .choice import Choice
from .deeds import do_what_they_are
from .dialogue import sayings_for
from .display import Display
from .draft import Deed, Moment
from .likely import likely_place
from .plans import Plan, fill_up, inherited, is_empty, merge_down, plans_of, together
from .story import Story
from .titles import title_of

if TYPE_CHECKING:
    from matinee.engine import Repertoire

BEAT_MS, BEAT_MS_MIN = 3_300, 2_400
BEATS_WANTED, BEATS_LONG = 3, 12
BEATS_SHOWN_MAX = 60
# The last picture stays a moment longer than what happens in it.
HOLD_MS = 700
LINE_LEAD_MS, WORD_MS, HAN_MS = 900, 340, 230
NOTES_MAX = 200
# What is carried at one's side, on one's back or above one's head, and not held up to be seen.
AT_THE_SIDE = frozenset(
    {"umbrella", "backpack", "bag", "suitcase", "sword", "spear", "shield", "flag", "torch"}
    | {"lantern", "balloon", "kite", "fishing_rod", "broom", "shovel", "rake", "axe", "surfboard"}
    | {"guitar", "violin", "trumpet", "flute", "saxophone", "drum", "microphone", "skateboard"}
)
# How lines are said, as the voices name it.
VOICE_MANNERS = {
    "whispering": "whisper", "murmuring": "whisper", "muttering": "mutter", "mumbling": "mutter",
    "softly": "mutter", "quietly": "mutter", "shouting": "shout", "yelling": "shout",
    "screaming": "shout", "raging": "shout", "scolding": "shout", "loudly": "shout",
    "commanding": "proclaim", "announcing": "proclaim", "lecturing": "proclaim",
    "crying": "sob", "sobbing": "sob", "weeping": "sob", "begging": "sob", "tearfully": "sob",
    "trembling": "tremble", "panicking": "tremble", "nervously": "tremble", "afraid": "tremble",
    "laughing": "laugh", "joking": "laugh", "teasing": "laugh", "chuckling": "laugh",
    "giggling": "laugh", "whispers": "whisper", "shouts": "shout", "laughs": "laugh",
    "quiet": "mutter", "low": "mutter", "under_his_breath": "mutter", "loud": "shout",
    "under_her_breath": "mutter", "angrily": "shout", "angry": "shout", "in_tears": "sob",
    "笑": "laugh", "笑着": "laugh", "大笑": "laugh", "低声": "whisper", "小声": "whisper",
    "轻声": "whisper", "大声": "shout", "喊": "shout", "怒": "shout", "哭": "sob", "哭着": "sob",
    "哽咽": "sob", "颤抖": "tremble",
}  # fmt: skip
# How a moment ends on a face, by its mood.
PAY_OFFS: dict[Mood, tuple[str, ...]] = {
    "neutral": ("smile", "nod", "look_around", "stand"), "happy": ("smile", "laugh", "grin"),
    "sad": ("sigh", "cry", "stand"), "angry": ("frown", "rage"), "afraid": ("tremble", "panic"),
    "surprised": ("look_around", "smile", "shrug"), "calm": ("smile", "sigh", "nod"),
    "excited": ("cheer", "laugh", "grin"), "tender": ("smile", "blush"),
    "serious": ("nod", "stare", "frown"), "mysterious": ("look_around", "wonder"),
    "epic": ("nod", "stare", "stand"), "playful": ("laugh", "wink", "grin"),
}  # fmt: skip
TEMPOS: dict[Mood, int] = {
    "neutral": 96, "happy": 118, "sad": 66, "angry": 132, "afraid": 84, "surprised": 108,
    "calm": 72, "excited": 136, "tender": 76, "serious": 88, "mysterious": 70, "epic": 112,
    "playful": 124,
}  # fmt: skip


def compose(
    story: Story, repertoire: "Repertoire", choice: Choice, *, duration_ms: int | None
) -> Screenplay:
    """Make a screenplay of a story that the engine with this repertoire can play."""
    display = Display(story.language)
    do_what_they_are(story)
    nearest = Nearest(repertoire)
    _settle_places(story, choice)
    casting = cast(story, nearest, choice, display)
    wanted_ms = duration_ms or story.duration_ms or None
    plans = _plans(story, casting, choice, wanted_ms)
    kept = _without_missing(plans, casting)
    beats = _beats(kept, story, casting, nearest, choice, wanted_ms)
    mood = _mood(story, kept)
    shown = {beat.setting for beat in beats} | {prop.setting for prop in casting.props}
    casting.settings = [one for one in casting.settings if one.id in shown]
    return Screenplay(
        title=title_of(story, casting, choice, display),
        prompt=story.text,
        language=story.language,
        settings=tuple(casting.settings),
        beats=beats,
        characters=tuple(casting.characters),
        props=tuple(casting.props),
        style=story.style,
        music=_music(story, mood),
        notes=_notes(story, casting),
    )


# --- places --------------------------------------------------------------------------------------


def _settle_places(story: Story, choice: Choice) -> None:
    """Give every setting a place; a film whose prompt names none gets the likeliest."""
    first = story.places[0]
    if not first.concept:
        story.place_is_guessed = True
        first.concept = likely_place(story, choice)
        phrase_end = min(len(story.text), _first_phrase_end(story.text))
        story.note(
            "approximated",
            0,
            phrase_end,
            Display(story.language).place(first.concept),
            "no place is named; this one fits what happens",
        )
    for before, place in zip(story.places, story.places[1:], strict=False):
        place.concept = place.concept or before.concept
        place.time = place.time or before.time
        place.weather = place.weather or before.weather


def _first_phrase_end(text: str) -> int:
    ends = [found for mark in ".!?\n,;，。！？；" if (found := text.find(mark)) > 0]
    end = min([*ends, 60])
    if end == 60 and " " in text[20:60]:  # noqa: PLR2004 - a small count, said by the words beside it
        end = text.rfind(" ", 20, 60)
    return end


# --- beats ---------------------------------------------------------------------------------------


def _plans(story: Story, casting: Casting, choice: Choice, wanted_ms: int | None) -> list[Plan]:
    moments = [moment for moment in story.moments if not is_empty(moment)]
    if not moments:
        moments = [Moment(0, len(story.text), 0)]
    _invent_lines(story, moments, choice, wanted_ms)
    plans: list[Plan] = []
    for moment in moments:
        text = moment.text or text_at(story.text, moment.start, moment.end)
        plans += plans_of(moment, text or casting.settings[moment.setting].description)
    plans = together(inherited(plans))
    establishing = casting.settings[plans[0].setting].description
    closing = casting.settings[plans[-1].setting].description
    explicit = any(plan.explicit for plan in plans)
    if wanted_ms is None:
        plans = fill_up(plans, BEATS_WANTED, establishing, closing)
        most = BEATS_LONG
    else:
        shots = max(1, round(wanted_ms / BEAT_MS))
        shots = shots if shots <= 6 else max(6, wanted_ms // 6_000)  # noqa: PLR2004 - a small count, said by the words beside it
        plans = fill_up(plans, shots, establishing, closing)
        most = max(shots, wanted_ms // BEAT_MS_MIN, 1)
    plans = [_paid_off(plan, story, choice) for plan in plans]
    plans = merge_down(plans, BEATS_SHOWN_MAX if explicit else min(most, BEATS_SHOWN_MAX))
    plans = told(plans, story, Display(story.language), [one.place for one in casting.settings])
    for plan in plans[BEATS_SHOWN_MAX:]:
        end = plan.start + 80
        reason = f"a screenplay holds {BEATS_SHOWN_MAX} beats of this kind at most"
        story.note("left_out", plan.start, end, "", reason)
    return plans[:BEATS_SHOWN_MAX]


def _paid_off(plan: Plan, story: Story, choice: Choice) -> Plan:
    """Let a closing look at somebody show what it meant to them, not only that they are there."""
    figure = story.figures.get(plan.subject)
    person = figure is not None and figure.kind == "person" and plan.view == "reaction"
    if not person or any(
        deed.verb != "stand" for deed in plan.deeds if deed.figure == plan.subject
    ):
        return plan
    verb = choice.of(f"pay-off {plan.start}", PAY_OFFS.get(plan.mood, PAY_OFFS["neutral"]))
    others = [deed for deed in plan.deeds if deed.figure != plan.subject]
    plan.deeds = [*others, Deed(plan.subject, verb, start=plan.start, end=plan.start)]
    return plan


def _invent_lines(
    story: Story, moments: list[Moment], choice: Choice, wanted_ms: int | None
) -> None:
    """Let people talk where the prompt lets them; never where it wants silence."""
    if not story.speech_allowed:
        for moment in moments:
            moment.sayings = []
        return
    # Whoever writes a line has written the dialogue: the others say what stands there, or nothing.
    if any(moment.sayings for moment in moments):
        return
    room = 4 if wanted_ms is None else max(1, wanted_ms // 2_900)
    for moment in moments:
        said = 0
        for talk in moment.talks[:2]:
            if said or room <= 0:
                break
            if all(story.figures[one].kind == "animal" for one in talk.speakers):
                continue
            turns = sayings_for(talk, story, choice, turns_max=min(room, 4))
            moment.sayings += turns
            for one in turns:
                if one.figure not in moment.cast:
                    moment.cast.append(one.figure)
            room -= len(turns)
            said += len(turns)


def _without_missing(plans: list[Plan], casting: Casting) -> list[Plan]:
    for plan in plans:
        for deed in plan.deeds:
            if deed.target in casting.missing_props:
                deed.target = ""
        plan.events = [one for one in plan.events if one.figure not in casting.missing_props]
        if plan.subject in casting.missing_props:
            plan.subject = ""
    return plans


def _beats(  # noqa: PLR0917 - each is what its name says
    plans: list[Plan],
    story: Story,
    casting: Casting,
    nearest: Nearest,
    choice: Choice,
    wanted_ms: int | None,
) -> tuple[Beat, ...]:
    times = _durations(plans, wanted_ms)
    views = cameras(plans, [one.place for one in casting.settings], choice)
    beats = []
    for index, plan in enumerate(plans):
        setting = casting.settings[plan.setting]
        members = _cast_of(plan)
        beats.append(
            Beat(
                id=f"b{index + 1}",
                setting=setting.id,
                text=plan.text[:2000],
                cast=tuple(members),
                actions=_actions(plan, members, nearest, in_hand(casting.props)),
                lines=tuple(
                    Line(
                        character=saying.figure or "narrator",
                        text=saying.text,
                        language=saying.language,
                        mood=_line_mood(saying.mood, plan.mood),
                        manner=voice_manner(saying.manner),
                    )
                    for saying in plan.sayings
                ),
                props=_props_of(plan, casting.props, setting.id, members),
                camera=_paced(views[index], plan, story),
                standpoints=_standpoints(plan, members, casting, setting.id),
                sounds=_sounds(plan, nearest),
                mood=plan.mood if plan.mood != "neutral" else (story.mood or "neutral"),
                duration_ms=times[index],
                title=plan.title,
            )
        )
    return tuple(beats)


def _paced(camera: Camera, plan: Plan, story: Story) -> Camera:
    """Let a beat run as fast as is asked; whoever speaks is never slowed down unasked."""
    pace = plan.pace or (story.pace if not plan.sayings else None)
    return structs.replace(camera, pace=pace) if pace else camera


def _standpoints(
    plan: Plan, members: list[str], casting: Casting, setting: str
) -> tuple[Standpoint, ...]:
    """Return where the people of a beat are, as far as what they are beside is there too."""
    here = {prop.id for prop in casting.props if prop.setting == setting} | set(members)
    kept = []
    for one in plan.standpoints:
        if one.character in members and one.anchor in here - {one.character}:
            other = one.other_anchor if one.other_anchor in here else ""
            kept.append(structs.replace(one, other_anchor=other))
    return tuple(kept[:12])


def voice_manner(manner: str) -> str:
    """Return the manner that voices know for how a line is said, or empty."""
    return VOICE_MANNERS.get(manner, manner if manner in VOICE_MANNERS.values() else "")


def _line_mood(own: Mood, plan: Mood) -> Mood:
    return own if own != "neutral" else plan


def _cast_of(plan: Plan) -> list[str]:
    members = list(plan.cast)
    members += [deed.figure for deed in plan.deeds]
    members += [saying.figure for saying in plan.sayings if saying.figure]
    return list(dict.fromkeys(members))[:12]


def in_hand(props: Iterable[Prop]) -> dict[str, str]:
    """Return what everybody holds who would show it, were they asked to do nothing else."""
    return {
        prop.anchor: prop.id
        for prop in props
        if prop.relation == "held_by" and prop.kind not in AT_THE_SIDE
    }


def _actions(
    plan: Plan, members: list[str], nearest: Nearest, held: Mapping[str, str]
) -> tuple[Action, ...]:
    """Say what everybody does: the deeds in their order, speakers talk, the others attend."""
    actions: list[Action] = []
    counts: dict[str, int] = {}
    for deed in plan.deeds:
        counts[deed.figure] = counts.get(deed.figure, 0) + 1
    done: dict[str, int] = {}
    for deed in plan.deeds:
        action = _action(deed, counts[deed.figure], done.get(deed.figure, 0), nearest)
        done[deed.figure] = done.get(deed.figure, 0) + 1
        if action is not None:
            actions.append(_held_up(action, held, nearest))
    speakers = [saying.figure for saying in plan.sayings if saying.figure]
    for speaker in dict.fromkeys(speakers):
        if speaker not in counts:
            target = next((one for one in members if one != speaker), "")
            talk = nearest.of("action", "talk")
            if talk:
                actions.append(Action(character=speaker, verb=talk, target=target))
    busy = {action.character for action in actions}
    focus = speakers[0] if speakers else (actions[0].character if actions else "")
    for member in members:
        if member not in busy:
            verb = nearest.of("action", "listen" if speakers else "stand")
            if verb:
                target = focus if focus != member else ""
                idle = Action(character=member, verb=verb, target=target)
                actions.append(_held_up(idle, held, nearest))
    events = [Action(character=one.figure, verb=one.verb) for one in plan.events[:8]]
    return (*actions[: 24 - len(events)], *events)


def _held_up(action: Action, held: Mapping[str, str], nearest: Nearest) -> Action:
    """Let whoever only stands there with something in hand hold it so that it is seen."""
    thing, hold = held.get(action.character, ""), nearest.of("action", "hold")
    if action.verb != "stand" or action.manner or not thing or hold != "hold":
        return action
    return structs.replace(action, verb=hold, target=thing)


def _action(deed: Deed, count: int, number: int, nearest: Nearest) -> Action | None:
    verb = words.verbs()[deed.verb]
    known = nearest.of("action", verb.action)
    if not known:
        return None
    position: Position = "whole"
    if count > 1:
        position = "start" if number == 0 else ("end" if number == count - 1 else "middle")
    manner = deed.manner or verb.manner
    manner = "".join(one for one in manner if one.isascii() and (one.isalnum() or one == "_"))
    return Action(
        character=deed.figure,
        verb=known,
        target=deed.target,
        manner=manner if manner[:1].isalpha() else "",
        position=position,
    )


def _props_of(plan: Plan, props: list[Prop], setting: str, members: list[str]) -> tuple[str, ...]:
    """Return what stands in the setting or is carried by somebody in the beat."""
    targets = {deed.target for deed in plan.deeds}
    return tuple(
        prop.id
        for prop in props
        if prop.setting == setting
        or (prop.relation == "held_by" and prop.anchor in members)
        or prop.id in targets
    )[:40]


def _sounds(plan: Plan, nearest: Nearest) -> tuple[SoundCue, ...]:
    cues: list[SoundCue] = []
    for name in dict.fromkeys(plan.sounds):
        known = nearest.of("effect", name)
        if known:
            cues.append(SoundCue(known, "start" if not cues else "middle"))
    return tuple(cues[:12])


def _durations(plans: list[Plan], wanted_ms: int | None) -> list[int]:
    """Return how long each beat should be; they add up to the wanted length when there is one."""
    natural = [_natural_ms(plan) for plan in plans]
    if not plans[-1].duration_ms:
        natural[-1] += HOLD_MS
    if wanted_ms is None:
        return natural
    total = sum(natural)
    shares = [wanted_ms * part // total for part in natural]
    shares[-1] += wanted_ms - sum(shares)
    return shares


def _natural_ms(plan: Plan) -> int:
    if plan.duration_ms:
        return plan.duration_ms
    spoken = sum(reading_ms(saying.text) for saying in plan.sayings)
    base = {"establishing": 3_400, "closing": 3_200, "reaction": 2_400, "line": 1_200}
    deeds = len({deed.start for deed in plan.deeds})
    acted = base.get(plan.part, 3_000) + (600 * max(0, deeds - 1))
    return min(max(acted, spoken + (0 if plan.part == "line" else 600)), 60_000)


def reading_ms(line: str) -> int:
    """Return about how long a line takes to say, in milliseconds."""
    han = sum("\u3040" <= one <= "\u9fff" or "\uac00" <= one <= "\ud7af" for one in line)
    return LINE_LEAD_MS + HAN_MS * han + WORD_MS * len(line.split()) * (han == 0)


# --- the whole film ------------------------------------------------------------------------------


def _mood(story: Story, plans: list[Plan]) -> Mood:
    if story.mood is not None:
        return story.mood
    moods: list[Mood] = [plan.mood for plan in plans if plan.mood != "neutral"]
    return max(moods, key=lambda mood: (moods.count(mood), -moods.index(mood))) if moods else "calm"


def _music(story: Story, mood: Mood) -> Music:
    if not story.music_present:
        return Music(present=False)
    wanted = story.music_mood or mood
    return Music(mood=wanted, tempo_bpm=TEMPOS[wanted])


def _notes(story: Story, casting: Casting) -> tuple[Note, ...]:
    """Put the notes in the order of the prompt, each phrase and meaning once."""
    found = [
        (remark.start, Note(remark.status, remark.phrase, remark.meaning, remark.reason))
        for remark in story.remarks
    ]
    found += casting.notes
    rank = {"left_out": 0, "approximated": 1, "understood": 2}
    if len(found) > NOTES_MAX:
        found = sorted(found, key=lambda one: (rank[one[1].status], one[0]))[:NOTES_MAX]
    kept: dict[tuple[str, str, str], tuple[int, Note]] = {}
    for start, note in found:
        kept.setdefault((note.status, note.phrase.lower(), note.meaning), (start, note))
    return tuple(note for _, note in sorted(kept.values(), key=lambda one: one[0]))[:NOTES_MAX]
