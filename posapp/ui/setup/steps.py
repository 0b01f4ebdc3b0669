"""The three steps as forms: the shop, what it offers, its printer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale, QTimeZone
from PySide6.QtWidgets import QGridLayout

from posapp.domain.base.countries import countries, currencies, habits, languages, time_zones
from posapp.domain.base.money import Money
from posapp.domain.base.names import check_name, clean_text
from posapp.domain.papers.documents import PaperSize
from posapp.services.shop.businesses import CreateBusiness, SaveService
from posapp.till_settings import TillSettings
from posapp.ui.background import Lane
from posapp.ui.fields import Form, LabeledField, MinutesField, MoneyField, NoteField, TextField
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.printers import (
    Outcome,
    PrinterField,
    PrinterLine,
    TestPrint,
    output_choices,
    paper_choices,
)
from posapp.ui.settings.searchable import SearchableField
from posapp.ui.settings.section import captioned, group, in_a_row, stacked
from posapp.ui.settings.till import read_till_name
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.choices import Segmented
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

DEFAULT_REGION = "IE"
ROWS = 3
"""Lines for first services and first people; more are added in Settings."""


def own_region() -> str:
    """The country of this computer, as far as phones are known there."""
    region = QLocale.territoryToCode(QLocale.system().territory())
    return region if region in dict(countries()) else DEFAULT_REGION


class ShopStep(Form):
    """Name and country; the rest follows from the country and can be changed."""

    def __init__(self) -> None:
        super().__init__()
        self._own_zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        self._own_language = QLocale.languageToCode(QLocale.system().language())
        self.name = self.add_field(TextField("name", self.tr("Shop name"), read=check_name))
        self.region = self.add_field(SearchableField("region", self.tr("Country"), countries()))
        self.currency = self.add_field(SearchableField("currency", self.tr("Currency"), currencies()))
        zones = [(zone, zone.replace("_", " ")) for zone in time_zones()]
        self.time_zone = self.add_field(SearchableField("time_zone", self.tr("Time zone"), zones))
        self.locale_ = self.add_field(SearchableField("locale", self.tr("Language and formats"), languages()))
        self.phone = self.add_field(
            TextField(
                "phone",
                self.tr("Phone, if you like"),
                icon="phone",
                read=lambda text: clean_text(text, 60, "phone"),
            )
        )
        self.address = self.add_field(
            NoteField("address", self.tr("Address, if you like"), lines=2, limit=500)
        )
        self.setLayout(
            group(
                "",
                [
                    (self.name,),
                    (self.region, self.currency),
                    (self.time_zone, self.locale_),
                    (self.phone, self.address),
                ],
            )
        )
        self.region.committed.connect(self._take_habits)
        self._region = ""
        self.region.choose(own_region())
        self._take_habits()

    def _take_habits(self) -> None:
        """Another country brings its own currency, zone and language."""
        region = str(self.region.value())
        if region == self._region:
            return
        self._region = region
        usual = habits(region, own_zone=self._own_zone, own_language=self._own_language)
        self.currency.choose(usual.currency)
        self.time_zone.choose(usual.time_zone)
        self.locale_.choose(usual.locale)
        for field in (self.currency, self.time_zone, self.locale_):
            field.clear_problem()
        self.edited.emit()

    def restore_all(self, kept: dict[str, object]) -> None:
        """Put a draft back; its country does not overwrite what was chosen besides."""
        self.restore(kept)
        if self.region.problem() is None:
            self._region = str(self.region.value())

    def command(self) -> CreateBusiness:
        """What to create; every field is right by now."""
        return CreateBusiness(
            name=self.name.value(),
            region=self.region.value(),
            currency=self.currency.value(),
            time_zone=self.time_zone.value(),
            locale=self.locale_.value(),
            phone=self.phone.value(),
            address=self.address.value(),
        )


class OfferStep(Form):
    """First services and first people; every line may stay empty."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        px = theme().px
        self.wording = wording
        self.services: list[tuple[TextField, MinutesField, MoneyField]] = []
        self.people: list[TextField] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for number in range(ROWS):
            self._add_service(number)
        people = QGridLayout()
        people.setHorizontalSpacing(px(12))
        for number in range(ROWS):
            words = self.tr("Person {number}").format(number=number + 1)
            field = self.add_field(TextField(f"person_{number}", words, read=_maybe_name))
            people.addWidget(field, 0, number)
            self.people.append(field)
        self.setLayout(
            stacked(
                stacked(
                    label(self.tr("What people book"), "strong"),
                    label(
                        self.tr("Name, length, price. A price may stay empty when it is set on inspection."),
                        "small",
                        tone="text2",
                        wrap=True,
                    ),
                    self._grid,
                    spacing=8,
                ),
                stacked(
                    label(self.tr("Who does the work"), "strong"),
                    label(
                        self.tr("Each is a column of the calendar. Without names there is one: Counter."),
                        "small",
                        tone="text2",
                        wrap=True,
                    ),
                    people,
                    spacing=8,
                ),
                spacing=20,
            )
        )

    def _add_service(self, number: int) -> None:
        words = self.tr("Service {number}").format(number=number + 1)
        name = self.add_field(TextField(f"service_{number}", words, read=_maybe_name))
        minutes = self.add_field(MinutesField(f"minutes_{number}", self.tr("Length")))
        price = self.add_field(MoneyField(f"price_{number}", self.tr("Price"), wording=self.wording))
        minutes.set_minutes(30)
        row: tuple[LabeledField, ...] = (name, minutes, price)
        for column, field in enumerate(row):
            field.editor.setAccessibleName(f"{words}, {field.label.text()}" if column else words)
            if number and column:
                field.label.setText(" ")
            self._grid.addWidget(field, number, column)
        self.services.append((name, minutes, price))

    def commands(self) -> list[SaveService]:
        """The services that were named."""
        return [
            SaveService(name=name.value(), minutes=minutes.value(), price_minor=_minor(price.value()))
            for name, minutes, price in self.services
            if not name.is_empty()
        ]

    def names(self) -> list[str]:
        """The people that were named."""
        return [field.value() for field in self.people if not field.is_empty()]


