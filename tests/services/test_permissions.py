"""Every public call of every desk is refused to whoever lacks its permission, and the walk finds new ones.

A call that is added stands in no list below, so that this test fails until somebody says who may make it.
"""

import importlib
import inspect
import pkgutil
import random
from collections.abc import Callable, Iterator
from functools import partial
from types import GeneratorType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import posapp.services
from posapp.domain.base.actor import Actor, Approval, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.people.roles import KIOSK, OWN, STANDARD, RoleRights, choices, lent_by, rights_of
from posapp.domain.people.users import Role
from posapp.services.bookings.bookings import MoveBooking
from posapp.services.bookings.walk_ins import AddWalkIn, ServeWalkIn
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from tests.factories import a_booking, a_business, a_phone
from tests.people import an_admin, somebody

P = Permission
# Module and class of a desk (or module and function), then what may be called with the permission.
NEEDED: dict[Permission, dict[str, str]] = {
    P.CUSTOMER_READ: {
        "customer_list.CustomerListDesk": "page keys figures",
        "counter.CounterDesk": "at_counter",
        "intake.IntakeDesk": "arrived recall",
        "customers.CustomerDesk": "who_has card cards resolve without_phone",
        "consents.ConsentDesk": "of_customer",
        "history.HistoryDesk": "page story detail",
        "search.SearchDesk": "search answer",
        "further_emails.FurtherEmailDesk": "of_customer",
        "past.PastDesk": "ids",
    },
    P.CUSTOMER_WRITE: {
        "further_emails.FurtherEmailDesk": "add remove make_main",
        "customers.CustomerDesk": "find_or_create add_without_phone edit add_contact remove_contact",
        "consents.ConsentDesk": "set",
        "phones.PhoneDesk": "add_phone label_phone make_primary change_number end_phone pass_on "
        "move_phone swap take_back give_number",
    },
    P.CUSTOMER_MERGE: {
        "merging.MergeDesk": "preview merge unmerge of_customer",
        "duplicates.DuplicateDesk": "pairs dismissed look_again dismiss take_back",
    },
    P.BOOKING_READ: {
        "bookings.BookingDesk": "get of_customer agenda free_times objection also_booked outside_hours",
        "intake.IntakeDesk": "arrived_with",
        "history.HistoryDesk": "of_booking",
        "counter.CounterDesk": "day",
        "walk_ins.WalkInDesk": "has_past queue",
    },
    P.BOOKING_WRITE: {
        "bookings.BookingDesk": "book move move_back set_status restore_status",
        "walk_ins.WalkInDesk": "add serve left come_back close_past",
    },
    P.TICKET_READ: {
        "counter.CounterDesk": "owing paying",
        "devices.DeviceDesk": "look story models",
        "estimates.EstimateDesk": "lines choices",
        "loaners.LoanerDesk": "all free",
        "parts.PartDesk": "of_ticket",
        "past.PastDesk": "of_ticket repair",
        "photos.PhotoDesk": "jpeg",
        "repair_prices.RepairPriceDesk": "of_ticket",
        "shelf_labels.ShelfDesk": "all",
        "ticket_states.TicketStateDesk": "map checklist settings",
        "tickets.TicketDesk": "get whole guarantees states board sight of_bookings cards history promise "
        "has_due_passcodes",
        "uncollected.UncollectedDesk": "list",
    },
    P.TICKET_WRITE: {
        "counter.CounterDesk": "hand_back",
        "devices.DeviceDesk": "edit",
        "estimates.EstimateDesk": "ask approve decline",
        "informing.InformingDesk": "informed",
        "loaners.LoanerDesk": "out back",
        "parts.PartDesk": "reserve use_now use give_back scrap",
        "past.PastDesk": "take_in",
        "photos.PhotoDesk": "ready add remove restore",
        "shelf_labels.ShelfDesk": "add",
        "tickets.TicketDesk": "take_in add_device move move_back edit_job save check_quality shelve "
        "wipe_passcodes",
        "uncollected.UncollectedDesk": "remind",
    },
    P.DEVICE_DISPOSE: {
        "uncollected.UncollectedDesk": "dispose",
    },
    P.PASSCODE_SHOW: {
        "tickets.TicketDesk": "show_passcode",
    },
    P.PAPER_PRINT: {
        "labels.LabelDesk": "save print",
        "shelf_labels.ShelfDesk": "save print",
        "papers.PaperDesk": "preview print run save_pdf open_jobs cancel order take_over",
    },
    P.GIFT_CARD_READ: {
        "gift_cards.GiftCardDesk": "balance latest outstanding line load_line months",
    },
    P.GIFT_CARD_EXPIRE: {
        "gift_cards.GiftCardDesk": "expire",
    },
    P.ORDER_READ: {
        "ledger.LedgerDesk": "standing statement save_statement print_statement",
        "orders.OrderDesk": "counter scanned priced_anew get latest held",
        "payments.PaymentDesk": "get latest",
        "exchanges.ExchangeDesk": "plan",
        "refunds.RefundDesk": "plan",
    },
    P.ORDER_WRITE: {
        "orders.OrderDesk": "sell hold recall drop pay",
    },
    P.REFUND: {"exchanges.ExchangeDesk": "exchange", "refunds.RefundDesk": "refund"},
    P.ORDER_VOID: {"refunds.RefundDesk": "void"},
    P.SHIFT_READ: {
        "shifts.ShiftDesk": "x z latest listed at_till settings save_x print_x",
    },
    P.SHIFT_OPEN: {
        "shifts.ShiftDesk": "open take_over",
    },
    P.SHIFT_CLOSE: {
        "shifts.ShiftDesk": "close",
    },
    P.SHIFT_VERIFY: {
        "shifts.ShiftDesk": "verify",
    },
    P.CASH_IN: {
        "shifts.ShiftDesk": "cash_in",
    },
    P.CASH_OUT: {
        "shifts.ShiftDesk": "cash_out",
    },
    P.SHOP_READ: {
        "privacy.PrivacyDesk": "tax_years",
        "qr_payments.QrPaymentDesk": "code",
        "businesses.BusinessDesk": "get catalogue logo",
        "hours.HoursDesk": "exceptions",
        "ids.IdDesk": "status",
        "counts.CountDesk": "compare current",
        "items.ItemDesk": "find get by_code moves quick",
        "item_files.ItemFileDesk": "export_file",
        "price_levels.PriceLevelDesk": "all price",
        "repair_prices.RepairPriceDesk": "find offers export_file",
        "taxes.TaxDesk": "all",
        "kiosk.KioskDesk": "wants_nod",
        "shop_settings.ShopSettingsDesk": "all",
    },
    P.ITEM_WRITE: {"items.ItemDesk": "save set_quick", "item_files.ItemFileDesk": "import_file"},
    P.PRICE_WRITE: {"repair_prices.RepairPriceDesk": "preview save change import_file"},
    P.PRICE_LEVEL_WRITE: {"price_levels.PriceLevelDesk": "save"},
    P.STOCK_MOVE: {"counts.CountDesk": "book open scan close", "items.ItemDesk": "move"},
    P.TAX_WRITE: {"taxes.TaxDesk": "set archive"},
    P.SHOP_WRITE: {
        "businesses.BusinessDesk": "edit set_logo save_service save_resource archive",
        "hours.HoursDesk": "set_week set_exceptions",
        "gift_cards.GiftCardDesk": "set_months",
        "kiosk.KioskDesk": "set_nod",
        "loaners.LoanerDesk": "save",
        "privacy.PrivacyDesk": "set_tax_years",
        "ordering.put_in_order": "",
        "shifts.ShiftDesk": "set_settings",
        "books.BookDesk": "set_account set_settings",
        "ticket_states.TicketStateDesk": "add edit archive bring_back set_checklist set_settings",
    },
    P.USER_READ: {"roles.RoleDesk": "all", "users.UserDesk": "all get named known"},
    P.USER_WRITE: {
        "badges.BadgeDesk": "save print",
        "users.UserDesk": "save disable set_pin set_password new_badge end_badge set_pin_length customer_of",
    },
    P.ROLE_WRITE: {"roles.RoleDesk": "set set_discount"},
    P.BUSINESS_SWITCH: {"sign_in.SignInDesk": "in_business"},
    P.JOURNAL_READ: {
        "journal.JournalDesk": "page entry names",
    },
    P.KIOSK_SERVE: {"kiosk.KioskDesk": "give_code nod turn_away has_past close_past"},
    P.KIOSK_SIGN_IN: {"kiosk.KioskDesk": "sign_in sign_in_by_pin arrive"},
    P.OWN_READ: {"own.OwnDesk": "me history services free_times offered orders"},
    P.OWN_WRITE: {"own.OwnDesk": "book check_in order cancel_line"},
    P.PERSON_EXPORT: {
        "privacy.PrivacyDesk": "save_json save_pdf",
        "customer_list.CustomerListDesk": "save reach",
    },
    P.PERSON_ERASE: {"privacy.PrivacyDesk": "plan erase"},
    P.REPORT_READ: {
        "reports.ReportDesk": "all read behind opening",
        "books.BookDesk": "day period entries reconciliation accounts settings sending export",
        "report_files.ReportFileDesk": "save preview print",
    },
    P.DATA_MAINTAIN: {
        "backups.BackupDesk": "make all",
        "drills.drill": "",
        "exports.ExportDesk": "to_json to_csv",
        "batches.BatchDesk": "batches batch notes check_undo undo has_due keep_up",
        "batches.take_back": "",
        "imports.ImportDesk": "sight run resume waiting consolidate",
        "resuming.waiting": "",
        "resuming.whole": "",
        "restores.restore": "",
        "restores.restore_latest": "",
        "ids.IdDesk": "init assign",
        "privacy.PrivacyDesk": "has_due keep_up",
        "upkeep.UpkeepDesk": "due run back_up rebuild_totals",
    },
}
OPEN_TO_ALL = {
    "backups.BackupDesk.due": "says only whether a backup is due, to the till itself",
    "backups.BackupDesk.thin_out": "keeps the agreed number of copies, after each backup",
    "businesses.BusinessDesk.all": "a till must choose its business before it can act for one",
    "businesses.BusinessDesk.create": "there is nobody yet who could hold a permission there",
    "set_up.SetUpDesk.begin": "there is nobody yet who could hold a permission there",
    "papers.PaperDesk.printers": "names the printers of this computer and reads nothing of the shop",
    "papers.PaperDesk.warm_up": "loads code and reads nothing of the shop",
    "papers.PaperDesk.images": "draws a paper that the caller holds already",
    "sign_in.SignInDesk.has_users": "whether people sign in here is known to whoever sees the screen",
    "sign_in.SignInDesk.pin_length": "nobody is anybody before they have signed in",
    "sign_in.SignInDesk.tiles": "nobody is anybody before they have signed in",
    "sign_in.SignInDesk.seats": "nobody is anybody before they have signed in",
    "sign_in.SignInDesk.by_secret": "a PIN or password is the proof; tries are counted",
    "sign_in.SignInDesk.by_name": "a PIN or password is the proof; tries are counted",
    "sign_in.SignInDesk.admin_by_name": "a PIN or password is the proof; tries are counted",
    "sign_in.SignInDesk.by_badge": "the badge is the proof",
    "sign_in.SignInDesk.by_pass": "the pass is the proof, for one use",
    "users.UserDesk.reset_admin": "the way back for whoever holds the database's file; the journal tells it",
    "search.SearchDesk.interrupt": "ends the caller's own question",
    "reports.ReportDesk.interrupt": "ends the caller's own question",
    "search.SearchDesk.close": "gives the connection back",
    "search.SearchDesk.forget_shop": "forgets what was read, and reads nothing",
}
"""Public calls without an actor, each with the reason."""
OPEN_TO_WHOEVER_ASKS = {
    "checking.discount_limit_of": "reads what the actor says of itself",
    "sign_in.SignInDesk.approvers": "names to somebody who was refused who could approve it",
    "sign_in.SignInDesk.approve": "the manager's PIN or password is the proof; tries are counted",
    "sign_in.SignInDesk.approve_by_badge": "the manager's badge is the proof",
    "sign_in.SignInDesk.give_pass": "for whoever is signed in, to act as themselves",
    "sign_in.SignInDesk.refresh": "for whoever is signed in, to learn what they may do now",
}
"""Public calls of somebody who needs no permission for them, each with the reason."""
EVERYTHING = frozenset(Permission)


