"""No repository reads, changes or points to what another business has, whatever key it is handed.

The walk asks every public method of every repository: with the keys of another business the answer and the
change must be those of keys that nobody has, and the owner must get an answer. A method that is added
stands in no list below and fails it. What each statement says is read, too, so that a filter behind another
filter is missed as well.
"""

import inspect
import itertools
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Column, Connection, LargeBinary, Table, Text, and_, select, text, update
from sqlalchemy.exc import IntegrityError

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.catalogue.taxes import Tax, TaxPart
from posapp.domain.counter.kiosk import ArrivalState, CodeState, Door
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.customers.customers import PhoneLine
from posapp.domain.customers.pl_id import PlId
from posapp.domain.figures.books import AccountKey, Role
from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.domain.figures.periods import Period
from posapp.domain.old_data.batches import Made
from posapp.domain.old_data.duplicates import FoundPair, Reason
from posapp.domain.old_data.imports import BatchState, ImportField, System
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.estimates import EstimateStatus
from posapp.domain.repairs.informing import ContactHow, ContactKind
from posapp.domain.repairs.parts import PartState
from posapp.domain.repairs.tickets import Condition
from posapp.domain.selling.gift_cards import CardMoveKind, plain_code
from posapp.domain.selling.ledger import Account
from posapp.domain.selling.shifts import CashKind
from posapp.domain.shop.businesses import ExceptionRow, WeekRow
from posapp.services.desks import Shop
from posapp.storage.base.journal import lines_of
from posapp.storage.base.part import made_once
from posapp.storage.base.tables import metadata, references
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.care.persons import Held
from posapp.storage.care.verify_references import businesses
from posapp.storage.counter import search
from posapp.storage.customers.ids import count_ids
from posapp.storage.customers.tables import customer
from posapp.storage.figures.booked import WAYS as OF_BOOKINGS
from posapp.storage.figures.customer_list import Edges
from posapp.storage.figures.documents import Orders
from posapp.storage.figures.history import KINDS as EVENTS
from posapp.storage.figures.history import count_events, moves_since, papers_of, timeline
from posapp.storage.figures.lines import WAYS, What
from posapp.storage.figures.listing import Asked
from posapp.storage.figures.owed import Owing
from posapp.storage.figures.repairs import WAYS as OF_REPAIRS
from posapp.storage.figures.stays import WAYS as OF_STAYS
from posapp.storage.figures.tables import customer_figure
from posapp.storage.old_data.undoing import ToldSince
from posapp.storage.repairs.tickets import map_of
from posapp.storage.selling.totals import Total
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import DAY, NOW, a_business
from tests.guards import without_guards
from tests.repairs import a_signature
from tests.sales import PRINTED_CARD
from tests.storage.own_business import OWNED, heard, ownerless
from tests.whole_shops import a_whole_shop

