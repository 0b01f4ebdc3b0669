"""How the shop repairs: alerts, reminders, storage, quality check, terms, checklists of the intake."""

from itertools import pairwise

from posapp.domain.repairs.devices import DeviceKind
from posapp.services.repairs.ticket_states import LONGEST_DAYS, LONGEST_LIMIT, TERMS_LIMIT
from posapp.ui.fields import NoteField
from posapp.ui.layout import rows
from posapp.ui.settings.fields import DaysField, LinesField, MinorField, WholeField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.saving_form import SavingForm
from posapp.ui.settings.section import group
from posapp.ui.wording import translator

_tr = translator("Settings")


class RulesForm(SavingForm):
    """The fields of the rules."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter.of_repairs)
        self._presenter = presenter
        self._make_alerts()
        self._make_uncollected()
        self.terms = self.keep(
            NoteField("claim_terms", self.tr("Terms"), lines=4, limit=TERMS_LIMIT),
            self.tr("Terms saved"),
            self.tr("Papers already given out keep theirs."),
        )
        here = [(self.untouched, self.passcode), (self.deposit, None), (self.quality,)]
        left = [(self.uncollected, self.reminders), (self.fee, self.free_days), (self.dispose, None)]
        self.setLayout(
            rows(
                group(self.tr("While it is here"), here),
                self.trouble,
                group(self.tr("When nobody collects it"), left),
                group(self.tr("On the claim ticket"), [(self.terms,)]),
                gap=24,
            )
        )

    def _make_alerts(self) -> None:
        self.untouched = self.keep(
            WholeField("untouched_hours", self.tr("Alert when untouched for, in hours"), 1, LONGEST_LIMIT),
            self.tr("Alert saved"),
            self.tr("The ticket is marked on the board."),
        )
        self.passcode = self._days(
            "passcode_days",
            self.tr("Passcodes are kept, in days"),
            self.tr("Days of passcodes saved"),
            self.tr("After the device left. Then nobody can read them any more."),
        )
        words = self.tr("A second person checks a repair before it is ready")
        self.quality = self.keep_box("quality_check", words, self.tr("Quality check saved"))
        self.deposit = self.keep(
            WholeField("deposit_percent", self.tr("Deposit, in per cent of the price"), 0, 100),
            self.tr("Deposit saved"),
            self.tr("Offered at check-in, and when an estimate is approved. 0 asks for none."),
        )

    def _make_uncollected(self) -> None:
        self.uncollected = self._days(
            "uncollected_days",
            self.tr("Uncollected after, in days"),
            self.tr("Uncollected days saved"),
            self.tr("Counted from the day it is ready."),
        )
        self.reminders = self.keep(
            DaysField("reminder_days", self.tr("Reminders after, in days")),
            self.tr("Reminder days saved"),
            self.tr("Each is due once. Empty for no reminders."),
        )
        wording, words = self._presenter.wording, self.tr("Storage fee per day")
        fee = MinorField("storage_fee_minor", words, wording, empty=0, hides_zero=True)
        self.fee = self.keep(fee, self.tr("Storage fee saved"), self.tr("Empty for no fee."))
        words = self.tr("Days without a fee")
        self.free_days = self._days("storage_free_days", words, self.tr("Days without a fee saved"))
        self.dispose = self._days(
            "dispose_days",
            self.tr("May be disposed of after, in days"),
            self.tr("Days before disposal saved"),
            self.tr("The law of your country may ask for more."),
        )

    def _days(self, name: str, words: str, said: str, hint: str = "") -> WholeField:
        return self.keep(WholeField(name, words, 0, LONGEST_DAYS), said, hint)


def kind_words(kind: DeviceKind) -> str:
    """A kind as the head of its checklist."""
    return {
        DeviceKind.PHONE: _tr("Phones"),
        DeviceKind.TABLET: _tr("Tablets"),
        DeviceKind.LAPTOP: _tr("Laptops"),
        DeviceKind.DESKTOP: _tr("Desktops"),
        DeviceKind.CONSOLE: _tr("Consoles"),
        DeviceKind.WATCH: _tr("Watches"),
        DeviceKind.OTHER: _tr("Other devices"),
    }[kind]


class ChecklistForm(SavingForm):
    """A field per kind, two beside each other."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter.of_checklists)
        said = self.tr("Checklist saved: {kind}")
        self.lists = {
            kind: self.keep(LinesField(kind.value, kind_words(kind)), said.format(kind=kind_words(kind)))
            for kind in DeviceKind
        }
        fields: list[LinesField | None] = [*self.lists.values(), None]
        pairs = [pair for place, pair in enumerate(pairwise(fields)) if place % 2 == 0]
        words = self.tr("One line each, in the order in which they are looked at. Old tickets keep theirs.")
        self.setLayout(group("", pairs, words))
