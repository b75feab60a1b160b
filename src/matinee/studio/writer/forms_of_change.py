"""The forms in which people ask for a film to be changed, in English and Chinese."""

import re
from collections.abc import Iterable, Sequence

# An article or possessive in front of what is spoken of, and politeness in front of a command.
ARTICLE = re.compile(
    r"(?:the|an?|his|her|its|their|my|this|that|some|all)\s+|(?:这|那|他|她|它)的?[个只件条位]?的?",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"^(?:please|can you|could you|now|and|then|also|just|but|请|然后|再|并且|并|另外)[\s,，]*",
    re.IGNORECASE,
)
VERBS = "replace|swap|remove|delete|add|make|turn|change|paint|dye|let|have|set|put|move|use"
COMMANDS = re.compile(
    r"[;；。\n]+|(?<!\d)\.(?=\s|$)"
    rf"|[,，]?\s+and\s+(?=(?:{VERBS})\b)|[,，]\s*(?:and\s+)?(?=(?:{VERBS})\b)"
    r"|[,，]\s*(?=at\s|in\s+the\s+(?:rain|snow|fog|storm|wind|night|morning|evening)\b)"
    r"|[,，]\s*(?=把|将|让|加|去掉|删|换)",
    re.IGNORECASE,
)
AND = re.compile(r"\s+and\s+|[,，、]\s*|(?<=[\u4e00-\u9fff])[和并]", re.IGNORECASE)
QUOTED = re.compile(r"[\"“”„«「『][^\"“”„«»「」『』]*[\"“”»」』]")
Q = r"[\"“”„«「『]([^\"“”„«»「」『』]+)[\"“”»」』]"
SHOTS_EN = r"(?:shot|scene|beat)s?"
SCOPES = (
    re.compile(rf"\b(?:in|for|of|during)\s+(?:the\s+)?{SHOTS_EN}\s+(\d+)\b[,:]?", re.IGNORECASE),
    re.compile(rf"\b(?:in|for|of|during)\s+the\s+(\w+)\s+{SHOTS_EN}\b[,:]?", re.IGNORECASE),
    re.compile(r"(?:在)?第([一二三四五六七八九十\d]+)个?(?:镜头|场景|镜)[里中的]*[,，:：]?"),
    re.compile(r"(?:在)?(最后)一个?(?:镜头|场景|镜)[里中的]*[,，:：]?"),
)
ORDINALS = {
    **{word: n for n, word in enumerate("first second third fourth fifth sixth".split(), 1)},  # noqa: SIM905
    **{word: n for n, word in enumerate("一二三四五六七八九十", 1)},
    **dict.fromkeys(("last", "final", "closing", "最后"), -1),
    "opening": 1,
}
LINE_FOR_LINE = (
    re.compile(
        rf"(?:change|replace)\s+(?:the\s+line\s+)?{Q}\s+(?:to|into|with|by)\s+{Q}", re.IGNORECASE
    ),
    re.compile(rf"(?:把|将){Q}(?:改成|换成|改为)(?:说)?{Q}"),
)
REPLACE = (
    re.compile(r"(?:replace|swap|exchange)\s+(.+?)\s+(?:with|for|by)\s+(.+)", re.IGNORECASE),
    re.compile(r"(?:change|turn|make)\s+(.+?)\s+into\s+(.+)", re.IGNORECASE),
    re.compile(r"(?:把|将)(.+?)(?:换成|替换成|替换为|变成|换为)(.+)"),
)
INSTEAD = (
    re.compile(
        r"(?:(?:use|show|have|put|give\s+\w+)\s+)?(.+?)\s+instead\s+of\s+(.+)", re.IGNORECASE
    ),
    re.compile(r"用(.+?)(?:代替|替换|取代)(.+)"),
)
REMOVE = (
    re.compile(
        r"(?:remove|delete|erase|drop|omit|lose|take\s+(?:away|out|off)|get\s+rid\s+of|without|no)"
        r"\s+(.+?)(?:\s+from\s+.+)?",
        re.IGNORECASE,
    ),
    re.compile(r"(?:去掉|删掉|删除|移除|拿掉|不要)(.+)"),
    re.compile(r"(?:把|将)(.+?)(?:去掉|删掉|删除|移除|拿掉)"),
)
ADD = (
    re.compile(r"(?:add|insert|include|put\s+in|introduce|bring\s+in)\s+(.+)", re.IGNORECASE),
    re.compile(r"(?:加上|加入|添加|增加|加)(.+)"),
)
MAKE = (
    re.compile(r"(?:make|turn|paint|dye|colou?r)\s+(.+)", re.IGNORECASE),
    re.compile(r"change\s+(.+?)\s+to\s+(.+)", re.IGNORECASE),
    re.compile(
        r"(.+?)\s+(?:(?:should|shall|must)\s+be|is\s+now|becomes?|are|is)\s+(.+)", re.IGNORECASE
    ),
    re.compile(r"(?:把|将)(.+?)(?:改成|改为|变为|变得|设为|弄成|涂成|染成)(.+)"),
    re.compile(r"(.+?)(?:应该是|要是|改成|变成|是)(.+)"),
)  # fmt: skip
GIVE = (re.compile(r"give\s+(her|him)\s+(an?\s.+)", re.IGNORECASE),)
SET = re.compile(
    r"^(?:set|move|relocate|put|place|take|shoot|film)\s+(?:it|this|that|them|everything|"
    r"(?:the\s+)?(?:film|scene|story|video|action))\s+",
    re.IGNORECASE,
)
WHOLE = frozenset(
    {"it", "this", "film", "video", "scene", "story", "movie", "picture", "everything"}
    | {"time of day", "the time", "time", "the weather", "weather", "season", "background"}
    | {"setting", "place", "location", "style"}
    | {"影片", "视频", "画面", "场景", "电影", "时间", "天气", "背景", "它", "风格", "地点"}
)
EVERYBODY = frozenset({"them", "they", "everyone", "everybody", "people", "他们", "她们", "大家"})
HAIR = frozenset({"hair", "头发", "发型"})
MUSIC = frozenset({"music", "score", "soundtrack", "song", "音乐", "配乐"})
TALK = frozenset(
    {"dialogue", "dialog", "talking", "speech", "voices", "lines", "对话", "台词", "对白"}
)
GOES_ON = re.compile(
    r"\b(?:then|afterwards?|next(?! to)|finally|at the end|in the end|continue|extend)\b"
    r"|最后|接着|之后|结尾",
    re.IGNORECASE,
)


