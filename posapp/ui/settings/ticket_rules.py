"""How the shop repairs: days of alerts and reminders, storage, quality check, terms of the claim ticket."""

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money
from posapp.services.repairs.ticket_states import LONGEST_DAYS, LONGEST_LIMIT, TERMS_LIMIT
from posapp.ui.fields import LabeledField, LineEdit, MoneyField, NoteField
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.printers import Outcome
from posapp.ui.settings.saving_form import Failed, SavingForm
from posapp.ui.settings.section import Section, group, stacked
from posapp.ui.settings.whole import WholeField
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.window.shell import Shell


class DaysField(LabeledField):
    """Several numbers of days in rising order, such as `7, 14, 30`."""

    def __init__(self, name: str, text: str) -> None:
        edit = LineEdit()
        super().__init__(name, text, edit)

    def value(self) -> tuple[int, ...]:
        """The days; raises `DomainError` reminders_invalid for what is no number."""
        parts = self.text().replace(",", " ").replace(";", " ").split()
        if not all(part.isdecimal() and len(part) <= 6 for part in parts):
            sentence = self.tr("Enter days in rising order, such as 7, 14, 30.")
            raise DomainError("reminders_invalid", sentence, field=self.name)
        return tuple(int(part) for part in parts)

    def put(self, days: tuple[int, ...]) -> None:
        """Show these days."""
        self.set_text(", ".join(map(str, days)))


class RulesSection(Section):
    """The settings of repairs."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__("", presenter, shell)
        self.setAccessibleName(QCoreApplication.translate("Settings", "Days and terms"))
        self.form = RulesForm(presenter)
        self.add_scrolled(self.form)

    def refresh(self) -> None:
        """Show what is stored."""
        self.form.show_stored()
        self.form.quality.setChecked(self.presenter.known.repairs.settings.quality_check)

    def leaving(self) -> None:
        """What is typed is saved."""
        self.form.save_changes()

    def first_field(self) -> QWidget | None:
        """The first days."""
        return self.form.untouched.editor


class RulesForm(SavingForm):
    """The fields of the rules."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._make_alerts()
        self._make_uncollected()
        self._make_rest()
        self.setLayout(
            stacked(
                group(self.tr("While it is here"), [(self.untouched, self.passcode), (self.quality,)]),
                self.trouble,
                group(
                    self.tr("When nobody collects it"),
                    [
                        (self.uncollected, self.reminders),
                        (self.fee, self.free_days),
                        (self.dispose, None),
                    ],
                ),
                group(self.tr("On the claim ticket"), [(self.terms,)]),
            )
        )

    # -- fields ----------------------------------------------------------------------------------------
    def _make_alerts(self) -> None:
        self.untouched = WholeField(
            "untouched_hours", self.tr("Alert when untouched for, in hours"), 1, LONGEST_LIMIT
        )
        self.passcode = WholeField("passcode_days", self.tr("Passcodes are kept, in days"), 0, LONGEST_DAYS)
        self._keep_whole(
            self.untouched, self.tr("Alert saved"), self.tr("The ticket is marked on the board.")
        )
        self._keep_whole(
            self.passcode,
            self.tr("Days of passcodes saved"),
            self.tr("After the device left. Then nobody can read them any more."),
        )
        self.quality = CheckBox(self.tr("A second person checks a repair before it is ready"))
        self.quality.clicked.connect(self._save_quality)
        self.trouble = Outcome()

    def _make_uncollected(self) -> None:
        self.uncollected = WholeField(
            "uncollected_days", self.tr("Uncollected after, in days"), 0, LONGEST_DAYS
        )
        self.reminders = DaysField("reminder_days", self.tr("Reminders after, in days"))
        self.fee = MoneyField(
            "storage_fee_minor", self.tr("Storage fee per day"), wording=self._presenter.wording
        )
        self.free_days = WholeField("storage_free_days", self.tr("Days without a fee"), 0, LONGEST_DAYS)
        self.dispose = WholeField(
            "dispose_days", self.tr("May be disposed of after, in days"), 0, LONGEST_DAYS
        )
        self._keep_whole(
            self.uncollected, self.tr("Uncollected days saved"), self.tr("Counted from the day it is ready.")
        )
        self.keep(
            self.reminders,
            stored=lambda: self._stored("reminder_days"),
            put=self.reminders.put,
            save=lambda value, failed: self._save(
                "reminder_days", value, self.tr("Reminder days saved"), failed
            ),
            hint=lambda: self.tr("Each is due once. Empty for no reminders."),
        )
        self.keep(
            self.fee,
            stored=self._stored_fee,
            put=self.fee.set_money,
            save=self._save_fee,
            hint=lambda: self.tr("Empty for no fee."),
        )
        self._keep_whole(self.free_days, self.tr("Days without a fee saved"))
        self._keep_whole(
            self.dispose,
            self.tr("Days before disposal saved"),
            self.tr("The law of your country may ask for more."),
        )

    def _make_rest(self) -> None:
        self.terms = NoteField("claim_terms", self.tr("Terms"), lines=4, limit=TERMS_LIMIT)
        self.keep(
            self.terms,
            stored=lambda: self._stored("claim_terms"),
            put=self.terms.set_text,
            save=lambda value, failed: self._save("claim_terms", value, self.tr("Terms saved"), failed),
            hint=lambda: self.tr("Papers already given out keep theirs."),
        )

    # -- keeping ---------------------------------------------------------------------------------------
    def _stored(self, name: str) -> Any:
        return getattr(self._presenter.known.repairs.settings, name)

    def _save(self, name: str, value: object, said: str, failed: Failed) -> None:
        self._presenter.edit_repairs(name, value, said, failed)

    def _keep_whole(self, field: WholeField, said: str, hint: str = "") -> None:
        name = field.name
        self.keep(
            field,
            stored=lambda: self._stored(name),
            put=field.put,
            save=lambda value, failed: self._save(name, value, said, failed),
            hint=lambda: hint,
        )

    def _stored_fee(self) -> Money | None:
        minor = self._stored("storage_fee_minor")
        return Money(minor, self._presenter.business.currency) if minor else None

    def _save_fee(self, amount: Money | None, failed: Failed) -> None:
        minor = 0 if amount is None else amount.minor
        self._save("storage_fee_minor", minor, self.tr("Storage fee saved"), failed)

    def _save_quality(self, is_on: bool) -> None:
        self.trouble.say("")
        self._save("quality_check", is_on, self.tr("Quality check saved"), self._quality_refused)

    def _quality_refused(self, error: Exception) -> None:
        self.quality.setChecked(self._stored("quality_check"))
        self.trouble.say(sentence_of(error, self.tr("This could not be saved.")), "danger")
