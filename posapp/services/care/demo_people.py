"""Draws the customers of a demonstration shop as rows for a bulk load.

Everything follows from the seed and the customer's number. Phones are valid and unique by construction:
each region counts through the free digits of its patterns in steps that share no factor with them.
"""

from dataclasses import dataclass, field
from math import log
from random import Random

from posapp.domain.base.folding import search_words
from posapp.services.care.demo_names import ABROAD, FEATURED, HOME, PHONES, Tongue

CUSTOMER = (
    "id", "pl_number", "name", "name_fold", "more_words", "email", "address", "note", "is_flagged",
    "last_visit_at", "created_at", "updated_at",
)  # fmt: skip
PHONE = ("id", "customer_id", "key", "reversed", "label", "is_primary", "started_at")
CONTACT = ("id", "customer_id", "name", "created_at", "updated_at")
PLACES = 8192
"""Of these each name takes its share; a power of two, so that bits draw one."""
_LAST = PLACES - 1
_STRIDE = 7_368_787  # ends in 7, so it shares no factor with a power of ten
_NOTES = (
    "Prefers a text message.", "Calls before 17:00 only.", "Wants old parts returned.", "Pays by card.",
    "Company account, invoice by e-mail.", "Collects after work.", "Needs a loan phone.",
    "Hard of hearing: write.",
)  # fmt: skip
_WARNING = "Has not paid for two repairs: deposit first."
_STREETS = (
    "Harbour Lane", "Quay Street", "Mill Road", "Castle Street", "Main Street", "Church Road", "Canal Walk",
    "Abbey Street", "The Crescent", "Orchard Avenue", "Station Road", "Bridge Street",
)  # fmt: skip
_MAILS = ("example.com", "example.org", "example.net")
_LABELS = ("work", "home", "partner", "mother")

# A word of a name: as written, folded, in Latin letters.
Word = tuple[str, str, str]