class Untouched:
    """What a refused call must not look at: whatever is asked of it fails."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"{name} was asked for before the permission")


def _calls() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function and method of the services that could serve somebody: its name and itself."""
    for one in pkgutil.walk_packages(posapp.services.__path__, "posapp.services."):
        module = one.name.rpartition(".")[2]
        for name, found in sorted(vars(importlib.import_module(one.name)).items()):
            if name.startswith("_") or getattr(found, "__module__", "") != one.name:
                continue
            if inspect.isfunction(found) and _takes_actor(found):
                yield f"{module}.{name}", found
            if inspect.isclass(found):
                methods = [
                    (method, each)
                    for method, each in vars(found).items()
                    if inspect.isfunction(each) and not method.startswith("_")
                ]
                # Drafts and the like are the till's own files; who types is a name to them.
                if name.endswith("Desk") or any(_asks_as_desk(each) for _, each in methods):
                    for method, each in methods:
                        yield f"{module}.{name}.{method}", partial(each, object.__new__(found))


def _takes_actor(call: Callable[..., Any]) -> bool:
    return "actor" in inspect.signature(call).parameters


def _asks_as_desk(method: Callable[..., Any]) -> bool:
    return list(inspect.signature(method).parameters)[1:2] == ["actor"]


def _needed() -> dict[str, Permission]:
    found: dict[str, Permission] = {}
    for permission, desks in NEEDED.items():
        for desk, methods in desks.items():
            names = [f"{desk}.{method}" for method in methods.split()] or [desk]
            found |= dict.fromkeys(names, permission)
    return found


