"""The keys of the sale, of what became of it, and of giving back; each is asked for when it is pressed."""

# ruff: noqa: PLW0108 - the keys are made before the parts that they ask

from collections.abc import Callable
from typing import Protocol

from posapp.ui.actions import Action, hint
from posapp.ui.preview.paper_view import PaperView
from posapp.ui.sell.card_steps import CardSteps
from posapp.ui.sell.done_steps import DoneSteps
from posapp.ui.sell.held_steps import HeldSteps
from posapp.ui.sell.quick_steps import quick_actions
from posapp.ui.sell.refund_steps import RefundSteps
from posapp.ui.sell.sale_steps import SaleSteps
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.wording import translator

_tr = translator("Sell")


class Counter(Protocol):
    """What the keys ask of the screen."""

    sale: SaleView
    steps: SaleSteps
    cards: CardSteps
    held: HeldSteps
    after: DoneSteps
    back: RefundSteps

    def is_selling(self) -> bool:
        """Whether a sale is rung up."""

    def is_paying(self) -> bool:
        """Whether its money is typed."""

    def is_done(self) -> bool:
        """Whether what became of it is shown."""

    def is_giving_back(self) -> bool:
        """Whether it is chosen what comes back."""

    def press_money(self) -> None:
        """On, to the end."""

    def choose_customer(self) -> None:
        """Who buys?"""

    def park(self) -> None:
        """Let it wait."""

    def clear(self) -> None:
        """Begin again."""


def money_actions(page: Counter) -> tuple[Action, ...]:
    """Paying; the hints of the key bar while the cursor is there."""
    paying, is_open = page.is_paying, lambda: not page.is_done()
    return (
        hint("Return", _tr("Add payment"), paying),
        Action("sell_pay", _tr("Pay, then complete"), "F9", page.press_money, word=_tr("Pay"), when=is_open),
        hint("Alt+1…7", _tr("Method"), paying),
        hint("F5", _tr("Items"), paying),
        Action("sell_customer", _tr("Customer"), "Ctrl+N", page.choose_customer, when=page.is_selling),
        hint("Esc", _tr("Back to cart"), paying),
    )


def line_actions(page: Counter) -> tuple[Action, ...]:
    """What is done to the lines and to the sale as a whole."""
    when = page.is_selling

    def in_f1(id_: str, words: str, key: str, run: Callable[[], object], icon: str = "") -> Action:
        return Action(id_, words, key, run, icon, when=when, in_bar=False)

    return (
        Action(
            "sell_discount",
            _tr("Discount"),
            "Ctrl+D",
            lambda: page.steps.open_line(page.sale.table.place(), at_discount=True),
            "percent",
            when=when,
            on_record=True,
        ),
        in_f1("sell_whole", _tr("Whole sale"), "Ctrl+Shift+D", lambda: page.steps.open_whole(), "percent"),
        in_f1("sell_note", _tr("Note"), "Alt+N", lambda: page.steps.open_note(), "pencil"),
        Action("sell_card", _tr("Gift card"), "Alt+G", lambda: page.cards.open(), "gift", when=when),
        Action("sell_park", _tr("Park sale"), "Alt+P", page.park, "pause", when=when, word=_tr("Park")),
        in_f1("sell_held", _tr("Parked sales"), "Alt+O", lambda: page.held.show_held(), "pause"),
        Action("sell_back", _tr("Give back"), "Alt+R", lambda: page.held.show_latest(), "undo-2", when=when),
        Action(
            "sell_exchange",
            _tr("Exchange for other goods"),
            "Alt+X",
            lambda: page.back.exchange(),
            when=page.is_giving_back,
            word=_tr("Exchange"),
        ),
        in_f1("sell_clear", _tr("Empty the sale"), "Ctrl+Delete", page.clear),
        hint("↑↓", _tr("Lines"), when),
        hint("+ −", _tr("Quantity"), when),
        hint("3*", _tr("Three of the next"), when),
        *quick_actions(lambda place: page.sale.quick.choose(place), when),
    )


def done_actions(page: Counter, paper: PaperView) -> tuple[Action, ...]:
    """What can be done with the paper; everything else begins the next sale."""
    when = page.is_done
    larger, smaller = _tr("Larger"), _tr("Smaller")
    return (
        hint("Return", _tr("Next customer"), when),
        Action(
            "sell_print", _tr("Print again"), "Ctrl+P", lambda: page.after.print_again(), "printer", when=when
        ),
        Action(
            "sell_sheet",
            _tr("Print on a sheet, with all taxes"),
            "Alt+A",
            lambda: page.after.print_sheet(),
            "file-text",
            when=when,
            word=_tr("Sheet"),
        ),
        Action(
            "sell_larger",
            larger,
            "Ctrl++ Ctrl+=",
            lambda: paper.zoom_by(1),
            "plus",
            when=when,
            in_bar=False,
        ),
        Action(
            "sell_smaller", smaller, "Ctrl+-", lambda: paper.zoom_by(-1), "minus", when=when, in_bar=False
        ),
    )
