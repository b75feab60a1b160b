"""How well copies are found, and how fast: `python benchmarks/recognition.py [--quick]`.

References are short films of the stage and procedural footage; queries are copies of them, changed
in every way of `parts/copies.py`, and films that are nobody's copy, among them films of the same
places with other people. Plain vPDQ (PDQ of one frame a second, 31 bits) and Chromaprint (fpcalc)
are tried on the same files. A system finds a copy at precision 1 if it scores the copy higher than
it scores any wrong pair of the whole run. The last line printed is one JSON object:

- `queries`: copies and others together; `recall_at_p1`, `uap`: of all copies, by Matinee
- `vpdq_recall_at_p1`: of all copies with a picture; `chromaprint_recall_at_p1`: with a sound
- `false_automatic`, `automatic`: wrong claims without a person, and the share of copies claimed so
- `cpu_s_per_video_s`: making a fingerprint; `index_bytes_per_hour`: everything kept of a reference
- `query_ms_at_100_h`, `_1000_h`, `_10000_h`: looking 4 s of picture and sound up in the database
- `any_change_ms_at_100_h`: the same for a sound that is nobody's copy, tried at all changes
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt
import pdqhash

from matinee.kit import db, postgres
from matinee.rights import recognition
from matinee.rights.recognition import finding, seeds, store
from matinee.rights.recognition.making import slimmed_reference
from matinee.rights.recognition.shelf import Shelf

sys.path.append(str(Path(__file__).parent))
from parts import copies, originals
from parts.originals import Original

SECONDS = 6
VPDQ_BITS, VPDQ_QUALITY_MIN = 31, 50
AT = datetime(2026, 1, 1, tzinfo=UTC)
SAME_PLACES = ("beach-dog", "street-cat")
Ints = npt.NDArray[np.uint32]


@dataclass(eq=False)
class Seen:
    """One file as the three systems see it; what took Matinee how long."""

    ours: recognition.Fingerprint
    vpdq: list[npt.NDArray[np.uint8]]
    chroma: Ints
    cpu_s: float


@dataclass
class Tally:
    """Scores of one system: of copies by change, and of wrong pairs."""

    right: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[float] = field(default_factory=list)

    def found(self, change: str) -> float:
        """Recall at precision 1."""
        bar = max([0.0, *self.wrong])
        scores = self.right[change]
        return sum(score > bar for score in scores) / max(len(scores), 1)

    def recall(self) -> float:
        """Recall at precision 1 over all changes."""
        bar = max([0.0, *self.wrong])
        scores = [score for change in self.right.values() for score in change]
        return sum(score > bar for score in scores) / max(len(scores), 1)

    def uap(self) -> float:
        """Micro-average precision: all pairs ranked by one score."""
        scores = [(score, 1) for change in self.right.values() for score in change]
        total = len(scores)
        ranked = sorted(
            [one for one in scores if one[0] > 0]
            + [(score, 0) for score in self.wrong if score > 0],
            key=lambda one: (-one[0], one[1]),
        )
        hits = np.cumsum([one[1] for one in ranked])
        precision = hits / np.arange(1, len(ranked) + 1)
        return float(sum(p for p, one in zip(precision, ranked, strict=True) if one[1]) / total)


def look(path: Path) -> Seen:
    """What the three systems make of a file."""
    start = time.process_time()
    ours = recognition.fingerprint(path)
    cpu_s = time.process_time() - start
    return Seen(ours, vpdq_hashes(path), chromaprint(path), cpu_s)


def vpdq_hashes(path: Path) -> list[npt.NDArray[np.uint8]]:
    """PDQ of one frame a second, of those with enough in them, as vPDQ has it."""
    found, wanted = [], 0.0
    with av.open(str(path)) as container:
        if not container.streams.video:
            return []
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= wanted:
                bits, quality = pdqhash.compute(frame.to_ndarray(format="rgb24"))
                wanted += 1.0
                if quality >= VPDQ_QUALITY_MIN:
                    found.append(np.packbits(np.asarray(bits, np.uint8)))
    return found


def chromaprint(path: Path) -> Ints:
    """The sub-fingerprints of fpcalc, none without it or without sound."""
    program = shutil.which("fpcalc")
    if program is None:
        return np.zeros(0, np.uint32)
    run = subprocess.run(  # noqa: S603 - a program of the system on our own file
        [program, "-raw", "-json", "-length", "0", str(path)],
        capture_output=True,
        check=False,
    )
    if not run.stdout.startswith(b"{"):  # its exit status complains of the end of every AAC stream
        return np.zeros(0, np.uint32)
    return np.array(json.loads(run.stdout)["fingerprint"], np.uint32)


def vpdq_score(query: Seen, reference: Seen) -> float:
    """The share of the query's frames that have a near one in the reference."""
    if not query.vpdq or not reference.vpdq:
        return 0.0
    one, two = np.stack(query.vpdq), np.stack(reference.vpdq)
    bits = np.bitwise_count(one[:, None] ^ two[None]).sum(axis=-1, dtype=np.int64)
    return float((bits.min(axis=1) <= VPDQ_BITS).mean())


