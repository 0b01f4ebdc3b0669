"""Photos made small enough to keep: turned as they were held, scaled, and stored as JPEG without their data.

What a camera writes beside the pixels (place, time, owner) is dropped: it is nobody's business here.
"""

import io
import warnings
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.photos import LONGEST_SIDE, MOST_BYTES, ScaledPhoto

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "JPEG2000", "PNG", "PPM", "TIFF", "WEBP")
"""What is read: Pillow knows more, but some of those start other programs."""
MOST_PIXELS = 120_000_000
"""Pixels of a picture that is unpacked whole; a JPEG unpacks at a fraction of its size and may have more."""
MOST_JPEG_PIXELS = 300_000_000
QUALITY = 85


def scale_photo(data: bytes) -> ScaledPhoto:
    """Any common picture as a JPEG of at most 2,048 pixels a side.

    Refuses with `photo_large` (file or picture too large) and `photo_unreadable` (no picture, or damaged).
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise DomainError(
            "photo_large", "This file has more than 50 MB. Choose a smaller photo.", field="photo"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about pixels and odd headers: the limits here are our own
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                _refuse_huge(opened.format or "", opened.width * opened.height)
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
                return _as_jpeg(_on_white(picture))
    except Image.DecompressionBombError as error:
        raise _huge() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise DomainError(
            "photo_unreadable",
            "This file is no picture that can be read. Choose a JPEG, PNG or WebP.",
            field="photo",
        ) from error


def _refuse_huge(kind: str, pixels: int) -> None:
    if pixels > (MOST_JPEG_PIXELS if kind in ("JPEG", "MPO") else MOST_PIXELS):
        raise _huge()


def _huge() -> DomainError:
    return DomainError(
        "photo_large", "This picture has too many pixels. Choose a smaller photo.", field="photo"
    )


def _on_white(picture: "Image.Image") -> "Image.Image":
    """JPEG has no transparency: what was see-through becomes white."""
    from PIL import Image

    if picture.mode in ("RGB", "L"):
        return picture.convert("RGB")
    whole = picture.convert("RGBA")
    ground = Image.new("RGB", whole.size, "white")
    ground.paste(whole, mask=whole.getchannel("A"))
    return ground


def _as_jpeg(picture: "Image.Image") -> ScaledPhoto:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return ScaledPhoto(kept.getvalue(), picture.width, picture.height)
