"""Books: the balanced day journal by account, beside the Z reports, and its way to the accountant."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.domain.figures.books import NumberedAccount
from posapp.domain.figures.charts import BookFormat, Chart
from posapp.domain.figures.measures import Unit
from posapp.ui.actions import Action, hint
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.layout import columns, held, rows, sides, top, wide
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.reports.behind import BehindSheet
from posapp.ui.reports.books.accounts import AccountsCard
from posapp.ui.reports.books.accounts_sheet import AccountsSheet
from posapp.ui.reports.books.compared import ComparedCard, ReasonsCard
from posapp.ui.reports.books.head import BooksHead, days_words
from posapp.ui.reports.books.presenter import BooksPresenter, Shown
from posapp.ui.reports.books.question import BookDays, Step
from posapp.ui.reports.books.sending import SendingCard
from posapp.ui.reports.figures_page import FiguresPage
from posapp.ui.reports.question import BOOKS, OVERVIEW, Target
from posapp.ui.session import Session
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message
from posapp.ui.window.notices import Step as NoticeStep
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_count

if TYPE_CHECKING:
    from posapp.services.figures.books import Exported

_BESIDE = 428


class BooksPage(FiguresPage):
    """One of the pages of the reports, with a head of its own."""

    own_sheets = (BehindSheet, AccountsSheet)

    def __init__(self, shell: Shell, session: Session) -> None:
        presenter = BooksPresenter(session)
        super().__init__(shell, session, presenter)
        self._presenter = presenter
        self.head = BooksHead()
        self.head.page_chosen.connect(self._leave)
        self.head.step_chosen.connect(self._set_step)
        self.head.moved.connect(self._move)
        self.head.day_chosen.connect(self._set_day)
        self.notice = NoticeBar()
        wording = self._presenter.wording
        self.accounts = AccountsCard(wording)
        self.accounts.opened.connect(self._open_account)
        self.compared, self.reasons = ComparedCard(wording), ReasonsCard()
        self.reasons.opened.connect(self.open_number)
        self.sending = SendingCard(self._presenter.format)
        self.sending.format_chosen.connect(self._set_format)
        self.sending.asked.connect(self._ask_where)
        right = held(rows(wide(self.compared, 3), wide(self.reasons, 2), self.sending, gap=12))
        right.setFixedWidth(theme().px(_BESIDE))
        rows(
            columns(wide(self.head), top(action_button(self._accounts_action(), size="s")), gap=8),
            self.notice,
            wide(sides(wide(self.accounts), right, gap=12)),
            gap=12,
            pad=16,
            host=self,
        )

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Books")

    def own_actions(self) -> tuple[Action, ...]:
        """What works here."""
        tr, earlier, later = self.tr, partial(self._move, -1), partial(self._move, 1)
        return (
            hint("Alt+1…4", tr("Period")),
            Action("books_before", tr("Earlier days"), "Alt+Left", earlier, word=tr("Earlier")),
            Action("books_after", tr("Later days"), "Alt+Right", later, word=tr("Later")),
            Action("books_today", tr("Today"), "Alt+Home", self._go_to_today, in_bar=False),
            hint("Tab", tr("Next panel")),
            hint("Return", tr("Show entries")),
            Action("books_export", tr("Export the books"), "Ctrl+E", self._ask_where, word=tr("Export")),
            self._accounts_action(),
        )

    def _accounts_action(self) -> Action:
        return Action("books_accounts", self.tr("Accounts"), "Alt+A", self._show_accounts, icon="landmark")

    def first_field(self) -> QWidget | None:
        """The accounts, or the days where nothing was booked."""
        return self.head.steps if self.accounts.table.isHidden() else self.accounts.table

    def compact_changed(self, is_compact: bool) -> None:
        """A narrow window leaves out how many entries there are: debit and credit need the room."""
        self.accounts.set_narrow(is_compact)

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+4."""
        return self.head.steps.choose_number(number)

    def activated(self, payload: object = None) -> None:
        """Read the same days again."""
        self.head.choose_own()
        self._presenter.read_reports(self.head.show_reports)
        self.reload()

    # -- reading -----------------------------------------------------------------------------------------
    def reload(self) -> None:
        """Read what is asked for now."""
        self.head.show_days(self._presenter.days, self._presenter.wording)
        self.shell.loading.begin(self.tr("Reading the books"), cancel=self.stop)
        self._presenter.read_page(self._show, self._failed)

    def _show(self, told: Shown) -> None:
        presenter = self._presenter
        self.shell.loading.end()
        self.notice.hide()
        self.accounts.show_table(told.table, presenter.wording)
        self.compared.show_rows(told.compared, presenter.wording)
        self.reasons.show_reasons(told.compared, presenter.wording)
        self.sending.show_sending(told.sending, presenter.format, presenter.days.step, presenter.wording)
        self.keys_changed.emit()

    def _failed(self, error: Exception) -> None:
        self.shell.loading.end()
        self.notice.offer_again(sentence_of(error, self.tr("The books could not be read.")), self.reload)

    # -- what is asked -----------------------------------------------------------------------------------
    def _leave(self, name: str) -> None:
        if name != BOOKS:
            self.shell.show_page("reports", name or OVERVIEW)

    def _over(self, days: BookDays) -> None:
        self._presenter.days = days
        self.close_own_sheet()
        self.reload()

    def _set_step(self, step: str) -> None:
        self._over(replace(self._presenter.days, step=Step(step)))

    def _move(self, by: int) -> None:
        self._over(self._presenter.days.moved(by))

    def _set_day(self, day: date) -> None:
        self._over(replace(self._presenter.days, day=day))

    def _go_to_today(self) -> None:
        self._set_day(self._presenter.today())

    def _set_format(self, name: str) -> None:
        self._presenter.format = BookFormat(name)
        self.reload()

    # -- what is behind ----------------------------------------------------------------------------------
    def _open_account(self, account: NumberedAccount) -> None:
        title = f"{account.number} {account.name}".strip()
        target = Target(BOOKS, "", account.account.code, title, Unit.MONEY)
        sheet = BehindSheet(self._presenter, target, self._presenter.days.period)
        sheet.opened.connect(self.open_number)
        self.shell.open_sheet(title, sheet)

    def _show_accounts(self) -> None:
        sheet = AccountsSheet(self._presenter, Chart.GENERAL, may_write=self.shell.may(Permission.SHOP_WRITE))
        sheet.kept.connect(self._account_kept)
        self.shell.open_sheet(self.tr("Accounts"), sheet)

    def _account_kept(self, one: NumberedAccount) -> None:
        words = self.tr("{account} is {number} now")
        self.shell.notices.toast(words.format(account=one.account.words, number=one.number))
        self.reload()

    # -- export ------------------------------------------------------------------------------------------
    def _ask_where(self) -> None:
        presenter = self._presenter
        days = days_words(presenter.days, presenter.wording)
        proposed = f"{presenter.format.words} {days}{presenter.format.ending}"
        kind = self.tr("Books (*{ending})").format(ending=presenter.format.ending)
        name, _ = FileDialog.getSaveFileName(self, self.tr("Export the books"), proposed, kind)
        if name:
            self._write(Path(name), replace_file=True)  # the dialog has asked

    def _write(self, path: Path, *, replace_file: bool = False, again: bool = False) -> None:
        self._presenter.export(
            path,
            replace=replace_file,
            again=again,
            done=partial(self._written, path),
            failed=partial(self._not_written, path),
        )

    def _written(self, path: Path, told: "Exported") -> None:
        if told.path is None:
            said = self.tr("These days have gone out already, and nothing has changed since.")
            once_more = partial(self._write, path, replace_file=True, again=True)
            step = NoticeStep(self.tr("Write them once more"), once_more)
            self.notice.show_message(Message(said, "info", (step,)))
            return
        days = shown_count(told.days, self.tr("day"), self.tr("days"))
        words = self.tr("{days} written to {name}")
        if told.corrections:
            words = self.tr("{days} and {count} as corrections written to {name}")
        self.shell.notices.toast(words.format(days=days, count=told.corrections, name=path.name))
        self.reload()

    def _not_written(self, path: Path, error: Exception) -> None:
        sentence = sentence_of(error, self.tr("The books could not be written. Nothing was noted as sent."))
        steps = [NoticeStep(self.tr("Choose again"), self._ask_where)]
        if code_of(error) == "file_exists":
            steps.append(NoticeStep(self.tr("Replace it"), partial(self._write, path, replace_file=True)))
        self.notice.show_message(Message(sentence, "danger", tuple(steps)))
