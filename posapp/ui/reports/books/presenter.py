"""Asks the book desk: what the page shows in one go, what is behind an account, and sends."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.figures.books import AccountKey, BookDocument, BookTable, NumberedAccount
from posapp.domain.figures.charts import BookFormat, Chart
from posapp.domain.figures.reconciliation import Reconciliation
from posapp.domain.figures.reports import Behind
from posapp.ui.presenter import Done, Failed
from posapp.ui.reports.books.question import BookDays, Step
from posapp.ui.reports.figures_presenter import PAGE, FiguresPresenter

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.figures.periods import Period
    from posapp.services.desks import Shop
    from posapp.services.figures.books import Exported, Sending
    from posapp.ui.reports.question import Target
    from posapp.ui.session import Session


class Shown(NamedTuple):
    """All that the page shows of some days."""

    table: BookTable
    compared: Reconciliation
    sending: "Sending"


class BooksPresenter(FiguresPresenter):
    """Holds the days and the format."""

    topic = "books"

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.days = BookDays(Step.DAY, self.today())
        self.format = BookFormat.XERO

    def read_page(self, done: Done[Shown], failed: Failed) -> None:
        """The books of the days, beside their Z reports, and how far they went out."""
        period, of = self.days.period, self.format

        def work(shop: "Shop", actor: "Actor") -> Shown:
            books = shop.books
            return Shown(
                books.period(actor, period),
                books.reconciliation(actor, period),
                books.sending(actor, period, of),
            )

        self.read(work, done, failed, topic=PAGE, lane=self.lane)

    def read_behind(
        self, target: "Target", period: "Period", after: int, *, done: Done[Sequence[Behind]], failed: Failed
    ) -> None:
        """The next documents behind an account."""
        from posapp.services.figures.books import read_account

        account = read_account(target.row)
        self.read(
            lambda shop, actor: [_behind(one) for one in shop.books.entries(actor, period, account, after)],
            done,
            failed,
            topic="behind",
            lane=self.lane,
        )

    def export(
        self,
        path: Path,
        *,
        replace: bool = False,
        again: bool = False,
        done: "Done[Exported]",
        failed: Failed,
    ) -> None:
        """Write what has not gone out yet; `again`: all of the days, once more."""
        period, of = self.days.period, self.format

        def work(shop: "Shop", actor: "Actor") -> "Exported":
            return shop.books.export(actor, period, of, path, again=again, replace=replace)

        self.do(work, done, failed, lane=self.lane)

    def read_accounts(self, chart: Chart, done: Done[tuple[NumberedAccount, ...]], failed: Failed) -> None:
        """All accounts as a chart numbers them."""
        self.read(lambda shop, actor: shop.books.accounts(actor, chart), done, failed, topic="accounts")

    def set_account(
        self, chart: Chart, account: AccountKey, number: str, *, done: Done[NumberedAccount], failed: Failed
    ) -> None:
        """Number an account anew."""
        self.do(lambda shop, actor: shop.books.set_account(actor, chart, account, number), done, failed)


def _behind(one: BookDocument) -> Behind:
    """A document of the books with what it moves on the account that was asked for."""
    moved = sum(line.minor for line in one.lines)
    return Behind(one.number, one.day, one.customer, one.text, moved, one.at)
