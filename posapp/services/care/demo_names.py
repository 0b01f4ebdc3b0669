"""Invented people for a demonstration shop: names of 27 tongues, and where their mobile numbers come from.

The names stand in `resources/names/people.txt`. Phone patterns are beginnings of mobile numbers in the
numbering plans of libphonenumber's metadata; a test holds a sample of every one against the library.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from posapp import paths


@dataclass(frozen=True)
class Tongue:
    """How people of one language are called; `pattern` joins a given name and a family name.

    `code` is the region of their phones, and where one region has several tongues what tells them apart.
    """

    code: str
    pattern: str = "{} {}"
    has_two_families: bool = False

    @property
    def region(self) -> str:
        """The region of their phones."""
        return self.code.partition("-")[0]

    @cached_property
    def given(self) -> tuple[str, ...]:
        """Given names, women's and men's, the common ones first."""
        return _table()[f"{self.code} given"]

    @cached_property
    def family(self) -> tuple[str, ...]:
        """Family names, the common ones first."""
        return _table()[f"{self.code} family"]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """The lists of the table by their headings, each name once."""
    words = (paths.resources() / "names/people.txt").read_text(encoding="utf-8")
    lists = (block.split("\n", 1) for block in words.split("\n\n")[1:])
    return {heading: tuple(dict.fromkeys(_names(lines))) for heading, lines in lists}


def _names(lines: str) -> Iterator[str]:
    """The names of some lines; an underscore stands for a space within a name."""
    for line in lines.replace("_", "\0").splitlines():
        beginnings, _, endings = line.partition(" + ")
        for ending in endings.split() or [""]:
            yield from (f"{one}{ending}".replace("\0", " ") for one in beginnings.split())


HOME = Tongue("IE")
ABROAD = (
    Tongue("GB"),
    Tongue("PL"),
    Tongue("LT"),
    Tongue("DE"),
    Tongue("FR"),
    Tongue("ES", has_two_families=True),
    Tongue("IT"),
    Tongue("NL"),
    Tongue("SE"),
    Tongue("DK"),
    Tongue("FI"),
    Tongue("CZ"),
    Tongue("HU", "{1} {0}"),
    Tongue("RO"),
    Tongue("GR"),
    Tongue("UA"),
    Tongue("TR"),
    Tongue("IN-hi"),
    Tongue("IN-en"),
    Tongue("AE"),
    Tongue("CN", "{1}{0}"),
    Tongue("JP", "{1} {0}"),
    Tongue("KR", "{1}{0}"),
    Tongue("VN", "{1} {0}"),
    Tongue("NG"),
    Tongue("BR"),
)

PHONES: dict[str, tuple[str, str, int]] = {
    "IE": ("353", "83 85 86 87 89", 7),
    "GB": ("44", "7711 7722 7733 7745 7756 7841 7852 7946", 6),
    "PL": ("48", "501 512 530 602 664 698 721 783 792 886", 6),
    "LT": ("370", "61 62 65 67 68", 6),
    "DE": ("49", "1511 1512 1514 1515 1602 1702 1715 1726 1733 1757", 7),
    "FR": ("33", "611 622 644 667 672 681", 6),
    "ES": ("34", "611 620 630 650 660 679", 6),
    "IT": ("39", "320 328 333 338 340 347 348", 7),
    "NL": ("31", "61 62 63 64 65", 7),
    "SE": ("46", "70 72 73 76", 7),
    "DK": ("45", "203 214 226 231 245 281 301 312 402 421 512 604", 5),
    "FI": ("358", "40 44 45 46 50", 7),
    "CZ": ("420", "601 602 603 605 606 721 723 731 737 774 776", 6),
    "HU": ("36", "20 30 70", 7),
    "RO": ("40", "722 723 726 731 740 745 755 766", 6),
    "GR": ("30", "690 693 694 697 698", 7),
    "UA": ("380", "50 63 66 67 68 93 95 96 97 98 99", 7),
    "TR": ("90", "530 532 533 535 537 542 544 546 555", 7),
    "IN": ("91", "98 99", 8),
    "AE": ("971", "50 52 54 55 56 58", 7),
    "CN": ("86", "135 136 137 138 139 150 158 159 186 187 188", 8),
    "JP": ("81", "901 902 903 904 905 801 802 803 804 805", 7),
    "KR": ("82", "102 103 104 106 107 108 109", 7),
    "VN": ("84", "90 91 93 96 97 98", 7),
    "NG": ("234", "803 805 806 813 816", 7),
    "BR": ("55", "1196 1197 1198 1199 2198 3199", 7),
}
"""Region: country code, beginnings of mobile numbers, and how many free digits follow."""

FEATURED: tuple[tuple[int, str, str, str, str], ...] = (
    (
        24,
        "Marta Kowalczyk",
        "IE",
        "marta.k@example.com",
        "Calls before 17:00 only. Wants old screens returned.",
    ),
    (30, "Aisling Byrne", "IE", "aisling.byrne@example.com", ""),
    (33, "Fatima El Amrani", "FR", "", ""),
    (38, "Yuki Tanaka", "JP", "yuki@example.org", ""),
    (41, "Liam O’Connor", "IE", "liam.oconnor@example.com", "Collects after work, never on Fridays."),
    (45, "Søren Kjær", "DK", "", ""),
    (49, "Priya Raghunathan", "IN", "priya.r@example.net", ""),
    (52, "Amara Diallo", "IE", "", ""),
    (55, "Olena Shevchenko", "UA", "olena.s@example.org", ""),
    (57, "Chidi Okafor", "GB", "chidi@example.net", ""),
    (59, "João Pereira", "BR", "", ""),
    (61, "Jonas Lindqvist", "SE", "jonas.lindqvist@example.com", ""),
    (64, "नेहा शर्मा", "IN", "", "Speaks Hindi and English."),
    (67, "Nguyễn Thị Lan", "FR", "lan.nguyen@example.org", ""),
    (70, "Zeynep Yılmaz", "DE", "", ""),
    (72, "محمد الأنصاري", "AE", "", ""),
    (74, "Seán Ó Súilleabháin", "IE", "sean.os@example.com", ""),
    (76, "王秀英", "CN", "", ""),
    (78, "Ελένη Παπαδοπούλου", "GR", "eleni@example.org", ""),
)
"""People on the first screens: PL number, name, region of the phone, e-mail, note."""
