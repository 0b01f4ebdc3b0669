"""The notice bar: trouble of a region, over it until it is withdrawn."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from posapp.ui.layout import columns, wide
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.click_hold import ClickHold
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import TONE_ICONS, IconLabel, announce
from posapp.ui.window.notices import Message, Notices, Step


class NoticeBar(QFrame):
    """A sentence in a soft tone with its actions. Hidden until `show_message`.

    It pushes what stands below it. A click that was on its way then would hit something else, so for a moment
    its region takes none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "info"
        self._icon = IconLabel("info", "info", 18)
        self._text = label("", "body", weight=500, wrap=True)
        self._row = columns(self._icon, wide(self._text), gap=10, pad=(12, 7, 10, 7), host=self)
        self._steps: list[QWidget] = []
        # Never seen. Walking Qt's chain of focus instead would hand the wrappers of its widgets to this one.
        self._place = QWidget(self)
        self._place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place.setAccessibleName(self.tr("Notice"))  # as everything that Tab could come to
        self._place.hide()
        self._hold = ClickHold(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def setVisible(self, is_visible: bool) -> None:
        """What it pushes takes no click for a moment."""
        is_turned = is_visible == self.isHidden()
        super().setVisible(is_visible)
        if is_turned:
            self._hold.begin()

    def sizeHint(self) -> QSize:
        """As high as the words are at this width: it gets no more, and a line would be cut."""
        hint = super().sizeHint()
        hint.setHeight(max(hint.height(), self.heightForWidth(self.width())))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width the words take another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_message(self, message: Message) -> None:
        """Say it until `hide`."""
        self._tone = message.tone
        self._icon.show_icon(TONE_ICONS[message.tone], message.tone)
        self._text.setText(message.text)
        set_look(self._text, tone=message.tone)
        for old in self._steps:
            self._row.removeWidget(old)
            old.deleteLater()
        self._steps = [button(step.text, size="s", key=step.key, run=step.run) for step in message.steps]
        for step in self._steps:
            self._row.addWidget(step)
        self._order_tabs()
        self.show()
        announce(self, message.text, urgent=message.tone == "danger")

    def focus_step(self) -> None:
        """Go to its first button: what helps now."""
        if self._steps:
            self._steps[0].setFocus()

    def offer_again(self, sentence: str, again: Callable[[], object]) -> None:
        """Something could not be read: why, and the way to try again."""
        self.show_message(Message(sentence, "danger", (Step(self.tr("Try again"), again),)))

    def _order_tabs(self) -> None:
        """Tab comes to its buttons where the bar stands, although they are newer than what follows it."""
        before = self._place
        for step in self._steps:
            QWidget.setTabOrder(before, step)
            before = step

    def say(self, text: str, tone: str = "info") -> None:
        """Say a sentence without actions."""
        self.show_message(Message(text, tone))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft background of the tone."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.tokens.soft(self._tone))
        painter.drawRoundedRect(self.rect(), look.px(8), look.px(8))
        painter.end()


class TroubleBar(NoticeBar):
    """What concerns the whole window: one bar, the gravest first, the others when that is over."""

    _REGIONS = ("database", "window", "upkeep")
    """The gravest first; notices of other regions are their pages' matter."""

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._raised: dict[str, Message] = {}
        notices.notice_raised.connect(self._raise)
        notices.notice_withdrawn.connect(self._withdraw)

    def _raise(self, message: Message) -> None:
        if message.region in self._REGIONS:
            self._raised[message.region] = message
            self._show_gravest()

    def _withdraw(self, region: str) -> None:
        if self._raised.pop(region, None) is not None:
            self._show_gravest()

    def _show_gravest(self) -> None:
        message = next((self._raised[region] for region in self._REGIONS if region in self._raised), None)
        if message is None:
            self.hide()
        else:
            self.show_message(message)
