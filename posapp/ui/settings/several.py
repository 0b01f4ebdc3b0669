"""A section of several parts, one in front at a time: too much for one page, too close for two entries."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from posapp.ui.actions import Action, hint
from posapp.ui.focus_filter import focused
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.window.shell import Shell


class SeveralSection(Section):
    """Segments in the head choose the part; the arrows change it at once, Tab goes into it."""

    def __init__(
        self,
        title: str,
        presenter: SettingsPresenter,
        shell: Shell,
        parts: Sequence[tuple[str, str, Section]],
    ) -> None:
        super().__init__(title, presenter, shell)
        self.parts = {key: part for key, _word, part in parts}
        self.choice = Segmented([Choice(key, word) for key, word, _part in parts], name=title)
        self.head.addWidget(self.choice)
        self._stack = QStackedWidget()
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

    def leaving(self) -> None:
        """What is typed in the part is saved."""
        self.part.leaving()

    def first_field(self) -> QWidget | None:
        """The segments."""
        return self.choice

    def own_actions(self) -> Sequence[Action]:
        """Of the segments while they have the focus, else of the part."""
        focus = focused()
        if focus is not None and self.choice.isAncestorOf(focus):
            return (hint("←→", self.tr("Choose")), hint("Tab", self.tr("Go inside")))
        return self.part.own_actions()

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
