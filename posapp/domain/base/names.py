"""Names, notes and addresses: cleaned of what cannot be seen, otherwise kept as they were written.

Typed or imported: Unicode NFC, control characters and all kinds of space become one space, both ends are
trimmed, nothing else is changed or shortened. Emoji and right-to-left names are names too. Signs that turn
the direction of what stands around them (embeddings, overrides, isolates of UAX 9) are taken out: with them
one name shows as another. Joiners and marks of direction (U+200C to U+200F, U+061C) stay: names need them.
"""

import re
import unicodedata

from posapp.domain.base.errors import DomainError

LONGEST_NAME = 200
"""Characters. The longest legal personal names on record fit; a pasted letter does not."""

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS_IN_LINE = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_HALF_PAIRS = re.compile(r"[\ud800-\udfff]")  # no database can store half of a surrogate pair

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")


def clean_name(text: str) -> str:
    """The name in its stored form; empty if there is nothing but space."""
    return as_it_came(_TURNS.sub("", text))


def as_it_came(name: str) -> str:
    """The name of an old record in its stored form: turning signs stay in it.

    What an old system holds is kept but for spaces and control characters, to be found there again.
    """
    if _is_plain(name) and "  " not in name:
        return name.strip(" ")
    return _BLANKS.sub(" ", _one_form(name)).strip(" ")


def _one_form(text: str) -> str:
    """The text in one Unicode form, without what no database can store."""
    return unicodedata.normalize("NFC", _HALF_PAIRS.sub("\ufffd", text))


def _is_plain(text: str) -> bool:
    """Whether there is nothing to clean but spaces: asked first, because it is so of most texts."""
    return text.isascii() and text.isprintable()


def same_name(a: str, b: str) -> bool:
    """Whether two names differ at most in case, spacing and Unicode form."""
    return clean_name(a).casefold() == clean_name(b).casefold()


def is_better_spelled(a: str, b: str) -> bool:
    """Whether the same name has its capitals in the first text and none, or only capitals, in the second."""
    return same_name(a, b) and a not in (a.lower(), a.upper()) and b in (b.lower(), b.upper())


def check_name(text: str, *, field: str = "name") -> str:
    """The cleaned name, or a `DomainError` name_missing or name_too_long."""
    name = clean_name(text)
    if not any(unicodedata.category(character) not in ("Cf", "Zs") for character in name):
        raise DomainError("name_missing", "Enter a name.", field=field)
    if len(name) > LONGEST_NAME:
        raise DomainError(
            "name_too_long",
            f"The name has {len(name):,} characters. Shorten it to {LONGEST_NAME}; the note takes the rest.",
            field=field,
            limit=LONGEST_NAME,
        )
    return name


def clean_text(text: str, limit: int, field: str) -> str:
    """A note or an address of at most `limit` characters, its line breaks kept as LF.

    Raises `DomainError` text_too_long.
    """
    cleaned = text.strip() if _is_plain(text) else _cleaned_lines(text)
    if len(cleaned) > limit:
        raise DomainError(
            "text_too_long",
            f"This text has {len(cleaned):,} characters. Shorten it to {limit:,}.",
            field=field,
            limit=limit,
        )
    return cleaned


def _cleaned_lines(text: str) -> str:
    plain = _LINE_ENDS.sub("\n", _one_form(_TURNS.sub("", text)))
    lines = _BLANKS_IN_LINE.sub(" ", plain).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
