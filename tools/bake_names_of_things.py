"""Bake what everyday things are called in a dozen languages: the table `names_of_things.tsv`.

It is the part of the Unicode CLDR annotations (the short names of emoji, 48.2; their licence
stands beside the table) whose English name the writer's English lexicon knows as a person, animal,
thing, place, garment or weather. A row is the English name and its translations.
`python tools/bake_names_of_things.py ANNOTATIONS` takes the folder `annotations` of the npm
package `cldr-annotations-full`.
"""

import argparse
import json
import re
from pathlib import Path

from matinee import engine
from matinee.studio.writer import words
from matinee.studio.writer.word_tables import COLUMNS, NAMED

TABLE = Path(__file__).parent.parent / "src/matinee/studio/writer/lexicon/names_of_things.tsv"
# What is said of a picture of something is not its name.
PICTURED = re.compile(
    r"[()“”:]|\b(?:face|sign|button|symbol|cara|rostro|tête|visage|gesicht|kopf|schnauze|muso|"
    r"faccia|rosto|лицо|морда|голова|وجه|wajah|muka|yüz\w*)\b|の顔|얼굴|चेहरा"
)
NAME_WORDS_MAX = 3
HEAD = """\
# Unicode CLDR 48.2 annotations, Unicode License V3: see UNICODE-LICENCE.md.
# english	{columns}
"""


def names(folder: Path, language: str) -> dict[str, str]:
    """Return the short name of every emoji in a language."""
    path = folder / language / "annotations.json"
    found = json.loads(path.read_text("utf-8"))["annotations"]["annotations"]
    return {emoji: of["tts"][0].strip().lower() for emoji, of in found.items() if of.get("tts")}


def is_known(name: str) -> bool:
    """Whether the English lexicon knows a name, whole, as something that can be shown."""
    tokens = name.split()
    matches = words.english().matches(tokens, 0)
    return bool(matches) and matches[0].length == len(tokens) and bool(matches[0].of(*NAMED))


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("annotations", type=Path)
    folder = parser.parse_args().annotations
    english = names(folder, "en")
    others = {language: names(folder, language) for language in COLUMNS}
    rows: dict[str, list[set[str]]] = {}
    with words.played_by(engine.repertoire()):
        for emoji, name in english.items():
            if PICTURED.search(name) or not is_known(name):
                continue
            row = rows.setdefault(name, [set() for _ in COLUMNS])
            for at, language in enumerate(COLUMNS):
                for written in re.split(r"[,/،] ?", others[language].get(emoji, "")):
                    if written and not PICTURED.search(written):
                        row[at] |= {written} if len(written.split()) <= NAME_WORDS_MAX else set()
    with TABLE.open("w", encoding="utf-8") as file:
        file.write(HEAD.format(columns="\t".join(COLUMNS)))
        for name in sorted(rows):
            cells = "\t".join("|".join(sorted(cell)) for cell in rows[name])
            file.write(f"{name}\t{cells}\n")


if __name__ == "__main__":
    main()
