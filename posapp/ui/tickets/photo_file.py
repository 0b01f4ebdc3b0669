"""The picture in a file that was chosen for a device."""

from pathlib import Path

from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.repairs.photos import MOST_BYTES


def read_photo(file: Path) -> bytes:
    """What stands in it; refuses what is too large, and says why it cannot be read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DomainError(
                "photo_large", "This file has more than 50 MB. Choose a smaller photo.", field="photo"
            )
        return file.read_bytes()
    except OSError as error:
        raise EnvironmentFault("photo_unread", f"{file.name} cannot be read ({error.strerror}).") from error
