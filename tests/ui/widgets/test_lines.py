"""Lines that are laid out once look as words that are drawn at once, and are forgotten when fonts come."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from posapp.ui.fonts import load_fallback_fonts
from posapp.ui.theme import Theme
from posapp.ui.widgets.lines import cut_line, line
from posapp.ui.widgets.paint import cut, draw_text

_WORDS = (
    "T12·2",
    "€ 1.234,00",
    "Экран разбит",
    "شاشة مكسورة 12",
    "PL7 מסך שבור",
    "एक लंबा नाम",
    "三星手机",
    "삼성",
)


def _drawn(words: str, room: float, look: Theme, ratio: float, *, is_kept: bool) -> QImage:
    image = QImage(int(300 * ratio), int(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    if is_kept:
        cut_line(words, room, "small", 600).draw(painter, 7, 20, look.tokens.text)
    else:
        font = look.font("small", 600)
        draw_text(painter, 7, 20, cut(words, font, room), font, look.tokens.text)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("words", _WORDS)
def test_a_kept_line_looks_as_words_that_are_drawn_at_once(look: Theme, words: str, ratio: float) -> None:
    load_fallback_fonts()
    for scale in (100, 90, 150):
        look.change(scale=scale)
        for room in (200, 40):
            kept = _drawn(words, room, look, ratio, is_kept=True)
            assert kept == _drawn(words, room, look, ratio, is_kept=False)
        assert line(words, "small", 600).width == look.metrics("small", 600).horizontalAdvance(words)


def test_a_line_has_one_line(look: Theme) -> None:
    words = line("above\u2028below\nlast")
    assert words.width == line("above below last").width
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    words.layout.draw(painter, QPointF(0, 0))
    painter.end()
    assert words.layout.lineCount() == 1


def test_lines_are_laid_out_anew_when_fonts_come(qapp: QApplication, look: Theme) -> None:
    before = line("Nguyễn")
    assert line("Nguyễn").layout is before.layout
    qapp.fontDatabaseChanged.emit()
    assert line("Nguyễn").layout is not before.layout
