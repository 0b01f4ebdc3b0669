"""Help as a section of Settings: topics and the page beside them. Shift+F1 opens it from anywhere."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from posapp.ui.actions import Action, hint
from posapp.ui.help.reader import Reader
from posapp.ui.help.topics import Topic, topics
from posapp.ui.layout import columns, wide
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.tables import TwoLineDelegate, TwoLineRow
from posapp.ui.tables.inward_list import InwardList
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import line
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")

_WIDTH, _COMPACT_WIDTH = 232, 188


class TopicDelegate(TwoLineDelegate):
    """One line."""

    height = 44

    def row_of(self, value: Topic) -> TwoLineRow:
        """The title."""
        return TwoLineRow(value.title)


class HelpSection(Section):
    """The topics of the help."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Help"), presenter, shell)
        name = QCoreApplication.translate("HelpView", "Topics of the help")
        self.list = InwardList(name, lambda topic: topic.title, TopicDelegate(), topics())
        self.reader = Reader()
        self.body.addLayout(columns(self.list, line(upright=True), wide(self.reader), gap=0), 1)
        self.list.turned.connect(self._show)
        self.list.went_inside.connect(self.reader.setFocus)
        self.reader.followed.connect(self._follow)
        self.list.turn_to(0)
        self.first = self.list

    def own_actions(self) -> Sequence[Action]:
        """Reading."""
        return hint("↑↓", _tr("Topic")), hint("Return", _tr("Read"))

    def compact_changed(self, is_compact: bool) -> None:
        """A narrower list of topics."""
        self.list.setFixedWidth(theme().px(_COMPACT_WIDTH if is_compact else _WIDTH))

    def escape(self) -> bool:
        """Out of the page, back to the topics."""
        if self.reader.hasFocus():
            self.list.setFocus()
            return True
        return False

    def _follow(self, file: str) -> None:
        """A link of the page names another topic by its file; an unknown one changes nothing."""
        for row, one in enumerate(topics()):
            if one.id == file:
                self.list.turn_to(row)

    def _show(self, row: int) -> None:
        if row >= 0:
            one = topics()[row]
            self.reader.setAccessibleName(one.title)
            self.reader.show_markdown(one.text)
