"""What every section of Settings is: a card with a title, and the handful of things the page asks of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from posapp.ui.actions import Action
from posapp.ui.layout import STRETCH, columns, held, rows
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.ui.session import Session

WIDEST = 860
"""Pixels of the design: longer lines of fields are harder to fill in."""


class Section(Card):
    """Base of the sections; made when it is first chosen."""

    keys_changed = Signal()

    def __init__(self, title: str, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(title)
        self.presenter, self.shell = presenter, shell
        self.setAccessibleName(title)

    @property
    def session(self) -> "Session":
        """The shop that is open."""
        return self.presenter.session

    def refresh(self) -> None:
        """Show what is known now; called on the first show and after every change."""

    def entered(self) -> None:
        """Called whenever the section comes to the front: its keys work now."""
        self.shell.shortcuts.bind(self.own_actions(), "settings")

    def leaving(self) -> None:
        """Called when another section or page comes: what was typed is saved here."""

    def first_field(self) -> QWidget | None:
        """Where the focus goes from the list of sections."""
        return None

    def own_actions(self) -> Sequence[Action]:
        """What can be done in this section, most useful first."""
        return ()

    def escape(self) -> bool:
        """Close the innermost thing, if there is one."""
        return False

    def compact_changed(self, is_compact: bool) -> None:
        """The window became narrower than 1280, or wider."""

    def add_scrolled(self, content: QWidget) -> None:
        """Put content under the title, as wide as lines of fields may be; it scrolls where it must."""
        px = theme().px
        host = QWidget()
        row = QHBoxLayout(host)
        row.setContentsMargins(px(16), px(14), px(16), px(20))
        content.setMaximumWidth(px(WIDEST))
        row.addWidget(content, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        self.body.addWidget(Scroller(host), 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of sections."""

    id: str
    word: str
    icon: str
    about: str
    make: Callable[[], Section]
    """Called when it is first chosen."""


Slot = QWidget | QLayout | None


def group(title: str, lines: Sequence[Sequence[Slot]], sentence: str = "") -> QVBoxLayout:
    """A titled block of fields; a line of one thing is as wide as both columns."""
    px, top = theme().px, Qt.AlignmentFlag.AlignTop
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(12))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for number, line in enumerate(lines):
        width = 2 if len(line) == 1 else 1
        for place, slot in enumerate(line):
            if isinstance(slot, QWidget):
                grid.addWidget(slot, number, place, 1, width, top)
            elif slot is not None:
                grid.addLayout(slot, number, place, 1, width, top)
    return titled(title, sentence, grid)


def stacked(*parts: QLayout | QWidget, spacing: int = 24) -> QVBoxLayout:
    """Blocks below each other."""
    return rows(*parts, gap=spacing)


def in_a_row(*parts: QWidget, spacing: int = 8) -> QHBoxLayout:
    """Widgets beside each other at their own size."""
    return columns(*parts, STRETCH, gap=spacing)


def captioned(words: str, part: QWidget) -> QWidget:
    """A group of choices with the words above it, like a field."""
    part.setAccessibleName(words)
    return held(rows(label(words, "small", tone="text2", weight=500), in_a_row(part), gap=4))


def titled(title: str, sentence: str, *parts: QLayout | QWidget | None) -> QVBoxLayout:
    """A block under its title and a sentence that says what it is for; "" leaves them out."""
    return rows(
        label(title, "strong") if title else None,
        label(sentence, "small", tone="text2", wrap=True) if sentence else None,
        *parts,
        gap=10,
    )
