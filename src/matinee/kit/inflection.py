"""The forms that a noun or adjective of a dozen languages takes, by rule: good enough to find it.

A word table lists a word once; texts have it in the plural, in cases, with an article stuck to it.
The rules overgenerate on purpose: a form that nobody writes does no harm. Irregular forms stand in
the table.
"""

import re

LETTERS_MIN = 3
SHORT_WORDS = frozenset({"ar", "hi"})
_CYRILLIC_ENDS = "аяоеьйыиую"
_SOFTENED = {"k": "[kğ]", "p": "[pb]", "t": "[td]", "ç": "[çc]"}


def pattern(language: str, word: str, *, is_verb: bool = False) -> re.Pattern[str] | None:
    """Return what matches every form of `word` (lower case), or None where it has only one.

    Of a phrase the last word takes the endings, in the Romance languages the first. Verbs are
    listed in their forms; only what is added to those is a rule.
    """
    if is_verb:
        return _verb(language, word)
    if language in {"ja", "ko"} or len(word) < LETTERS_MIN - (language in SHORT_WORDS):
        return None  # read by longest match, or by taking particles off
    rule = _RULES.get(language)
    if rule is None:
        return None
    head, space, tail = word.partition(" ")
    if language in {"es", "fr", "it", "pt", "ar", "id"}:
        return re.compile(rule(head) + (re.escape(space + tail)))
    before, space, last = word.rpartition(" ")
    return re.compile(re.escape(before + space) + rule(last))


def _verb(language: str, word: str) -> re.Pattern[str] | None:
    if language == "ko":
        return re.compile(re.escape(word) + r"\w*")
    if language == "ar" and word[0] in "يت" and " " not in word:
        return re.compile("[يت]" + re.escape(word[1:]) + "(?:ون|ان|ن|ين|وا)?")
    if language == "tr":
        return re.compile(re.escape(word) + "(?:lar|ler|du|dı)?")
    return None


def _spanish(word: str) -> str:
    if word.endswith("z"):
        return re.escape(word[:-1]) + "(?:z|ces)"
    if word.endswith(("o", "a")):
        return re.escape(word[:-1]) + "[oa]s?"
    plain = word.translate(str.maketrans("áéíóú", "aeiou"))
    return re.escape(word) + "(?:s|es)?" + (f"|{re.escape(plain)}es" if plain != word else "")


def _french(word: str) -> str:
    if word.endswith("al"):
        return re.escape(word[:-2]) + "(?:al|aux)"
    return re.escape(word) + "(?:s|x|e|es)?"


def _italian(word: str) -> str:
    if word[-1] not in "oaei":
        return re.escape(word)
    return re.escape(word[:-1]) + "(?:h?[oaei])"


def _portuguese(word: str) -> str:
    if word.endswith("ão"):
        return re.escape(word[:-2]) + "(?:ão|ões|ães|ãos)"
    if word.endswith("m"):
        return re.escape(word[:-1]) + "(?:m|ns)"
    if word.endswith("l"):
        return re.escape(word[:-1]) + "(?:l|is)"
    if word.endswith(("o", "a")):
        return re.escape(word[:-1]) + "[oa]s?"
    return re.escape(word) + "(?:s|es)?"


def _german(word: str) -> str:
    soft = re.escape(word)
    for plain, umlaut in (("a", "ä"), ("o", "ö"), ("u", "ü")):
        soft = soft.replace(plain, f"[{plain}{umlaut}]")
    return soft + "(?:e|en|er|ern|em|es|n|s|nen|in|innen)?"


def _russian(word: str) -> str:
    stem = word.rstrip(_CYRILLIC_ENDS) if len(word) > LETTERS_MIN else word
    if len(stem) < LETTERS_MIN - 1:
        return re.escape(word)
    # A vowel may flee from before the last consonant: замок, замка; девочка, девочек.
    if len(stem) > LETTERS_MIN and stem[-2] in "оеё" and stem[-1] in "кцнлмр":
        fleeting = f"{re.escape(stem[:-2])}(?:{stem[-2:]}|ь?{stem[-1]})"
    elif len(stem) > LETTERS_MIN and word != stem and stem[-1] == "к":
        fleeting = f"{re.escape(stem[:-1])}[еёо]?{stem[-1]}"
    else:
        fleeting = re.escape(stem)
    return fleeting + r"(?:[аяоеёьйыиую]\w{0,2})?"


def _turkish(word: str) -> str:
    softened = _SOFTENED.get(word[-1])
    stem = re.escape(word[:-1]) + softened if softened else re.escape(word)
    return (
        stem + r"(?:l[ae]r\w*|[ıiuüaey]\w{0,5}|n?[dt][ae]\w{0,3}|l[aeıiuü]\w{0,3}|s[ıiuü]\w{0,5})?"
    )


def _arabic(word: str) -> str:
    stem = word.removesuffix("ة")
    return re.escape(stem) + "(?:ة|ات|ين|ان|ون|ا|ه|ها|تان|تين)?"


def _hindi(word: str) -> str:
    if word.endswith("ा"):
        return re.escape(word[:-1]) + "(?:ा|े|ी|ों)"
    if word.endswith("ी"):
        return re.escape(word[:-1]) + "(?:ी|ियाँ|ियां|ियों)"
    return re.escape(word) + "(?:ें|ों|एँ|ओं)?"


def _indonesian(word: str) -> str:
    return re.escape(word) + f"(?:nya|ku|mu|-{re.escape(word)})?"


_RULES = {
    "es": _spanish, "fr": _french, "it": _italian, "pt": _portuguese, "de": _german,
    "ru": _russian, "tr": _turkish, "ar": _arabic, "hi": _hindi, "id": _indonesian,
}  # fmt: skip