def commands(request: str) -> tuple[str, ...]:
    """Take a request apart into commands; what stands in quotation marks is never cut."""
    kept: list[str] = []

    def hidden(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x00{len(kept) - 1}\x00"

    parts = COMMANDS.split(QUOTED.sub(hidden, request))
    whole = (re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m[1])], part) for part in parts)
    found = (POLITE.sub("", part.strip(" \t,，.!！")).strip() for part in whole)
    return tuple(part for part in found if part)


def found(patterns: Iterable[re.Pattern[str]], command: str) -> list[tuple[str, ...]]:
    """Return the parts of the first pattern that a whole command has the form of, or nothing."""
    for pattern in patterns:
        match = pattern.fullmatch(command)
        if match is not None:
            return [match.groups()]
    return []


def says(text: str) -> bool:
    """Whether a text quotes what somebody says."""
    return bool(QUOTED.search(text))


def plain(text: str) -> str:
    """Return a line without what differs between two people who type it."""
    return re.sub(r"\W+", "", text).lower()


def like(wanted: str, kinds: Sequence[str]) -> str:
    """Return the worn kind that a word may mean as well: a jacket for a coat."""
    families = (
        {"coat", "jacket", "overcoat", "trench_coat", "parka", "raincoat", "blazer"},
        {"trousers", "jeans", "pants", "slacks", "leggings", "shorts"},
        {"shirt", "t_shirt", "blouse", "top", "polo", "tank_top"},
        {"dress", "gown", "skirt", "long_skirt"},
        {"shoes", "boots", "sneakers", "trainers", "sandals", "heels"},
        {"hat", "cap", "beanie", "fedora", "straw_hat", "top_hat", "helmet"},
        {"sweater", "jumper", "pullover", "hoodie", "cardigan"},
    )
    for family in families:
        if wanted in family:
            return next((kind for kind in kinds if kind in family), "")
    return ""
