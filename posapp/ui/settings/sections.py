"""The table of sections; a further part of the shop that has settings is one line here."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from posapp.domain.base.actor import Permission
from posapp.ui.settings.about import AboutSection
from posapp.ui.settings.catalogue import LoanersSection, people, services
from posapp.ui.settings.counting import CountingSection
from posapp.ui.settings.customers import CustomersForm
from posapp.ui.settings.data import DataSection
from posapp.ui.settings.drawers import DrawersForm
from posapp.ui.settings.help import HelpSection
from posapp.ui.settings.hours import HoursSection
from posapp.ui.settings.items import ItemsSection
from posapp.ui.settings.journal import JournalSection
from posapp.ui.settings.keys import KeysSection
from posapp.ui.settings.payments import PaymentsForm
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.price_levels import PriceLevelsSection
from posapp.ui.settings.prices import PricesSection
from posapp.ui.settings.printing import PrintingSection
from posapp.ui.settings.quick_items import QuickItemsSection
from posapp.ui.settings.roles import RolesSection
from posapp.ui.settings.saving_form import FormSection, SavingForm
from posapp.ui.settings.section import Entry, Parts, SeveralSection
from posapp.ui.settings.shelves import ShelvesSection
from posapp.ui.settings.shop import ShopForm
from posapp.ui.settings.ticket_rules import ChecklistForm, RulesForm
from posapp.ui.settings.ticket_states import StatesSection
from posapp.ui.settings.till import TillSection
from posapp.ui.settings.users import UsersSection
from posapp.ui.wording import translator

_tr = translator("Settings")
_NEEDS = {
    "shop": Permission.SHOP_WRITE,
    "services": Permission.SHOP_WRITE,
    "people": Permission.SHOP_WRITE,
    "hours": Permission.SHOP_WRITE,
    "tickets": Permission.SHOP_WRITE,
    "items": Permission.ITEM_WRITE,
    "loaners": Permission.SHOP_WRITE,
    "prices": Permission.PRICE_WRITE,
    "drawers": Permission.SHOP_WRITE,
    "payments": Permission.SHOP_WRITE,
    "customers": Permission.SHOP_WRITE,
    "users": Permission.USER_READ,
    "printing": Permission.SHOP_WRITE,
    "data": Permission.DATA_MAINTAIN,
    "journal": Permission.JOURNAL_READ,
}
"""What is not named is for everybody: this till, help, and what program this is."""


def entries() -> list[Entry]:
    """All sections in order, each with what somebody must be allowed to do to open it."""
    return [replace(one, needs=_NEEDS.get(one.id)) for one in _all()]


def _all() -> list[Entry]:
    return [
        _form("shop", _tr("Shop"), "store", _tr("Name, country, papers"), ShopForm),
        Entry("services", _tr("Services"), "wrench", _tr("What can be booked"), services),
        Entry("people", _tr("People and benches"), "users", _tr("Who and where"), people),
        Entry("hours", _tr("Hours"), "clock", _tr("Week, breaks, closed days"), HoursSection),
        _several("tickets", _tr("Tickets"), "smartphone", _tr("States, days, checklists"), _tickets()),
        _several("items", _tr("Items"), "scan-barcode", _tr("Catalogue, stock, prices"), _items()),
        Entry("loaners", _tr("Loaners"), "briefcase", _tr("Devices to lend"), LoanersSection),
        Entry("prices", _tr("Price list"), "file-text", _tr("What repairs cost"), PricesSection),
        _form("drawers", _tr("Drawer"), "banknote", _tr("Counting the drawer"), DrawersForm),
        _form("customers", _tr("Customers"), "user", _tr("Kiosk and privacy"), CustomersForm),
        _form("payments", _tr("Payments"), "qr-code", _tr("Paid by QR code"), PaymentsForm),
        _several(
            "users", _tr("Users"), "user-check", _tr("Who signs in, roles"), _users(), Permission.USER_READ
        ),
        Entry("printing", _tr("Printing"), "printer", _tr("Paper and printers"), PrintingSection),
        _several("till", _tr("This till"), "monitor", _tr("Size, theme, scanner, keys"), _till()),
        Entry("data", _tr("Data"), "database", _tr("Backups, import, export"), DataSection),
        Entry("journal", _tr("Journal"), "history", _tr("Who did what"), JournalSection),
        Entry("help", _tr("Help"), "circle-help", _tr("How things are done"), HelpSection),
        Entry("about", _tr("About"), "info", _tr("Version, diagnostics"), AboutSection),
    ]


def _tickets() -> Parts:
    days, lists = _tr("Days and terms"), _tr("Checklists")
    return (
        ("states", _tr("States"), StatesSection),
        ("rules", days, partial(FormSection, days, RulesForm, has_head=False)),
        ("checklists", lists, partial(FormSection, lists, ChecklistForm, has_head=False)),
        ("shelves", _tr("Shelves"), ShelvesSection),
    )


def _items() -> Parts:
    return (
        ("items", _tr("Items"), ItemsSection),
        ("quick", _tr("Quick items"), QuickItemsSection),
        ("count", _tr("Count"), CountingSection),
        ("levels", _tr("Price levels"), PriceLevelsSection),
    )


def _users() -> Parts:
    return ("users", _tr("Users"), UsersSection), ("roles", _tr("Roles"), RolesSection)


def _till() -> Parts:
    return ("till", _tr("General"), TillSection), ("keys", _tr("Keys"), KeysSection)


def _several(
    code: str, title: str, icon: str, said: str, parts: Parts, needs: Permission | None = None
) -> Entry:
    return Entry(code, title, icon, said, partial(SeveralSection, title, parts), needs)


def _form(
    code: str, title: str, icon: str, said: str, form: Callable[[SettingsPresenter], SavingForm]
) -> Entry:
    return Entry(code, title, icon, said, partial(FormSection, title, form))
