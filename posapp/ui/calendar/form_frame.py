"""The card around the form: title and number above, fields that scroll, buttons that never do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line


class FormFrame(Card):
    """Put the fields into `fields` and the buttons into `foot`."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        px = theme().px
        self.number = label("", "body", tone="text2")
        self.clear = button(self.tr("Clear"), kind="quiet", size="s")
        self.clear.setAccessibleName(self.tr("Clear the form"))
        self.head.addWidget(self.number)
        self.head.addWidget(self.clear)
        self.clear.hide()
        inside = QWidget()
        self.fields = QVBoxLayout(inside)
        self.fields.setSpacing(px(10))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room)
        host = QWidget()
        self.foot = QVBoxLayout(host)
        self.foot.setContentsMargins(px(16), px(10), px(16), px(10))
        self.foot.setSpacing(px(8))
        self.body.addWidget(self.area, 1)
        self.body.addWidget(line())
        self.body.addWidget(host)
        self._make_room(0, 0)

    def _make_room(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that no field gets narrower by it."""
        px = theme().px
        self.fields.setContentsMargins(px(16), px(10), px(4 if most else 16), px(12))
