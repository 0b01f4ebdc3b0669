"""What a customer agreed to, or no longer does: each time a record of its own, the newest of a kind holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posapp.domain.base.errors import DomainError

WORDS_LIMIT = 2000
"""Characters of the words that were shown."""


class ConsentKind(StrEnum):
    """What somebody is asked for; what a repair itself needs is asked of nobody."""

    MESSAGES = "messages"
    """To be told by message or mail how a repair goes."""
    MARKETING = "marketing"
    """To be told of offers."""
    PHOTOS = "photos"
    """That pictures of a device are taken and kept."""
    KEEP_DATA = "keep_data"
    """That what is on a device may be looked at and copied for the repair."""

    @property
    def asked(self) -> str:
        """What is agreed to, in the words that are shown where the shop has no own ones."""
        return _ASKED[self]


_ASKED = {
    ConsentKind.MESSAGES: "The shop may tell me by message, mail or phone how my repair goes.",
    ConsentKind.MARKETING: "The shop may tell me of its offers by message or mail.",
    ConsentKind.PHOTOS: "The shop may take photos of my device and keep them with the repair.",
    ConsentKind.KEEP_DATA: "The shop may look at and copy data of my device as far as the repair needs it.",
}


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer: given or withdrawn, when, noted by whom, and the words that were shown."""

    id: int
    kind: ConsentKind
    is_given: bool
    words: str
    at: datetime
    by: str


def newest(consents: Iterable[Consent]) -> dict[ConsentKind, Consent]:
    """What holds: the newest answer of each kind that was asked for."""
    return {one.kind: one for one in sorted(consents, key=lambda one: one.id)}


def check_kind(word: str) -> ConsentKind:
    """The kind of that name; `DomainError` consent_unknown."""
    try:
        return ConsentKind(word.strip().casefold().replace("-", "_"))
    except ValueError as error:
        kinds = ", ".join(ConsentKind)
        raise DomainError("consent_unknown", f"Choose one of {kinds}.", field="kind") from error