def chroma_score(query: Seen, reference: Seen) -> float:
    """One less the bit error of the best three seconds at the best time."""
    one, two, best = query.chroma, reference.chroma, 0.0
    window = min(24, len(one), len(two))
    if window < 8:
        return 0.0
    for start in range(-len(one) + window, len(two) - window + 1):
        mine = one[max(0, -start) : len(two) - start]
        errors = np.bitwise_count(mine ^ two[max(0, start) : max(0, start) + len(mine)])
        means = np.convolve(errors, np.ones(window), "valid") / (32 * window)
        best = max(best, 1 - float(means.min()))
    # Unrelated sounds agree in half of all bits; only what is above says something.
    return max(0.0, best - 0.5)


def references(*, quick: bool) -> tuple[list[Original], list[Original]]:
    """The films to be copied, and films of the same places that are nobody's copy."""
    made = [originals.procedural(seed, SECONDS) for seed in range(2 if quick else 3)]
    if quick:
        return made, []
    from parts import stage_films  # noqa: PLC0415 - the quick run does without the stage

    prompts = stage_films.STAGE_PROMPTS
    staged = {name: stage_films.of_the_stage(name, SECONDS) for name in prompts}
    other = [staged.pop(name) for name in SAME_PLACES]
    return made + list(staged.values()), other


QUICK = ("crop 20-40 %", "inset 35-70 %", "reversed", "sound: voice-over", "sound: tape 3-15 %")


def queries(
    films: Sequence[Original], folder: Path, *, quick: bool
) -> Iterator[tuple[str, str, Seen]]:
    """Every change of every film: its name, the change, and the copy."""
    others = [originals.procedural(seed, SECONDS) for seed in (50, 51, 52)]
    path = folder / "copy.mp4"
    for place, film in enumerate(films):
        for n, (name, change) in enumerate(copies.PICTURE_CHANGES.items()):
            if not quick or name in QUICK:
                rng = np.random.default_rng([place, n])
                frames = change(film.frames, rng, others[(place + n) % 3].frames)
                originals.encode(path, frames, None, crf=int(rng.choice([28, 32])))
                yield film.name, name, look(path)
        for n, (name, alter) in enumerate(copies.SOUND_CHANGES.items()):
            if not quick or name in QUICK:
                rng = np.random.default_rng([place, n, 7])
                originals.encode(path, None, alter(film.waves, rng, others[(place + n) % 3].waves))
                yield film.name, name, look(path)
        rng = np.random.default_rng([place, 99])
        frames = copies.PICTURE_CHANGES["crop 20-40 %"](film.frames, rng, film.frames)
        originals.encode(path, frames, copies.voice_over(film.waves, rng, film.waves), crf=30)
        yield film.name, "both: crop, voice-over", look(path)


def strangers(same: Sequence[Original], folder: Path, *, quick: bool) -> Iterator[Seen]:
    """Films that are nobody's copy, as they are and in parts of one another."""
    path = folder / "stranger.mp4"
    films = [
        *same,
        *(originals.procedural(seed, SECONDS) for seed in range(60, 63 if quick else 76)),
    ]
    for place, film in enumerate(films):
        rng, other = np.random.default_rng([place, 5]), films[place - 1]
        originals.encode(path, film.frames, film.waves)
        yield look(path)
        if not quick and place % 3 == 0:
            frames = copies.PICTURE_CHANGES["inset 35-70 %"](film.frames, rng, other.frames)
            originals.encode(path, frames, copies.noisy(film.waves, rng, film.waves))
            yield look(path)


