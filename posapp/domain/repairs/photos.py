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


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels by the frame header of a JPEG (ISO/IEC 10918-1, B.2.2), None for none."""
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


@dataclass(frozen=True, slots=True)
class ScaledPhoto:
    """A photo ready to be kept."""

    jpeg: bytes
    width: int
    height: int


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
