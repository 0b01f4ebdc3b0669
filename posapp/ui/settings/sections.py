"""The table of sections; a further part of the shop that has settings is one line here."""

from functools import partial

from posapp.ui.settings.about import AboutSection
from posapp.ui.settings.catalogue import LoanersSection, people, services
from posapp.ui.settings.counting import CountingSection
from posapp.ui.settings.data import DataSection
from posapp.ui.settings.drawers import DrawersForm
from posapp.ui.settings.help import HelpSection
from posapp.ui.settings.hours import HoursSection
from posapp.ui.settings.items import ItemsSection
from posapp.ui.settings.payments import PaymentsForm
from posapp.ui.settings.price_levels import PriceLevelsSection
from posapp.ui.settings.prices import PricesSection
from posapp.ui.settings.printing import PrintingSection
from posapp.ui.settings.quick_items import QuickItemsSection
from posapp.ui.settings.saving_form import FormSection
from posapp.ui.settings.section import Entry, SeveralSection
from posapp.ui.settings.shop import ShopForm
from posapp.ui.settings.ticket_rules import ChecklistForm, RulesForm
from posapp.ui.settings.ticket_states import StatesSection
from posapp.ui.settings.till import TillSection
from posapp.ui.wording import translator

_tr = translator("Settings")


def entries() -> list[Entry]:
    """All sections in order."""
    days, lists, shop = _tr("Days and terms"), _tr("Checklists"), partial(FormSection, _tr("Shop"), ShopForm)
    tickets = (
        ("states", _tr("States"), StatesSection),
        ("rules", days, partial(FormSection, days, RulesForm, has_head=False)),
        ("checklists", lists, partial(FormSection, lists, ChecklistForm, has_head=False)),
    )
    items = (
        ("items", _tr("Items"), ItemsSection),
        ("quick", _tr("Quick items"), QuickItemsSection),
        ("count", _tr("Count"), CountingSection),
        ("levels", _tr("Price levels"), PriceLevelsSection),
    )
    return [
        Entry("shop", _tr("Shop"), "store", _tr("Name, country, papers"), shop),
        Entry("services", _tr("Services"), "wrench", _tr("What can be booked"), services),
        Entry("people", _tr("People and benches"), "users", _tr("Who and where"), people),
        Entry("hours", _tr("Hours"), "clock", _tr("Week, breaks, closed days"), HoursSection),
        Entry(
            "tickets",
            _tr("Tickets"),
            "smartphone",
            _tr("States, days, checklists"),
            partial(SeveralSection, _tr("Tickets"), tickets),
        ),
        Entry(
            "items",
            _tr("Items"),
            "scan-barcode",
            _tr("Catalogue, stock, prices"),
            partial(SeveralSection, _tr("Items"), items),
        ),
        Entry("loaners", _tr("Loaners"), "briefcase", _tr("Devices to lend"), LoanersSection),
        Entry("prices", _tr("Price list"), "file-text", _tr("What repairs cost"), PricesSection),
        Entry(
            "drawers",
            _tr("Drawer"),
            "banknote",
            _tr("Counting the drawer"),
            partial(FormSection, _tr("Drawer"), DrawersForm),
        ),
        Entry(
            "payments",
            _tr("Payments"),
            "qr-code",
            _tr("Paid by QR code"),
            partial(FormSection, _tr("Payments"), PaymentsForm),
        ),
        Entry("printing", _tr("Printing"), "printer", _tr("Paper and printers"), PrintingSection),
        Entry("till", _tr("This till"), "monitor", _tr("Size, theme, scanner"), TillSection),
        Entry("data", _tr("Data"), "database", _tr("Backups and checks"), DataSection),
        Entry("help", _tr("Help"), "circle-help", _tr("How things are done"), HelpSection),
        Entry("about", _tr("About"), "info", _tr("Version, diagnostics"), AboutSection),
    ]
