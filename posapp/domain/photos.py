"""Photos of devices, as they were at intake or on the bench."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_SIDE = 2048
"""Pixels of a stored photo's longer side, at most."""
MOST_BYTES = 50 * 1024 * 1024
"""Bytes of a file that is taken as a photo, at most."""


def is_png(data: bytes) -> bool:
    """Whether a file begins as every PNG does (ISO/IEC 15948, 5.2)."""
    return data.startswith(b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo without its pixels; `hash` is the SHA-256 of the stored JPEG."""

    id: int
    job_id: int
    hash: str
    width: int
    height: int
    created_at: datetime
    created_by: str
    is_removed: bool = False
