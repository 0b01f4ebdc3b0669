"""The sale is done: change, papers, what to hand over; anything that is typed or scanned is the next one."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from posapp.domain.selling.gift_cards import shown_code
from posapp.ui.actions import Action
from posapp.ui.fields.edits import LineEdit
from posapp.ui.icons import paint_icon
from posapp.ui.layout import STRETCH, columns, emptied, held, put, rows, sides, wide
from posapp.ui.preview.paper_card import PaperCard
from posapp.ui.preview.paper_view import PaperView
from posapp.ui.sell.outcome import Outcome
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label, line
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.widgets.paint import cut, draw_key_cap, draw_text, key_cap_width
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.notice_bar import NoticeBar

WIDE, NARROW = 440, 380


class NextEdit(LineEdit):
    """Where the next customer begins: the first letter is not lost."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__("scan-barcode")
        self.setPlaceholderText(self.tr("or just scan or type"))
        self.setAccessibleName(self.tr("Next item, ticket or price"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts the next customer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_PAD:
            if not event.isAutoRepeat():
                self.entered.emit()
            return
        super().keyPressEvent(event)


_PAD = Qt.KeyboardModifier.KeypadModifier


class _Head(QFrame):
    """The soft ground of the outcome."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "success"
        self.icon = IconLabel("circle-check", "success", 20)
        self.head = Elided("", "strong", tone="success", weight=600)
        self.ask, self.figure = label("", "title", weight=600), label("", "change")
        self.figure.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        low = Qt.AlignmentFlag.AlignBottom
        self.ask.setAlignment(Qt.AlignmentFlag.AlignLeading | low)
        self.ask.setContentsMargins(0, 0, 0, theme().px(8))
        head = columns(self.icon, wide(self.head), gap=8)
        rows(head, columns(wide(self.ask), self.figure, gap=8), gap=4, pad=(20, 18, 20, 14), host=self)

    def show_outcome(self, outcome: Outcome) -> None:
        """Its words, in its tone."""
        self._tone = outcome.tone
        icon = "circle-check" if outcome.tone == "success" else "receipt-text"
        self.icon.show_icon(icon, outcome.tone)
        for part, text in ((self.head, outcome.head), (self.ask, outcome.ask), (self.figure, outcome.figure)):
            part.setText(text)
            set_look(part, tone=outcome.tone)
        self.figure.setVisible(bool(outcome.figure))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Round above, as the card is."""
        look, painter = theme(), QPainter(self)
        painter.setClipRect(self.rect())
        rect = QRectF(0, 0, self.width(), self.height() + look.px(20))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.tokens.soft(self._tone))
        painter.drawRoundedRect(rect, look.px(9), look.px(9))
        painter.end()


class WayButton(Button):
    """56 high: icon and words at the start, the key at the end."""

    def __init__(self, words: str, icon: str, key: str = "", said: str = "") -> None:
        super().__init__(words, size="l", icon=icon, key=key)
        self._said = said

    def say(self, said: str, key: str = "") -> None:
        """What stands behind the words, and the word at the end."""
        self._said, self.key = said, key
        self.setAccessibleDescription(" ".join(filter(None, (said, key))))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(super().sizeHint().width(), theme().px(56))

    def _paint_row(self, painter: QPainter) -> None:
        look, middle, side = theme(), self.height() / 2, theme().px(15)
        words = self.text().replace("&", "")
        cap = key_cap_width(self.key) if self.key else 0
        paint_icon(
            painter,
            self._icon,
            self._mirrored(side, look.px(18)),
            middle - look.px(9),
            look.px(18),
            self.ink(),
        )
        x = side + look.px(30)
        width = look.metrics("field", 600).horizontalAdvance(words)
        draw_text(painter, self._mirrored(x, width), middle, words, look.font("field", 600), self.ink())
        said = cut(self._said, look.font("field"), self.width() - x - width - cap - side - look.px(12))
        x += width + look.px(6)
        width = look.metrics("field").horizontalAdvance(said)
        draw_text(painter, self._mirrored(x, width), middle, said, look.font("field"), look.tokens.text2)
        if cap:
            draw_key_cap(painter, self._mirrored(self.width() - side - cap, cap), middle, self.key)


def _way(action: Action, words: str, said: str = "") -> WayButton:
    made = WayButton(words, action.icon, action.key, said)
    if (run := action.run) is not None:
        made.clicked.connect(lambda _checked=False: run())
    return made


class DoneView(QWidget):
    """Widgets only. `next_asked` gives what was typed already."""

    next_asked = Signal(str)
    ticket_pressed = Signal(str)
    hand_over_asked = Signal(str)
    debt_asked = Signal()
    paper_asked = Signal(str, str)  # number, and what stands on it and is kept nowhere

    def __init__(self, view: PaperView, actions: dict[str, Action]) -> None:
        super().__init__()
        self.view = view
        self.card = PaperCard(view, actions["sell_larger"], actions["sell_smaller"])
        self._head = _Head()
        self.notice = NoticeBar()
        self._state_icon = IconLabel("printer", "text2", 18)
        self._state = label("", "small", weight=600, wrap=True)  # a fault of the printer takes a sentence
        self.prints = _way(actions["sell_print"], self.tr("Print again"))
        self.sheet = _way(actions["sell_sheet"], self.tr("Print A4"), self.tr("with all taxes"))
        self.mail = WayButton(self.tr("E-mail"), "mail", said=self.tr("not set up yet"))
        self.mail.setEnabled(False)
        self.mail.setToolTip(self.tr("Mail is not set up in this shop yet."))
        self.debt = WayButton("", "wallet", said=self.tr("owed from before"))
        self.debt.clicked.connect(self.debt_asked)
        self.tickets: list[Button] = []
        self.papers: list[Button] = []
        self._words: QVBoxLayout = rows(gap=8, pad=(20, 12))
        self._tickets: QVBoxLayout = rows(gap=8)
        self.next = button(self.tr("Next customer"), kind="primary", size="xl", key="Return")
        self.next.clicked.connect(lambda: self.next_asked.emit(""))
        self.edit = NextEdit()
        self.edit.textEdited.connect(self.next_asked)
        self.edit.entered.connect(lambda: self.next_asked.emit(""))
        self._lay_out()

    def _lay_out(self) -> None:
        self._left = left = Card()
        state = columns(self._state_icon, wide(self._state), gap=8)
        ways = rows(
            self.notice,
            state,
            self.prints,
            self.sheet,
            self.mail,
            self.debt,
            self._tickets,
            gap=8,
            pad=(20, 14),
        )
        foot = rows(self.next, self.edit, gap=8, pad=(20, 14))
        scrolls = wide(Scroller(held(rows(ways, STRETCH, gap=0))))
        put(left.body, self._head, self._words, line(), scrolls, line(), foot)
        left.setFixedWidth(theme().px(WIDE))
        sides(left, wide(self.card), gap=16, pad=16, host=self)
        self.setFocusProxy(self.edit)

    def set_narrow(self, is_narrow: bool) -> None:
        """More room for the paper."""
        self._left.setFixedWidth(theme().px(NARROW if is_narrow else WIDE))

    def show_outcome(self, outcome: Outcome) -> None:
        """What was done, and what can be done with it."""
        self._head.show_outcome(outcome)
        self.notice.hide()
        codes = [shown_code(code) for _, code in outcome.cards if code]
        if codes:
            words = self.tr("Write the code on the card: {codes}. It is told this once.")
            self.notice.say(words.format(codes=", ".join(codes)), "warning")
        emptied(self._words)
        for words, amount in outcome.lines:
            row = columns(
                wide(Elided(words, "field", tone="text2")), label(amount, "field", weight=600), gap=12
            )
            self._words.addWidget(held(row))
        emptied(self._tickets)
        self.tickets = [self._ticket(number) for number in outcome.tickets]
        self.papers = self._papers(outcome)
        self.mail.setVisible(not self.papers)  # there is no room for what cannot be pressed
        for made in (*self.tickets, *self.papers):
            self._tickets.addWidget(made)
        self.edit.clear()
        self.debt.hide()
        self.say_state("")
        stops = [
            *stops_in(self.notice),
            self.prints,
            self.sheet,
            self.mail,
            self.debt,
            *self.tickets,
            *self.papers,
            self.next,
        ]
        chain([*stops, self.edit, self.card.papers, self.view])
        announce(self, f"{outcome.title}, {outcome.head}, {outcome.ask} {outcome.figure}")

    def _papers(self, outcome: Outcome) -> list[Button]:
        """A press for each paper but the receipt; a second one brings that back."""
        made: list[Button] = []
        for number, _ in outcome.others:
            made.append(self._paper(number, "undo-2", self.tr("show the refund"), number, ""))
        for number, code in outcome.cards:
            words = self.tr("Gift card {number}").format(number=number)
            said = self.tr("show it, with its code") if code else self.tr("show it")
            made.append(self._paper(words, "gift", said, number, code))
        return made

    def _paper(self, words: str, icon: str, said: str, number: str, code: str) -> Button:
        made = WayButton(words, icon, said=said)
        made.clicked.connect(partial(self._ask_paper, number, code))
        return made

    def _ask_paper(self, number: str, code: str, _checked: bool = False) -> None:
        self.paper_asked.emit(number, code)

    def _ticket(self, number: str) -> Button:
        made = WayButton(number, "wrench", said=self.tr("hand it over now"))
        made.clicked.connect(partial(self._press_ticket, number))
        return made

    def _press_ticket(self, number: str, _checked: bool = False) -> None:
        self.ticket_pressed.emit(number)

    def mark_ticket(self, number: str, *, is_leaving: bool) -> None:
        """It leaves with the customer, which a press undoes; or it is handed over on a page of its own."""
        for made in self.tickets:
            if made.text() == number and isinstance(made, WayButton):
                leaves, stays = self.tr("marked as collected"), self.tr("hand it over now")
                made.say(leaves if is_leaving else stays, self.tr("Undo") if is_leaving else "")

    def offer_debt(self, price: str) -> None:
        """What the customer owes from before can be taken now; "" for nothing."""
        self.debt.setText(self.tr("Take {price}").format(price=price))
        self.debt.setVisible(bool(price))

    def say_state(self, words: str, tone: str = "text2") -> None:
        """What became of the paper."""
        self._state.setText(words)
        set_look(self._state, tone=tone)
        self._state_icon.show_icon("printer", tone)
        self._state_icon.setVisible(bool(words))
        self._state.setVisible(bool(words))