@dataclass(slots=True)
class Batch:
    """Rows of some customers, and the text that goes into the digest of the whole."""

    customers: list[tuple[object, ...]] = field(default_factory=list)
    phones: list[tuple[object, ...]] = field(default_factory=list)
    contacts: list[tuple[object, ...]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class _Names:
    """The words of one language, folded once, each as often as people are called so."""

    def __init__(self, tongue: Tongue) -> None:
        self.region = tongue.region
        self.given = _drawn([_word(text) for text in tongue.given])
        self.family = _drawn([_word(text) for text in tongue.family])
        self.gap = " " if " " in tongue.pattern else ""
        self.family_first = tongue.pattern.startswith("{1}")
        self.has_two_families = tongue.has_two_families

    def draw(self, bits: int) -> tuple[Word, Word]:
        """A given and a family name, in their order; one in eight families has a double name."""
        given = self.given[bits & _LAST]
        family = self.family[bits >> 13 & _LAST]
        if self.family_first:
            return family, given
        if self.has_two_families:
            family = _double(family, self.family[bits >> 29 & _LAST], " ")
        elif bits >> 26 & 7 == 0:
            family = _double(family, self.family[bits >> 29 & _LAST], "-")
        return given, family


def _drawn(words: list[Word]) -> list[Word]:
    """Places to draw from: name number n of a list is borne in proportion to 1 / (n + 12)."""
    count = len(words)
    whole = log((count + 12) / 12)
    ends = [round(PLACES * log((rank + 13) / 12) / whole) for rank in range(count)]
    return [
        word for word, end, first in zip(words, ends, [0, *ends], strict=False) for _ in range(end - first)
    ]


def _double(first: Word, second: Word, mark: str) -> Word:
    return f"{first[0]}{mark}{second[0]}", f"{first[1]} {second[1]}", f"{first[2]} {second[2]}"


def _word(text: str) -> Word:
    folded, spelling = search_words(text)
    return text, folded, spelling or folded


class _Numbers:
    """The mobile numbers of one region, each given out once."""

    def __init__(self, region: str, seed: int) -> None:
        code, beginnings, self._free = PHONES[region]
        self._starts = [f"+{code}{start}" for start in beginnings.split()]
        self._given = 0
        self._offset = Random(f"phones {region} {seed}").randrange(10**self._free)

    def next(self) -> str:
        """A key that nobody has yet."""
        turn, which = divmod(self._given, len(self._starts))
        self._given += 1
        return f"{self._starts[which]}{(turn * _STRIDE + self._offset) % 10**self._free:0{self._free}}"


class People:
    """Draws customers in the order of their PL numbers."""

    def __init__(self, seed: int) -> None:
        self._bits = Random(f"people {seed}").getrandbits
        self._home = _Names(HOME)
        self._abroad = [_Names(tongue) for tongue in ABROAD]
        self._numbers = {region: _Numbers(region, seed) for region in PHONES}
        self._featured = {pl_number: rest for pl_number, *rest in FEATURED}
        self.phones = self.contacts = 0

    def add(self, batch: Batch, number: int, created: int, last_visit: int | None) -> None:
        """Put customer PL<number> into the batch; times are microseconds in UTC."""
        bits, odds = self._bits(48), self._bits(56)
        names = self._home if bits >> 47 else self._abroad[(odds & 0xFFFF) % len(self._abroad)]
        words = names.draw(bits)
        name, folded, more = _joined(words, names.gap)
        is_abroad = odds >> 16 & 0xFF < (8 if names is self._home else 100)
        region = names.region if is_abroad else HOME.region
        email = "" if odds >> 24 & 0xFF > 90 else _email(words, number)
        note = _NOTES[odds >> 32 & 7] if odds >> 35 & 0x1F == 0 else ""
        is_flagged = odds >> 40 & 0x7F == 1
        if number in self._featured:
            name, region, email, note = self._featured[number]
            folded, more = search_words(name)
            is_flagged = False
        elif odds >> 47 & 0x1F == 0:
            more = self._contact(batch, number, created, names, words, more)
        address = f"{(odds & 0x7F) + 1} {_STREETS[odds % 12]}, Dublin {(odds >> 8) % 24 + 1}"
        batch.customers.append(
            (
                number,
                number,
                name,
                folded,
                more or None,
                email,
                address if odds >> 52 & 3 == 0 else "",
                _WARNING if is_flagged else note,
                is_flagged,
                last_visit,
                created,
                created,
            )
        )
        key = self._phone(batch, number, created, region, "", is_primary=True)
        batch.said.append(f"{number} {key} {name}\n")
        if odds >> 20 & 0xF == 0:
            self._phone(batch, number, created, HOME.region, _LABELS[odds & 3], is_primary=False)

    def _phone(
        self, batch: Batch, number: int, created: int, region: str, label: str, *, is_primary: bool
    ) -> str:
        key = self._numbers[region].next()
        self.phones += 1
        batch.phones.append((self.phones, number, key, key[:0:-1], label, is_primary, created))
        return key

    def _contact(
        self, batch: Batch, number: int, created: int, names: _Names, words: tuple[Word, Word], more: str
    ) -> str:
        """Somebody of the same family on the account; gives the further search words of the customer."""
        other = names.given[number * 31 & _LAST]
        shared = words[0] if names.family_first else words[-1]
        name, folded, spelling = _joined(
            (shared, other) if names.family_first else (other, shared), names.gap
        )
        self.contacts += 1
        batch.contacts.append((self.contacts, number, name, created, created))
        return " ".join(filter(None, (more, folded, spelling)))


def _joined(words: tuple[Word, Word], gap: str) -> tuple[str, str, str]:
    """A name from its words, folded, and in Latin letters if that is another spelling."""
    folded = " ".join([word[1] for word in words])
    spelling = " ".join([word[2] for word in words])
    return gap.join([word[0] for word in words]), folded, "" if spelling == folded else spelling


def _email(words: tuple[Word, Word], number: int) -> str:
    local = ".".join([word[2].replace(" ", "") for word in words])
    return f"{local}{number}@{_MAILS[number % 3]}"