CALLS = dict(_calls())


def _refused(
    call: Callable[..., Any],
    held: frozenset[Permission],
    *,
    business: int = 1,
    approval: Approval | None = None,
) -> object:
    """The permission that a call asks for before it looks at anything, None if it goes on."""
    actor = Actor(business, "Till 1", "Ann", held, approval=approval)
    given: dict[str, Any] = {
        name: actor if name == "actor" else Untouched()
        for name, one in inspect.signature(call).parameters.items()
        if one.default is one.empty
    }
    try:
        made = call(**given)
        if isinstance(made, GeneratorType):
            next(made, None)
    except DomainError as error:
        return error.facts["permission"] if error.code == "not_allowed" else None
    except Exception:  # noqa: BLE001 - it went on and met something that is not there
        return None
    return None


def test_every_public_call_of_a_desk_says_who_may_make_it() -> None:
    everybody_s = OPEN_TO_ALL.keys() | OPEN_TO_WHOEVER_ASKS.keys()
    assert set(CALLS) == _needed().keys() | everybody_s
    assert not _needed().keys() & everybody_s
    assert not any(_takes_actor(CALLS[name]) for name in OPEN_TO_ALL)
    assert all(_takes_actor(CALLS[name]) for name in OPEN_TO_WHOEVER_ASKS)


