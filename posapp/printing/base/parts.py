"""What several papers share: the shop's head, the mark of a copy, labelled facts, the two codes."""

import logging
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from posapp.domain.papers.documents import CopyMark, ShopHeader
from posapp.printing.base import wording
from posapp.printing.base.codes import Code
from posapp.printing.base.fonts import CAP_HEIGHT, Weight
from posapp.printing.base.layout import Sheet, badge_width
from posapp.printing.base.text import Line, Style, clean, fit, measure, wrap

_log = logging.getLogger(__name__)
_STEEP = [max(0, min(255, 2 * grey - 128)) for grey in range(256)]
"""Near black to black and near white to white, so that only the greys between are dithered."""


def shop_lines(shop: ShopHeader, size: float, width: float) -> list[Line]:
    """Address, ways to reach the shop and tax number, as few lines as they need."""
    style = Style(size)
    found = wrap(shop.address, style, width)
    row: list[str] = []
    for way in (shop.phone, shop.website, shop.email):
        if way and row and measure(" · ".join([*row, way]), style).width > width:
            found += wrap(" · ".join(row), style, width)
            row = []
        row += [way] * bool(way)
    return found + wrap(" · ".join(row), style, width) + wrap(shop.tax_id, style, width)


def copy_mark(sheet: Sheet, copy: CopyMark | None, locale: str, size: float, small: float) -> None:
    """COPY 2 with when and by whom, across the column. The first printing says nothing."""
    if copy is None or not copy.is_copy:
        return
    sheet.space(size * 0.3)
    word = measure(f"COPY {copy.count}", Style(size, Weight.BOLD))
    left, width = sheet.frame.left, sheet.frame.width
    top, gap = sheet.y, size * 0.7
    details = f"{wording.moment(copy.at, locale)}, {copy.by}" if copy.by else wording.moment(copy.at, locale)
    sheet.put(word, left, top + word.above)
    lines = wrap(details, Style(small), width - word.width - gap)
    if len(lines) == 1:
        sheet.put(lines[0], left + word.width + gap, top + word.above)
        sheet.y = top + word.height
    else:
        sheet.y = top + word.height
        sheet.block(wrap(details, Style(small), width), left, width)


def facts(
    sheet: Sheet, rows: list[tuple[str, str]], size: float, x: float, width: float, least: float = 0
) -> None:
    """Labelled values below each other; a value that is empty is left out with its label."""
    labels = [measure(label, Style(size, Weight.SEMIBOLD)) for label, value in rows if clean(value)]
    column = max([least, *(label.width + size for label in labels)])
    values = [wrap(value, Style(size), width - column) for _, value in rows if clean(value)]
    for label, lines in zip(labels, values, strict=True):
        sheet.put(label, x, sheet.y + max(label.above, lines[0].above))
        sheet.block(lines, x + column, width - column, "left")
        sheet.space(size * 0.2)


def person(sheet: Sheet, pl_id: str, name: str, badge: int, style: Style, x: float, width: float) -> None:
    """The customer: PL ID white on black, then the name in one line or two, beside it or below a long one."""
    room = badge * 1.5
    used = badge_width(pl_id, badge) + badge * 0.55
    if used > width * 0.45:
        sheet.badge(pl_id, badge, x, sheet.y + room / 2)
        sheet.space(room + 4)
        sheet.block(fit(name, style, width), x, width, "left")
        return
    lines = fit(name, style, width - used)
    top = sheet.y
    middle = top + max([room, *(line.height for line in lines)]) / 2
    sheet.badge(pl_id, badge, x, middle)
    if lines:
        sheet.y = max(top, middle + CAP_HEIGHT / 2 * lines[0].style.size - lines[0].above)
        sheet.block(lines, x + used, width - used, "left")
    sheet.y = max(sheet.y, middle + room / 2)


def coded(sheet: Sheet, code: Code, text: str, x: float, top: float, size: float, gap: float = 10) -> float:
    """A code with its upper left corner there, its text `gap` dots below; returns the y of the end."""
    sheet.code(code, x, top)
    line = measure(text, Style(size, Weight.SEMIBOLD, apart=size * 0.12))
    start = max(sheet.frame.left, min(x + (code.width - line.width) / 2, sheet.frame.right - line.width))
    baseline = round(top) + code.height + gap + CAP_HEIGHT * size + 1  # round letters reach a little higher
    sheet.put(line, start, baseline)
    return baseline + line.below


def logo_picture(logo: bytes | None, width: int, height: int) -> tuple[ImageReader, int, int] | None:
    """The shop's logo in black and white, fitted into a size in dots; None if there is none to show."""
    return _black_and_white(logo, width, height, is_cut=False) if logo else None


def signature_picture(signed: bytes | None, width: int, height: int) -> tuple[ImageReader, int, int] | None:
    """What somebody wrote on the screen, without the white around it; None if there is none to show."""
    return _black_and_white(signed, width, height, is_cut=True) if signed else None


@lru_cache(maxsize=8)
def _black_and_white(
    png: bytes, width: int, height: int, *, is_cut: bool
) -> tuple[ImageReader, int, int] | None:
    try:
        with Image.open(BytesIO(png)) as opened:
            picture = opened.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError) as reason:
        _log.warning("A picture cannot be printed: %s", reason)  # the paper goes on
        return None
    if is_cut:
        picture = picture.crop(ImageOps.invert(picture.convert("L")).getbbox())
    scale = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L").resize(size)
    return ImageReader(grey.point(_STEEP).convert("1").convert("L")), *size
