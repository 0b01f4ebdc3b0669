"""A person as the first letters of their name in a circle, and the letters of a shop."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, draw_text


def initials(name: str) -> str:
    """Up to two letters: of the first and the last part of a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    ends = words if len(words) < 2 else (words[0], words[-1])
    return "".join(word[0] for word in ends).upper()


def shop_letters(name: str) -> str:
    """Up to two letters of the name of a shop."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "P"


def draw_initials(
    painter: QPainter, area: QRectF, name: str, *, step: str = "caption", is_chosen: bool = False
) -> None:
    """The circle and its letters; filled for the one who is chosen."""
    look, tokens = theme(), theme().tokens
    box(painter, area, area.width() / 2, tokens.fill if is_chosen else tokens.neutral_soft)
    letters, font = initials(name), look.font(step, 700)
    width = look.metrics(step, 700).horizontalAdvance(letters)
    ink = tokens.on_fill if is_chosen else tokens.text
    draw_text(painter, area.center().x() - width / 2, area.center().y(), letters, font, ink)