@st.composite
def roles_as_changed(draw: st.DrawFn) -> RoleRights:
    """What a role may do in some shop: as the program begins, and whatever an ADMIN changed of it."""
    role = draw(st.sampled_from(Role))
    changed = draw(st.dictionaries(st.sampled_from(sorted(Permission)), st.booleans()))
    return rights_of(role, changed)


@settings(max_examples=12)
@given(rights=roles_as_changed(), manager=roles_as_changed(), business=st.integers(1, 3))
def test_a_role_is_refused_exactly_what_it_lacks_and_is_lent_it_for_one_action(
    rights: RoleRights, manager: RoleRights, business: int
) -> None:
    held, lent = rights.permissions, lent_by(manager.permissions)
    for name, permission in _needed().items():
        call, approval = CALLS[name], Approval("Grace", lent)
        is_refused = _refused(call, held, business=business) is permission
        assert is_refused == (permission not in held), name
        covered = _refused(call, held, business=business, approval=approval) is not permission
        assert covered == (permission in held | lent), name
        assert approval.used <= lent - held
        approval.end()
        again = _refused(call, held, business=business, approval=approval) is permission
        assert again == is_refused, name


def test_nobody_is_given_or_lends_what_only_an_admin_may(shop: Shop) -> None:
    everything = dict.fromkeys(Permission, True)
    for role in Role:
        rights = rights_of(role, everything).permissions
        assert not rights & (OWN | KIOSK) or role is Role.CUSTOMER
        if role is not Role.ADMIN:
            assert not rights & {P.ROLE_WRITE, P.BUSINESS_SWITCH}
        assert not lent_by(rights) & {P.ROLE_WRITE, P.BUSINESS_SWITCH, P.USER_WRITE, P.DATA_MAINTAIN}
    assert rights_of(Role.CUSTOMER, everything).permissions == OWN


