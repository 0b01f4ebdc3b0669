"""A question over the foot of the calendar, so that nothing jumps: a refused move, why one is cancelled."""

from collections.abc import Callable, Sequence
from typing import ClassVar
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from posapp.domain.base.errors import DomainError
from posapp.ui.fields import TextField
from posapp.ui.focus_filter import focused
from posapp.ui.layout import columns, let_go, rows, top, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce, soft_shadow
from posapp.ui.window.notices import Step

Answer = Callable[[str], object]


class AskBar(QFrame):
    """Hidden until `say`. With a `reason` field its main button gives what was typed to the answer."""

    _all: ClassVar[WeakSet["AskBar"]] = WeakSet()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("role", "popup")
        self._icon = IconLabel("triangle-alert", "danger", 18)
        self._words = label("", "body", weight=500, wrap=True)
        self.reason = TextField("reason", self.tr("Reason"), read=self._read)
        self._flow = FlowLayout(gap=8)
        self._buttons = QWidget()
        self._buttons.setLayout(self._flow)
        self._made: list[Button] = []
        self._is_at_top = False
        self._answer: Answer | None = None
        self._closed: Callable[[], object] | None = None
        self._before: QWidget | None = None
        head = columns(top(self._icon), wide(self._words), gap=10)
        rows(head, self.reason, self._buttons, gap=10, pad=(14, 12), host=self)
        soft_shadow(self)
        host.installEventFilter(self)
        self.hide()
        self._all.add(self)

    @classmethod
    def open_in(cls, window: QWidget) -> list["AskBar"]:
        """The questions that are open in a window. Every key asks for them: nothing is searched for."""
        return [bar for bar in cls._all if isValid(bar) and bar.isVisible() and bar.window() is window]

    def _read(self, text: str) -> str:
        if not text.strip():
            raise DomainError("reason_missing", self.tr("Say why."), field="reason")
        return text.strip()

    def text(self) -> str:
        """What it says, "" while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def buttons(self) -> list[Button]:
        """Its actions."""
        return list(self._made)

    def say(
        self,
        text: str,
        steps: Sequence[Step] = (),
        *,
        tone: str = "danger",
        answer: Answer | None = None,
        word: str = "",
        closed: Callable[[], object] | None = None,
        at_top: bool = False,
        is_safe: bool = False,
        asks: str = "",
    ) -> None:
        """Say it with these actions; `answer` gets a reason, given by the button `word`. `closed` ends it.

        `at_top`: what it is about lies in the lower half and should stay in sight. `is_safe`: the focus goes
        to *Leave it*. `asks`: what the field is called where it asks for something else than a reason.
        """
        self._is_at_top = at_top
        if not self.keeps_focus():
            self._before = focused()
        self._icon.show_icon("info" if tone == "info" else "triangle-alert", tone)
        self._words.setText(text)
        self._answer, self._closed = answer, closed
        self.reason.setVisible(answer is not None)
        self.reason.set_text("")
        self.reason.label.setText(asks or self.tr("Reason"))
        self.reason.editor.setAccessibleName(asks or self.tr("Reason"))
        self._show_buttons(steps, word)
        self.show()
        self.place()
        announce(self, text, urgent=tone == "danger")
        if answer is not None:
            self.reason.editor.setFocus()
        elif self._made:
            self._made[-1 if is_safe else 0].setFocus()

    def _show_buttons(self, steps: Sequence[Step], word: str) -> None:
        let_go(self._flow, self._made)
        self._made = []
        if self._answer is not None:
            self._made.append(button(word, kind="primary", size="s", key="Return", run=self._give))
        self._made += [button(step.text, size="s", run=step.run) for step in steps]
        self._made.append(button(self.tr("Leave it"), kind="quiet", size="s", key="Esc", run=self.close_bar))
        for made in self._made:
            self._flow.addWidget(made)
            made.show()

    def _give(self) -> None:
        answer = self._answer
        if answer is None:
            return
        if self.reason.check() is not None:
            self.reason.editor.setFocus()
            return
        reason = self.reason.value()
        self.dismiss()
        answer(reason)

    def close_bar(self) -> bool:
        """Close without an answer; False if it was closed."""
        if self.isHidden():
            return False
        closed = self._closed
        if closed is None:
            self.settle()
            return True
        self.dismiss()
        closed()
        return True

    def settle(self) -> None:
        """Go away and give the focus back to where it was before the question."""
        before = self._before
        if self.keeps_focus() and before is not None and isValid(before) and before.isVisible():
            before.setFocus()  # before it is hidden: Qt would hand the focus to a neighbour
        self.dismiss()

    def keeps_focus(self) -> bool:
        """Whether the cursor is in the question."""
        now = focused()
        return now is not None and self.isAncestorOf(now)

    def dismiss(self) -> None:
        """Go away without a word: what was asked is settled."""
        self._answer = self._closed = self._before = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the reason gives it, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._answer is not None:
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def place(self) -> None:
        """Over the foot (or head) of the host."""
        px = theme().px
        width = min(px(560), self._host.width() - px(32))
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
        self.setFixedHeight(height)
        y = px(112) if self._is_at_top else self._host.height() - height - px(20)
        self.move((self._host.width() - width) // 2, y)
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """Grow with what it says: a fault below the reason needs a line more."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False
