"""Help as a section of Settings; Shift+F1 opens it from anywhere."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from posapp.ui.actions import Action, hint
from posapp.ui.help.view import HelpView
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")


class HelpSection(Section):
    """The topics of the help."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Help"), presenter, shell)
        self.view = HelpView()
        self.body.addWidget(self.view, 1)

    def first_field(self) -> QWidget | None:
        """The topics."""
        return self.view.list

    def own_actions(self) -> Sequence[Action]:
        """Reading."""
        return hint("↑↓", _tr("Topic")), hint("Return", _tr("Read"))

    def compact_changed(self, is_compact: bool) -> None:
        """A narrower list of topics."""
        self.view.set_compact(is_compact)

    def escape(self) -> bool:
        """Out of the page, back to the topics."""
        if self.view.reader.hasFocus():
            self.view.list.setFocus()
            return True
        return False
