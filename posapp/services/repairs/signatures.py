"""What is signed on the screen: kept as a picture, which records and papers name by its hash."""

from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.photos import is_png

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

LONGEST_SIGNATURE = 1 << 20


def kept_signature(uow: "UnitOfWork", png: bytes | None) -> str:
    """The hash of a signature that is kept for good, "" for none."""
    if png is None:
        return ""
    if len(png) > LONGEST_SIGNATURE or not is_png(png):
        raise DomainError(
            "signature_invalid", "This signature cannot be kept. Sign again.", field="signature"
        )
    return uow.businesses.keep_picture(png)
