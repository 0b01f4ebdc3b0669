"""The card around the form: title and number above, fields that scroll, buttons that never do."""

from posapp.ui.layout import held, put, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.scroll import Scroller


class FormFrame(Card):
    """Put the fields into `fields` and the buttons into `foot`."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.number = label("", "body", tone="text2")
        self.clear = button(self.tr("Clear"), kind="quiet", size="s")
        self.clear.setAccessibleName(self.tr("Clear the form"))
        put(self.head, self.number, self.clear)
        self.clear.hide()
        self.fields, self.foot = rows(gap=10), rows(gap=8, pad=(16, 10))
        self.area = Scroller(held(self.fields))
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room)
        put(self.body, wide(self.area), line(), held(self.foot))
        self._make_room(0, 0)

    def _make_room(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that no field gets narrower by it."""
        px = theme().px
        self.fields.setContentsMargins(px(16), px(10), px(4 if most else 16), px(12))