Keys = SimpleNamespace
"""A row of each table by its name: whose keys a call is handed."""
Call = Callable[[Any, Keys], object]
THEN = datetime(2020, 1, 1, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


def _line(k: Keys) -> PhoneLine:
    return PhoneLine(k.phone.id, PhoneNumber(k.phone.key), "", k.phone.is_primary, THEN)


def _times(resource: int) -> dict[str, Any]:
    return {
        "starts": THEN,
        "ends": THEN + timedelta(minutes=30),
        "busy_until": THEN + timedelta(minutes=30),
        "wall_start": THEN,
        "resource_id": resource,
    }


def _booked(k: Keys) -> dict[str, Any]:
    return {
        "number": 900,
        "customer_id": k.customer.id,
        "service_id": k.service.id,
        "zone": "UTC",
        "minutes": 30,
        "business_day": 20200101,
        "status": "booked",
        "source": "counter",
    }


def _held(k: Keys) -> Held:
    """Something of everything that can be about a person."""
    return Held(
        customers=(k.contact.customer_id, k.customer.id),
        bookings=(k.booking.id,),
        walk_ins=(k.walk_in.id,),
        tickets=(k.contact_log.ticket_id, k.loan.ticket_id),
        jobs=(k.job.id, k.sealed.id),
        devices=(k.serial.id, k.job.device_id, k.sealed.device_id),
        own_devices=(k.serial.id,),
        photos=(k.photo.id,),
        orders=(k.bought.id,),
        payments=(k.paid.id,),
        gift_cards=(k.gift_card.id,),
        papers=(k.document.id,),
    )


def _price_of(k: Keys) -> dict[str, Any]:
    named = {"kind": "watch", "make": "New", "model": "", "fault": "Glass"}
    return {**named, "price_minor": 7, "minutes": 5, "item_id": k.item.id}


_EDGES = Edges(0, 0)
_NO_SHOWS = frozenset({"no_shows"})


def _everybody(repository: Any) -> Asked:
    return Asked(Segment.ALL, SortBy.NAME, False, is_sqlite=repository._connection.is_direct)


def _wrong_figures(repository: Any) -> int:
    own = customer_figure.c.business_id == repository._business
    wrong = update(customer_figure).where(own).values(no_shows=99)
    changed: int = repository._core.execute(wrong).rowcount
    return changed


CALLS: dict[str, Call] = {
    "counters.hold": lambda r, k: r.hold("PL"),
    "counters.next": lambda r, k: r.next("PL"),
    "counters.set": lambda r, k: r.set("PL", 70),
    "consents.of_customer": lambda r, k: r.of_customer(k.consent.customer_id),
    "consents.add": lambda r, k: r.add(k.customer.id, ConsentKind.PHOTOS, "new", is_given=True),
    "consents.agreed": lambda r, k: r.agreed(SimpleNamespace(value=k.consent.kind), [k.consent.customer_id]),
    "persons.of": lambda r, k: r.of(k.customer.id),
    "persons.last_tax_paper": lambda r, k: r.last_tax_paper(Held(tax_papers=(k.document.id,))),
    "persons.open_things": lambda r, k: r.open_things(Held(customers=(k.here.customer_id,)), 1),
    "person_rows.told": lambda r, k: r.told(_held(k)),
    "erasing.hold": lambda r, k: r.hold(k.customer.id),
    "erasing.records": lambda r, k: r.records(_held(k)),
    "erasing.photos": lambda r, k: r.photos(Held(photos=(k.photo.id,))),
    "erasing.signatures": lambda r, k: r.signatures(Held(tickets=(k.signed_in.id,), jobs=(k.signed.id,))),
    "erasing.cancel_prints": lambda r, k: r.cancel_prints(Held(papers=(k.print_job.document_id,))),
    "erasing.entries": lambda r, k: r.entries(_held(k)),
    "erasing.erased": lambda r, k: (r._change(customer, k.customer.id, {"erased_at": 1}), r.erased()),
    "erasing.tax_papers": lambda r, k: r.tax_papers(
        Held(tax_papers=(k.document.id,), payments=(k.referred.id,), orders=(k.sold.id,)), 1 << 60, 20300101
    ),
    "customers.has": lambda r, k: r.has(k.customer.id) or None,
    "customers.of_phone": lambda r, k: r.of_phone(PhoneNumber(k.phone.key)),
    "customers.owner_of": lambda r, k: r.owner_of(PhoneNumber(k.phone.key)),
    "customers.former_owners": lambda r, k: r.former_owners(PhoneNumber(k.former.key)),
    "customers.by_pl": lambda r, k: r.by_pl(PlId(k.customer.pl_number)),
    "customers.by_alias": lambda r, k: r.by_alias(k.alias.code),
    "customers.hold": lambda r, k: r.hold(k.customer.id),
    "customers.get": lambda r, k: r.get(k.contact.customer_id),
    "customers.some": lambda r, k: r.some([k.contact.customer_id]),
    "facts.of_customer": lambda r, k: r.of_customer(k.booking.customer_id),
    "facts.counted": lambda r, k: r.counted(k.booking.customer_id),
    "facts.note": lambda r, k: r.note([k.booking.customer_id]),
    "facts.note_all": lambda r, k: r.note_all(),
    "facts.follow": lambda r, k: (
        _wrong_figures(r),
        r.follow({k.booking.customer_id: _NO_SHOWS}, tickets={k.job.ticket_id: _NO_SHOWS}),
    ),
    "customer_list.page": lambda r, k: [row.name for row in r.page(_everybody(r), _EDGES, 99)],
    "customer_list.keys": lambda r, k: r.keys(_everybody(r), _EDGES, 99),
    "customer_list.way": lambda r, k: r.way(Wanted(text=k.reached_by_nobody.name), _EDGES),
    "customer_list.is_named": lambda r, k: r.is_named(k.reached_by_nobody.name) or None,
    "customer_list.count": lambda r, k: r.count(Segment.ALL, _EDGES),
    "customer_list.here": lambda r, k: r.here([k.here.customer_id]),
    "customer_list.amounts": lambda r, k: r.amounts(),
    "customer_list.emails": lambda r, k: r.emails([k.mailed.id]),
    "customer_list.seen": lambda r, k: r.seen(0, 0),
    "customers.add": lambda r, k: r.add(PlId(900), name="New"),
    "customers.add_phone": lambda r, k: r.add_phone(
        k.customer.id, PhoneNumber("+353857654321"), is_primary=False
    ),
    "customers.end_phone": lambda r, k: r.end_phone(_line(k), is_former=True),
    "former_marks.give_back": lambda r, k: r.give_back(_line(k)),
    "customers.reopen_phone": lambda r, k: r.reopen_phone(
        PhoneLine(k.former.id, PhoneNumber(k.former.key), "", False, THEN), is_primary=False
    ),
    "customers.set_primary": lambda r, k: r.set_primary(k.second.customer_id, k.second.id),
    "customers.set_phone_label": lambda r, k: r.set_phone_label(k.phone.id, "new"),
    "customers.add_contact": lambda r, k: r.add_contact(k.customer.id, "New"),
    "customers.archive_contact": lambda r, k: r.archive_contact(k.contact.id),
    "customers.update": lambda r, k: r.update(k.customer.id, note="new"),
    "customers.refresh_words": lambda r, k: r.refresh_words(k.customer.id, "Other", ["Name"]),
    "customers.add_alias": lambda r, k: r.add_alias(k.customer.id, "new"),
    "bookings.set_last_visit": lambda r, k: (
        r._change(customer, k.booking.customer_id, {"last_visit_at": 1}),
        r.set_last_visit(k.booking.customer_id),
    ),
    "customers.highest_pl": lambda r, k: r.highest_pl(),
    "businesses.get": lambda r, k: r.get(),
    "businesses.update": lambda r, k: r.update(terms="new"),
    "businesses.services": lambda r, k: r.services(with_archived=True),
    "businesses.service": lambda r, k: r.service(k.service.id),
    "businesses.resources": lambda r, k: r.resources(with_archived=True),
    "businesses.save_service": lambda r, k: r.save_service(k.service.id, minutes=55) and None,
    "businesses.save_resource": lambda r, k: r.save_resource(k.resource.id, capacity=5) and None,
    "businesses.archive": lambda r, k: r.archive("resource", k.resource.id, archived=True),
    "hours.week": lambda r, k: r.week(),
    "hours.made_of": lambda r, k: r.made_of(DAY, DAY, lambda week, special: (list(week), list(special))),
    "hours.set_week": lambda r, k: r.set_week(k.resource.id, [WeekRow(k.resource.id, 0, "open", 60, 120)]),
    "hours.exceptions": lambda r, k: r.exceptions(DAY, DAY),
    "hours.set_exceptions": lambda r, k: r.set_exceptions(
        k.resource.id, DAY, [ExceptionRow(k.resource.id, DAY, 60, 120, "new")]
    ),
    "businesses.keep_picture": lambda r, k: r.keep_picture(a_signature(inked=300)),
    "businesses.picture": lambda r, k: r.picture(k.picture.hash),
    "bookings.lock": lambda r, k: r.lock(k.booking.id),
    "bookings.hold": lambda r, k: r.hold(k.resource.id),
    "bookings.count_taken": lambda r, k: r.count_taken(k.booking.resource_id, THEN, LATER),
    "bookings.spans_taken": lambda r, k: r.spans_taken(k.booking.resource_id, THEN, LATER),
    "bookings.add": lambda r, k: r.add(**_times(k.resource.id), **_booked(k)),
    "bookings.move": lambda r, k: r.move(k.booking.id, **_times(k.booking.resource_id)),
    "bookings.update": lambda r, k: r.update(k.booking.id, note="new"),
    "bookings.by_number": lambda r, k: r.by_number(k.booking.number),
    "bookings.of_customer": lambda r, k: r.of_customer(k.booking.customer_id, limit=9),
    "bookings.spans_by_resource": lambda r, k: r.spans_by_resource(THEN, LATER),
    "bookings.coming": lambda r, k: r.coming(k.booking.customer_id, DAY, limit=9),
    "bookings.on_days": lambda r, k: r.on_days(k.booking.resource_id, THEN.date(), LATER.date()),
    "devices.get": lambda r, k: r.get(k.device.id),
    "devices.find": lambda r, k: (r.find(serial=k.serial.serial), r.find(imei=k.imei.imei)),
    "devices.add": lambda r, k: r.add(
        DeviceKind.PHONE, make="A", model="B", colour="", serial="NEW1", imei=""
    ),
    "devices.update": lambda r, k: r.update(k.device.id, colour="new"),
    "devices.hold": lambda r, k: r.hold(k.device.id),
    "devices.owners": lambda r, k: r.owners(k.job.device_id),
    "devices.visits": lambda r, k: r.visits(k.job.device_id, 9),
    "devices.job_here": lambda r, k: r.job_here(k.here.device_id),
    "devices.models": lambda r, k: r.models(k.device.make, 9),
    "devices.of_customer": lambda r, k: r.of_customer(k.ticket.customer_id),
    "tickets.shelves": lambda r, k: r.shelves(),
    "tickets.states": lambda r, k: [state.name for state in r.states.states],
    "tickets.states_by_id": lambda r, k: [state.name for state in r.states_by_id.values()],
    "tickets.setting": lambda r, k: r.setting("passcode_days"),
    "tickets.checklist": lambda r, k: r.checklist("phone"),
    "tickets.by_number": lambda r, k: r.by_number(k.ticket.number),
    "tickets.get": lambda r, k: r.get(k.ticket.id),
    "tickets.number_of_job": lambda r, k: r.number_of_job(k.job.id),
    "tickets.of_booking": lambda r, k: r.of_booking(k.from_booking.booking_id),
    "tickets.of_bookings": lambda r, k: r.of_bookings([k.from_booking.booking_id]),
    "tickets.add": lambda r, k: r.add(
        number=900, customer_id=k.customer.id, business_day=20200101, source="counter"
    ),
    "tickets.add_job": lambda r, k: r.add_job(
        k.ticket.id,
        [("Screen", Condition.WORKS)],
        position=9,
        device_id=k.gone.device_id,
        state_id=k.ticket_state.id,
        technician_id=k.resource.id,
        fault="x",
    ),
    "tickets.lock": lambda r, k: r.lock(k.ticket.id),
    "tickets.update": lambda r, k: r.update(k.ticket.id, note="new"),
    "tickets.update_job": lambda r, k: r.update_job(k.job.id, found="new"),
    "tickets.set_state": lambda r, k: r.set_state(k.here.id, k.ticket_state.id, is_here=False),
    "tickets.claim": lambda r, k: r.claim(k.here.id, k.warranty.id),
    "tickets.passcode": lambda r, k: r.passcode(k.sealed.id),
    "tickets.wipe_due_passcodes": lambda r, k: r.wipe_due_passcodes(9),
    "tickets.has_due_passcodes": lambda r, k: r.has_due_passcodes(),
    "tickets.shelf_of": lambda r, k: r.shelf_of("A1"),
    "board.cards_in": lambda r, k: r.cards_in(k.here.state_id, 9),
    "board.counts": lambda r, k: r.counts(),
    "board.here": lambda r, k: r.here(),
    "board.here_of_customer": lambda r, k: r.here_of_customer(k.here.customer_id),
    "board.cards": lambda r, k: (
        r.cards(is_here=False, limit=9),
        r.cards(is_here=True, states=[k.here.state_id], customer_id=k.here.customer_id, words="a", limit=9),
    ),
    "board.load": lambda r, k: (
        r.load([k.here.state_id], technician_id=None, only_rush=False),
        r.load([k.here.state_id], technician_id=k.resource.id, only_rush=True),
    ),
    "estimates.of_ticket": lambda r, k: r.of_ticket(k.estimate.ticket_id),
    "estimates.add": lambda r, k: r.add(
        k.ticket.id,
        [{"job_id": k.job.id, "text": "x", "quantity": 1, "unit_minor": 5, "amount_minor": 5}],
    ),
    "estimates.answer": lambda r, k: r.answer(
        k.estimate.id, EstimateStatus.DECLINED, by="x", how="phone", limit_minor=None
    ),
    "estimates.replace_others": lambda r, k: r.replace_others(k.approved.ticket_id, 0),
    "estimates.start_warranties": lambda r, k: r.start_warranties(
        k.warranty.line_job_id, k.job.device_id, THEN
    ),
    "estimates.take_back_warranties": lambda r, k: r.take_back_warranties(k.warranty.line_job_id),
    "estimates.warranties_of": lambda r, k: r.warranties_of(k.warranty.device_id),
    "estimates.warranties_on_ticket": lambda r, k: r.warranties_on_ticket(k.job.ticket_id),
    "estimates.warranty": lambda r, k: r.warranty(k.warranty.id),
    "items.find": lambda r, k: (
        r.find("", with_archived=True, limit=9),
        r.find(k.item.sku, with_archived=True, limit=9),
        r.find("cab old", with_archived=False, limit=9),
    ),
    "items.some": lambda r, k: r.some([k.item.id]),
    "items.quick": lambda r, k: r.quick(),
    "items.set_quick": lambda r, k: (r.set_quick([k.item.id]), r.set_quick([]), None)[2],
    "items.get": lambda r, k: r.get(k.item.id),
    "items.by_code": lambda r, k: (r.by_code(k.item.sku), r.by_code(k.item_barcode.code)),
    "items.of_tax": lambda r, k: r.of_tax(k.item.tax_id) or None,
    "items.moves": lambda r, k: r.moves(k.item.id, limit=9),
    "items.opening_cost": lambda r, k: r.opening_cost(k.item.id),
    "items.hold": lambda r, k: r.hold(k.item.id),
    "items.hold_codes": lambda r, k: r.hold_codes(),
    "items.add": lambda r, k: r.add(sku="NEW", name="New", keeps_stock=True, tax_id=k.tax.id),
    "items.update": lambda r, k: r.update(k.item.id, sku="NEW", name="new", is_archived=False),
    "items.set_barcodes": lambda r, k: r.set_barcodes(k.item.id, ["NEW-1"], is_archived=False),
    "items.reserve": lambda r, k: r.reserve(k.item.id, 1),
    "items.move": lambda r, k: (
        r.move(
            k.item.id,
            MoveKind.COUNTED,
            5,
            business_day=20200101,
            unit_cost_minor=None,
            average_minor=7,
        ),
        None,
    )[1],
    "items.sell": lambda r, k: r.sell(
        [(item, 1) for item in r.some([k.item.id])], number="S9", business_day=20200101
    ),
    "counts.current": lambda r, k: r.current() and r.current().note,
    "counts.hold": lambda r, k: r.hold(),
    "counts.counted_of": lambda r, k: r.counted_of(k.scan.count_id, k.scan.item_id),
    "counts.add": lambda r, k: (r.close(k.going.id, is_booked=False), r.add("new"))[1],
    "counts.add_scan": lambda r, k: r.add_scan(k.going.id, "new", 1, k.item.id, 3),
    "counts.close": lambda r, k: r.close(k.going.id, is_booked=True),
    "counts.counted": lambda r, k: r.counted(k.scan.count_id),
    "counts.unknown": lambda r, k: r.unknown(k.strange.count_id),
    "price_levels.all": lambda r, k: [one.name for one in r.all(with_archived=True)],
    "price_levels.get": lambda r, k: r.get(k.price_level.id),
    "price_levels.hold": lambda r, k: r.hold(),
    "price_levels.add": lambda r, k: r.add(name="New", percent_off=5),
    "price_levels.update": lambda r, k: r.update(
        k.price_level.id, name="New", percent_off=7, is_archived=False
    ),
    "taxes.all": lambda r, k: [one.name for one in r.all(with_archived=True)],
    "taxes.hold": lambda r, k: r.hold(),
    "taxes.add": lambda r, k: r.add("New"),
    "taxes.add_rate": lambda r, k: r.add_rate(k.tax.id, DAY, 70_000, (TaxPart("New", 70_000),)),
    "taxes.set_default": lambda r, k: r.set_default(k.other_tax.id),
    "taxes.set_archived": lambda r, k: r.set_archived(k.other_tax.id, is_archived=True),
    "parts.of_ticket": lambda r, k: r.of_ticket(k.reserved.ticket_id),
    "parts.reserved_for": lambda r, k: r.reserved_for(k.reserved.job_id),
    "parts.holders_of": lambda r, k: r.holders_of(k.reserved.item_id),
    "parts.use": lambda r, k: r.use(k.part_use.id),
    "parts.add_use": lambda r, k: r.add_use(k.job.id, k.item.id, 1, PartState.USED),
    "parts.update_use": lambda r, k: r.update_use(k.part_use.id, quantity=7),
    "repair_prices.find": lambda r, k: r.find("screen", with_archived=True, limit=50),
    "repair_prices.for_device": lambda r, k: r.for_device([k.repair_price.device_key]),
    "repair_prices.get": lambda r, k: r.get(k.repair_price.id),
    "repair_prices.hold": lambda r, k: r.hold(k.repair_price.id),
    "repair_prices.hold_all": lambda r, k: r.hold_all(),
    "repair_prices.add": lambda r, k: r.add(**_price_of(k)),
    "repair_prices.update": lambda r, k: r.update(k.repair_price.id, is_archived=False, **_price_of(k)),
    "repair_prices.set_price": lambda r, k: r.set_price(k.repair_price.id, 77),
    "loaners.free": lambda r, k: r.free(),
    "loaners.all": lambda r, k: r.all(with_archived=True),
    "loaners.get": lambda r, k: r.get(k.loaner.id),
    "loaners.hold": lambda r, k: r.hold(k.loaner.id),
    "loaners.of_ticket": lambda r, k: r.of_ticket(k.loan.ticket_id),
    "loaners.loan": lambda r, k: r.loan(k.loan.id),
    "loaners.add": lambda r, k: r.add(name="New"),
    "loaners.update": lambda r, k: r.update(k.loaner.id, name="New", serial="new", is_archived=False),
    "loaners.out": lambda r, k: r.out(k.loaner.id, k.ticket.id, ""),
    "loaners.back": lambda r, k: r.back(k.loan.id, "new"),
    "shifts.open_at": lambda r, k: r.open_at(k.shift.till),
    "shifts.hold": lambda r, k: r.hold(k.shift.id),
    "shifts.held": lambda r, k: (seen := r.get(k.shift.id)) and r.held(seen).id,
    "shifts.get": lambda r, k: r.get(k.shift.id),
    "shifts.by_number": lambda r, k: r.by_number(k.closed.number),
    "shifts.latest": lambda r, k: (
        [one.till for one in r.latest(9)],
        [one.till for one in r.latest(9, is_unverified=True)],
    ),
    "shifts.last_closed": lambda r, k: r.last_closed(k.closed.till),
    "shifts.add": lambda r, k: r.add(till="Till 9", business_day=20200101, float_minor=5),
    "shifts.close": lambda r, k: r.close(
        k.shift.id, 900, expected_minor=5, counted_minor=7, pieces=((7, 1),), note="new"
    ),
    "shifts.rename_till": lambda r, k: r.rename_till(k.shift.id, "Till 8"),
    "shifts.moves": lambda r, k: r.moves(k.cash_move.shift_id),
    "shifts.add_move": lambda r, k: r.add_move(
        k.shift.id, CashKind.IN, amount_minor=5, reason="new", business_day=20200101
    ),
    "shifts.verified": lambda r, k: r.verified(k.shift_check.shift_id),
    "shifts.add_verified": lambda r, k: r.add_verified(k.closed.id, 5, by="Ann"),
    "orders.by_number": lambda r, k: r.by_number(k.sold.number),
    "orders.get": lambda r, k: r.get(k.sold.id),
    "orders.latest": lambda r, k: (
        [one.till for one in r.latest(9)],
        r.latest(9, customer_id=k.bought.customer_id),
    ),
    "charges.of_devices": lambda r, k: r.of_devices(k.settled.ticket_id),
    "charges.beside_devices": lambda r, k: r.beside_devices(k.settled.ticket_id),
    "charges.of_booking": lambda r, k: r.of_booking(k.served.booking_id)[1],
    "charges.deposits_of": lambda r, k: r.deposits_of(ticket_id=k.settled.ticket_id),
    "charges.priced_tickets": lambda r, k: r.priced_tickets(k.priced.customer_id),
    "charges.paid_by": lambda r, k: r.paid_by(k.bought.id),
    "orders.last_at": lambda r, k: r.last_at(k.sold.till, k.sold.shift_id),
    "orders.refunds_of": lambda r, k: r.refunds_of(k.refund.refund_of_id),
    "orders.waiting": lambda r, k: [one.reference for one in r.waiting()],
    "orders.held": lambda r, k: r.held(k.waiting.held_number),
    "orders.hold": lambda r, k: r.hold(k.sold.id),
    "orders.add": lambda r, k: r.add(
        held_number=900, status="held", source="counter", cart="x", customer_id=k.customer.id
    ),
    "orders.update": lambda r, k: r.update(k.waiting.id, note="new"),
    "orders.add_line": lambda r, k: r.add_line(
        k.waiting.id,
        Tax("New", (TaxPart("New", 70_000),)),
        (7,),
        position=9,
        kind="text",
        text="x",
        quantity=1,
        unit_minor=107,
        priced_minor=107,
        discount_minor=0,
        net_minor=100,
        gross_minor=107,
    ),
    "orders.add_lines": lambda r, k: r.add_lines(
        k.waiting.id,
        [
            (
                Tax("New", (TaxPart("New", 70_000),)),
                (7,),
                {
                    "position": place,
                    "kind": "text",
                    "text": "x",
                    "quantity": 1,
                    "unit_minor": 107,
                    "priced_minor": 107,
                    "discount_minor": 0,
                    "net_minor": 100,
                    "gross_minor": 107,
                },
            )
            for place in (8, 9)
        ],
    ),
    "payments.of_order": lambda r, k: r.of_order(k.paid.order_id),
    "payments.by_number": lambda r, k: r.by_number(k.payment.number),
    "payments.of_customer": lambda r, k: r.of_customer(k.paid.customer_id, limit=9),
    "payments.latest": lambda r, k: [one.number for one in r.latest(9)],
    "payments.by_tender": lambda r, k: [row.tender for row in r.by_tender(k.paid.shift_id)],
    "payments.last_day": lambda r, k: r.last_day(k.paid.shift_id),
    "payments.add": lambda r, k: r.add(
        number=900,
        shift_id=k.shift.id,
        order_id=k.bought.id,
        customer_id=k.customer.id,
        reverses_id=None,
        tender="card",
        amount_minor=5,
        tendered_minor=5,
        rounding_minor=0,
        reference="",
        business_day=20200101,
    ),
    "ledger.standing": lambda r, k: [
        one for one in (r.standing(k.paid.customer_id),) if one.dues or one.deposits or one.balance_minor
    ],
    "ledger.dues": lambda r, k: r.dues(k.owing.customer_id),
    "ledger.held_for_ticket": lambda r, k: r.held_for_ticket(k.deposit.ticket_id),
    "ledger.held_for_booking": lambda r, k: r.held_for_booking(k.deposit_booked.booking_id),
    "ledger.bound_to": lambda r, k: r.bound_to(k.deposit.source_id),
    "ledger.deposit_moves": lambda r, k: r.deposit_moves(ticket_id=k.deposit.ticket_id),
    "ledger.before": lambda r, k: r.before(k.owing.customer_id, LATER.date()),
    "ledger.between": lambda r, k: r.between(k.paid.customer_id, THEN.date(), LATER.date()),
    "ledger.settled_by": lambda r, k: r.settled_by(k.paid.id),
    "ledger.add": lambda r, k: r.add(
        Account.DEBT, 5, customer_id=k.customer.id, order_id=k.bought.id, business_day=20200101
    ),
    "gift_cards.by_code": lambda r, k: r.by_code(plain_code(PRINTED_CARD)),
    "gift_cards.by_number": lambda r, k: r.by_number(k.gift_card.number),
    "gift_cards.get": lambda r, k: r.get(k.gift_card.id),
    "gift_cards.latest": lambda r, k: [one.number for one in r.latest(9)],
    "gift_cards.outstanding": lambda r, k: r.outstanding(),
    "gift_cards.last_use": lambda r, k: r.last_use(k.used.card_id),
    "gift_cards.that_paid": lambda r, k: r.that_paid(k.used.order_id),
    "gift_cards.hold": lambda r, k: r.hold([k.gift_card.id]),
    "gift_cards.add": lambda r, k: r.add(900, "NEWCODE12345", customer_id=k.customer.id, expires_on=None),
    "gift_cards.extend": lambda r, k: r.extend(k.gift_card.id, DAY),
    "gift_cards.move": lambda r, k: r.move(
        k.gift_card.id,
        CardMoveKind.SOLD,
        5,
        order_id=k.sale_order.id,
        line_id=k.order_line.id,
        business_day=20200101,
    ),
    "orders.waiting_of": lambda r, k: [one.reference for one in r.waiting_of(k.bought.customer_id)],
    "kiosk.hold_door": lambda r, k: r.hold_door(),
    "kiosk.key": lambda r, k: len(r.key()),
    "kiosk.open_code": lambda r, k: r.open_code(k.access_code.customer_id),
    "kiosk.add_code": lambda r, k: r.add_code(k.customer.id, "12345678", timedelta(hours=1)),
    "kiosk.set_code": lambda r, k: r.set_code(k.access_code.id, CodeState.REPLACED, 3),
    "kiosk.tried": lambda r, k: r.tried(Door.KIOSK, "Kiosk 1"),
    "kiosk.note_try": lambda r, k: r.note_try(Door.KIOSK, "Kiosk 1", LATER),
    "kiosk.forget_tries": lambda r, k: r.forget_tries(Door.KIOSK, "Kiosk 1"),
    "kiosk.arrivals": lambda r, k: [one.name for one in r.arrivals(k.kiosk_arrival.business_day)],
    "kiosk.arrival": lambda r, k: r.arrival(k.arrives.id),
    "kiosk.arrival_of": lambda r, k: r.arrival_of(PhoneNumber(k.arrives.phone_key)),
    "kiosk.past_arrivals": lambda r, k: r.past_arrivals(20300101),
    "kiosk.count_arrivals": lambda r, k: r.count_arrivals(),
    "kiosk.add_arrival": lambda r, k: r.add_arrival(PhoneNumber("+353851999999"), "X", "Y", 20200101),
    "kiosk.end_arrival": lambda r, k: r.end_arrival(k.arrives.id, ArrivalState.TURNED_AWAY),
    "takings.of_shift": lambda r, k: r.of_shift(k.paid.shift_id).sales_count,
    "totals.raise_by": lambda r, k: r.raise_by({(20200101, "order", "sale"): Total(1, 5, 5, 0, 0)}),
    "totals.sold": lambda r, k: r.sold(THEN.date(), LATER.date(), by_month=False),
    "totals.between": lambda r, k: [name for _, name, _ in r.between("tender", THEN.date(), LATER.date())],
    "photos.of_ticket": lambda r, k: r.of_ticket(k.photo.ticket_id),
    "photos.same": lambda r, k: r.same(k.photo.job_id, k.photo.hash),
    "photos.get": lambda r, k: r.get(k.photo.id),
    "photos.pixels": lambda r, k: r.pixels(k.photo.id),
    "photos.ticket_of": lambda r, k: r.ticket_of(k.photo.id),
    "photos.add": lambda r, k: r.add(k.job.id, digest="new", jpeg=b"new", width=1, height=1),
    "photos.set_removed": lambda r, k: r.set_removed(k.photo.id, is_removed=True),
    "informing.of_ticket": lambda r, k: r.of_ticket(k.contact_log.ticket_id),
    "informing.add": lambda r, k: r.add(
        k.ticket.id, ContactKind.INFORMED, ContactHow.SMS, words="x", answer=""
    ),
    "informing.waiting": lambda r, k: r.waiting([k.here.state_id], LATER),
    "informing.reminders": lambda r, k: r.reminders([k.contact_log.ticket_id]),
    "ticket_states.map": lambda r, k: [state.name for state in r.map().states],
    "ticket_states.hold": lambda r, k: r.hold(),
    "ticket_states.add": lambda r, k: r.add(code="new", name="New", group_code="work", position=99),
    "ticket_states.update": lambda r, k: r.update(k.ticket_state.id, name="new"),
    "ticket_states.set_archived": lambda r, k: r.set_archived(k.ticket_state.id, is_archived=True),
    "ticket_states.set_moves": lambda r, k: r.set_moves(k.ticket_move.from_id, [k.last_state.id]),
    "ticket_states.add_moves": lambda r, k: r.add_moves([(k.last_state.id, k.ticket_state.id)]),
    "ticket_states.jobs_here_in": lambda r, k: r.jobs_here_in(k.here.state_id),
    "ticket_states.set_checklist": lambda r, k: r.set_checklist("phone", ["New"]),
    "businesses.settings": lambda r, k: r.settings(),
    "businesses.set_setting": lambda r, k: (
        r.set_setting("dispose_days", "33"),
        r.set_setting("new", "1"),
    ),
    "walk_ins.waiting": lambda r, k: r.waiting(k.waits.business_day),
    "walk_ins.has_waiting_before": lambda r, k: r.has_waiting_before(20300101),
    "walk_ins.leave_before": lambda r, k: r.leave_before(20300101),
    "walk_ins.get": lambda r, k: r.get(k.walk_in.id),
    "walk_ins.hold": lambda r, k: r.hold(k.walk_in.id),
    "walk_ins.add": lambda r, k: r.add(
        customer_id=k.customer.id, service_id=k.service.id, minutes=30, business_day=20200101
    ),
    "walk_ins.update": lambda r, k: r.update(k.walk_in.id, note="new"),
    "documents.add": lambda r, k: r.add(
        "slip", "B1", "{}", customer_id=k.customer.id, booking_id=k.booking.id
    ),
    "documents.latest": lambda r, k: r.latest(k.document.number, k.document.kind),
    "documents.keys_of_booking": lambda r, k: r.keys_of_booking(k.document.booking_id),
    "documents.jobs_of": lambda r, k: r.jobs_of(k.print_job.document_id),
    "documents.renumber": lambda r, k: r.renumber(k.print_job.id, 99),
    "documents.copies": lambda r, k: r.copies(k.print_job.document_id),
    "documents.add_job": lambda r, k: r.add_job(
        k.document.id, 99, paper="a4", output="print", till="x", printer=""
    ),
    "documents.job": lambda r, k: r.job(k.print_job.id),
    "documents.open_jobs": lambda r, k: r.open_jobs(k.print_job.till),
    "documents.begin": lambda r, k: r.begin(k.print_job, "may be printed"),
    "documents.rename_till": lambda r, k: r.rename_till(k.print_job.till, "Till 9"),
    "documents.settle": lambda r, k: r.settle(k.print_job.id, "done", "", "new"),
    # Questions that stand beside the repositories.
    "beside.timeline": lambda r, k: timeline(
        r.connection, r.actor.business, k.booking.customer_id, kinds=frozenset(EVENTS.values())
    ),
    "beside.count_events": lambda r, k: count_events(r.connection, r.actor.business, k.booking.customer_id),
    "beside.moves_since": lambda r, k: moves_since(r.connection, r.actor.business, k.owing.customer_id, 0),
    "beside.papers_of": lambda r, k: papers_of(r.connection, r.actor.business, k.document.number),
    "beside.count_ids": lambda r, k: count_ids(r.connection, r.actor.business),
    "beside.map_of": lambda r, k: [
        state.name for state in map_of(r.tickets._connection, r.actor.business).states
    ],
}
CALLS |= {
    "without_phone.like": lambda r, k: r.like(k.reached_by_nobody.name, "", 3),
    "further_emails.of_customer": lambda r, k: r.of_customer(k.further_email.customer_id),
    "further_emails.add": lambda r, k: r.add(k.customer.id, "new@example.com"),
    "further_emails.remove": lambda r, k: r.remove(k.further_email.id),
    "past.get": lambda r, k: r.get(k.past_record.id),
    "past.of_ticket": lambda r, k: r.of_ticket(k.from_old.ticket_id),
    "past.take_in": lambda r, k: r.take_in(k.past_record.id, k.ticket.id) or None,
    "past.owners": lambda r, k: r.owners(k.legacy_id.code),
    "past.ids_of": lambda r, k: r.ids_of(k.legacy_id.customer_id, 9),
}
EVER = Period(THEN.date(), LATER.date())
CALLS |= {
    "books.rows": lambda r, k: r.rows(EVER),
    "books.sums": lambda r, k: r.sums(EVER),
    "books.documents": lambda r, k: list(r.documents(EVER)),
    "books.entries": lambda r, k: r.entries(EVER, AccountKey(Role.CASH), 0, 9),
    "books.accounts": lambda r, k: r.accounts("general"),
    "books.set_account": lambda r, k: r.set_account("general", AccountKey(Role.GOODS), "77", "new"),
    "books.sent": lambda r, k: r.sent("xero", EVER),
    "books.add_sent": lambda r, k: r.add_sent("ledger", DAY, 5, {AccountKey(Role.CASH): 7}),
}
CALLS |= {
    "users.all": lambda r, k: [one.name for one in r.all()],
    "users.proofs": lambda r, k: [one.user.name for one in r.proofs()],
    "users.get": lambda r, k: r.get(k.user_account.id),
    "users.proof": lambda r, k: r.proof(k.user_account.id),
    "users.by_name": lambda r, k: r.by_name(k.user_account.name_fold),
    "users.by_badge": lambda r, k: r.by_badge(k.user_account.badge_hash),
    "users.by_phone": lambda r, k: r.by_phone(PhoneNumber(k.user_account.phone_key)),
    "users.of_customer": lambda r, k: r.of_customer(k.user_account.customer_id),
    "users.hold": lambda r, k: r.hold(k.user_account.id),
    "users.held_admins": lambda r, k: r.held_admins(),
    "users.hold_first": lambda r, k: r.hold_first(),
    "users.add": lambda r, k: r.add(
        name="New", name_fold="new", role="staff", customer_id=k.booking.customer_id
    ),
    "users.update": lambda r, k: r.update(k.user_account.id, name="Newer"),
    "users.tried": lambda r, k: r.tried(k.user_account.id, failures=3),
    "users.add_pass": lambda r, k: r.add_pass(k.user_account.id, "new", 7),
    "users.take_pass": lambda r, k: r.take_pass(k.user_pass.token_hash),
}
ABSENT_BUSINESS = -1
_EVER = (date(2000, 1, 1), date(2099, 1, 1))
CALLS |= {
    "line_figures.parts": lambda r, k: [r.parts(way, *_EVER) for way in WAYS],
    "line_figures.behind": lambda r, k: [
        r.behind(way, part, What.GROSS, *_EVER, k.sold.id, 9)
        for way, part in (
            ("all", 1),
            ("day", k.sold.business_day),
            ("kind", "goods"),
            ("item", k.item.sku),
            ("staff", k.sold.completed_by),
            ("source", "counter"),
            ("till", k.sold.till),
            ("customer", k.customer.pl_number),
            ("ticket", k.ticket.number),
            ("technician", k.resource.name),
            ("rate", "GST:180000"),
            ("line", f"{k.sold.number}/1"),
        )
    ],
    "line_figures.each": lambda r, k: r.each(*_EVER, 9),
    "document_figures.orders": lambda r, k: [r.orders(which, *_EVER, 9) for which in Orders],
    "document_figures.payments": lambda r, k: [
        r.payments(*_EVER, 9),
        r.payments(*_EVER, 9, tender=k.paid.tender, after=k.paid.id),
        r.payments(*_EVER, 9, is_money=True),
    ],
    "owed_figures.standing": lambda r, k: [r.standing(what, LATER.date()) for what in Owing],
    "owed_figures.moved": lambda r, k: [
        r.moved(Owing.CREDIT, k.customer.pl_number, LATER.date(), 0, 9),
        r.moved(Owing.DEPOSIT, k.ticket.number, LATER.date(), 0, 9, kind="T"),
        r.moved(Owing.CARD, k.gift_card.number, LATER.date(), 0, 9),
    ],
    "drawer_figures.closed": lambda r, k: r.closed(*_EVER),
    "drawer_figures.takings": lambda r, k: r.takings(*_EVER),
    "drawer_figures.paid_in": lambda r, k: r.paid_in(k.paid.shift_id, "cash"),
}
_US = (0, 1 << 60)
CALLS |= {
    "work_totals.raise_by": lambda r, k: r.raise_by({(20200101, "booking", "done"): 1}),
    "work_totals.between": lambda r, k: [name for _, name, *_ in r.between(*_EVER)],
    "sold_totals.raise_by": lambda r, k: r.raise_by(k.sold.id, 20200101, 1),
    "sold_totals.most": lambda r, k: r.most(*_EVER, 9),
    "newcomers.between": lambda r, k: r.between(*_US),
    "newcomers.by_day": lambda r, k: r.by_day(*_US),
    "newcomers.behind": lambda r, k: [r.behind(*_US, key, 9) for key in (0, k.customer.id)],
    "newcomers.owed": lambda r, k: r.owed(),
    "repair_figures.ready": lambda r, k: [r.ready(way, *_EVER) for way in OF_REPAIRS],
    "repair_figures.turned": lambda r, k: [r.turned(way, *_EVER) for way in OF_REPAIRS],
    "repair_figures.taken_in": lambda r, k: [r.taken_in(way, *_EVER) for way in OF_REPAIRS],
    "repair_figures.behind": lambda r, k: [
        r.behind(way, part, *_EVER, after, 9)
        for way, part in (
            ("technician", k.resource.name),
            ("fault", k.gone.fault),
            ("device", f"{k.device.make} {k.device.model}"),
            ("day", k.ticket.business_day),
            ("month", k.ticket.business_day // 100),
        )
        for after in (0, k.gone.id)
    ],
    "stay_figures.parts": lambda r, k: [r.parts(way, *_EVER) for way in OF_STAYS],
    "stay_figures.behind": lambda r, k: [
        r.behind(way, part, *_EVER, after, 9)
        for way, part in (
            ("state", "received"),
            ("technician", k.resource.name),
            ("kind", k.device.kind),
            ("day", k.ticket.business_day),
        )
        for after in (0, k.gone.id * 4096 + 1)
    ],
    "booked_figures.parts": lambda r, k: [r.parts(way, *_EVER) for way in OF_BOOKINGS],
    "booked_figures.day_of": lambda r, k: r.day_of(k.booking.id),
    "booked_figures.behind": lambda r, k: [
        r.behind(way, part, *_EVER, after, 9)
        for way, part in (
            ("all", 1),
            ("status", k.booking.status),
            ("source", k.booking.source),
            ("service", k.service.name),
            ("person", k.resource.name),
            ("day", k.booking.business_day),
        )
        for after in (0, k.booking.id)
    ],
    "stock_figures.all": lambda r, k: r.all(9),
    "stock_figures.behind": lambda r, k: r.behind(k.item.sku, 0, 9),
    "stock_figures.of_kind": lambda r, k: r.of_kind(k.item.kind, 0, 9),
}
_KEPT = metadata.tables["contact"]
CALLS |= {
    "merges.hold": lambda r, k: r.hold(k.customer.id, k.contact.customer_id),
    "merges.row": lambda r, k: r.row(k.customer.id),
    "merges.counts": lambda r, k: r.counts(k.contact.customer_id) or None,
    "merges.move": lambda r, k: (
        r.no_primary([k.of_contact.id]),
        r.move(k.contact.customer_id, k.joined.survivor_id) or None,
    ),
    "merges.hand_over": lambda r, k: r.hand_over(_KEPT, "customer_id", [k.contact.id], k.joined.survivor_id),
    "merges.still_at": lambda r, k: r.still_at(_KEPT, "customer_id", [k.contact.id], k.contact.customer_id),
    "merges.standing": lambda r, k: r.standing(_KEPT, [k.contact.id]),
    "merges.last_keys": lambda r, k: r.last_keys(),
    "merges.called": lambda r, k: r.called(_KEPT, [k.contact.id]),
    "merges.primary": lambda r, k: r.primary(k.second.customer_id),
    "merges.no_primary": lambda r, k: r.no_primary([k.phone.id]),
    "merges.set_codes": lambda r, k: r.set_codes([k.open_code.id], "open", "replaced"),
    "merges.open_codes": lambda r, k: r.open_codes(k.open_code.customer_id),
    "merges.emails": lambda r, k: r.emails(k.further_email.customer_id),
    "merges.add_email": lambda r, k: r.add_email(k.customer.id, "new@example.com"),
    "merges.add_contact": lambda r, k: r.add_contact(k.customer.id, "New"),
    "merges.take_out": lambda r, k: r.take_out("alias", [k.alias.id]),
    "merges.put_back": lambda r, k: r.put_back(
        "alias", [{"id": ABSENT - 1, "customer_id": k.customer.id, "code": "new", "created_at": 1}]
    ),
    "merges.untouched_contacts": lambda r, k: r.untouched_contacts([k.contact.id], k.contact.customer_id),
    "merges.alias_of": lambda r, k: r.alias_of(k.alias.customer_id, k.alias.code),
    "merges.refresh_words": lambda r, k: (
        r._change(customer, k.customer.id, {"name_fold": "x"}),
        r.refresh_words(k.customer.id),
    ),
    "merges.turn_pairs": lambda r, k: r.turn_pairs(k.not_duplicate.a_id, k.joined.survivor_id),
    "merges.turn_pairs_back": lambda r, k: r.turn_pairs_back(
        {
            "changed": [
                [
                    k.not_duplicate.id,
                    k.customer.id,
                    k.not_duplicate.b_id,
                    k.not_duplicate.a_id,
                    k.not_duplicate.b_id,
                ]
            ],
            "out": [],
        }
    ),
    "merges.retire": lambda r, k: r.retire(k.customer.id, k.joined.survivor_id),
    "merges.add": lambda r, k: r.add(k.joined.survivor_id, k.customer.id + 1, {}, {}),
    "merges.get": lambda r, k: r.get(k.joined.id),
    "merges.undone": lambda r, k: r.undone(k.joined.id),
    "merges.of_survivor": lambda r, k: r.of_survivor(k.joined.survivor_id),
    "ties.groups": lambda r, k: r.groups(k.contact.customer_id),
}
CALLS |= {
    "duplicates.extent": lambda r, k: r.extent(),
    "duplicates.portion": lambda r, k: r.portion(0, 9),
    "duplicates.traits": lambda r, k: r.traits([k.customer.id]),
    "duplicates.replace": lambda r, k: r.replace(
        k.duplicate_pair.a_id - 1,
        k.duplicate_pair.a_id,
        [FoundPair(k.duplicate_pair.a_id, k.duplicate_pair.b_id, 70, (Reason.NO_PHONE,))],
    ),
    "duplicates.pairs": lambda r, k: r.pairs(9),
    "duplicates.dismiss": lambda r, k: r.dismiss(
        k.duplicate_pair.a_id, max(k.duplicate_pair.b_id, k.duplicate_pair.a_id + 1)
    ),
    "duplicates.take_back": lambda r, k: r.take_back(k.not_duplicate.a_id, k.not_duplicate.b_id),
    "duplicates.dismissed": lambda r, k: r.dismissed(),
}
CALLS |= {
    "mappings.get": lambda r, k: r.get(k.column_mapping.columns) == {} or None,
    "mappings.put": lambda r, k: r.put("new", {"x": ImportField.NAME}),
    "mappings.retell": lambda r, k: r.retell(k.legacy_id.id, '{"x": 1}'),
}
_NOTHING = ToldSince(ABSENT_BUSINESS, 0)
CALLS |= {
    "batches.add": lambda r, k: r.add("run", System.BOOKING_SYSTEM, (), "{}", BatchState.STAGED),
    "old_shops.note": lambda r, k: r.note(System.MULTI_SHOP, "another"),
    "batches.get": lambda r, k: r.get(k.import_batch.id),
    "batches.all": lambda r, k: r.all(),
    "batches.hold": lambda r, k: r.hold(k.import_batch.id),
    "batches.made": lambda r, k: r.made(k.import_batch.id).keys or None,
    "batches.note_made": lambda r, k: r.note_made(k.import_batch.id, {"alias": [k.alias.id]}),
    "batches.note_spans": lambda r, k: r.note_spans(k.import_batch.id, {"alias": ((1, 2),)}),
    "batches.change": lambda r, k: r.change(k.import_batch.id, done=7),
    "batches.settle": lambda r, k: r.settle(k.import_batch.id, BatchState.UNDONE),
    "batches.past_of": lambda r, k: r.past_of(k.import_batch.id) or None,
    "batches.notes": lambda r, k: r.notes(k.import_batch.id, "rejected", 9),
    "batches.to_empty": lambda r, k: r.to_empty(1 << 60),
    "batches.empty": lambda r, k: r.empty(k.import_batch.id, 5),
    "built_on.all": lambda r, k: r.all(k.import_batch.id, Made(0, {"customer": _span(k.customer.id)})),
    "built_on.on": lambda r, k: r.on(k.import_batch.id, Made(), [k.booking.customer_id]),
    "undoing.people": lambda r, k: r.people(Made(0, {"customer": _span(k.customer.id)}), 9),
    "undoing.pl_numbers": lambda r, k: r.pl_numbers([k.customer.id]),
    "undoing.extras": lambda r, k: r.extras(k.past_record.batch_id, Made(), [], 9) or None,
    "undoing.owners": lambda r, k: r.owners({"past_record": [k.past_record.id]}),
    "undoing.remove_extras": lambda r, k: (
        r.remove_extras({"further_email": [k.further_email.id]}, _NOTHING, is_sqlite=r._connection.is_direct)[
            1
        ].get("further_email", [0])[0]
        or None
    ),
    "undoing.remove_people": lambda r, k: (
        r.remove_people([k.reached_by_nobody.id], _NOTHING, is_sqlite=r._connection.is_direct)[0] or None
    ),
    "person_of_old_data.told": lambda r, k: r.told([k.past_record.customer_id])["past_records"],
    "person_of_old_data.count": lambda r, k: r.count([k.past_record.customer_id]) or None,
    "person_of_old_data.forget": lambda r, k: r.forget([k.past_record.customer_id]),
}


def _span(key: int) -> tuple[tuple[int, int], ...]:
    return ((key, key),)


CALLS |= {
    "mappings.get": lambda r, k: r.get(k.column_mapping.columns),
    "mappings.put": lambda r, k: r.put("others", {"Name": ImportField.NAME}),
    "mappings.retell": lambda r, k: r.retell(k.legacy_id.id, '{"phone": "1"}'),
}
REACHING = {
    "batches.has_people",
    "batches.keep_people_out",
    "batches.of_run",
    "old_shops.known",
    "businesses.add",
    "businesses.all",
    "businesses.hold_all",
    "users.admins_named",
    "users.hold_first",
    "users.is_anybody",
}
"""What is about all businesses, and says so."""
ANSWERED_IN_SILENCE = {
    "gift_cards.outstanding",
    "newcomers.owed",
    "batches.made",
    "batches.keep_people_out",
    "charges.beside_devices",
    "facts.note",
    "facts.note_all",
    "former_marks.give_back",
} | {
    name
    for name in CALLS
    if name.endswith((".hold", ".hold_all", ".hold_codes", ".hold_door", ".hold_first", ".lock", ".shelf_of"))
}
"""What only waits for others, the shelf that is there, and a mistake that nobody's number was before."""
MADE = {name for name in CALLS if name.rpartition(".")[2].startswith(("add", "shelf_of", "out"))}
"""What answers with the key of something new."""


def _methods(uow: UnitOfWork) -> Iterator[str]:
    for name, found in inspect.getmembers(UnitOfWork):
        if isinstance(found, made_once):
            for base in type(getattr(uow, name)).__mro__[:-1]:
                for method, what in vars(base).items():
                    if not method.startswith("_") and (callable(what) or isinstance(what, made_once)):
                        yield f"{name}.{method}"


def test_every_public_method_of_every_repository_is_asked(shop: Shop) -> None:
    with shop.store.look(Actor(1, "Till 1")) as uow:
        methods = set(_methods(uow))
    assert methods | {name for name in CALLS if name.startswith("beside.")} == CALLS.keys() | REACHING


@dataclass(frozen=True)
class Outcome:
    """What a call answered, which rows of its own business it changed, and what it did to others."""

    answer: object
    refusal: str
    own: Counter[tuple[object, ...]]
    others: Counter[tuple[object, ...]]


class Walk:
    """Makes every call in the name of a business, each undone again."""

    def __init__(self, shop: Shop, actor: Actor) -> None:
        self._shop, self._actor = shop, actor
        with shop.store.look(actor) as uow:
            self._before = self._state(uow)
        self.said: set[str] = set()

    def outcome(self, name: str, keys: Keys) -> Outcome:
        part = name.partition(".")[0]
        changed: Counter[tuple[object, ...]] = Counter()
        answer: object = None
        refusal = ""
        try:
            with heard(self._shop.store.database) as said, self._shop.store.work(self._actor) as uow:
                answer = CALLS[name](uow if part == "beside" else getattr(uow, part), keys)
                spoken = list(said)
                if any(one.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) for one in spoken):
                    after = self._state(uow)
                    changed = (after - self._before) + (self._before - after)
            self.said |= set(spoken)
        except DomainError as error:
            refusal = error.code
        business = self._actor.business
        own = Counter({_plain(row): count for row, count in changed.items() if row[1] == business})
        others = Counter({row: count for row, count in changed.items() if row[1] != business})
        return Outcome(None if name in MADE else answer, refusal, own, others)

    def _state(self, uow: UnitOfWork) -> Counter[tuple[object, ...]]:
        found: Counter[tuple[object, ...]] = Counter()
        for name in {*OWNED, "business"}:
            table = metadata.tables[name]
            whose = table.c.id if name == "business" else table.c.business_id
            for row in uow.connection.execute(select(table, whose.label("whose"))).mappings():
                words = tuple(sorted((column, str(value)) for column, value in row.items()))
                found[(name, row["whose"], words)] += 1
        return found


def _plain(row: tuple[Any, ...]) -> tuple[object, ...]:
    """A row without keys, which depend on how many rows others have."""
    table, business, words = row
    return table, business, tuple((name, value) for name, value in words if name not in ("id", "estimate_id"))


ABSENT = 10_000_000
WANTED = {
    "mailed": ("customer", "email <> '' AND erased_at IS NULL"),
    "reached_by_nobody": ("customer", "no_phone_reason IS NOT NULL AND merged_into IS NULL"),
    "from_old": ("past_record", "ticket_id IS NOT NULL"),
    "joined": ("customer_merge", "undone_at IS NULL"),
    "of_contact": ("phone", "is_primary AND customer_id = (SELECT min(customer_id) FROM contact)"),
    "open_code": ("access_code", "state = 'open'"),
    "former": ("phone", "is_former"),
    "serial": ("device", "serial_key <> ''"),
    "imei": ("device", "imei <> ''"),
    "gone": (
        "job",
        "NOT is_here AND device_id NOT IN (SELECT device_id FROM job WHERE is_here)",
    ),
    "signed": ("job", "signature_hash <> ''"),
    "signed_in": ("ticket", "signature_hash <> ''"),
    "referred": ("payment", "reference <> ''"),
    "sealed": ("job", "passcode IS NOT NULL"),
    "from_booking": ("ticket", "booking_id IS NOT NULL"),
    "approved": ("estimate", "status = 'approved'"),
    "waits": ("walk_in", "state = 'waiting'"),
    "arrives": ("kiosk_arrival", "state = 'waiting'"),
    "item": ("item", "tax_id IS NOT NULL"),
    "going": ("stock_count", "closed_at IS NULL"),
    "scan": ("stock_count_line", "item_id IS NOT NULL"),
    "strange": ("stock_count_line", "item_id IS NULL"),
    "other_tax": ("tax", "NOT is_default"),
    "phone": ("phone", "ended_at IS NULL AND is_primary"),
    "second": ("phone", "ended_at IS NULL AND NOT is_primary"),
    "document": ("document", "booking_id IS NOT NULL"),
    "print_job": ("print_job", "state = 'queued'"),
    "contact_log": ("contact_log", "kind = 'reminder'"),
    "ticket_state": ("ticket_state", "code = 'diagnosing'"),
    "last_state": ("ticket_state", "code = 'cancelled'"),
    "shift": ("shift", "closed_at IS NULL"),
    "closed": ("shift", "closed_at IS NOT NULL"),
    "sold": ("sale_order", "status = 'completed' AND refund_of_id IS NULL"),
    "bought": ("sale_order", "status = 'completed' AND refund_of_id IS NULL AND customer_id IS NOT NULL"),
    "refund": ("sale_order", "refund_of_id IS NOT NULL"),
    "waiting": ("sale_order", "status = 'held'"),
    "settled": ("order_line", "kind = 'ticket'"),
    "served": ("order_line", "kind = 'booking'"),
    "paid": ("payment", "customer_id IS NOT NULL AND order_id IS NOT NULL AND tender = 'cash'"),
    "used": ("gift_move", "kind = 'used'"),
    "deposit": ("ledger_entry", "ticket_id IS NOT NULL"),
    "deposit_booked": ("ledger_entry", "booking_id IS NOT NULL"),
    "warranty": (
        "warranty",
        "NOT EXISTS (SELECT 1 FROM warranty_claim c WHERE c.warranty_id = warranty.id)",
    ),
}
"""Rows that a call needs in a certain state, each by table and condition."""


def _keys(shop: Shop, actor: Actor) -> Keys:
    """A row of each table of a business, and of those that a call needs in a certain state."""
    found = Keys()
    wanted = dict(WANTED)
    joined = {
        "here": "SELECT j.*, t.customer_id FROM job j JOIN ticket t ON t.id = j.ticket_id WHERE j.is_here "
        "AND j.business_id = :business ORDER BY j.id",
        "reserved": "SELECT p.*, j.ticket_id FROM part_use p JOIN job j ON j.id = p.job_id "
        "WHERE p.state = 'reserved' AND p.business_id = :business",
        "photo": "SELECT p.*, j.ticket_id FROM photo p JOIN job j ON j.id = p.job_id "
        "WHERE p.business_id = :business",
    }
    joined["priced"] = (
        "SELECT t.* FROM ticket t JOIN job j ON j.ticket_id = t.id WHERE j.is_here AND j.price_minor > 0 "
        "AND t.business_id = :business"
    )
    joined["owing"] = (
        "SELECT customer_id FROM ledger_entry WHERE business_id = :business AND account = 'debt' "
        "AND customer_id IS NOT NULL GROUP BY customer_id HAVING sum(amount_minor) > 0"
    )
    with shop.store.look(actor) as uow:
        for name in metadata.tables:
            if "business_id" in metadata.tables[name].c:
                wanted.setdefault(name, (name, "1 = 1"))
        for name, (table, condition) in wanted.items():
            joined.setdefault(name, f"SELECT * FROM {table} WHERE business_id = :business AND {condition}")
        for name, question in joined.items():
            row = uow.connection.execute(text(question), {"business": actor.business}).mappings().first()
            assert row is not None, f"the whole shop has no {name}"
            setattr(found, name, SimpleNamespace(**row))
    return found


def _nobody_s() -> Keys:
    """Keys of what is not there, by the same names."""
    rows = {
        name: SimpleNamespace(**{column.name: _nothing(column) for column in table.columns})
        for name, table in metadata.tables.items()
    }
    rows |= {name: rows[table] for name, (table, _) in WANTED.items()}
    rows["last_state"] = SimpleNamespace(id=ABSENT + 1)
    rows["here"] = SimpleNamespace(**vars(rows["job"]), customer_id=ABSENT)
    rows["reserved"] = SimpleNamespace(**vars(rows["part_use"]), ticket_id=ABSENT)
    rows["photo"] = SimpleNamespace(**vars(rows["photo"]), ticket_id=ABSENT)
    rows["priced"], rows["owing"] = rows["ticket"], rows["ledger_entry"]
    return Keys(**rows)


def _nothing(column: Column[Any]) -> Any:
    if isinstance(column.type, Text):
        return "+353850000000" if column.name in ("key", "phone_key") else "nothing"
    return b"nothing" if isinstance(column.type, LargeBinary) else ABSENT


@pytest.fixture
def theirs(shop: Shop) -> Actor:
    """Another business of the same database."""
    return a_business(shop, name="Next door")


def _keys_of_whole(shop: Shop, theirs: Actor) -> Keys:
    """The keys of a shop in which everything happened, its passcodes due."""
    jobs = metadata.tables["job"]
    with shop.store.database.connection(writes=True) as connection:
        connection.execute(update(jobs).where(jobs.c.passcode.is_not(None)).values(passcode_wipe_at=1))
        connection.commit()
    return _keys(shop, theirs)


@pytest.fixture(autouse=True)
def a_known_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn at first use would differ at each call."""
    monkeypatch.setattr("posapp.storage.counter.kiosk.token_hex", lambda size: "k" * 2 * size)


def test_no_method_reads_or_changes_what_another_business_has(
    shop: Shop, actor: Actor, theirs: Actor
) -> None:
    alone = Walk(shop, actor)
    nobody_s = _nobody_s()
    usual = {name: alone.outcome(name, nobody_s) for name in CALLS}
    a_whole_shop(shop, theirs)
    keys = _keys_of_whole(shop, theirs)
    beside = Walk(shop, actor)
    for name in CALLS:
        found = beside.outcome(name, keys)
        assert found == usual[name], name
        assert not found.others, name


def test_every_method_serves_its_own_business_and_says_whose_rows_it_means(shop: Shop, theirs: Actor) -> None:
    with heard(shop.store.database) as said:
        a_whole_shop(shop, theirs)
    spoken = set(said)
    keys = _keys_of_whole(shop, theirs)
    walk = Walk(shop, theirs)
    found = {name: walk.outcome(name, keys) for name in CALLS}
    assert {name: one.refusal for name, one in found.items() if one.refusal} == {}
    assert {name for name, one in found.items() if one.others} == set()
    silent = {name for name, one in found.items() if not one.answer and not one.own}
    assert silent <= ANSWERED_IN_SILENCE
    assert len(spoken | walk.said) > 200
    for statement in spoken | walk.said:
        assert ownerless(statement) == set(), statement


def test_search_says_whose_rows_it_means() -> None:
    names = ("_BY_", "_SQLITE_N", "_SQLITE_B", "_POSTGRES_N", "_POSTGRES_B")
    statements = {name: words for name, words in vars(search).items() if name.startswith(names)}
    assert len(statements) > 12
    for name, words in (statements | {"_meant": search._meant(2)}).items():
        assert ownerless(words) == set(), name


def test_entries_of_another_business_are_not_told_by_their_keys(sqlite_shop: Shop, actor: Actor) -> None:
    with sqlite_shop.store.look(actor) as uow:
        keys = range(1, 20)
        assert lines_of(uow.connection, actor.business, keys)
        assert lines_of(uow.connection, actor.business + 1, keys) == {}


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("SELECT * FROM phone WHERE phone.customer_id = ?", {"phone"}),
        ("SELECT * FROM phone WHERE +phone.business_id = ? AND phone.customer_id = ?", set()),
        ("SELECT * FROM job j JOIN ticket t ON t.id = j.ticket_id WHERE j.business_id = 2", {"t"}),
        (
            "SELECT * FROM job j JOIN ticket t ON t.id = j.ticket_id AND t.business_id = j.business_id",
            {"j", "t"},
        ),
        ("UPDATE job SET business_id_x = 1, note='WHERE job.business_id = 1' WHERE id = 1", {"job"}),
        ("DELETE FROM job WHERE business_id = %(business)s", set()),
        ("INSERT INTO job (id, fault) VALUES (?, ?)", {"job"}),
        ("SELECT 1 FROM job WHERE job.business_id = 1 UNION ALL SELECT 1 FROM job", {"job"}),
    ],
)
def test_a_statement_without_its_business_is_seen(statement: str, missing: set[str]) -> None:
    assert ownerless(statement) == missing


# -- strays -----------------------------------------------------------------------------------------------
FREE = {"position": 77, "copy": 77, "version": 77, "is_primary": False}
"""Columns that are unique beside a reference: set aside, so that only the reference can refuse."""


def _led_astray(
    connection: Connection, table: Table, column: str, ours: int, theirs: int
) -> Generator[str, None, None]:
    """Point a reference of our rows to each of their rows, one at a time; what refused it, "" for nothing."""
    target = references(table)[column]
    rows = connection.execute(select(*table.primary_key).where(table.c.business_id == ours)).all()
    keys = connection.execute(select(target.c.id).where(target.c.business_id == theirs)).scalars().all()
    free = {name: value for name, value in FREE.items() if name in table.c}
    for row, key in itertools.product(rows, keys):
        this = and_(*(part == value for part, value in zip(table.primary_key, row, strict=True)))
        tried = connection.begin_nested()
        try:
            connection.execute(update(table).where(this).values({**free, column: key}))
            yield ""
        except IntegrityError as error:
            yield str(getattr(getattr(error.orig, "diag", None), "constraint_name", error.orig))
        finally:
            tried.rollback()


def _strays(connection: Connection, *, is_sqlite: bool) -> Finding:
    return businesses(Asking(connection, NOW, is_sqlite=is_sqlite))


def test_a_stray_is_refused_by_the_server_and_found_in_a_file(
    shop: Shop, actor: Actor, theirs: Actor
) -> None:
    a_whole_shop(shop, actor)
    a_whole_shop(shop, theirs)
    with shop.store.look(actor, snapshot=True) as uow:
        assert _strays(uow.connection, is_sqlite=uow.is_sqlite).failed == 0
    is_sqlite = shop.store.database.is_sqlite
    with shop.store.database.connection(writes=True) as connection:
        without_guards(connection)
        for table, column in ((one, name) for one in metadata.sorted_tables for name in references(one)):
            wanted = "" if is_sqlite else f"fk_{table.name}_{column}"
            two = (actor.business, theirs.business)
            first, other = reversed(two) if column == "a_id" else two  # the first of a pair is the older one
            tries = _led_astray(connection, table, column, first, other)
            assert wanted in tries, (table, column)
            if is_sqlite:
                examples = _strays(connection, is_sqlite=True).examples
                assert any(f"{table.name} " in one and f": {column} " in one for one in examples)
            tries.close()
