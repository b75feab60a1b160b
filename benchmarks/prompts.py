"""What a film shows of what its prompt names: understood, in the right place, and in the picture.

Every row of `prompts.tsv` is a prompt with the concepts that it names. The prompt is written,
planned and staged as a film is; low pictures of ids then say what is seen. A concept has *reached*
the scene when the screenplay and the rehearsal have it as it was named, and is *visible* when it is
seen in a tenth of the film's frames. `--quick` takes a fixed sample; the last line is one JSON
object.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from parts.prompts_film import Staged, staged
from parts.prompts_wanted import Concept, concepts_of, seen

TABLE = Path(__file__).parent / "prompts.tsv"
SEED = 7
QUICK_EVERY = 13
WORKERS = max(1, min(4, os.cpu_count() or 1))


@dataclass(frozen=True)
class Row:
    """A prompt and what it names; `split` is "tuned" or "held" (not looked at while tuning)."""

    number: int
    split: str
    language: str
    prompt: str
    wanted: str


@dataclass(frozen=True)
class Verdict:
    """What became of one concept of a row."""

    row: int
    split: str
    language: str
    kind: str
    text: str
    reached: bool
    visible: bool


def rows_of(table: Path) -> list[Row]:
    """Read the prompts; lines that start with # are comments."""
    rows = []
    for number, line in enumerate(table.read_text("utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            split, language, prompt, wanted = line.split("\t")
            rows.append(Row(number, split, language, prompt.replace("\\n", "\n"), wanted))
    return rows


def judge(row: Row) -> list[Verdict]:
    """Make the film of a row and judge every concept that it names."""
    wanted = concepts_of(row.wanted)
    try:
        film = staged(row.prompt, seed=SEED)
    except Exception as error:  # noqa: BLE001 - a film that cannot be made shows nothing, and says so
        print(f"failed {row.number}: {type(error).__name__}: {error}", file=sys.stderr)
        return [
            Verdict(row.number, row.split, row.language, one.kind, one.text, False, False)
            for one in wanted
        ]
    return [_verdict(row, concept, film) for concept in wanted]


def _verdict(row: Row, concept: Concept, film: Staged) -> Verdict:
    reached, visible = seen(concept, film)
    return Verdict(
        row.number, row.split, row.language, concept.kind, concept.text, reached, visible
    )


def judged(rows: Sequence[Row]) -> list[Verdict]:
    """Judge all rows on every core."""
    with ProcessPoolExecutor(WORKERS) as pool:
        return [verdict for found in pool.map(judge, rows, chunksize=2) for verdict in found]


def _share(verdicts: Iterable[Verdict]) -> tuple[int, int, int, float]:
    listed = list(verdicts)
    reached = sum(one.reached for one in listed)
    visible = sum(one.visible for one in listed)
    return len(listed), reached, visible, visible / max(len(listed), 1)


def _print_shares(name: str, verdicts: Iterable[Verdict]) -> None:
    count, reached, visible, share = _share(verdicts)
    print(f"{name:<24}{count:>6}{reached:>9}{visible:>9}{share:>9.3f}")


def report(verdicts: Sequence[Verdict]) -> None:
    """Print the shares by class, by language and by split."""
    print(f"{'class':<24}{'named':>6}{'reached':>9}{'visible':>9}{'share':>9}")
    for kind in sorted({one.kind for one in verdicts}):
        _print_shares(kind, (one for one in verdicts if one.kind == kind))
    for language in sorted({one.language for one in verdicts}):
        _print_shares(f"language {language}", (o for o in verdicts if o.language == language))
    for split in ("tuned", "held"):
        _print_shares(split, (one for one in verdicts if one.split == split))


def misses(verdicts: Sequence[Verdict], rows: Sequence[Row], splits: Sequence[str]) -> list[str]:
    """Return a line for each concept that is not visible, by class."""
    prompts = {row.number: row.prompt for row in rows}
    lost = [one for one in verdicts if not one.visible and one.split in splits]
    return [
        f"{one.kind}\t{'reached' if one.reached else 'missed'}\t{one.row}\t{one.text}"
        f"\t{prompts[one.row][:160]!r}"
        for one in sorted(lost, key=lambda one: (one.kind, one.reached, one.row))
    ]


def main() -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fixed sample, below 50 s")
    parser.add_argument("--table", type=Path, default=TABLE, help="another file of prompts")
    parser.add_argument("--misses", type=Path, help="write what is missed to this file")
    parser.add_argument("--held", action="store_true", help="list the misses held out, too")
    parser.add_argument("--only", type=int, nargs="*", help="rows by their line number")
    options = parser.parse_args()
    rows = rows_of(options.table)
    if options.quick:
        rows = rows[::QUICK_EVERY]
    if options.only:
        rows = [row for row in rows if row.number in options.only]
    verdicts = judged(rows)
    splits = ("tuned", "held") if options.held else ("tuned",)
    lost = misses(verdicts, rows, splits)
    if options.misses:
        options.misses.write_text("\n".join(lost) + "\n", "utf-8")
    by_kind = Counter(line.partition("\t")[0] for line in lost)
    for kind, count in by_kind.most_common():
        texts = [line.split("\t")[3] for line in lost if line.startswith(f"{kind}\t")]
        print(f"missed {kind} ({count}): {', '.join(texts[:24])}")
    report(verdicts)
    count, reached, visible, share = _share(verdicts)
    tuned = _share(one for one in verdicts if one.split == "tuned")[3]
    held = _share(one for one in verdicts if one.split == "held")[3]
    sys.stdout.flush()
    print(
        json.dumps(
            {
                "prompts": len(rows),
                "concepts": count,
                "reached": reached,
                "visible": visible,
                "share": round(share, 4),
                "share_tuned": round(tuned, 4),
                "share_held": round(held, 4),
            }
        )
    )


if __name__ == "__main__":
    main()
