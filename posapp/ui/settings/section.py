"""What every section of Settings is: a card with a title, and the handful of things the page asks of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from posapp.domain.base.actor import Permission
from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, Part, Placed, at, columns, held, rows, sides
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Choice, ChoiceGroup, Segmented
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label, remark
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.shell import Shell

WIDEST = 860
"""Pixels of the design: longer lines of fields are harder to fill in."""


class Section(Card):
    """Base of the sections; made when it is first chosen."""

    keys_changed = Signal()

    def __init__(
        self, title: str, presenter: SettingsPresenter, shell: Shell, *, has_head: bool = True
    ) -> None:
        super().__init__(title if has_head else "")
        self.presenter, self.shell, self.session = presenter, shell, presenter.session
        self.first: QWidget | None = None
        """Where the focus goes from the list of sections."""
        self.setAccessibleName(title)

    def refresh(self) -> None:
        """Show what is known now; called on the first show and after every change."""

    def look_for(self, text: str) -> None:
        """Show what a text means; most sections have nothing to look through."""

    def take_scan(self, code: str) -> bool:
        """Whether the section does something with a scanned code."""
        return False

    def entered(self) -> None:
        """Called whenever the section comes to the front: its keys work now."""
        self.shell.shortcuts.bind(self.own_actions(), "settings")

    def leaving(self) -> None:
        """Called when another section or page comes: what was typed is saved here."""

    def own_actions(self) -> Sequence[Action]:
        """What can be done in the section, most useful first."""
        return ()

    def keys(self) -> list[KeyWord]:
        """The section's own keys for the key bar."""
        return bar(self.own_actions())

    def escape(self) -> bool:
        """Close the innermost thing, if there is one."""
        return False

    def compact_changed(self, is_compact: bool) -> None:
        """The window became narrower than 1280, or wider."""

    def add_scrolled(self, content: QWidget | QLayout) -> None:
        """Put content under the title, as wide as lines of fields may be; it scrolls where it must."""
        content = content if isinstance(content, QWidget) else held(content)
        content.setMaximumWidth(theme().px(WIDEST))
        row = columns(Placed(content, 1, Qt.AlignmentFlag.AlignTop), pad=(16, 14, 16, 20))
        row.addStretch(0)  # takes what is too wide for the content
        self.body.addWidget(Scroller(held(row), is_firm=True), 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of sections."""

    id: str
    word: str
    icon: str
    about: str
    make: Callable[[SettingsPresenter, Shell], Section]
    """Called when it is first chosen."""
    needs: Permission | None = None
    """What somebody must be allowed to do to open it; None: everybody may."""


def block(title: str, sentence: str, *parts: Part, gap: int = 10) -> QVBoxLayout:
    """Parts below a title and the sentence that explains them; either may be missing."""
    head = label(title, "strong") if title else None
    return rows(head, remark(sentence) if sentence else None, *parts, gap=gap)


def group(title: str, lines: Sequence[Sequence[QWidget | QLayout | None]], sentence: str = "") -> QVBoxLayout:
    """A titled block of fields, two beside each other where there is room; one thing is as wide as both."""
    above = Qt.AlignmentFlag.AlignTop
    fields = (
        sides(*(STRETCH if part is None else at(above, part, 1) for part in line), gap=16) for line in lines
    )
    return block(title, sentence, rows(*fields, gap=12))


def in_a_row(*parts: QWidget) -> QLayout:
    """Widgets beside each other at their own size, in further rows where the first one ends."""
    made = FlowLayout(gap=8)
    for part in parts:
        made.addWidget(part)
    return made


class Captioned(QWidget):
    """A group of choices with the words above it, like a field."""

    def __init__(self, words: str, part: ChoiceGroup) -> None:
        super().__init__()
        self.part = part
        rows(label(words, "small", tone="text2", weight=500), in_a_row(part), gap=4, host=self)
        part.setAccessibleName(words)

    def value(self) -> str:
        """The key of what is chosen."""
        return self.part.current()

    def put(self, key: str) -> None:
        """Choose this."""
        self.part.set_current(key)


Parts = Sequence[tuple[str, str, Callable[[SettingsPresenter, Shell], Section]]]


class SeveralSection(Section):
    """Segments in the head choose the part; the arrows change it at once, Tab goes into it."""

    def __init__(self, title: str, parts: Parts, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(title, presenter, shell)
        self.parts = {key: make(presenter, shell) for key, _word, make in parts}
        self.choice = Segmented([Choice(key, word) for key, word, _make in parts], name=title)
        self.first = self.choice
        self.head.addWidget(self.choice)
        self._stack = Stack()
        for part in self.parts.values():
            part.setProperty("role", "plain")  # the frame around all of them is enough
            part.keys_changed.connect(self.keys_changed)
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self.choice.set_current(parts[0][0])
        self.choice.chosen.connect(self._show)

    @property
    def part(self) -> Section:
        """The part in front."""
        now = self._stack.currentWidget()
        assert isinstance(now, Section)
        return now

    def refresh(self) -> None:
        """All parts show what is known now."""
        for part in self.parts.values():
            part.refresh()

    def entered(self) -> None:
        """The part in front has its keys again."""
        self.part.entered()

    def look_for(self, text: str) -> None:
        """The first part shows what a text means."""
        first = next(iter(self.parts))
        self.choice.set_current(first)
        self._show(first)
        self.parts[first].look_for(text)

    def take_scan(self, code: str) -> bool:
        """Left to the part in front."""
        return self.part.take_scan(code)

    def leaving(self) -> None:
        """What is typed in the part is saved."""
        self.part.leaving()

    def keys(self) -> list[KeyWord]:
        """Of the segments while they have the focus, else of the part."""
        focus = focused()
        if focus is not None and self.choice.isAncestorOf(focus):
            return bar([hint("←→", self.tr("Choose")), hint("Tab", self.tr("Go inside"))])
        return self.part.keys()

    def escape(self) -> bool:
        """Out of what is open in the part."""
        return self.part.escape()

    def compact_changed(self, is_compact: bool) -> None:
        """Told to every part."""
        for part in self.parts.values():
            part.compact_changed(is_compact)

    def _show(self, key: str) -> None:
        if self.parts[key] is self.part:
            return
        self.part.leaving()
        self.shell.close_sheet()
        self._stack.setCurrentWidget(self.parts[key])
        self.part.entered()
        self.keys_changed.emit()
