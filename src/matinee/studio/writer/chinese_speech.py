"""Chinese speech: who says a quotation, what reported speech sounds like, what talk is about."""

from . import words
from .chinese_nouns import ChineseNouns, Noun
from .draft import Ref, Saying
from .language import line_language
from .titles import set_title

LINE_CHARACTERS_MAX = 600
TOPIC_PIECES_MAX, QUESTION_CHARACTERS_MAX = 14, 24
QUESTIONS = ("为什么", "怎么", "如何", "是否", "什么", "谁", "哪")
GREETINGS = {
    "你好": "你好！", "再见": "再见。", "谢谢": "谢谢。", "对不起": "对不起。", "晚安": "晚安。",
    "早上好": "早上好！", "我爱你": "我爱你。", "生日快乐": "生日快乐！", "新年快乐": "新年快乐！",
    "加油": "加油！",
}  # fmt: skip
_ENDS = frozenset("。！？!?；;\n，,")
ASKS = frozenset({"ask"})


def _speech_verb(verb: str) -> bool:
    traits = words.verbs()[verb]
    return bool(traits.traits & {"speak", "talk", "face", "voice", "sing"} or traits.converse)


def quotation(reader: ChineseNouns) -> None:
    """Take the quotation at the reader's place as a line of whoever speaks, or as a name."""
    piece = reader.pieces[reader.at]
    story = reader.story
    before = reader.pieces[reader.at - 1].text if reader.at else ""
    if before in {"字幕", "片头", "字样", "文字"} or before.endswith(("字幕", "文字")):
        reader.at += 1
        set_title(story, piece.text, piece.start, piece.end)
        return
    if before in {"名叫", "名为", "叫做", "写着", "标题", "片名"}:
        reader.at += 1
        if before in {"标题", "片名"}:
            story.title = piece.text.strip()[:120]
        elif reader.last.kind == "figures" and before != "写着":
            story.rename(reader.last.ids[0], piece.text.strip()[:60])
        else:
            story.note("left_out", piece.start, piece.end, "", "writing on things is not shown")
        return
    speakers, manner, after = _speakers(reader)
    reader.at = max(after, reader.at + 1)
    say(reader, speakers[0] if speakers else "", piece.text, manner, piece.start)
    if speakers:
        reader.subjects = list(speakers)


def _speakers(reader: ChineseNouns) -> tuple[list[str], str, int]:
    clause = reader.clause
    if clause is not None and clause.subjects:
        clause.said = True
        manner = words.verbs()[clause.verb].manner if _speech_verb(clause.verb) else ""
        subjects = clause.subjects
        reader.finish()
        return subjects, manner, reader.at + 1
    before = reader.pieces[reader.at - 1] if reader.at else None
    if before is not None and before.text in "：:" and reader.subjects:
        return list(reader.subjects), "", reader.at + 1
    at = reader.at + 1
    if at < len(reader.pieces) and reader.pieces[at].kind == "comma":
        at += 1
    noun = reader.read_noun(at) if at < len(reader.pieces) else None
    if noun is not None and noun.next < len(reader.pieces):
        verb_at = noun.next
        while verb_at < len(reader.pieces) and reader.pieces[verb_at].of("adv", "mood", "manner"):
            verb_at += 1
        verb = reader.pieces[verb_at].of("verb") if verb_at < len(reader.pieces) else None
        if verb and _speech_verb(verb.concept):
            return _resolve(reader, noun), words.verbs()[verb.concept].manner, verb_at + 1
    return _in_turn(reader), "", reader.at + 1


def _resolve(reader: ChineseNouns, noun: Noun) -> list[str]:
    mention = noun.mention
    if mention.kind == "pronoun":
        return list(reader.resolve(mention).ids)
    if mention.kind not in {"role", "animal", "name"}:
        return []
    mention.determiner = mention.determiner or "the"
    ref = reader.story.meet(mention)
    reader.scenery.met(ref, mention)
    return list(ref.ids)


def _in_turn(reader: ChineseNouns) -> list[str]:
    story = reader.story
    last = next(
        (moment.sayings[-1].figure for moment in reversed(story.moments) if moment.sayings), ""
    )
    if last:
        other = story.other([last])
        return [other] if other else [last]
    return list(reader.subjects[:1]) or story.recent[-1:]


def say(reader: ChineseNouns, figure: str, spoken: str, manner: str, start: int) -> None:
    """Add a line to the story; a long one is shortened, with a note."""
    line = " ".join(spoken.split()).strip("，, ")
    if not line:
        return
    story = reader.story
    if len(line) > LINE_CHARACTERS_MAX:
        line = line[:LINE_CHARACTERS_MAX]
        story.note("approximated", start, start + 80, line[:80], "a line was shortened")
    if figure and figure not in story.moment.cast:
        story.moment.cast.append(figure)
    mood = story.figures[figure].mood if figure else "neutral"
    story.moment.sayings.append(
        Saying(figure, line, line_language(line, story.language), manner, mood, start)
    )


