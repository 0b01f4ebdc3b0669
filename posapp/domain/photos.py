"""Photos of devices, as they were at intake or on the bench."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_SIDE = 2048
"""Pixels of a stored photo's longer side, at most."""
MOST_BYTES = 50 * 1024 * 1024
"""Bytes of a file that is taken as a photo, at most."""


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