def _minor(price: Money | None) -> int | None:
    return None if price is None else price.minor


def _maybe_name(text: str) -> str:
    return check_name(text) if text.strip() else ""


class PrinterStep(Form):
    """The till's name, its paper and printer, and a test slip."""

    def __init__(self, till: TillSettings, lane: Lane, prints: Callable[[], Callable[[], None]]) -> None:
        super().__init__()
        self._lane = lane
        self._is_asked = False
        self.name = self.add_field(TextField("till", self.tr("Name of this till"), read=read_till_name))
        self.name.set_text(till.name)
        self.paper = Segmented(paper_choices())
        self.paper.set_current(till.slip_paper)
        self.paper.chosen.connect(lambda _key: self._paper_changed())
        self.output = Segmented(output_choices())
        self.output.set_current(till.slip_output)
        self.output.chosen.connect(lambda _key: self.edited.emit())
        self.printer = self.add_field(PrinterField("printer", self.tr("Printer")))
        self.found = Outcome()
        self.look_again = button(
            self.tr("Look for printers"), size="s", icon="refresh-cw", run=self.find_printers
        )
        self.test = TestPrint(lane, prints)
        paper = captioned(self.tr("Slips are printed on"), self.paper)
        output = captioned(self.tr("After a booking is saved"), self.output)
        look = (in_a_row(self.look_again), None)
        fields = group("", [(paper, output), (self.printer, self.name), look])
        self.setLayout(stacked(fields, self.found, self.test, spacing=14))

    def find_printers(self) -> None:
        """Ask the system, on the paper lane; it may take its time."""
        from posapp.services.bookings.samples import printers

        if not self.look_again.isEnabled():
            return
        self.look_again.set_saving(True, self.tr("Looking"))
        self._lane.run(printers, done=self._found, failed=self._none_found, topic="printers")

    def entered(self) -> None:
        """Look for printers once."""
        self.name.say(self.tr("Printed on slips. Give each till of the shop another one."))
        if not self._is_asked:
            self._is_asked = True
            self.find_printers()

    def paper_size(self) -> PaperSize:
        """The chosen paper."""
        return PaperSize(self.paper.current())

    def settings(self, till: TillSettings) -> TillSettings:
        """The till with what was chosen; the printer belongs to the chosen kind of paper."""
        kind = "receipt_printer" if self.paper_size().is_roll else "a4_printer"
        chosen: dict[str, Any] = {
            "name": self.name.value(),
            "slip_paper": self.paper.current(),
            "slip_output": self.output.current(),
            kind: self.printer.value(),
        }
        return replace(till, **chosen)

    def snapshot(self) -> dict[str, object]:
        """The choices as well."""
        return {**super().snapshot(), "paper": self.paper.current(), "output": self.output.current()}

    def restore_all(self, kept: dict[str, object]) -> None:
        """Put a draft back; the printer waits until it is found again."""
        self.restore({"till": kept["till"]} if "till" in kept else {})
        for group_of, key in ((self.paper, "paper"), (self.output, "output")):
            if kept.get(key):
                group_of.set_current(str(kept[key]))

    def _paper_changed(self) -> None:
        self.test.outcome.say("")
        self.edited.emit()

    def _found(self, printers: Sequence[PrinterLine]) -> None:
        self.look_again.set_saving(False)
        self.printer.show_printers(printers, str(self.printer.value() or ""))
        words = self.tr("This computer knows no printer yet. It can be chosen later in Settings.")
        self.found.say("" if printers else words, "warning")

    def _none_found(self, error: Exception) -> None:
        self.look_again.set_saving(False)
        self.found.say(sentence_of(error, self.tr("The printers cannot be listed.")), "warning")
