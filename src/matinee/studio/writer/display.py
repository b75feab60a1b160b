"""What concepts are called in the language of the prompt, for texts that people read."""

import functools
from collections.abc import Mapping

from . import words

TIMES: Mapping[str, Mapping[str, str]] = {
    "en": {"dawn": "at dawn", "day": "by day", "sunset": "at sunset", "night": "at night"},
    "zh": {"dawn": "黎明", "day": "白天", "sunset": "日落时分", "night": "夜晚"},
}
WEATHERS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "clear": "",
        "cloudy": "under clouds",
        "rain": "in the rain",
        "storm": "in a storm",
        "snow": "in the snow",
        "fog": "in the fog",
        "wind": "in the wind",
    },
    "zh": {
        "clear": "",
        "cloudy": "阴天",
        "rain": "下着雨",
        "storm": "暴风雨",
        "snow": "下着雪",
        "fog": "大雾",
        "wind": "大风",
    },
}
PLACES_ZH = {
    "colosseum": "斗兽场", "neon_city": "霓虹城市", "desert_pyramids": "金字塔旁的沙漠",
    "beach": "海滩", "forest": "森林", "street": "街道", "kitchen": "厨房",
    "livestream_studio": "直播间", "park": "公园", "snow_square": "雪中广场",
    "rooftop_night": "天台", "office": "办公室", "classroom": "教室", "cafe": "咖啡馆",
    "living_room": "客厅", "bedroom": "卧室", "stage_concert": "舞台", "temple": "寺庙",
    "castle_hall": "城堡大厅", "mountain": "山顶", "meadow": "草地", "village": "村庄",
    "harbour": "港口", "spaceship": "飞船", "library": "图书馆", "market": "集市", "bridge": "桥",
}  # fmt: skip
PLACES_EN = {
    "desert_pyramids": "desert with pyramids",
    "neon_city": "neon city",
    "livestream_studio": "livestream studio",
    "snow_square": "snowy square",
    "rooftop_night": "rooftop",
    "stage_concert": "concert stage",
}


class Display:
    """Names concepts in English or Chinese; other languages are shown English names."""

    def __init__(self, language: str) -> None:
        """Name things in `language`."""
        self.language = "zh" if language == "zh" else "en"

    def place(self, kind: str) -> str:
        """Return the name of a place."""
        plain = kind.replace("_", " ")
        if self.language == "zh":
            return PLACES_ZH.get(kind) or _first_form("place", kind) or plain
        return PLACES_EN.get(kind, plain)

    def setting(self, kind: str, time: str, weather: str) -> str:
        """Return a line on a setting: "The beach at sunset, in the rain."."""
        time_words = TIMES[self.language][time]
        weather_words = WEATHERS[self.language][weather]
        if self.language == "zh":
            return (
                "，".join(part for part in (time_words, self.place(kind), weather_words) if part)
                + "。"
            )
        tail = f", {weather_words}" if weather_words else ""
        return f"The {self.place(kind)} {time_words}{tail}."

    def concept(self, kind: str, slug: str) -> str:
        """Return the name of a concept of a kind."""
        return self.place(slug) if kind == "place" else slug.replace("_", " ")


@functools.cache
def _first_form(kind: str, concept: str) -> str:
    """Return the first Chinese word for a concept that means it exactly, or nothing."""
    for row in words.rows("zh.tsv"):
        if row[:2] == [kind, concept]:
            return next((one for one in row[2].split("|") if not one.startswith("~")), "")
    return ""
