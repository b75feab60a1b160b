"""The rules of the house as data, and their reading.

`rules.toml` says what is refused and rated, why, and what would pass; `words.tsv` and `names.tsv`
hold the words that rules speak of, by group and language; `idioms.tsv` holds turns of phrase in
which such a word means something harmless.
"""

from .tables import Condition, Rule, Rules, house_rules

__all__ = ["Condition", "Rule", "Rules", "house_rules"]
