"""The help: topics on the left, the page on the right."""

from PySide6.QtWidgets import QWidget

from posapp.ui.help.reader import Reader
from posapp.ui.help.topics import Topic, topics
from posapp.ui.layout import columns, wide
from posapp.ui.tables import TwoLineDelegate, TwoLineRow
from posapp.ui.tables.inward_list import InwardList
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import line

_WIDTH, _COMPACT_WIDTH = 232, 188


class TopicDelegate(TwoLineDelegate):
    """One line."""

    height = 44

    def row_of(self, value: Topic) -> TwoLineRow:
        """The title."""
        return TwoLineRow(value.title)


class HelpView(QWidget):
    """All topics; `show_topic` turns to one."""

    def __init__(self) -> None:
        super().__init__()
        name = self.tr("Topics of the help")
        self.list = InwardList(name, lambda topic: topic.title, TopicDelegate(), topics())
        self.reader = Reader()
        columns(self.list, line(upright=True), wide(self.reader), gap=0, host=self)
        self.list.turned.connect(self._show)
        self.list.went_inside.connect(self.reader.setFocus)
        self.reader.followed.connect(self.show_topic)
        self.set_compact(False)
        self.list.turn_to(0)
        self.setFocusProxy(self.list)

    def set_compact(self, is_compact: bool) -> None:
        """A narrower list where there is little room."""
        self.list.setFixedWidth(theme().px(_COMPACT_WIDTH if is_compact else _WIDTH))

    def show_topic(self, topic_id: str) -> None:
        """Turn to a topic by the name of its file; an unknown one changes nothing."""
        for row, one in enumerate(topics()):
            if one.id == topic_id:
                self.list.turn_to(row)

    def _show(self, row: int) -> None:
        if row < 0:
            return
        one = topics()[row]
        self.reader.setAccessibleName(one.title)
        self.reader.show_markdown(one.text)
