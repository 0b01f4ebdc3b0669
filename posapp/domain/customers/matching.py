"""Which part of a found name, number or address was typed: the same rules as those by which it is found."""

import re

Span = tuple[int, int]
"""Start and length."""

_WORD = re.compile(r"\S+")


def match_in_name(name: str, typed: str) -> Span | None:
    """The first word of the name that begins like a typed word, as far as it was typed."""
    from posapp.domain.base.folding import fold, latin, query_words

    asked = query_words(typed)
    for found in _WORD.finditer(name):
        word, bare = found[0], fold(found[0])
        for query in asked:
            if bare.startswith(query):
                return found.start(), len(query) if len(bare) == len(word) else len(word)
            if latin(word).startswith(query):
                return found.start(), len(word)
    return None


def match_in_phone(shown: str, typed: str, why: str) -> Span | None:
    """Where the typed digits stand in a number as it is shown."""
    if not shown or why not in ("phone", "final", "leading"):
        return None
    if why == "phone":
        return 0, len(shown)
    places = [at for at, character in enumerate(shown) if character.isdecimal()]
    digits = "".join(shown[at] for at in places)
    asked = "".join(str(int(character)) for character in typed if character.isdecimal())
    # Prefixes for calls abroad and trunk zeros may be typed but not shown: leave out digits from the front.
    for start in range(max(len(asked) - 2, 0)):
        part = asked[start:]
        at = digits.rfind(part) if why == "final" else digits.find(part)
        if at >= 0:
            first, last = places[at], places[at + len(part) - 1]
            return first, last - first + 1
    return None


def match_at_start(text: str, typed: str) -> Span | None:
    """Whether a text begins as it was typed, in capitals or not."""
    asked = typed.strip()
    return (0, len(asked)) if asked and text.casefold().startswith(asked.casefold()) else None
