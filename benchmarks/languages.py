"""The same scenes in English and thirteen languages: how much of what they name is reached.

    python benchmarks/languages.py [--quick] [--markdown]

The column `wanted` of `languages.tsv` lists what a scene names: the place, its hour and weather,
who is there and in what colours, the things, the deeds and the lines. What a telling's screenplay
has of it is reached; scenes marked "held" were not looked at while words were added. The last line
is one JSON object.
"""

import argparse
import collections
import json
import re
import time
from pathlib import Path

from matinee import engine
from matinee.film import Screenplay
from matinee.studio.writer import OfflineWriter, words

SCENES = Path(__file__).with_name("languages.tsv")
QUICK = 4
SEED = 7


def shown(play: Screenplay) -> collections.Counter[str]:
    """Count what a screenplay shows, in the words of the column `wanted`."""
    names = {code: name for name, code in words.colours().items()}
    found: collections.Counter[str] = collections.Counter()
    for setting in play.settings:
        found[f"place {setting.place}"] += 1
        found[f"hour {setting.time_of_day}"] += 1
        found[f"weather {setting.weather}"] += 1
    for who in play.characters:
        kind = re.sub(r"_\d+$", "", who.id)
        gender = who.look.gender
        found.update(
            {f"cast {one}" for one in (kind, gender, who.look.age, f"{gender} {who.look.age}")}
        )
        found.update(f"worn {one.kind} {names.get(one.colour, '')}" for one in who.look.garments)
        if who.kind == "animal" and who.look.skin:
            found[f"coat {names.get(who.look.skin, '')}"] += 1
    for prop in play.props:
        found[f"thing {prop.kind}"] += prop.count
        found[f"colour {prop.kind} {names.get(prop.colour, '')}"] += 1
    for beat in play.beats:
        found.update({f"deed {action.verb}" for action in beat.actions})
        found["line"] += len(beat.lines)
    return found


def main() -> None:
    """Compare every telling of every scene with the English one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} scenes only")
    parser.add_argument("--markdown", action="store_true", help="print the table for a document")
    told = parser.parse_args()
    lines = [row for row in SCENES.read_text("utf-8").splitlines() if not row.startswith("#")]
    languages = lines[0].split("\t")[2:]
    scenes = [line.split("\t") for line in lines[1:]][: QUICK if told.quick else None]
    started_s = time.process_time()
    writer, repertoire = OfflineWriter(), engine.repertoire()
    wanted_of: collections.Counter[str] = collections.Counter()
    reached_of: collections.Counter[str] = collections.Counter()
    table: list[list[float]] = []
    for scene in scenes:
        shares: list[float] = []
        wanted = collections.Counter(scene[1].split("; "))
        for language, text in zip(languages, scene[2:], strict=True):
            play = writer.write(
                text, repertoire=repertoire, language=None, seed=SEED, duration_ms=None
            )
            missed = wanted - shown(play)
            for account in (language, scene[0]):
                wanted_of[account] += wanted.total()
                reached_of[account] += wanted.total() - missed.total()
            shares.append(1 - missed.total() / wanted.total())
            if missed:
                print(f"{language}  {text}\n    missed: {', '.join(missed.elements())}")
        table.append(shares)
    if told.markdown:
        print("| scene | " + " | ".join(languages) + " |")
        print("|---" * (1 + len(languages)) + "|")
        for scene, shares in zip(scenes, table, strict=True):
            cells = " | ".join(f"{100 * share:.0f}" for share in shares)
            print(f"| {scene[2]} | {cells} |")
    of = {one: round(reached_of[one] / wanted_of[one], 3) for one in languages}
    splits = {
        f"share_{one}": round(reached_of[one] / wanted_of[one], 4)
        for one in ("tuned", "held")
        if wanted_of[one]
    }
    figures = {
        "scenes": len(scenes),
        "languages": len(of),
        "share": round(sum(of.values()) / len(of), 4),
        "worst": min(of, key=lambda one: of[one]),
        "cpu_s": round(time.process_time() - started_s, 2),
        **splits,
        **of,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