@dataclass
class Run:
    """What came of all queries."""

    ours: Tally = field(default_factory=Tally)
    vpdq: Tally = field(default_factory=Tally)
    chroma: Tally = field(default_factory=Tally)
    kept: dict[str, Seen] = field(default_factory=dict)
    queries: int = 0
    automatic: int = 0
    false_automatic: int = 0
    cpu_s: float = 0.0
    video_s: float = 0.0
    find_s: float = 0.0

    def try_one(self, shelf: Shelf, name: str | None, change: str, one: Seen) -> None:
        """Ask all three for this query, which is a copy of `name` or of nothing."""
        self.queries += 1
        self.cpu_s += one.cpu_s
        self.video_s += one.ours.duration_ms / 1000
        start = time.process_time()
        matches = {match.subject_id: match for match in finding.find(shelf, one.ours)}
        self.find_s += time.process_time() - start
        for other, reference in self.kept.items():
            match = matches.get(other)
            claimed = match is not None and match.verdict is recognition.Verdict.AUTOMATIC
            self.automatic += claimed and other == name
            self.false_automatic += claimed and other != name
            scores = (
                (self.ours, 0.0 if match is None else match.score, True),
                (self.vpdq, vpdq_score(one, reference), one.ours.picture is not None),
                (self.chroma, chroma_score(one, reference), one.ours.sound is not None),
            )
            for tally, score, able in scores:
                if other == name and able:
                    tally.right[change].append(score)
                elif other != name:
                    tally.wrong.append(score)


def say(doing: str) -> None:
    """Say on standard error what is being done, and after how long."""
    sys.stderr.write(f"{time.process_time():6.0f} s of CPU: {doing}\n")


def recognised(folder: Path, *, quick: bool) -> Run:
    """All queries of all films."""
    films, same = references(quick=quick)
    run, shelf = Run(), Shelf()
    for film in films:
        path = folder / "reference.mp4"
        originals.encode(path, film.frames, film.waves, crf=20)
        run.kept[film.name] = look(path)
        shelf.add(film.name, run.kept[film.name].ours)
    tried = ""
    for name, change, one in queries(films, folder, quick=quick):
        if name != tried:
            tried = name
            say(f"copies of {name}")
        run.try_one(shelf, name, change, one)
    say("films that are nobody's copy")
    for one in strangers(same, folder, quick=quick):
        run.try_one(shelf, None, "", one)
    return run


def index_bytes_per_hour(run: Run) -> int:
    """Packed fingerprints and seeds of the references."""
    size = hours = 0.0
    for one in run.kept.values():
        size += len(slimmed_reference(one.ours).encode())
        size += 8 * len(seeds.of_reference(one.ours.picture, one.ours.sound))
        hours += one.ours.duration_ms / 3_600_000
    return round(size / hours)


@contextmanager
def database(folder: Path) -> Iterator[db.Database]:
    """An empty one of our own."""
    with postgres.open_server(folder) as server:
        opened = db.Database(server.url)
        opened.migrate()
        yield opened
        opened.close()


def fill(opened: db.Database, run: Run, keys: npt.NDArray[np.int32], hours: int) -> None:
    """As many random seeds on the pages of these keys as `hours` of references would put there.

    Pages that the query does not read cost it nothing and are not made.
    """
    lasting_h = sum(one.ours.duration_ms for one in run.kept.values()) / 3_600_000
    own = [seeds.of_reference(one.ours.picture, one.ours.sound).keys for one in run.kept.values()]
    per_page = np.bincount(np.concatenate(own) >> 16, minlength=16) / lasting_h * hours / 65536
    rng = np.random.default_rng(hours)
    counts = rng.poisson(per_page[keys >> 16])
    step = 200  # pages at a time, for memory
    for at in range(0, len(keys), step):
        many = counts[at : at + step]
        paged = np.zeros(int(many.sum()), store._PAGED)  # noqa: SLF001 - the form on disk
        for name, limit in (("rest", 65536), ("tick", 2400), ("number", hours * 6)):
            paged[name] = rng.integers(0, limit, len(paged))
        paged["number"] += 1_000_000
        with opened.transaction() as session:
            store.add_generation(session, np.repeat(keys[at : at + step], many), paged)


