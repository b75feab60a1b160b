"""How well the moderator of the house judges: precision and recall on prompts that people labelled.

    python benchmarks/moderation.py [--wrong] [--quick]

`tests/moderation/tuned.tsv` is what its words were tried on; `held_out.tsv` was written before any
of its lines was judged and its mistakes were left as they are, so that it says what to expect. The
last line is `prompts, precision, recall, rule_accuracy, rating_accuracy, ms` of the held-out part.
"""

import argparse
import csv
import time
from dataclasses import dataclass
from pathlib import Path

from matinee import trust

FOLDER = Path(__file__).parents[1] / "tests" / "moderation"


@dataclass(frozen=True)
class Labelled:
    """A prompt, whether it is refused, and by which rule or with which rating it passes."""

    refused: bool
    label: str
    prompt: str


def labelled(name: str) -> list[Labelled]:
    """Read a table of prompts."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Labelled(row["verdict"] == "refuse", row["rating"], row["prompt"]) for row in rows]


def measured(prompts: list[Labelled], by: trust.Moderator, *, wrong: bool) -> dict[str, float]:
    """Judge every prompt and count."""
    caught = missed = spared = blamed = right_rule = right_rating = 0
    began = time.process_time()
    for one in prompts:
        verdict = by.judge(trust.Material(texts=[one.prompt]))
        refusal = verdict.refusal
        told = refusal.rule if refusal else verdict.rating
        if one.refused:
            caught += refusal is not None
            missed += refusal is None
            right_rule += told == one.label
        else:
            spared += refusal is None
            blamed += refusal is not None
            right_rating += told == one.label
        if wrong and told != one.label:
            print(f"  {one.label} expected, {told} found: {one.prompt}")
    return {
        "prompts": len(prompts),
        "precision": caught / max(1, caught + blamed),
        "recall": caught / max(1, caught + missed),
        "rule_accuracy": right_rule / max(1, caught + missed),
        "rating_accuracy": right_rating / max(1, spared + blamed),
        "ms": 1000 * (time.process_time() - began) / len(prompts),
    }


def main() -> None:
    """Measure both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print what was judged wrongly")
    parser.add_argument("--quick", action="store_true", help="the held-out part alone")
    asked = parser.parse_args()
    by = trust.moderation.rule_moderator()
    for name in ("held_out.tsv",) if asked.quick else ("tuned.tsv", "held_out.tsv"):
        found = measured(labelled(name), by, wrong=asked.wrong)
        print(name, ", ".join(f"{key} {value:.3g}" for key, value in found.items()))


if __name__ == "__main__":
    main()
