"""Photos made small: any common picture, upright, without the data of the camera; nothing that hurts."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from posapp.domain.base.errors import DomainError
from posapp.printing.base.pictures import scale_photo


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, kind, **options)
    return kept.getvalue()


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def pixel(jpeg: bytes, x: int, y: int) -> tuple[int, ...]:
    with Image.open(io.BytesIO(jpeg)) as picture:
        found = picture.getpixel((x, y))
        assert isinstance(found, tuple)
        return tuple(int(one) for one in found)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "CMYK", "1"])
def test_any_common_picture_becomes_a_jpeg(kind: str, mode: str) -> None:
    try:
        data = saved(Image.new(mode, (30, 20)), kind)
    except (OSError, ValueError):
        pytest.skip(f"{kind} holds no {mode}")
    scaled = scale_photo(data)
    assert (scaled.width, scaled.height, scaled.jpeg[:2]) == (30, 20, b"\xff\xd8")


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((2048, 10), (2048, 10)), ((4096, 2048), (2048, 1024)), ((100, 5000), (41, 2048)), ((1, 1), (1, 1))],
)
def test_the_longer_side_is_at_most_2048(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    scaled = scale_photo(saved(Image.new("RGB", size), "PNG"))
    assert (scaled.width, scaled.height) == wanted


def test_a_photo_stands_as_the_camera_was_held_and_loses_its_data() -> None:
    picture = Image.new("RGB", (64, 32), "red")
    picture.paste("blue", (0, 0, 32, 32))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    exif[0x010E] = "at home"
    scaled = scale_photo(saved(picture, "JPEG", exif=exif, quality=95))
    assert (scaled.width, scaled.height) == (32, 64)
    assert pixel(scaled.jpeg, 16, 8)[2] > 200  # what was left is on top
    with Image.open(io.BytesIO(scaled.jpeg)) as kept:
        assert not dict(kept.getexif())
    assert b"at home" not in scaled.jpeg


def test_what_is_see_through_becomes_white() -> None:
    scaled = scale_photo(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))
    assert min(pixel(scaled.jpeg, 4, 4)) > 250


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        saved(Image.effect_noise((300, 300), 90), "JPEG")[:2000],
        saved(Image.new("RGB", (300, 300)), "PNG")[:60],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    ],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    assert code_of(lambda: scale_photo(data)) == "photo_unreadable"


def test_a_file_of_more_than_50_mb_is_refused_unread() -> None:
    assert code_of(lambda: scale_photo(bytes(200 * 1024 * 1024))) == "photo_large"


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_a_small_file_that_unpacks_to_gigabytes_is_refused(side: int) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    assert code_of(lambda: scale_photo(bomb)) == "photo_large"
