"""Bake what countries, days and months are called (src/matinee/commerce/lexicon) from CLDR.

Run it in an environment of its own: pip install babel==2.18.0. The tables hold names in fourteen
languages; the catalogue's search reads places and days by them.
"""

import re
from pathlib import Path

from babel import Locale  # a tool of this script alone

LEXICON = Path(__file__).parents[1] / "src" / "matinee" / "commerce" / "lexicon"
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "nb", "da", "fi", "pl", "zh", "ja")
# Codes of CLDR that are no country's.
NO_COUNTRIES = frozenset(
    ["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"]
)
SOURCE = "from the Unicode CLDR by way of Babel 2.18"


def main() -> None:
    """Write the three tables."""
    locales = [Locale.parse(language) for language in LANGUAGES]
    codes = sorted(code for code in locales[0].territories if re.fullmatch("[A-Z]{2}", code))
    countries = [
        [code, *(locale.territories.get(code, "") for locale in locales)]
        for code in codes
        if code not in NO_COUNTRIES
    ]
    note = f"What countries are called, {SOURCE}: ISO 3166 code, then names in "
    write("countries", "code", f"{note}{', '.join(LANGUAGES)}.", countries)
    days = [[str(day), *(names(locale.days, day) for locale in locales)] for day in range(7)]
    write("days", "day", f"What the days of the week are called, {SOURCE}; 0 is Monday.", days)
    months = [[str(n), *(names(locale.months, n) for locale in locales)] for n in range(1, 13)]
    write("months", "month", "What months are called, as days.tsv; 1 is January.", months)


def names(forms: dict[str, dict[str, dict[int, str]]], number: int) -> str:
    """The names of a day or month, in a sentence and alone."""
    said = (forms[form]["wide"][number].lower() for form in ("format", "stand-alone"))
    return " | ".join(dict.fromkeys(said))


def write(table: str, key: str, note: str, rows: list[list[str]]) -> None:
    """Write a table with its note."""
    lines = [f"# {note}", "\t".join([key, *LANGUAGES]), *("\t".join(row) for row in rows)]
    (LEXICON / f"{table}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
