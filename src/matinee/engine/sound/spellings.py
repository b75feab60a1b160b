"""How letters sound: for each language a table from spelling to IPA, longest match first.

The tables are phonemic approximations written for this project from the usual descriptions of each
orthography (Handbook of the IPA). They serve voices that were not made for the language; a voice
that was brings a pronunciation of its own.
"""

from dataclasses import dataclass
from typing import Literal

StressRule = Literal["first", "last", "penultimate", "spanish"]


@dataclass(frozen=True)
class Orthography:
    """Spellings to sounds (each a tuple of IPA symbols), the usual stress, and names of digits."""

    sounds: dict[str, tuple[str, ...]]
    stress: StressRule
    digits: tuple[str, ...]


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Read `ch:tʃ qu:k+w h:` as spellings and their sounds; an empty right side is silent."""
    rows = (entry.split(":", 1) for entry in text.split())
    return {spelling: tuple(s for s in sounds.split("+") if s) for spelling, sounds in rows}


def _row(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_LATIN = _table(
    "a:a b:b c:k d:d e:e f:f g:ɡ h:h i:i j:dʒ k:k l:l m:m n:n o:o p:p q:k r:r s:s t:t u:u v:v w:w "
    "x:k+s y:j z:z à:a á:a â:a ã:a ä:ɛ å:o ā:a ç:s è:ɛ é:e ê:e ë:e ē:e ì:i í:i î:i ï:i ī:i ñ:ɲ ò:o "
    "ó:o ô:o õ:o ö:ø ø:ø ō:o ù:u ú:u û:u ü:y ū:u ý:i ÿ:i œ:œ æ:æ ß:s ş:ʃ š:ʃ ğ: ı:ɯ č:tʃ ć:tʃ ž:ʒ "
    "ł:w ń:ɲ ś:ʃ ź:ʒ ż:ʒ ř:r ě:e ů:u đ:d ð:ð þ:θ ă:a ș:ʃ ț:ts ą:o+n ę:e+n ő:ø ű:y '" + ": ’:"
)
_ENGLISH = _LATIN | _table(
    "a:æ e:ɛ i:ɪ o:ɒ u:ʌ y:i r:ɹ j:dʒ ee:iː ea:iː oo:uː ou:aʊ ow:oʊ oa:oʊ ai:eɪ ay:eɪ ey:eɪ "
    "ei:eɪ oi:ɔɪ oy:ɔɪ au:ɔː aw:ɔː igh:aɪ eigh:eɪ ough:ɔː augh:ɔː sh:ʃ ch:tʃ th:θ ph:f wh:w ck:k "
    "ng:ŋ qu:k+w tion:ʃ+ə+n sion:ʒ+ə+n ture:tʃ+ə ce:s ci:s+ɪ cy:s+i ge:dʒ gi:dʒ+ɪ ar:ɑː er:ə ir:ɜː "
    "or:ɔː ur:ɜː ll:l ss:s tt:t ff:f pp:p nn:n mm:m dd:d rr:ɹ bb:b gg:ɡ kn:n wr:ɹ gh:ɡ dge:dʒ "
    "tch:tʃ oe:oʊ ie:iː ew:j+uː ue:uː"
)
_SPANISH = _LATIN | _table(
    "ch:tʃ ll:ʝ rr:r r:ɾ ñ:ɲ qu:k gue:ɡ+e gui:ɡ+i güe:ɡ+w+e güi:ɡ+w+i ge:x+e gi:x+i gé:x+e gí:x+i "
    "j:x ce:s+e ci:s+i cé:s+e cí:s+i z:s h: v:b y:ʝ ai:a+j ei:e+j oi:o+j au:a+w eu:e+w "
    "ua:w+a ue:w+e uo:w+o ia:j+a ie:j+e io:j+o ió:j+o ié:j+e iá:j+a ü:w x:k+s w:w"
)
_ITALIAN = _LATIN | _table(
    "ch:k gh:ɡ ce:tʃ+e ci:tʃ+i cia:tʃ+a cio:tʃ+o ciu:tʃ+u ge:dʒ+e gi:dʒ+i gia:dʒ+a gio:dʒ+o "
    "giu:dʒ+u gli:ʎ+i glia:ʎ+a glio:ʎ+o glie:ʎ+e gn:ɲ sce:ʃ+e sci:ʃ+i scia:ʃ+a scio:ʃ+o sch:s+k "
    "qu:k+w z:ts zz:ts h: j:j cc:k ll:l ss:s tt:t rr:r pp:p bb:b nn:n mm:m ff:f dd:d gg:ɡ uo:w+o "
    "ia:j+a io:j+o ie:j+e ua:w+a ue:w+e"
)
_PORTUGUESE = _LATIN | _table(
    "ch:ʃ lh:ʎ nh:ɲ rr:h r:ɾ qu:k que:k+e qui:k+i gue:ɡ+e gui:ɡ+i ge:ʒ+e gi:ʒ+i j:ʒ ce:s+e ci:s+i "
    "ç:s ss:s h: x:ʃ ão:ɐ̃+w ãe:ɐ̃+j õe:õ+j ã:ɐ̃ am:ɐ̃ em:ẽ+j im:ĩ om:õ um:ũ ou:o+w ei:e+j ai:a+j "
    "z:z ti:tʃ+i di:dʒ+i lh:ʎ"
)
_FRENCH = _LATIN | _table(
    "a:a e:ə é:e è:ɛ ê:ɛ ai:ɛ ei:ɛ au:o eau:o eu:ø œu:œ ou:u oi:w+a ui:ɥ+i ieu:j+ø u:y û:y an:ɑ̃ "
    "am:ɑ̃ en:ɑ̃ em:ɑ̃ in:ɛ̃ im:ɛ̃ ain:ɛ̃ ein:ɛ̃ ien:j+ɛ̃ on:ɔ̃ om:ɔ̃ un:ɛ̃ ch:ʃ gn:ɲ ph:f qu:k ge:ʒ gi:ʒ+i "
    "gea:ʒ+a geo:ʒ+o gu:ɡ j:ʒ ce:s+ə ci:s+i ç:s ill:j ille:j eil:ɛ+j eille:ɛ+j ail:a+j h: r:ʁ y:i "
    "ll:l ss:s tt:t nn:n mm:m rr:ʁ pp:p ff:f cc:k tion:s+j+ɔ̃ anne:a+n onne:ɔ+n enne:ɛ+n"
)
_GERMAN = _LATIN | _table(
    "sch:ʃ ch:x ich:ɪ+ç ech:ɛ+ç ck:k ei:aɪ ai:aɪ eu:ɔɪ äu:ɔɪ au:aʊ ie:iː ä:ɛ ö:ø ü:y äh:ɛː öh:øː "
    "üh:yː ah:aː eh:eː ih:iː oh:oː uh:uː aa:aː ee:eː oo:oː z:ts tz:ts w:v v:f j:j s:z ss:s ß:s "
    "sp:ʃ+p st:s+t pf:pf qu:k+v ng:ŋ r:ʁ er:ɐ y:y x:k+s ll:l mm:m nn:n pp:p tt:t ff:f rr:ʁ th:t "
    "ph:f"
)
_RUSSIAN = _table(
    "а:a б:b в:v г:ɡ д:d е:j+e ё:j+o ж:ʒ з:z и:i й:j к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u "
    "ф:f х:x ц:ts ч:tʃ ш:ʃ щ:ʃ ъ: ы:ɨ ь: э:e ю:j+u я:j+a і:i ї:j+i є:j+e ґ:ɡ"
)
_GREEK = _table(
    "α:a β:v γ:ɣ δ:ð ε:e ζ:z η:i θ:θ ι:i κ:k λ:l μ:m ν:n ξ:k+s ο:o π:p ρ:r σ:s ς:s τ:t υ:i φ:f "
    "χ:x ψ:p+s ω:o ά:a έ:e ή:i ί:i ό:o ύ:i ώ:o ϊ:i ϋ:i ΐ:i ου:u ού:u αι:e αί:e ει:i εί:i οι:i "
    "οί:i μπ:b ντ:d γκ:ɡ γγ:ŋ+ɡ τσ:ts"
)
_POLISH = _LATIN | _table(
    "sz:ʃ cz:tʃ rz:ʒ ch:x dz:dz dż:dʒ dź:dʒ ci:tɕ+i si:ɕ+i zi:ʒ+i ó:u ł:w w:v y:ɨ c:ts j:j ć:tɕ "
    "ś:ɕ h:x"
)
_TURKISH = _LATIN | _table("c:dʒ ç:tʃ ş:ʃ ğ: ı:ɯ j:ʒ ö:ø ü:y y:j")
_INDONESIAN = _LATIN | _table("c:tʃ ng:ŋ ny:ɲ sy:ʃ kh:x ai:aɪ au:aʊ e:ə j:dʒ y:j")

ORTHOGRAPHIES = {
    "en": Orthography(
        _ENGLISH,
        "first",
        ("zero", "wun", "too", "three", "for", "five", "sicks", "seven", "eight", "nine"),
    ),
    "es": Orthography(
        _SPANISH,
        "spanish",
        ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    ),
    "it": Orthography(
        _ITALIAN,
        "penultimate",
        ("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"),
    ),
    "pt": Orthography(
        _PORTUGUESE,
        "spanish",
        ("zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"),
    ),
    "fr": Orthography(
        _FRENCH,
        "last",
        ("zéro", "un", "deu", "troi", "quatre", "cinq", "sis", "sette", "uite", "neuf"),
    ),
    "de": Orthography(
        _GERMAN,
        "first",
        ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    ),
    "ru": Orthography(
        _RUSSIAN,
        "penultimate",
        ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
    ),
    "uk": Orthography(
        _RUSSIAN | _table("г:h и:ɪ е:e"),
        "penultimate",
        ("нуль", "один", "два", "три", "чотири", "пять", "шість", "сім", "вісім", "девять"),
    ),
    "el": Orthography(
        _GREEK,
        "penultimate",
        ("μηδέν", "ένα", "δύο", "τρία", "τέσσερα", "πέντε", "έξι", "επτά", "οκτώ", "εννέα"),
    ),
    "pl": Orthography(
        _POLISH,
        "penultimate",
        ("zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć"),
    ),
    "tr": Orthography(
        _TURKISH,
        "last",
        ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"),
    ),
    "id": Orthography(
        _INDONESIAN,
        "penultimate",
        ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    ),
}
# Any other language in Latin letters.
ANY_LATIN = Orthography(_LATIN, "penultimate", ORTHOGRAPHIES["es"].digits)

# Mandarin (Hanyu Pinyin), initials and finals without their tone.
PINYIN_INITIALS = _table(
    "b:b̥ p:pʰ m:m f:f d:d̥ t:tʰ n:n l:l g:ɡ̊ k:kʰ h:x j:tɕ q:tɕʰ x:ɕ zh:ʈʂ ch:ʈʂʰ sh:ʂ r:ʐ "
    "z:ts c:tsʰ s:s"
)
PINYIN_FINALS = _table(
    "a:a ai:aɪ ei:eɪ ao:aʊ ou:oʊ an:a+n en:ə+n ang:ɑ+ŋ eng:ʌ+ŋ ong:ʊ+ŋ er:ɑ+ɹ o:w+ɔ e:ɤ ê:ɛ i:i "
    "ia:j+a ie:j+ɛ iao:j+aʊ iu:j+oʊ iou:j+oʊ ian:j+ɛ+n in:i+n iang:j+ɑ+ŋ ing:i+ŋ iong:j+ʊ+ŋ u:u "
    "ua:w+a uo:w+ɔ uai:w+aɪ ui:w+eɪ uei:w+eɪ uan:w+a+n un:w+ə+n uen:w+ə+n uang:w+ɑ+ŋ ueng:w+ʌ+ŋ "
    "v:y ve:ɥ+ɛ van:ɥ+ɛ+n vn:y+n m:m n:n ng:ŋ hm:h+m"
)
# After zh, ch, sh, r and after z, c, s the letter i is a buzzing of the tongue.
RETROFLEX_INITIALS = frozenset(("zh", "ch", "sh", "r"))
DENTAL_INITIALS = frozenset(("z", "c", "s"))

_KANA_ROWS = (
    ("", "あいうえお"),
    ("k", "かきくけこ"),
    ("ɡ", "がぎぐげご"),
    ("s", "さしすせそ"),
    ("z", "ざじずぜぞ"),
    ("t", "たちつてと"),
    ("d", "だぢづでど"),
    ("n", "なにぬねの"),
    ("h", "はひふへほ"),
    ("b", "ばびぶべぼ"),
    ("p", "ぱぴぷぺぽ"),
    ("m", "まみむめも"),
    ("ɾ", "らりるれろ"),
)
_KANA_ODD = {
    "し": ("ɕ", "i"),
    "じ": ("dʒ", "i"),
    "ち": ("tɕ", "i"),
    "ぢ": ("dʒ", "i"),
    "つ": ("ts", "ɯ"),
    "づ": ("z", "ɯ"),
    "ふ": ("ɸ", "ɯ"),
    "や": ("j", "a"),
    "ゆ": ("j", "ɯ"),
    "よ": ("j", "o"),
    "わ": ("w", "a"),
    "を": ("o",),
    "ん": ("ɴ",),
    "ぁ": ("a",),
    "ぃ": ("i",),
    "ぅ": ("ɯ",),
    "ぇ": ("e",),
    "ぉ": ("o",),
    "ゔ": ("v", "ɯ"),
}


def _kana() -> dict[str, tuple[str, ...]]:
    vowels = ("a", "i", "ɯ", "e", "o")
    table = {
        letter: tuple(sound for sound in (consonant, vowel) if sound)
        for consonant, row in _KANA_ROWS
        for letter, vowel in zip(row, vowels, strict=True)
    }
    table |= _KANA_ODD
    palatal = {"し", "じ", "ち", "ぢ"}
    for letter in "きぎしじちぢにひびぴみり":
        onset = table[letter][0]
        for small, vowel in zip("ゃゅょ", ("a", "ɯ", "o"), strict=True):
            table[letter + small] = (onset, vowel) if letter in palatal else (onset, "j", vowel)
    return table


# Hiragana; katakana is brought to hiragana first.
KANA = _kana()

# Words in which は is the particle wa.
KANA_IRREGULAR = (
    ("こんにちは", "こんにちわ"),
    ("こんばんは", "こんばんわ"),
    ("わたしは", "わたしわ"),
    ("ぼくは", "ぼくわ"),
    ("これは", "これわ"),
    ("それは", "それわ"),
    ("では", "でわ"),
)

HANGUL_INITIALS = _row("ɡ̊ k n d̥ t ɾ m b̥ p s s - dʒ tɕ tɕʰ kʰ tʰ pʰ h")
HANGUL_VOWELS = tuple(
    tuple(vowel.split("+"))
    for vowel in _row("a ɛ j+a j+ɛ ʌ e j+ʌ j+e o w+a w+ɛ w+e j+o u w+ʌ w+e w+i j+u ɯ ɯ+i i")
)
HANGUL_FINALS = _row("- k k k n n n t l k m l l l p l m p p t t ŋ t t k t p t")

DEVANAGARI_CONSONANTS = _table(
    "क:k ख:kʰ ग:ɡ घ:ɡ ङ:ŋ च:tʃ छ:tʃ ज:dʒ झ:dʒ ञ:ɲ ट:ʈ ठ:ʈ ड:ɖ ढ:ɖ ण:ɳ त:t थ:tʰ द:d ध:d न:n प:p "
    "फ:f ब:b भ:b म:m य:j र:r ल:l व:ʋ श:ʃ ष:ʃ स:s ह:h ळ:l"
)
DEVANAGARI_VOWELS = _table(
    "अ:ə आ:aː इ:ɪ ई:iː उ:ʊ ऊ:uː ऋ:r+ɪ ए:eː ऐ:ɛ ओ:oː औ:ɔ ऑ:ɔ ा:aː ि:ɪ ी:iː ु:ʊ ू:uː ृ:r+ɪ े:eː ै:ɛ "
    "ो:oː ौ:ɔ ॉ:ɔ"
)
VIRAMA, NUKTA = "\u094d", "\u093c"
NASAL_SIGNS = frozenset("\u0901\u0902")
