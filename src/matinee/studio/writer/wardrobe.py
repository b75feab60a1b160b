"""What is worn where, and what a word for somebody says of their gender."""

WOMEN_ENDINGS = ("woman", "girl", "women", "girls")
WOMEN_WORDS = frozenset(
    {"actress", "hostess", "heroine", "superheroine", "shepherdess", "sorceress", "enchantress"}
)
_PLACES_ON_THE_BODY = (
    {"t_shirt", "shirt", "hoodie", "tunic", "dress", "swimsuit", "armour"},
    {"trousers", "jeans", "shorts", "skirt", "dress", "swimsuit"},
    {"jacket", "coat", "suit", "armour"},
    {"dress", "suit", "swimsuit", "armour"},
    {"boots", "shoes", "sandals"},
    {"hat", "cap", "helmet", "crown"},
)


def same_place(worn: str, new: str) -> bool:
    """Whether a new garment takes the place of one that is worn."""
    return worn == new or any(worn in group and new in group for group in _PLACES_ON_THE_BODY)


def gender_of_word(word: str) -> str:
    """Return what "policewoman", "hostess" or 女侠 says of a gender, or neutral."""
    lower = word.lower()
    if lower.startswith("女") or lower.endswith(WOMEN_ENDINGS) or lower in WOMEN_WORDS:
        return "woman"
    man = lower.startswith("男") or lower.endswith(("man", "boy", "men", "boys"))
    return "man" if man and not lower.endswith(("human", "women")) else "neutral"
