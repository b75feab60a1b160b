"""The examiner that looks at recorded clips, with MediaPipe's networks and Whisper, all local.

It has no network by which faces or voices of two clips could be told apart, so those vectors are
empty; that it is the same face from the beginning of a clip to its end is looked at, and told as a
splice. Signs of a filmed screen are hints: they never reach what refuses a clip.
"""

from pathlib import Path

from matinee.engine import recordings
from matinee.film.looks import Looks
from matinee.likeness.errors import ClipTooHeavy, ClipTooLong, ClipUnreadable
from matinee.likeness.model import Findings, Fingerprint, Portrait, Turn

_NOBODY = Portrait(cutout=b"", face=b"", voice=b"")


class ClipExaminer:
    """Watches a clip, listens to it, and cuts out who is in it when they did what was asked."""

    name = "clips"
    face_distance_max = 1.0
    voice_distance_max = 1.0

    def examine(self, clip: Path, *, digits: str, turns: tuple[Turn, ...]) -> Findings:
        """Return what is in a clip; the same clip gives the same findings.

        Raises ClipUnreadable, ClipTooLong or ClipTooHeavy for what cannot be looked at, and
        NetworkMissing where the networks are not installed.
        """
        recordings.require_hearing()
        try:
            watched = recordings.watch(clip)
            sound = recordings.sound_of(clip)
        except recordings.RecordingTooLong as error:
            raise ClipTooLong(error.duration_ms, error.most_ms) from error
        except recordings.RecordingTooHeavy as error:
            raise ClipTooHeavy(error.pixels, error.most) from error
        except recordings.RecordingUnusable as error:
            raise ClipUnreadable(str(error.details["reason"])) from error
        # Whoever is not alone, or not there, has to record anew whatever they said.
        alone = watched.face_count == 1
        heard = recordings.heard_digits(sound, asked=digits) if alone else ""
        replay = max(watched.signs.values())
        done = alone and heard == digits and watched.turns == turns
        # Nobody is cut out of a clip that will not do.
        reel = recordings.cut_reel(clip, watched.glances) if done else None
        portrait, looks = _NOBODY, Looks(kind="person")
        if reel is not None:
            portrait = Portrait(
                cutout=recordings.encoded(reel),
                face=reel.face,
                voice=recordings.kept_voice(sound),
            )
            looks = Looks(kind="person", hair=reel.hair, skin=reel.skin, top=reel.top)
        return Findings(
            duration_ms=round(watched.duration_s * 1000),
            face_count=watched.face_count,
            # Who never looks ahead cannot be cut out, and is asked to show their face.
            faceless_share=1.0 if done and reel is None else watched.faceless_share,
            digits=heard,
            turns=watched.turns,
            replay=replay,
            fingerprint=Fingerprint(
                pictures=watched.picture_hashes, sounds=recordings.sound_hashes(sound)
            ),
            portrait=portrait,
            looks=looks,
            voice_name=recordings.speech_in(sound).kind,
        )
