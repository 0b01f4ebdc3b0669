"""The shop: name and contact, country and money, what stands on the papers."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from posapp.domain.base.countries import countries, currencies, languages, time_zones
from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import PosappError
from posapp.domain.base.names import check_name, clean_text
from posapp.ui.fields import LabeledField, NoteField, TextField, TimeField
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.logo import LogoView
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.saving_form import Failed, SavingForm
from posapp.ui.settings.searchable import SearchableField
from posapp.ui.settings.section import Section, group, in_a_row, stacked
from posapp.ui.theme import set_look
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.window.shell import Shell
from posapp.ui.wording import Wording

SAMPLE_MINOR = 125000


class ShopSection(Section):
    """Everything the shop says about itself."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(QCoreApplication.translate("Settings", "Shop"), presenter, shell)
        self.form = ShopForm(presenter)
        self.add_scrolled(self.form)

    def refresh(self) -> None:
        """Show what is stored."""
        self.form.show_stored()
        self.form.logo.show_picture(self.presenter.known.logo)

    def leaving(self) -> None:
        """What is typed is saved."""
        self.form.save_changes()

    def first_field(self) -> QWidget | None:
        """The name."""
        return self.form.name.editor


class ShopForm(SavingForm):
    """The fields of the shop."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._make_contact()
        self._make_country()
        self._make_paper()
        self.setLayout(
            stacked(
                group(
                    self.tr("Name and contact"),
                    [
                        (self.name, self.tax_id),
                        (self.phone, self.email),
                        (self.address, self.website),
                    ],
                    self.tr("Stands at the head of every paper."),
                ),
                group(
                    self.tr("Country and money"),
                    [
                        (self.region, self.currency),
                        (self.locale_, self.time_zone),
                        (self.cutover, None),
                    ],
                ),
                group(self.tr("On the papers"), [(self._logo_block(),), (self.terms,)]),
            )
        )

    # -- fields ----------------------------------------------------------------------------------------
    def _make_contact(self) -> None:
        self.name = TextField("name", self.tr("Shop name"), read=check_name)
        self.phone = TextField("phone", self.tr("Phone"), icon="phone", read=_limited(60, "phone"))
        self.email = TextField("email", self.tr("E-mail"), icon="mail", read=check_email)
        self.website = TextField("website", self.tr("Website"), read=_limited(200, "website"))
        self.tax_id = TextField("tax_id", self.tr("Tax number"), read=_limited(60, "tax_id"))
        self.address = NoteField("address", self.tr("Address"), lines=3, limit=500)
        self._keep_text(self.name, self.tr("Shop name saved"))
        self._keep_text(self.tax_id, self.tr("Tax number saved"))
        self._keep_text(self.phone, self.tr("Phone saved"))
        self._keep_text(self.email, self.tr("E-mail saved"))
        self._keep_text(self.address, self.tr("Address saved"))
        self._keep_text(self.website, self.tr("Website saved"))

    def _make_country(self) -> None:
        self.region = SearchableField("region", self.tr("Country"), countries())
        self.currency = SearchableField("currency", self.tr("Currency"), currencies())
        self.locale_ = SearchableField("locale", self.tr("Language and formats"), languages())
        zones = [(zone, zone.replace("_", " ")) for zone in time_zones()]
        self.time_zone = SearchableField("time_zone", self.tr("Time zone"), zones)
        self.cutover = TimeField(
            "cutover_minutes", self.tr("Business day begins at"), wording=self._presenter.wording
        )
        self._keep_choice(self.region, self.tr("Country saved"), self._about_region)
        self._keep_choice(self.currency, self.tr("Currency saved"), self._about_currency)
        self._keep_choice(self.locale_, self.tr("Language and formats saved"), self._about_locale)
        self._keep_choice(self.time_zone, self.tr("Time zone saved"), self._about_zone)
        self.keep(
            self.cutover,
            stored=lambda: minute_time(self._presenter.business.cutover_minutes),
            put=self.cutover.set_time,
            save=self._save_cutover,
            hint=self._about_cutover,
        )

    def _make_paper(self) -> None:
        self.terms = NoteField("terms", self.tr("Terms"), lines=4, limit=2000)
        self._keep_text(
            self.terms,
            self.tr("Terms saved"),
            lambda: self.tr("Printed at the foot of slips. Papers already given out keep theirs."),
        )
        self.logo = LogoView()

    def _logo_block(self) -> QVBoxLayout:
        self.logo_choose = button(self.tr("Choose picture"), size="s", icon="upload", run=self._choose_logo)
        self.logo_remove = button(self.tr("Remove"), kind="quiet", size="s", run=self._remove_logo)
        self.logo_words = label(
            self.tr("A PNG of at most 512 KiB. Black on white prints best."), "small", tone="text2", wrap=True
        )
        words = rows(in_a_row(self.logo_choose, self.logo_remove), self.logo_words, STRETCH, gap=8)
        row = columns(self.logo, wide(words), gap=16)
        row.setAlignment(self.logo, Qt.AlignmentFlag.AlignTop)
        return rows(label(self.tr("Logo"), "small", tone="text2", weight=500), row, gap=4)

    # -- keeping ---------------------------------------------------------------------------------------
    def _keep_text(self, field: LabeledField, said: str, hint: Callable[[], str] = str) -> None:
        name = field.name
        self.keep(
            field,
            stored=lambda: getattr(self._presenter.business, name),
            put=field.set_text,
            save=lambda value, failed: self._presenter.edit_shop(name, value, said, failed),
            hint=hint,
        )

    def _keep_choice(self, field: SearchableField, said: str, hint: Callable[[], str]) -> None:
        name = field.name
        self.keep(
            field,
            stored=lambda: getattr(self._presenter.business, name),
            put=lambda value: self._choose(field, value),
            save=lambda value, failed: self._presenter.edit_shop(name, value, said, failed),
            hint=hint,
        )

    @staticmethod
    def _choose(field: SearchableField, value: str) -> None:
        field.choose(value)
        if not field.text():
            field.set_text(value)  # a code that the lists of today do not have is shown as it is
        field.clear_problem()

    def _save_cutover(self, at: time, failed: Failed) -> None:
        said = self.tr("Begin of the day saved")
        self._presenter.edit_shop("cutover_minutes", at.hour * 60 + at.minute, said, failed)

    # -- what it means ---------------------------------------------------------------------------------
    def _about_region(self) -> str:
        return self.tr("Phone numbers typed without a country code are read as numbers from here.")

    def _about_currency(self) -> str:
        return self.tr("Another currency keeps the figures of all prices; nothing is converted.")

    def _about_locale(self) -> str:
        words = self._wording()
        shown = (words.day(date(2026, 3, 12)), words.time(time(15, 30)), words.price(SAMPLE_MINOR))
        return " · ".join(shown)

    def _about_zone(self) -> str:
        now = self._presenter.session.shop.store.clock.now().astimezone(ZoneInfo(self._typed(self.time_zone)))
        clock = self._wording().time(now.time())
        return self.tr("It is {time} there now. Bookings made so far keep their clock time.").format(
            time=clock
        )

    def _about_cutover(self) -> str:
        return self.tr("Work after midnight and before this hour counts for the day before.")

    def _typed(self, field: SearchableField) -> str:
        try:
            return str(field.value())
        except PosappError:
            return str(getattr(self._presenter.business, field.name))

    def _wording(self) -> Wording:
        return Wording(
            locale=self._typed(self.locale_),
            region=self._typed(self.region),
            currency=self._typed(self.currency),
            zone=self._presenter.business.time_zone,
        )

    # -- logo ------------------------------------------------------------------------------------------
    def _choose_logo(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window(), self.tr("Choose a logo"), "", self.tr("Pictures (*.png)")
        )
        if name:
            self.take_logo(Path(name))

    def take_logo(self, file: Path) -> None:
        """Put the picture of a file on the papers."""
        try:
            png = file.read_bytes()
        except OSError:
            self._logo_refused(self.tr("This file cannot be read."))
            return
        self._presenter.set_logo(png, self.tr("Logo saved"), self._logo_failed)

    def _remove_logo(self) -> None:
        if self._presenter.known.logo is not None:
            self._presenter.set_logo(None, self.tr("Logo removed"), self._logo_failed)

    def _logo_failed(self, error: Exception) -> None:
        self._logo_refused(sentence_of(error, self.tr("This could not be saved.")))

    def _logo_refused(self, sentence: str) -> None:
        self.logo_words.setText(sentence)
        set_look(self.logo_words, tone="danger")


def minute_time(minutes: int) -> time:
    """Minutes of the day as a time."""
    return time(minutes // 60, minutes % 60)


def _limited(limit: int, name: str) -> Callable[[str], Any]:
    def read(text: str) -> str:
        return clean_text(text, limit, name)

    return read
