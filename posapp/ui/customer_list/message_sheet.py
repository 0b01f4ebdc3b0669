"""Whom a message to several customers may go to: addresses and numbers for the program that sends it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from posapp.domain.figures.customer_list import Reach
from posapp.ui.actions import Keys
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.cards import EmptyState
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import shown_count


def _nothing() -> None:
    """Nobody agreed: there is no table to write."""


class MessageSheet(QWidget):
    """Says who is left out and why. `copied` tells what was copied, `save_asked` wants a table."""

    copied = Signal(str)
    save_asked = Signal()

    def __init__(self, reach: Reach, chosen: int) -> None:
        super().__init__()
        one, many = self.tr("customer"), self.tr("customers")
        words = self.tr("{reached} of {chosen} agreed to hear of offers and can be reached.")
        self.words = label(
            words.format(reached=f"{reach.reached:,}", chosen=shown_count(chosen, one, many)),
            "body",
            wrap=True,
        )
        parts: list[QWidget] = [self.words]
        if reach.refused:
            refused = shown_count(reach.refused, one, many)
            parts.append(
                self._note(self.tr("{customers} did not agree").format(customers=refused), "circle-x")
            )
        if reach.unreachable:
            lost = shown_count(reach.unreachable, one, many)
            parts.append(
                self._note(
                    self.tr("{customers} without e-mail or number").format(customers=lost), "phone-off"
                )
            )
        self.emails = self._copy(self.tr("Copy e-mail addresses"), "mail", reach.emails, ", ")
        self.phones = self._copy(self.tr("Copy numbers"), "phone", reach.phones, "\n")
        self.save = button(
            self.tr("Save as a table"), icon="download", key="Ctrl+E", run=self.save_asked.emit
        )
        self.save.setVisible(bool(reach.reached))
        none = EmptyState(self.tr("Nobody of them agreed to hear of offers."))
        none.setVisible(not reach.reached)
        hint = label(
            self.tr("Put addresses into BCC: nobody sees whom else you write to."),
            "small",
            tone="text2",
            wrap=True,
        )
        hint.setVisible(bool(reach.emails))
        rows(
            held(rows(*parts, gap=8)), self.emails, hint, self.phones, self.save, none, STRETCH,
            gap=12, pad=16, host=self,
        )  # fmt: skip
        first = next((one for one in (self.emails, self.phones, self.save) if not one.isHidden()), None)
        if first is not None:
            self.setFocusProxy(first)

    def front_keys(self) -> Keys:
        """Ctrl+E is for those who agreed, not for the list behind."""
        return {"Ctrl+E": self.save_asked.emit if not self.save.isHidden() else _nothing}

    def _note(self, words: str, icon: str) -> QWidget:
        return held(columns(IconLabel(icon, size=16), wide(label(words, "body", tone="text2")), gap=8))

    def _copy(self, words: str, icon: str, values: Sequence[str], between: str) -> Button:
        def copy() -> None:
            QGuiApplication.clipboard().setText(between.join(values))
            self.copied.emit(self.tr("{n} copied").format(n=f"{len(values):,}"))

        made = button(f"{words} ({len(values):,})", icon=icon, run=copy)
        made.setVisible(bool(values))
        return made
