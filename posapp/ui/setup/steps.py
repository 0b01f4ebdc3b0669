"""The three steps as forms: the shop, what it offers, its printer; and the line that says where one is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale, QRectF, QSize, QTimeZone
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from posapp.domain.base.countries import countries, currencies, habits, languages, time_zones
from posapp.domain.base.names import check_name
from posapp.domain.catalogue.standard_rates import standard_rate
from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.papers.documents import PaperSize
from posapp.domain.shop.businesses import TAX_ADDED_IN, TEXT_LIMITS
from posapp.domain.shop.phones import check_shop_phone
from posapp.services.catalogue.taxes import SetTax
from posapp.services.shop.businesses import CreateBusiness, SaveService
from posapp.till_settings import TillSettings
from posapp.ui.background import Lane
from posapp.ui.fields import ComboField, Form, MinutesField, NoteField, TextField
from posapp.ui.icons import paint_icon
from posapp.ui.layout import grid, rows
from posapp.ui.mirror import mirror
from posapp.ui.settings.fields import MinorField, SearchableField
from posapp.ui.settings.printers import (
    PrinterField,
    PrinterLine,
    PrinterSearch,
    TestPrint,
    output_choices,
    paper_choices,
)
from posapp.ui.settings.section import Captioned, block, group, in_a_row
from posapp.ui.settings.till import read_till_name
from posapp.ui.setup.open_hours import OpenHours
from posapp.ui.theme import theme
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.paint import box, draw_text
from posapp.ui.wording import Wording, translator

_tr = translator("OfferStep")
DEFAULT_REGION = "IE"
_INCLUDED, _ADDED = "included", "added"
ROWS = 3
"""Lines for first services and first people; more are added in Settings."""


class StepLine(QWidget):
    """The current step is filled, those before have a tick."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._words = tuple(words)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, step: int) -> None:
        """Show this step, counted from 0."""
        self._current = step
        words = self.tr("Step {number} of {total}: {what}")
        self.setAccessibleName(words.format(number=step + 1, total=len(self._words), what=self._words[step]))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme().px(480), theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, words, a line to the next."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        if self.isRightToLeft():
            mirror(painter, self.rect())
        side, middle, x = look.px(26), self.height() / 2, 0.0
        for number, words in enumerate(self._shown()):
            is_now, is_done = number == self._current, number < self._current
            disc = QRectF(x, middle - side / 2, side, side)
            fill = tokens.fill if is_now else tokens.primary_soft if is_done else tokens.surface
            box(painter, disc, side / 2, fill, None if is_now or is_done else tokens.control)
            if is_done:
                icon = look.px(16)
                paint_icon(painter, "check", x + (side - icon) / 2, middle - icon / 2, icon, tokens.primary)
            else:
                self._figure(painter, disc, str(number + 1), is_now)
            x += side + look.px(8)
            ink = tokens.text if is_now else tokens.text2
            x += draw_text(painter, x, middle, words, look.font("body", 600 if is_now else 500), ink)
            if number + 1 < len(self._words):
                painter.fillRect(int(x + look.px(10)), int(middle), look.px(18), 1, tokens.control)
            x += look.px(38)
        painter.end()

    def _shown(self) -> tuple[str, ...]:
        """The words of all steps, or of the current one where there is no room for all."""
        look = theme()
        room = self.width() - look.px(26 + 8) * len(self._words) - look.px(38) * (len(self._words) - 1)
        if look.metrics("body", 600).horizontalAdvance("".join(self._words)) <= room:
            return self._words
        return tuple(words if at == self._current else "" for at, words in enumerate(self._words))

    def _figure(self, painter: QPainter, disc: QRectF, figure: str, is_now: bool) -> None:
        look, tokens = theme(), theme().tokens
        width = look.metrics("small", 600).horizontalAdvance(figure)
        x = disc.center().x() - width / 2
        ink = tokens.on_fill if is_now else tokens.text2
        draw_text(painter, x, disc.center().y(), figure, look.font("small", 600), ink)


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
        tr, add = self.tr, self.add_field
        self.name = add(TextField("name", tr("Shop name"), read=check_name))
        self.region = add(SearchableField("region", tr("Country"), countries()))
        self.currency = add(SearchableField("currency", tr("Currency"), currencies()))
        zones = [(zone, zone.replace("_", " ")) for zone in time_zones()]
        self.time_zone = add(SearchableField("time_zone", tr("Time zone"), zones))
        self.locale_ = add(SearchableField("locale", tr("Language and formats"), languages()))
        self.phone = add(
            TextField(
                "phone",
                tr("Phone, if you like"),
                icon="phone",
                read=lambda text: check_shop_phone(text, self._region),
            )
        )
        self.address = add(
            NoteField("address", tr("Address, if you like"), lines=2, limit=TEXT_LIMITS["address"])
        )
        choices, more = (self.region, self.currency), (self.time_zone, self.locale_)
        self.setLayout(group("", [(self.name,), choices, more, (self.phone, self.address)]))
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
    """First services, first people, when they work; every line may stay empty."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.wording = wording
        self.services = [self._service(number) for number in range(ROWS)]
        words = self.tr("Person {number}")
        self.people = [
            self.add_field(TextField(f"person_{at}", words.format(number=at + 1), read=_maybe_name))
            for at in range(ROWS)
        ]
        about_services = self.tr("Name, length, price. A price may stay empty when it is set on inspection.")
        about_people = self.tr("Each is a column of the calendar. Without names there is one: Counter.")
        services = grid(*self.services, gap=(12, 8), shares=(3, 1, 1))
        people = grid(self.people, gap=(12, None))
        self.open = self.add_field(OpenHours(wording.locale))
        for day in self.open.days:
            day.toggled.connect(lambda _on: self.edited.emit())
        self.taxes = TaxChoice(wording.region)
        self.tax = self.add_field(self.taxes.field)
        self.prices = self.taxes.prices
        self.prices.part.chosen.connect(lambda _key: self.edited.emit())
        self.setLayout(
            rows(
                block(self.tr("What people book"), about_services, services, gap=8),
                block(self.tr("Who does the work"), about_people, people, gap=8),
                block(
                    self.tr("When are you open?"),
                    self.tr("Days with other hours, breaks and closed days are set later."),
                    grid(self.open.days[:4], (*self.open.days[4:], None), gap=(12, 8)),
                    grid((self.open, None, None), gap=(12, 8)),
                    gap=8,
                ),
                block(self.tr("Tax"), self.taxes.about, grid((self.tax, self.prices), gap=(12, 8)), gap=8),
                gap=20,
            )
        )

    def _service(self, number: int) -> tuple[TextField, MinutesField, MinorField]:
        words = self.tr("Service {number}").format(number=number + 1)
        name = self.add_field(TextField(f"service_{number}", words, read=_maybe_name))
        minutes = self.add_field(MinutesField(f"minutes_{number}", self.tr("Length")))
        price = self.add_field(MinorField(f"price_{number}", self.tr("Price"), self.wording))
        minutes.set_minutes(30)
        for field in (minutes, price):
            field.editor.setAccessibleName(f"{words}, {field.label.text()}")
            if number:
                field.label.setText(" ")
        return name, minutes, price

    def commands(self) -> list[SaveService]:
        """The services that were named."""
        return [
            SaveService(name=name.value(), minutes=minutes.value(), price_minor=price.value())
            for name, minutes, price in self.services
            if not name.is_empty()
        ]

    def names(self) -> list[str]:
        """The people that were named."""
        return [field.value() for field in self.people if not field.is_empty()]

    def name_of(self, value: str) -> str:
        """The field that a refused part stands in: the second service is not always the second line."""
        part, _, about = value.partition(".")
        kind, _, number = part.partition("_")
        named = {
            "service": [at for at, (name, _, _) in enumerate(self.services) if not name.is_empty()],
            "person": [at for at, field in enumerate(self.people) if not field.is_empty()],
        }.get(kind, [])
        if not number.isdecimal() or int(number) >= len(named):
            return part
        line = named[int(number)]
        return f"{about if about in ('minutes', 'price') else kind}_{line}"

    def snapshot(self) -> dict[str, object]:
        """The choice of prices and the days as well."""
        return {**super().snapshot(), "prices": self.prices.value(), "days": self.open.ticked()}

    def restore_all(self, kept: dict[str, object]) -> None:
        """Put a draft back."""
        self.restore({name: value for name, value in kept.items() if name not in ("prices", "days")})
        if "days" in kept:
            self.open.tick(str(kept["days"]))
        if kept.get("prices"):
            self.prices.put(str(kept["prices"]))


class TaxChoice:
    """No tax, or the standard rate of the country, and whether prices include it."""

    def __init__(self, region: str) -> None:
        known = standard_rate(region)
        self.field = ComboField("tax", _tr("What items bear"), [(None, _tr("No tax"))])
        if known is not None:
            words = _tr("{name} {percent} %").format(name=known.name, percent=percent_text(known.rate))
            self.field.set_choices([(None, _tr("No tax")), (known, words)])
        self.field.choose(None)
        choices = [Choice(_INCLUDED, _tr("include it")), Choice(_ADDED, _tr("do not"))]
        self.prices = Captioned(_tr("Prices"), Segmented(choices))
        self.prices.put(_ADDED if region in TAX_ADDED_IN else _INCLUDED)
        self.about = _tr("Other rates, and goods that bear less, are set later.")

    def tax(self) -> SetTax | None:
        """The tax to begin with, None for none."""
        found = self.field.value()
        if found is None:
            return None
        return SetTax(name=found.name, rate=found.rate, parts=found.parts, is_default=True)

    def are_included(self) -> bool:
        """Whether prices include the tax."""
        return self.prices.value() == _INCLUDED


def _maybe_name(text: str) -> str:
    return check_name(text) if text.strip() else ""


class PrinterStep(Form):
    """The till's name, its paper and printer, and a test slip."""

    def __init__(self, till: TillSettings, lane: Lane, prints: Callable[[], Callable[[], None]]) -> None:
        super().__init__()
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
        nothing = self.tr("This computer knows no printer yet. It can be chosen later in Settings.")
        self.search = PrinterSearch(lane, _printers, self._found, nothing)
        self.test = TestPrint(lane, prints)
        choices = (
            Captioned(self.tr("Slips are printed on"), self.paper),
            Captioned(self.tr("After a booking is saved"), self.output),
        )
        lines: list[tuple[QWidget | QLayout | None, ...]] = [
            choices,
            (self.printer, self.name),
            (in_a_row(self.search.button), None),
        ]
        self.setLayout(rows(group("", lines), self.search.outcome, self.test, gap=14))

    def entered(self) -> None:
        """Look for printers once."""
        self.name.say(self.tr("Printed on slips. Give each till of the shop another one."))
        if not self._is_asked:
            self._is_asked = True
            self.search.start()

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
        self.printer.show_printers(printers, str(self.printer.value() or ""))


def _printers() -> Sequence[PrinterLine]:
    from posapp.services.bookings.samples import printers

    return printers()
