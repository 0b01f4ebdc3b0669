"""Giving back: the lines of a sale to choose from, how many or how much, why, by what, and the plan of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.selling.orders import NOTE_LIMIT, Order, OrderLine
from posapp.domain.selling.payments import Tender
from posapp.services.selling.order_commands import Refund, RefundLine, RefundPlan
from posapp.ui.fields import Form, MoneyField, TextField
from posapp.ui.layout import STRETCH, columns, held, put, refill, rows, sides, wide
from posapp.ui.sell.tenders import ICONS, tender_words
from posapp.ui.tab_order import chain, stops_below
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, CheckBox, button, icon_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.widgets.labels import Elided, PlBadge, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording

WAYS = (Tender.CASH, Tender.CARD, Tender.TRANSFER, Tender.CREDIT)


class BackLine(QWidget):
    """A line of the sale: ticked to be given back, so many of it."""

    changed = Signal()

    def __init__(self, one: OrderLine, wording: Wording) -> None:
        super().__init__()
        self.line, self.left = one, one.quantity - one.refunded.units
        self.count = self.left
        self.tick = CheckBox(one.text)
        self.tick.give_way()
        self._count = label("", "field", weight=600)
        self._count.setMinimumWidth(theme().px(56))
        less = icon_button("minus", self.tr("One less of {text}").format(text=one.text))
        more = icon_button("plus", self.tr("One more of {text}").format(text=one.text))
        less.clicked.connect(lambda: self._step(-1))
        more.clicked.connect(lambda: self._step(1))
        is_left = one.amounts.gross_minor > one.refunded.gross_minor and self.left > 0
        self.tick.setEnabled(is_left)
        self._steps = held(columns(less, self._count, more, gap=4))
        said = "" if is_left else self.tr("given back already")
        amount = label(wording.price(one.amounts.gross_minor), "field", weight=600)
        parts = (wide(self.tick), label(said, "small", tone="text2"), self._steps, amount)
        columns(*parts, gap=12, pad=(16, 6), host=self)
        self._steps.setVisible(is_left and self.left > 1)  # once it has its place: else it were a window
        self.tick.toggled.connect(lambda _on: self.changed.emit())
        self._say()

    def _step(self, step: int) -> None:
        self.count = min(max(self.count + step, 1), self.left)
        self.tick.setChecked(True)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self._count.setText(self.tr("{n} of {all}").format(n=self.count, all=self.left))

    def asked(self) -> RefundLine | None:
        """What is wanted of it, None for nothing."""
        return RefundLine(position=self.line.position, quantity=self.count) if self.tick.isChecked() else None


class RefundView(Form):
    """Widgets and what they ask for; `weighed` asks for the plan anew."""

    weighed = Signal()
    left = Signal()
    void_asked = Signal()
    exchange_asked = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.order: Order | None = None
        self._lines: list[BackLine] = []
        self._make()
        self._lay_out()
        self.reason.edited.connect(self.summary.hide)
        self.amount.edited.connect(self._amount_typed)
        self.ways.chosen.connect(self._way_chosen)
        self.in_cash.toggled.connect(lambda _is_checked: self.weighed.emit())

    def _make(self) -> None:
        wording = self._wording
        self._badge, self._who = PlBadge(""), Elided("", "strong", weight=600)
        self._about = label("", "body", tone="text2")
        self.amount = self.add_field(
            MoneyField("amount", self.tr("Or an amount, spread over the whole sale"), wording=wording)
        )
        self.reason = self.add_field(
            TextField(
                "reason",
                self.tr("Reason"),
                missing=self.tr("Say why it is given back."),
                limit=NOTE_LIMIT,
            )
        )
        choices = [Choice(one.value, tender_words(one), ICONS[one]) for one in WAYS]
        self.ways = ChipGroup(choices, name=self.tr("Given back by"))
        self.ways.set_current(Tender.CASH.value)
        self.in_cash = CheckBox(self.tr("In cash, though it was not paid in money"))
        self.in_cash.hide()
        self._plan = label("", "field", wrap=True)
        self._total = label("", "amount")
        self.save = button(self.tr("Give back"), kind="primary", size="xl", key="F9")
        self.set_save_button(self.save)
        self.exchange = button(
            self.tr("Exchange for other goods"), size="l", key="Alt+X", run=self.exchange_asked.emit
        )
        self.back = button(self.tr("Back to the sale"), size="l", key="Esc", run=self.left.emit)
        self.void: Button = button(
            self.tr("Void the whole sale"), kind="danger", size="l", run=self.void_asked.emit
        )

    def _lay_out(self) -> None:
        px = theme().px
        self._column = rows(gap=0)
        left = Card(self.tr("What is given back"))
        head = columns(self._badge, wide(self._who), self._about, gap=10, pad=(16, 10))
        put(left.body, head, line(), wide(Scroller(held(rows(self._column, STRETCH)), is_firm=True)), line())
        put(left.body, rows(self.amount, pad=(16, 10, 16, 14)))
        right = Card(self.tr("How"))
        by = label(self.tr("Given back by"), "small", tone="text2", weight=500)
        ways = rows(by, self.ways, self.in_cash, gap=6)
        total = columns(label(self.tr("To give back"), "strong"), STRETCH, self._total)
        foot = rows(
            self.summary, self.save, self.exchange, columns(self.back, STRETCH, self.void, gap=8), gap=8
        )
        parts = (self.reason, ways, total, self._plan, STRETCH, foot)
        right.body.addLayout(rows(*parts, gap=14, pad=(15, 12, 15, 14)))
        right.setFixedWidth(px(428))
        sides(wide(left), right, gap=16, pad=16, host=self)

    # -- showing -------------------------------------------------------------------------------------
    def show_order(self, order: Order) -> None:
        """Another sale, all of it ticked off nothing."""
        self.order = order
        wording = self._wording
        self._badge.setVisible(bool(order.pl_id))
        self._badge.set_text(order.pl_id)
        self._who.setText(order.customer_name or order.pl_id or self.tr("Walk-in"))
        words = self.tr("{number}, {when}, {price}")
        when, price = wording.moment(order.at), wording.price(order.total_minor)
        self._about.setText(words.format(number=order.number, when=when, price=price))
        self._lines = [BackLine(one, wording) for one in order.lines]
        for one in self._lines:
            one.changed.connect(self._line_changed)
        refill(self._column, self._lines)
        self._order_stops()
        self.amount.set_text("")
        self.reason.set_text("")
        self._forget_cash()
        self.clear_problems()
        self.ways.set_current(self._usual_way(order).value)
        has_credit = bool(order.pl_id)
        self.ways.set_choices(
            [
                Choice(one.value, tender_words(one), ICONS[one])
                for one in WAYS
                if has_credit or one is not Tender.CREDIT
            ]
        )
        self.show_plan(None)

    def _order_stops(self) -> None:
        """The lines are made anew for each sale: Tab goes from them to what stands below and beside."""
        foot = (self.save, self.exchange, self.back, self.void)
        chain([*stops_below(self._column), self.amount, self.reason, self.ways, self.in_cash, *foot])

    @staticmethod
    def _usual_way(order: Order) -> Tender:
        """As most of it was paid."""
        paid = [one for one in order.payments if one.tender in WAYS]
        return max(paid, key=lambda one: one.settled_minor).tender if paid else Tender.CASH

    def show_plan(self, plan: RefundPlan | None) -> None:
        """What it would do, or that nothing is chosen yet."""
        price = self._wording.price
        self.save.setEnabled(plan is not None and not self.is_saving)
        self.exchange.setEnabled(plan is not None and not self.is_saving)
        if plan is None:
            self._total.setText(price(0))
            self._plan.setText(self.tr("Choose lines, or enter an amount."))
            return
        held = [one for one in plan.back if not one.tender.is_money]
        is_cash = self.ways.current() == Tender.CASH.value
        self.in_cash.setVisible(is_cash and (bool(held) or self.in_cash.isChecked()))
        out = sum(one.amount_minor for one in plan.back)
        self._total.setText(price(out))
        said = [self.tr("{price} of the sale is given back.").format(price=price(plan.total_minor))]
        if plan.off_debt_minor:
            said.append(
                self.tr("{price} of it lowers what is still owed.").format(price=price(plan.off_debt_minor))
            )
        said += [
            self.tr("{price} by {tender}.").format(
                price=price(one.amount_minor), tender=tender_words(one.tender).lower()
            )
            for one in plan.back
        ]
        self._plan.setText(" ".join(said))

    def _forget_cash(self) -> None:
        self.in_cash.blockSignals(True)
        self.in_cash.setChecked(False)
        self.in_cash.blockSignals(False)
        self.in_cash.hide()

    # -- asking --------------------------------------------------------------------------------------
    def _way_chosen(self, _key: str) -> None:
        """What was no money goes back where it came from, unless cash is asked for."""
        self._forget_cash()
        self.weighed.emit()

    def _line_changed(self) -> None:
        self.amount.set_text("")
        self.weighed.emit()

    def _amount_typed(self) -> None:
        if not self.amount.is_empty():
            for one in self._lines:
                one.tick.blockSignals(True)
                one.tick.setChecked(False)
                one.tick.blockSignals(False)
                one.tick.update()
        self.weighed.emit()

    def asked(self) -> Refund | None:
        """The refund as it is chosen so far, None for nothing; `DomainError` amount_invalid."""
        if self.order is None:
            return None
        lines = tuple(found for one in self._lines if (found := one.asked()) is not None)
        amount = self.amount.value()
        if not lines and amount is None:
            return None
        return Refund(
            number=self.order.number,
            lines=lines,
            amount_minor=amount.minor if amount is not None else None,
            to=Tender(self.ways.current() or Tender.CASH),
            reason=self.reason.text().strip(),
            in_cash=self.in_cash.isChecked(),
        )

    def first_stop(self) -> QWidget:
        """The first line that can be chosen."""
        ready: Sequence[BackLine] = [one for one in self._lines if one.tick.isEnabled()]
        return ready[0].tick if ready else self.amount.editor
