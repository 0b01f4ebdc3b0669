"""Codes to scan."""

import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from posapp.domain.papers.documents import PaperSize
from posapp.printing.base.codes import BARS_QUIET, QR_QUIET, Code, code128, qr
from tests.printing.samples import SLIP, picture


def drawn(code: Code, quiet: int) -> Image.Image:
    """The code's rectangles with white around them."""
    page = Image.new("L", (code.width + 2 * quiet, code.height + 2 * quiet), 255)
    pen = ImageDraw.Draw(page)
    for rectangle in code.path.removesuffix(" f").split(" re"):
        if rectangle.strip():
            x, y, width, height = map(int, rectangle.split())
            top = quiet + code.height - y - height
            pen.rectangle((quiet + x, top, quiet + x + width - 1, top + height - 1), fill=0)
    return page


def read(page: Image.Image) -> tuple[str, str]:
    (found,) = zxingcpp.read_barcodes(page)
    return found.format.name, found.text


@given(st.integers(1, 10**9))
def test_any_pl_id_reads_back_from_its_qr_code(number: int) -> None:
    assert read(drawn(qr(f"PL{number}", 5), QR_QUIET * 5)) == ("QRCode", f"PL{number}")


@given(st.integers(1, 10**9))
def test_any_booking_number_reads_back_from_its_bars(number: int) -> None:
    assert read(drawn(code128(f"B{number}", 2, 96), BARS_QUIET * 2)) == ("Code128", f"B{number}")


def test_a_short_text_is_no_micro_qr_code() -> None:
    assert qr("PL1", 1).width >= 21


def test_bars_and_squares_stand_on_whole_dots_of_the_head() -> None:
    """Nothing between black and white where the codes are: every edge meets the edge of a dot."""
    for paper, left in ((PaperSize.ROLL_80, 58), (PaperSize.ROLL_58, 52)):
        page = picture(SLIP, paper)
        bars = code128(SLIP.number, 3 if paper is PaperSize.ROLL_80 else 2, 96)
        start = left if paper is PaperSize.ROLL_80 else left + (360 - bars.width) // 2
        rows = [y for y in range(page.height) if _row(page, y, start, bars.width) == _expected(bars)]
        assert len(rows) == bars.height


def test_quiet_zones_are_white() -> None:
    page = picture(SLIP, PaperSize.ROLL_80)
    square, bars = qr("PL24", 5), code128("B319", 3, 96)
    right = 58 + 524
    y = next(y for y in range(page.height) if _row(page, y, 58, bars.width) == _expected(bars))
    assert _row(page, y + 40, 58 + bars.width, BARS_QUIET * 3) == [0] * (BARS_QUIET * 3)
    assert _row(page, y + 40, 58 - BARS_QUIET * 3, BARS_QUIET * 3) == [0] * (BARS_QUIET * 3)
    assert _row(page, y + 40, right, QR_QUIET * 5) == [0] * (QR_QUIET * 5)
    assert _row(page, y + 40, right - square.width - QR_QUIET * 5, QR_QUIET * 5) == [0] * (QR_QUIET * 5)
    for below in range(QR_QUIET * 5):
        assert _row(page, y + bars.height + below, right - square.width, square.width) == [0] * square.width
        above = y + bars.height - square.height - 1 - below
        assert _row(page, above, right - square.width, square.width) == [0] * square.width


def _row(page: Image.Image, y: int, x: int, width: int) -> list[int]:
    """1 for black, 0 for white; a grey dot is neither and equals nothing expected."""
    greys = page.crop((x, y, x + width, y + 1)).tobytes()
    return [1 if grey < 8 else 0 if grey > 247 else -1 for grey in greys]


def _expected(bars: Code) -> list[int]:
    dark = [0] * bars.width
    for rectangle in bars.path.removesuffix(" f").split(" re"):
        if rectangle.strip():
            x, _, width, _ = map(int, rectangle.split())
            dark[x : x + width] = [1] * width
    return dark
