"""What a part of the trade brings to printing: for each of its papers, what puts it on a sheet."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

from posapp.domain.papers.documents import CopyMark, Document
from posapp.printing.base.layout import Sheet


class Additions(NamedTuple):
    """What stands on a paper beside the document: which copy it is, and pictures that it names by hash.

    `secret` is what one print knows and nothing keeps: the code of a gift card that was just sold.
    """

    copy: CopyMark | None
    logo: bytes | None
    signature: bytes | None
    secret: str = ""


class Filled(Protocol):
    """A paper on its sheet; `signed` is the picture of a signature and `secret` a code, where it has one."""

    signed: bytes | None
    secret: str

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
        """Put everything on the sheet."""


Put: TypeAlias = Callable[[Sheet, Any, Additions], None]
Papers: TypeAlias = Mapping[type[Document], Put]


def roll_or_page(roll: Callable[[Sheet, Any], Filled], page: Callable[[Sheet, Any], Filled]) -> Put:
    """A paper that has one look on rolls and another one on sheets."""

    def put(sheet: Sheet, document: Any, additions: Additions) -> None:
        made = (roll if sheet.frame.paper.is_roll else page)(sheet, document)
        made.signed = additions.signature
        made.secret = additions.secret
        made.fill(additions.copy, additions.logo)

    return put