def reported(reader: ChineseNouns) -> bool:  # noqa: C901 - a grammar has as many cases as its language
    """Turn 说他很累 or 问车站在哪里 into a spoken line; False when a quotation follows."""
    clause = reader.clause
    assert clause is not None, "the caller has just begun one"
    traits = words.verbs()[clause.verb]
    if "speak" not in traits.traits or reader.at >= len(reader.pieces):
        return False
    at = reader.at
    listener: list[str] = []
    if traits.traits & {"tell", "ask"}:
        noun = reader.read_noun(at)
        if noun is not None and noun.mention.kind in {"pronoun", "role", "name"}:
            listener = _resolve(reader, noun)
            at = noun.next
    if listener:
        clause.obliques.append(("to", Ref("figures", tuple(listener))))
        reader.at = at
    while at < len(reader.pieces) and reader.pieces[at].text in {"着", "了", "道", "过", "出"}:
        at += 1
    if at >= len(reader.pieces) or reader.pieces[at].kind in {"quote", "comma", "end", "title"}:
        return bool(listener)
    start = reader.pieces[at].start
    end = start
    while end < len(reader.story.text) and reader.story.text[end] not in _ENDS | {"“", '"', "「"}:
        end += 1
    body = reader.story.text[start:end].strip()
    if not body or len(body) > LINE_CHARACTERS_MAX or body.startswith("话"):
        return bool(listener)
    line = GREETINGS.get(body) or _as_said(
        reader, body, asks="ask" in traits.traits, told=bool(listener)
    )
    clause.said, clause.end = True, end
    say(reader, clause.subjects[0], line, traits.manner, start)
    if body not in GREETINGS:
        reader.story.note("approximated", start, end, line, "reported speech is spoken aloud")
    while reader.at < len(reader.pieces) and reader.pieces[reader.at].start < end:
        reader.at += 1
    return True


def _as_said(reader: ChineseNouns, body: str, *, asks: bool, told: bool) -> str:
    clause = reader.clause
    assert clause is not None, "reported speech has a speaker"
    gender = reader.story.figures[clause.subjects[0]].gender
    own, other = ("她", "他") if gender == "woman" else ("他", "她")
    line = body.replace(f"{own}们", "我们").replace("自己", "我").replace(own, "我")
    if told:
        line = line.replace(other, "你")
    return line + ("？" if asks else "。")


def topic_before(reader: ChineseNouns, index: int) -> tuple[tuple[str, str], int] | None:
    """Read the topic of 为最后一块披萨争吵: the words between 为 and a verb of talking."""
    for at in range(index, min(index + TOPIC_PIECES_MAX, len(reader.pieces))):
        piece = reader.pieces[at]
        if piece.kind in {"end", "comma", "quote"}:
            return None
        verb = piece.of("verb")
        if verb and at > index and words.verbs()[verb.concept].converse:
            start, end = reader.pieces[index].start, reader.pieces[at - 1].end
            topic = reader.story.text[start:end].strip("而在的 ")
            kind = _meet_things(reader, index, at)
            reader.story.note("understood", start, end, "what they talk about")
            return (topic, kind), at
    return None


def topic_of(reader: ChineseNouns) -> bool:
    """Read the topic after 讨论, 争论, 介绍 or 讲解: the rest of the segment."""
    clause = reader.clause
    assert clause is not None, "the caller has just begun one"
    converse = words.verbs()[clause.verb].converse
    if not converse or clause.topic or reader.at >= len(reader.pieces):
        return False
    if _question_of(reader):
        return True
    start_at = reader.at
    while start_at < len(reader.pieces) and (
        reader.pieces[start_at].text in {"着", "了", "起", "一下", "关于", "如何"}
        or reader.pieces[start_at].of("adv")
    ):
        if reader.pieces[start_at].text == "如何":
            break
        start_at += 1
    end_at = start_at
    while end_at < len(reader.pieces) and reader.pieces[end_at].kind in {"word", "unknown"}:
        sense = reader.pieces[end_at].of("verb", "seq")
        if sense and not reader.pieces[end_at].of("prop", "role", "de") and end_at > start_at:
            break
        end_at += 1
    if end_at == start_at:
        return False
    first = reader.pieces[start_at]
    if first.of("role", "name", "pron", "animal") or (
        first.of("num", "det") and _figure_next(reader, start_at)
    ):
        return False
    start, end = first.start, reader.pieces[end_at - 1].end
    topic = reader.story.text[start:end]
    kind = _meet_things(reader, start_at, end_at)
    if not kind and topic.startswith(("谁", "怎么", "如何", "什么", "为什么", "哪")):
        kind = "question"
    clause.topic, clause.topic_kind, clause.end = topic, kind, end
    reader.story.note("understood", start, end, "what they talk about")
    reader.at = end_at
    return True


def _question_of(reader: ChineseNouns) -> bool:
    """Read 讨论人类为什么会做梦: the whole rest of the segment is the question."""
    clause = reader.clause
    assert clause is not None, "the caller has just begun one"
    end_at = reader.at
    while end_at < len(reader.pieces) and reader.pieces[end_at].kind in {"word", "unknown"}:
        end_at += 1
    if end_at == reader.at:
        return False
    start, end = reader.pieces[reader.at].start, reader.pieces[end_at - 1].end
    raw = reader.story.text[start:end]
    if len(raw) > QUESTION_CHARACTERS_MAX or not any(word in raw for word in QUESTIONS):
        return False
    clause.topic, clause.topic_kind, clause.end = raw, "question", end
    reader.story.note("understood", start, end, "what they talk about")
    reader.at = end_at
    return True


def _figure_next(reader: ChineseNouns, index: int) -> bool:
    noun = reader.read_noun(index)
    return noun is not None and noun.mention.kind in {"role", "animal", "name", "pronoun"}


def _meet_things(reader: ChineseNouns, start: int, end: int) -> str:
    at, kind = start, ""
    while at < end:
        noun = reader.read_noun(at)
        if noun is None:
            at += 1
            continue
        if noun.mention.kind == "prop":
            ref = reader.story.meet(noun.mention)
            reader.scenery.met(ref, noun.mention)
            kind = noun.mention.concept
            clause = reader.clause
            if clause is not None and "take" in words.verbs()[clause.verb].traits:
                clause.objects.append(ref)
        at = max(noun.next, at + 1)
    return kind
