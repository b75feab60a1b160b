"""What is said of the scene itself: light, weather, sound, mood, camera, style and music."""

from typing import cast

from matinee.film.screenplay import (
    CameraAngle,
    CameraMove,
    Mood,
    Pace,
    ShotSize,
    TimeOfDay,
    Weather,
)

from .deeds import THING_DEEDS
from .draft import Mention, Ref
from .story import Story
from .words import Sense

LENS_REASONS = {
    "shallow_focus": "the engine decides on the depth of field",
    "film_format": "size, rate and quality are chosen when the film is ordered",
}
STYLE_REASON = "the word is kept as the film's style; how far it is followed is up to the engine"
# How a picture can be made; the other styles say what kind of film it is.
LOOKS = frozenset(
    {
        *("clay", "paper_cut", "watercolour", "oil", "black_and_white"),
        *("cyberpunk", "cel", "pixel", "ukiyo_e", "blueprint"),
    }
)


class Scenery:
    """Takes senses of the scene into a story and says so in its notes."""

    def __init__(self, story: Story) -> None:
        """Write into `story`."""
        self.story = story

    def take(self, sense: Sense, start: int, end: int) -> None:
        """Take one sense of kind time, weather, sound, style, music or silence."""
        story = self.story
        match sense.kind:
            case "time":
                self._time(cast("TimeOfDay", sense.concept), start, end)
            case "weather":
                self._weather(cast("Weather", sense.concept), start, end, sense)
            case "sound":
                if sense.concept not in story.moment.sounds:
                    story.moment.sounds.append(sense.concept)
                story.claim("effect", sense.concept, start, end)
            case "style":
                self._style(sense, start, end)
            case "pace":
                self._pace(cast("Pace", sense.concept), start, end)
            case "music":
                self._music(sense.concept, start, end)
            case "silence":
                story.speech_allowed = False
                story.note("understood", start, end, "nobody speaks")
            case _:
                pass

    def _style(self, sense: Sense, start: int, end: int) -> None:
        """Take how the picture is made before what kind of film it is, and the first of each."""
        story, concept = self.story, sense.concept
        if concept in LOOKS:
            if story.style not in LOOKS:
                story.style = concept
            story.claim("style", concept, start, end, approximate=sense.approximate)
            return
        story.style = story.style or concept
        story.note("approximated", start, end, concept.replace("_", " "), STYLE_REASON)

    def _pace(self, pace: Pace, start: int, end: int) -> None:
        """Let the present shot run slow or fast; a wish that stands alone is for the whole film."""
        story = self.story
        moment = story.moment
        if moment.explicit:
            moment.pace = pace
        else:
            story.pace = story.pace or pace
        story.note("understood", start, end, f"pace: {pace.replace('_', ' ')}")

    def _time(self, time: TimeOfDay, start: int, end: int) -> None:
        place = self.story.place
        first_of_moment = self.story.moment.is_bare and len(self.story.moments) > 1
        if place.time is not None and place.time != time:
            if not first_of_moment or not self.story.has_room_for_a_place:
                self.story.note("left_out", start, end, "", "one shot has one time of day")
                return
            concept, approximate = place.concept, place.approximate
            place = self.story.next_place()
            place.concept, place.approximate = concept, approximate
        place.time = time
        self.story.note("understood", start, end, f"time of day: {time}")

    def _weather(self, weather: Weather, start: int, end: int, sense: Sense) -> None:
        place = self.story.place
        if place.weather is None or place.weather == "clear" or weather == "storm":
            place.weather = weather
        if sense.approximate:
            self.story.note(
                "approximated", start, end, f"weather: {weather}", "the nearest there is"
            )
        else:
            self.story.note("understood", start, end, f"weather: {weather}")

    def _music(self, concept: str, start: int, end: int) -> None:
        if concept == "none":
            self.story.music_present = False
            self.story.note("understood", start, end, "no music")
        else:
            self.story.music_mood = cast("Mood", concept)
            self.story.note("understood", start, end, f"music: {concept}")

    def mood(self, concept: str, start: int, end: int) -> None:
        """Give the film and the place a mood."""
        mood = cast("Mood", concept)
        self.story.mood = self.story.mood or mood
        self.story.place.mood = self.story.place.mood or mood
        self.story.note("understood", start, end, f"the mood is {concept}")

    def camera(self, sense: Sense, start: int, end: int) -> None:
        """Take a camera wish into the present moment."""
        moment = self.story.moment
        match sense.kind:
            case "camsize":
                moment.size = cast("ShotSize", sense.concept)
            case "cammove":
                moment.move = cast("CameraMove", sense.concept)
            case "camangle":
                moment.angle = cast("CameraAngle", sense.concept)
            case _:
                self.story.note("left_out", start, end, "", LENS_REASONS[sense.concept])
                return
        self.story.note("understood", start, end, f"camera: {sense.concept.replace('_', ' ')}")

    def place(self, mention: Mention) -> None:
        """Claim a place for the notes."""
        self.story.claim(
            "place", mention.concept, mention.start, mention.end, approximate=mention.approximate
        )

    def met(self, ref: Ref, mention: Mention) -> None:
        """Claim a person or a thing for the notes."""
        if not ref.ids or mention.kind == "pronoun":
            return
        self.story.claim(
            "prop" if ref.kind == "things" else "figure",
            ref.ids[0],
            mention.start,
            mention.end,
            approximate=mention.approximate,
            count=len(ref.ids),
        )

    def worn(self, mention: Mention) -> None:
        """Claim a garment for the notes."""
        self.story.claim(
            "garment", mention.concept, mention.start, mention.end, approximate=mention.approximate
        )

    def happened(self, verb: str, start: int, end: int, things: list[str]) -> None:
        """Note what a thing does by itself."""
        doing = THING_DEEDS.get(verb)
        if things and doing:
            self.story.note("understood", start, end, f"it happens: {doing.replace('_', ' ')}")

    def acted(self, verb: str, start: int, end: int) -> None:
        """Claim a verb for the notes."""
        self.story.claim("verb", verb, start, end)
