"""What the repair consists of and costs: the lines of the newest estimate, the price, and taking money."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.estimates import EstimateLine
from posapp.domain.repairs.tickets import Job
from posapp.domain.repairs.waiting import FOR_OWNERS
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.layout import STRETCH, columns, held, put, refill, rows, wide
from posapp.ui.sell.money_panel import MoneyPanel
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.tickets.words import estimate_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.shell import Shell


class LinesCard(Card):
    """The price of the device that is shown stands in the place that `hold_price` fills."""

    estimate_asked = Signal()
    hand_over_asked = Signal()

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self._wording = session.wording
        self._price: QWidget | None = None
        self._lines, self._price_place = rows(gap=0), rows(gap=0)
        self._estimate = label("", "body", tone="text2", wrap=True)
        self.change = button(self.tr("Estimate"), size="s", icon="file-text", run=self.estimate_asked.emit)
        self.money = MoneyPanel(shell, session)
        self.hand_over = button(
            self.tr("Hand over"), kind="primary", size="l", icon="check", run=self.hand_over_asked.emit
        )
        head = held(columns(wide(self._estimate), self.change, gap=10, pad=(16, 8, 12, 8)))
        inside = held(rows(self._lines, STRETCH, gap=0))
        foot = held(
            rows(
                self._price_place, self.money, columns(self.hand_over, STRETCH), gap=10, pad=(16, 10, 16, 12)
            )
        )
        put(self.body, head, line(), wide(Scroller(inside)), line(), foot)

    def hold_price(self, field: QWidget) -> None:
        """The price of another device."""
        if self._price is not None:
            self._price.hide()
            self._price_place.removeWidget(self._price)
        self._price = field
        self._price_place.addWidget(field)
        field.show()

    def show_whole(self, whole: WholeTicket, job: Job, shown: Callable[[], object]) -> None:
        """The ticket as it is now; `shown` hears when the money is there."""
        self._estimate.setText(estimate_words(whole.estimates, self._wording))
        self.change.setVisible(whole.ticket.is_open)
        newest = whole.estimates[0].lines if whole.estimates else ()
        refill(self._lines, [self._row(one, whole) for one in newest])
        self._price_place.setEnabled(job.is_here)
        if self._price is not None:
            self._price.setEnabled(job.is_here)
        self.hand_over.setVisible(any(one.state.group in FOR_OWNERS for one in whole.ticket.jobs))
        self.money.show_number(whole.ticket.number, shown)

    def _row(self, one: EstimateLine, whole: WholeTicket) -> QWidget:
        names = {job.position: job.device.name for job in whole.ticket.jobs}
        facts = [self.tr("{n} pieces").format(n=one.quantity) if one.quantity > 1 else ""]
        facts.append(names.get(one.position, "") if len(names) > 1 else "")
        if one.warranty_days:
            facts.append(self.tr("{n} days warranty").format(n=one.warranty_days))
        second = Elided(" · ".join(filter(None, facts)), "small", tone="text2")
        price = label(self._wording.price(one.amount_minor), "field", weight=600)
        row = columns(
            wide(rows(Elided(one.text, "field", weight=500), second, gap=0)), price, pad=(16, 4, 16, 4)
        )
        host = held(rows(row, line(), gap=0))
        host.setMinimumHeight(theme().px(50))
        return host
