"""How names are made alike for searching: case, accents, apostrophes and signs do not count.

A name is searched in two spellings: folded (`łukasz müller` becomes `lukasz muller`) and, where that is
another one, in Latin letters (`नेहा` also as `neha`, by the anyascii package). Words are separated by single
spaces; scripts written without spaces (Han, kana, Hangul) become one word a character, so that any part of
a name is found. Combining marks go only after Latin, Greek and Cyrillic letters: elsewhere they are
part of the word.
"""

import re
import unicodedata

LONGEST_QUERY = 200
"""Characters of a typed text that count: no name is longer."""

_ASCII_GAPS = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'`´‘’‚‛′ʹʻʼʽʾʿˈ＇׳՚")
# Letters that no Unicode decomposition takes apart.
_PLAIN = {
    "ł": "l", "ø": "o", "ı": "i", "đ": "d", "ð": "d", "ɖ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e", "ǝ": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d",
    "ƙ": "k", "ƴ": "y", "ɣ": "g", "ƒ": "f", "ɨ": "i", "ʉ": "u", "ƶ": "z", "ȼ": "c", "ǥ": "g", "ɲ": "n",
}  # fmt: skip
# Han, kana, bopomofo and Hangul; a kana keeps a voicing mark that does not compose.
_ALONE = re.compile(
    "([\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff][\u3099\u309a]*)"
)
_VOICING = "\u3099\u309a"


def fold(text: str) -> str:
    """The text as words to compare: folding twice changes nothing more."""
    if text.isascii():
        return _ASCII_GAPS.sub(" ", text.lower().replace("'", "").replace("`", "")).strip()
    alike = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    )
    kept = unicodedata.normalize("NFC", "".join(_kept(alike.translate(_APOSTROPHES))))
    return " ".join(_ALONE.sub(r" \1 ", kept).split())


def _kept(text: str) -> list[str]:
    """Letters, numbers, the marks that belong to them, and spaces for all else."""
    kept: list[str] = []
    base = " "
    for character in text:
        kind = unicodedata.category(character)
        if kind[0] == "M":
            if _carries(base, character, kind):
                kept.append(character)
        elif kind[0] in "LN":
            base = _PLAIN.get(character, character)
            kept.append(base)
        elif kind != "Cf":  # joiners and direction marks stand inside words
            base = " "
            kept.append(base)
    return kept


def _carries(base: str, mark: str, kind: str) -> bool:
    """Whether a mark stays: after a letter of a script in which marks make the word."""
    if _ALONE.match(base):
        return mark in _VOICING
    is_variation = "\ufe00" <= mark <= "\ufe0f" or "\U000e0100" <= mark <= "\U000e01ef"
    return base.isalpha() and not _drops_marks(base) and kind != "Me" and not is_variation


def _drops_marks(letter: str) -> bool:
    """Whether a letter is Latin, Greek or Cyrillic (by Unicode block)."""
    return (
        letter < "\u0530"
        or "\u1c80" <= letter <= "\u1c8f"
        or "\u1d00" <= letter <= "\u1fff"
        or "\u2c60" <= letter <= "\u2c7f"
        or "\ua640" <= letter <= "\ua69f"
        or "\ua720" <= letter <= "\ua7ff"
        or "\uab30" <= letter <= "\uab6f"
    )


def latin(text: str) -> str:
    """The folded text in Latin letters."""
    folded = fold(text)
    if folded.isascii():
        return folded
    from anyascii import anyascii

    return fold(anyascii(folded))


def search_words(name: str) -> tuple[str, str]:
    """What a name is found by: its folded form, and its Latin spelling if that is another (else empty)."""
    folded = fold(name)
    spelling = latin(folded)
    return folded, "" if spelling == folded else spelling


def query_words(text: str) -> list[str]:
    """The words of a typed text, in its order."""
    return fold(text[:LONGEST_QUERY]).split()
