"""The help: topics on the left, the page on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from posapp.ui.help.reader import Reader
from posapp.ui.help.topics import Topic, topics
from posapp.ui.layout import columns, wide
from posapp.ui.tables import RowListModel, TwoLineDelegate, TwoLineRow, dress_list
from posapp.ui.theme import theme
from posapp.ui.widgets.labels import line

_WIDTH, _COMPACT_WIDTH = 232, 188


class TopicDelegate(TwoLineDelegate):
    """One line."""

    height = 44

    def row_of(self, value: Topic) -> TwoLineRow:
        """The title."""
        return TwoLineRow(value.title)


class TopicList(QListView):
    """Up and Down turn to another topic at once; Enter and Right go into the page."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, everything else moves."""
        inward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, inward) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class HelpView(QWidget):
    """All topics; `show_topic` turns to one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = TopicList()
        self.list.setAccessibleName(self.tr("Topics of the help"))
        dress_list(self.list)
        self._model = RowListModel(lambda topic: topic.title, self)
        self._model.show_rows(topics())
        self.list.setModel(self._model)
        self.list.setItemDelegate(TopicDelegate(self.list))
        self.reader = Reader()
        columns(self.list, line(upright=True), wide(self.reader), gap=0, host=self)
        self.list.selectionModel().currentChanged.connect(lambda now, _old: self._show(now.row()))
        self.list.opened.connect(self.reader.setFocus)
        self.reader.followed.connect(self.show_topic)
        self.set_compact(False)
        self.list.setCurrentIndex(self._model.index(0))
        self.setFocusProxy(self.list)

    def set_compact(self, is_compact: bool) -> None:
        """A narrower list where there is little room."""
        self.list.setFixedWidth(theme().px(_COMPACT_WIDTH if is_compact else _WIDTH))

    def show_topic(self, topic_id: str) -> None:
        """Turn to a topic by the name of its file; an unknown one changes nothing."""
        for row, one in enumerate(topics()):
            if one.id == topic_id:
                self.list.setCurrentIndex(self._model.index(row))

    def _show(self, row: int) -> None:
        if row < 0:
            return
        one = topics()[row]
        self.reader.setAccessibleName(one.title)
        self.reader.show_markdown(one.text)
