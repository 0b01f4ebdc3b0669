"""What a scanned text is: a number of the shop, a product code, or one of them under another keyboard layout.

A scanner that types sends the places of keys, not characters. Where it is set to another layout than the
computer, `PL5` arrives as `PL(` (US on French) and `Z5` as `Y5` (US on German).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations, product
from types import MappingProxyType

from posapp.domain.base.numbers import is_own_number

_SHORT = re.compile(r"[A-Z]{1,3}-?\d{1,15}", re.IGNORECASE)
_GOODS = frozenset({8, 12, 13, 14})
"""How many digits an EAN, UPC or GTIN has."""

_LAYOUTS = MappingProxyType(
    {
        "US": ("`1234567890-qwertyuiopasdfghjklzxcvbnm", "~!@#$%^&*()_QWERTYUIOPASDFGHJKLZXCVBNM"),
        "British": ("`1234567890-qwertyuiopasdfghjklzxcvbnm", '¬!"£$%^&*()_QWERTYUIOPASDFGHJKLZXCVBNM'),
        "German": (" 1234567890ßqwertzuiopasdfghjklyxcvbnm", '°!"§$%&/()=?QWERTZUIOPASDFGHJKLYXCVBNM'),
        "French": ("²&é\"'(-è_çà)azertyuiopqsdfghjklwxcvbn,", "~1234567890°AZERTYUIOPQSDFGHJKLWXCVBN?"),
        "Belgian": ("²&é\"'(§è!çà)azertyuiopqsdfghjklwxcvbn,", "³1234567890°AZERTYUIOPQSDFGHJKLWXCVBN?"),
        "Swiss": ("§1234567890'qwertzuiopasdfghjklyxcvbnm", '°+"*ç%&/()=?QWERTZUIOPASDFGHJKLYXCVBNM'),
        "Spanish": ("º1234567890'qwertyuiopasdfghjklzxcvbnm", 'ª!"·$%&/()=?QWERTYUIOPASDFGHJKLZXCVBNM'),
        "Latin American": (
            "|1234567890'qwertyuiopasdfghjklzxcvbnm",
            '°!"#$%&/()=?QWERTYUIOPASDFGHJKLZXCVBNM',
        ),
        "Italian": ("\\1234567890'qwertyuiopasdfghjklzxcvbnm", '|!"£$%&/()=?QWERTYUIOPASDFGHJKLZXCVBNM'),
        "Brazilian": ("'1234567890-qwertyuiopasdfghjklzxcvbnm", '"!@#$% &*()_QWERTYUIOPASDFGHJKLZXCVBNM'),
        "Swedish": ("§1234567890+qwertyuiopasdfghjklzxcvbnm", '½!"#¤%&/()=?QWERTYUIOPASDFGHJKLZXCVBNM'),
        "Czech": (";+ěščřžýáíé=qwertzuiopasdfghjklyxcvbnm", " 1234567890%QWERTZUIOPASDFGHJKLYXCVBNM"),
        "Slovak": (";+ľščťžýáíé=qwertzuiopasdfghjklyxcvbnm", " 1234567890%QWERTZUIOPASDFGHJKLYXCVBNM"),
        "Hungarian": ("0123456789öüqwertzuiopasdfghjklyxcvbnm", "§'\"+!%/=()ÖÜQWERTZUIOPASDFGHJKLYXCVBNM"),
        "Croatian": ("`1234567890'qwertzuiopasdfghjklyxcvbnm", '~!"#$%&/()=?QWERTZUIOPASDFGHJKLYXCVBNM'),
        "Turkish": ('"1234567890*qwertyuıopasdfghjklzxcvbnm', "é!'^+%&/()=?QWERTYUIOPASDFGHJKLZXCVBNM"),
        "Russian": ("ё1234567890-йцукенгшщзфывапролдячсмить", 'Ё!"№;%:?*()_ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ'),
        "Ukrainian": ("'1234567890-йцукенгшщзфівапролдячсмить", 'ʼ!"№;%:?*()_ЙЦУКЕНГШЩЗФІВАПРОЛДЯЧСМИТЬ'),
        "Greek": ("`1234567890-;ςερτυθιοπασδφγηξκλζχψωβνμ", "~!@#$%^&*()_:ΣΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ"),
        "Hebrew": (";1234567890-/'קראטוןםפשדגכעיחלךזסבהנמצ", "~!@#$%^&*)(_QWERTYUIOPASDFGHJKLZXCVBNM"),
        "Arabic": ("ذ1234567890-ضصثقفغعهخحشسيبلاتنمئءؤرﻻىة", " !@#$%^&*)(_    ﻹإ`÷×؛  ][ﻷأـ،/~ }{ﻵآ'"),
        "Hindi": ("ॊ१२३४५६७८९०-ौैाीूबहगदजोे्िुपरकतॆंमनवलस", "ऒऍॅ#$%^&*()ःऔऐआईऊभङघधझओएअइउफऱखथऎँणऩऴळश"),
        "Thai": ("_ๅ/-ภถุึคตจขๆไำพะัีรนยฟหกดเ้่าสผปแอิืท", '%+๑๒๓๔ู฿๕๖๗๘๐"ฎฑธํ๊ณฯญฤฆฏโฌ็๋ษศ()ฉฮฺ์?'),
        "Canadian": ("#1234567890-qwertyuiopasdfghjklzxcvbnm", '|!"/$%?&*()_QWERTYUIOPASDFGHJKLZXCVBNM'),
    }
)
"""Layout: what the keys type that a US keyboard calls `1234567890-QWERTYUIOPASDFGHJKLZXCVBNM, plain and with
Shift (xkeyboard-config 2.35); a space where nothing comes.

British, Polish and Romanian keyboards type these keys as the US one does, with other signs over the digits.
"""


def is_product_code(text: str) -> bool:
    """Whether it is a whole EAN, UPC or GTIN, its check digit included."""
    if len(text) not in _GOODS or not (text.isascii() and text.isdecimal()):
        return False
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return total % 10 == 0


def other_layout(text: str) -> tuple[str, ...]:
    """What a code may have been that came under another keyboard layout; empty where it makes sense as is.

    Several readings are possible, so it is for telling the clerk, never for acting.
    """
    text = text.strip()
    if any(digit in text for digit in "0123456789") and text.isascii():
        return ()
    readings = {meant.upper() for meant in _readings(text) if _makes_sense(meant)}
    return tuple(sorted(readings, key=lambda one: (not is_own_number(one), one)))


def _makes_sense(text: str) -> bool:
    return is_product_code(text) or (text.isascii() and _SHORT.fullmatch(text) is not None)


def _readings(text: str) -> Iterator[str]:
    for scanner, computer in permutations(_LAYOUTS, 2):
        keys = _keys_of(computer)
        if all(sign in keys for sign in text):
            for way in product(*(keys[sign] for sign in text)):
                yield "".join(_LAYOUTS[scanner][is_shifted][place] for place, is_shifted in way)


@cache
def _keys_of(layout: str) -> dict[str, list[tuple[int, int]]]:
    """By sign, the keys that type it: on a Greek keyboard two of them type Σ."""
    found: dict[str, list[tuple[int, int]]] = {}
    for is_shifted, signs in enumerate(_LAYOUTS[layout]):
        for place, sign in enumerate(signs):
            if sign != " ":
                found.setdefault(sign, []).append((place, is_shifted))
    return found
