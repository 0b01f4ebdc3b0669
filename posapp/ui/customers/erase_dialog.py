"""The question before a person is forgotten: what goes, what stays, what stands in the way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from posapp.domain.customers.customers import REASON_LIMIT
from posapp.ui.fields import TextField
from posapp.ui.layout import STRETCH, Part, columns, rows
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording, shown_count, translator

if TYPE_CHECKING:
    from posapp.domain.customers.privacy import ErasePlan, OldCopy, Share

_tr = translator("Privacy")
_MOST_BLOCKERS = 6


def share_words(share: "Share") -> str:
    """So many of what."""
    one, many = {
        "phones": (_tr("phone number"), _tr("phone numbers")),
        "contacts": (_tr("further person"), _tr("further people")),
        "consents": (_tr("consent"), _tr("consents")),
        "bookings": (_tr("booking's note"), _tr("notes of bookings")),
        "tickets": (_tr("ticket's texts"), _tr("tickets' texts")),
        "devices": (_tr("serial"), _tr("serials")),
        "photos": (_tr("photo"), _tr("photos")),
        "papers": (_tr("paper"), _tr("papers")),
        "old_records": (_tr("record of an old system"), _tr("records of old systems")),
        "entries": (_tr("journal entry's details"), _tr("journal entries' details")),
        "orders": (_tr("sale"), _tr("sales")),
        "payments": (_tr("payment"), _tr("payments")),
        "gift_cards": (_tr("gift card"), _tr("gift cards")),
        "tax_papers": (_tr("paper for the tax office"), _tr("papers for the tax office")),
    }[share.what]
    return shown_count(share.count, one, many)


def copies_words(copies: "tuple[OldCopy, ...]", wording: Wording) -> str:
    """How many backups still hold the person, and until when."""
    if not copies:
        return ""
    last = max((one.until for one in copies if one.until is not None), default=None)
    count = shown_count(len(copies), _tr("backup"), _tr("backups"))
    if last is None:
        return _tr("{backups} on this computer: the person is still in there.").format(backups=count)
    words = _tr("{backups} on this computer: the person is still in there, until about {day}.")
    return words.format(backups=count, day=wording.day_of_year(last))


class EraseDialog(QDialog):
    """The safe answer is the first one and what Enter means."""

    def __init__(self, parent: QWidget, plan: "ErasePlan", who: str, wording: Wording) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Anonymise"))
        self.setFixedWidth(theme().px(520))
        self._wording = wording
        self.reason = TextField(
            "reason",
            self.tr("Why (without the name: it stays on record)"),
            limit=REASON_LIMIT,
            placeholder=self.tr("Asked for it by letter"),
            missing=self.tr("Say why."),
        )
        self.yes = button(self.tr("Anonymise"), kind="danger", size="l", run=self._agree)
        self.no = button(self.tr("Keep the person"), size="l", key="Esc", run=self.reject)
        self.yes.setAutoDefault(False)
        self.no.setDefault(True)
        is_blocked = bool(plan.blocked)
        self.reason.setHidden(is_blocked)
        self.yes.setHidden(is_blocked)
        if is_blocked:
            self.no.setText(self.tr("Close"))
        question = self.tr("Not yet: {who}") if is_blocked else self.tr("Anonymise {who}?")
        rows(
            label(question.format(who=who), "title", wrap=True),
            *(self._blocked(plan) if is_blocked else self._plan(plan)),
            self.reason,
            columns(STRETCH, self.yes, self.no, gap=8),
            gap=12,
            pad=(20, 18, 20, 16),
            host=self,
        )
        (self.no if is_blocked else self.reason.editor).setFocus()

    def _blocked(self, plan: "ErasePlan") -> list[Part]:
        """What has to be at its end before."""
        shown = [one.sentence for one in plan.blocked[:_MOST_BLOCKERS]]
        more = len(plan.blocked) - len(shown)
        if more > 0:
            shown.append(self.tr("And {n} more.").format(n=more))
        return [
            label(self.tr("First this has to be at its end:"), "body", tone="text2", wrap=True),
            label("\n".join(shown), "body", wrap=True),
        ]

    def _plan(self, plan: "ErasePlan") -> list[Part]:
        goes = ", ".join([self.tr("name and details"), *map(share_words, plan.goes)])
        stays = ", ".join([plan.pl_id, self.tr("numbers, amounts and days"), *map(share_words, plan.stays)])
        parts: list[Part] = [
            label(self.tr("Goes for good: {what}.").format(what=goes), "body", wrap=True),
            label(self.tr("Stays: {what}.").format(what=stays), "body", wrap=True),
        ]
        if plan.tax_until is not None:
            words = self.tr("Papers for the tax office keep the name until {day}.")
            day = self._wording.day_of_year(plan.tax_until)
            parts.append(label(words.format(day=day), "body", tone="text2", wrap=True))
        copies = copies_words(plan.backups, self._wording)
        if copies:
            parts.append(label(copies, "body", tone="text2", wrap=True))
        parts.append(label(self.tr("This cannot be undone."), "body", weight=600, tone="danger", wrap=True))
        return parts

    def _agree(self) -> None:
        if self.reason.check() is not None:
            self.reason.editor.setFocus()
        else:
            self.accept()