def test_what_is_changed_of_a_role_holds_in_that_business_alone(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Quay Street Phones")
    admin = an_admin(shop, actor)
    elsewhere = shop.sign_in.in_business(admin, other.business)
    chosen = random.Random(7)
    for role in (Role.MANAGER, Role.STAFF, Role.TECHNICIAN):
        here, there = (somebody(shop, one, role) for one in (admin, elsewhere))
        changed = {one: chosen.random() < 0.5 for one in sorted(choices(role))}
        for permission, is_granted in changed.items():
            shop.roles.set(admin, role, permission, is_granted=is_granted)
        now = shop.sign_in.refresh(here).actor
        assert now.permissions == rights_of(role, changed).permissions
        assert shop.sign_in.refresh(there).actor.permissions == STANDARD[role]


def test_a_call_is_refused_before_anything_else_to_whoever_lacks_its_permission() -> None:
    for name, permission in _needed().items():
        call = CALLS[name]
        assert _refused(call, frozenset()) is permission, name
        assert _refused(call, EVERYTHING - {permission}) is permission, name
        assert _refused(call, frozenset({permission})) is not permission, name


def test_whoever_may_not_override_moves_and_serves_only_where_nothing_stands_against_it(
    shop: Shop, actor: Actor
) -> None:
    clerk = Actor(actor.business, "Till 1", "Ann", EVERYTHING - {P.BOOKING_OVERRIDE})
    number = a_booking(shop, actor).number
    waits = shop.walk_ins.add(actor, AddWalkIn(who=FindOrCreate(phone=a_phone(), name="Waits"))).walk_in
    for call in (
        lambda: shop.bookings.move(clerk, MoveBooking(number=number, minutes=45, anyway="urgent")),
        lambda: shop.walk_ins.serve(clerk, ServeWalkIn(walk_in_id=waits.id, anyway="urgent")),
    ):
        with pytest.raises(DomainError) as refused:
            call()
        assert (refused.value.code, refused.value.facts["permission"]) == ("not_allowed", P.BOOKING_OVERRIDE)
    assert shop.bookings.get(actor, number).minutes == 30
    assert [line.walk_in.id for line in shop.counter.day(actor).queue] == [waits.id]