def timed(opened: db.Database, query: recognition.Fingerprint, wanted: str | None) -> float:
    """The best of three, in milliseconds; the right answer is still the first."""
    taken = []
    for _ in range(3):
        with opened.transaction() as session:
            start = time.perf_counter()
            found = recognition.find(session, query)
            taken.append((time.perf_counter() - start) * 1000)
        assert [match.subject_id for match in found[:1]] == ([wanted] if wanted else []), found
    return min(taken)


def keys_of(query: recognition.Fingerprint, *, any_change: bool) -> npt.NDArray[np.int32]:
    """The pages that a query reads."""
    noted: list[npt.NDArray[np.int32]] = []

    class Noting(Shelf):
        def posted(self, keys: Sequence[int]) -> finding.Posted:
            noted.append(np.array(keys, np.int32))
            return super().posted(keys)

    shelf = Noting()
    if not any_change:
        shelf.add("itself", query)
    finding.find(shelf, query)
    return np.unique(np.concatenate(noted))


def at_size(folder: Path, run: Run, *, quick: bool) -> dict[str, float]:
    """Query times with so many hours of references."""
    path, out = folder / "query.mp4", {}
    film = originals.procedural(0, SECONDS)
    rate, hz = originals.RATE, originals.SOUND_HZ
    frames = copies.mirrored(film.frames[: 4 * rate], np.random.default_rng(0), film.frames)
    originals.encode(path, frames, film.waves[: 4 * hz], crf=28)
    query = look(path).ours
    nobody = finding.without(look_at_stranger(folder), picture=True)
    for hours in (100,) if quick else (100, 1000, 10000):
        say(f"looking up among {hours} hours")
        with tempfile.TemporaryDirectory(prefix="mt-") as home, database(Path(home)) as opened:
            with opened.transaction() as session:
                for name, one in run.kept.items():
                    recognition.add_reference(session, name, one.ours, at=AT)
                recognition.fold(session)
            fill(opened, run, keys_of(query, any_change=False), hours)
            out[f"query_ms_at_{hours}_h"] = round(timed(opened, query, film.name))
            if hours == 100 and not quick:
                fill(opened, run, keys_of(nobody, any_change=True), hours)
                out["any_change_ms_at_100_h"] = round(timed(opened, nobody, None))
    return out


def look_at_stranger(folder: Path) -> recognition.Fingerprint:
    """Sound that is nobody's copy."""
    path = folder / "nobody.mp4"
    film = originals.procedural(90, 4)
    originals.encode(path, None, film.waves)
    return recognition.fingerprint(path)


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        run = recognised(folder, quick=quick)
        print(f"{'change':26} Matinee   vPDQ  Chromaprint  (recall at precision 1)")
        for change, scores in run.ours.right.items():
            cells = [f"{run.ours.found(change):7.2f}"]
            for tally, width in ((run.vpdq, 6), (run.chroma, 12)):
                found = f"{tally.found(change):{width}.2f}" if tally.right[change] else "-"
                cells.append(f"{found:>{width}}")
            print(f"{change:26} {' '.join(cells)}   of {len(scores)}")
        if not any(len(one.chroma) for one in run.kept.values()):
            print(
                "fpcalc is not installed (Debian: libchromaprint-tools): Chromaprint is not tried"
            )
        copies_tried = sum(len(scores) for scores in run.ours.right.values())
        figures = {
            "queries": run.queries,
            "recall_at_p1": round(run.ours.recall(), 4),
            "uap": round(run.ours.uap(), 4),
            "vpdq_recall_at_p1": round(run.vpdq.recall(), 4),
            "vpdq_uap": round(run.vpdq.uap(), 4),
            "chromaprint_recall_at_p1": round(run.chroma.recall(), 4),
            "chromaprint_uap": round(run.chroma.uap(), 4),
            "false_automatic": run.false_automatic,
            "automatic": round(run.automatic / copies_tried, 4),
            "highest_wrong_score": round(max([0.0, *run.ours.wrong]), 3),
            "cpu_s_per_video_s": round(run.cpu_s / run.video_s, 4),
            "find_cpu_ms": round(run.find_s / run.queries * 1000),
            "index_bytes_per_hour": index_bytes_per_hour(run),
            **at_size(folder, run, quick=quick),
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
