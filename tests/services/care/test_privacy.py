"""Forgetting a person: what goes, what stays, what stands in the way, and that no byte of it is left."""

import json
import multiprocessing
import os
import signal
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import text

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.customers.consents import ConsentKind, newest
from posapp.domain.customers.privacy import Erase
from posapp.domain.papers.documents import PaperSize
from posapp.domain.people.users import Role
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.base.drafts import Drafts, mark_of, shop_mark
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.care.backups import BackupDesk
from posapp.services.care.verify import verify
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.selling.order_commands import Hold, Refund
from posapp.storage.base.verify_base import Asking
from posapp.storage.care import scrub
from posapp.storage.care.verify import RULES, answer
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import NOW, TILL, a_booking, a_customer, a_phone, the_clock
from tests.guards import without_guards
from tests.people import a_user, an_admin, signed_in
from tests.persons import (
    NAME,
    PERSONAL,
    PHONE,
    a_known_person,
    letters_of,
    places_of,
    without_tax_papers,
)
from tests.repairs import a_device, a_signature, a_ticket, handed_back, moved
from tests.sales import a_cart, goods, sold
from tests.several_tills import at_once

WHY = "asked for it by letter"


def broken(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {one.rule: one.examples for one in verify(shop.store) if not one.is_kept}


def erase(shop: Shop, actor: Actor, customer_id: int) -> None:
    shop.privacy.erase(actor, Erase(customer_id=customer_id, reason=WHY))


def answer_of(shop: Shop, actor: Actor, key: int, *, is_given: bool, words: str = "") -> int:
    """Note an answer; how many there are then."""
    command = SetConsent(customer_id=key, kind=ConsentKind.MARKETING, is_given=is_given, words=words)
    return len(shop.consents.set(actor, command))


def pictures_of(shop: Shop) -> set[str]:
    """The pictures that the shop keeps."""
    with shop.store.look(Actor(0, TILL)) as uow:
        return set(uow.connection.execute(text("SELECT hash FROM picture")).scalars())


# -- what goes and what stays --------------------------------------------------------------------------
def test_nothing_tells_of_somebody_who_is_forgotten_but_tax_papers(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    customer = a_known_person(shop, actor, tmp_path)
    assert broken(shop) == {}
    plan = shop.privacy.plan(actor, customer.id)
    assert plan.blocked == ()
    done = shop.privacy.erase(actor, Erase(customer_id=customer.id, reason=WHY, seen_version=plan.version))
    assert (done.goes, done.stays, done.is_scrubbed) == (plan.goes, plan.stays, True)
    assert places_of(shop) == {"document.snapshot sale_receipt", "document.snapshot invoice"}
    assert broken(shop) == {}
    known = shop.customers.card(actor, customer.id).customer
    assert (known.pl_id, known.name, known.phones, known.contacts) == (customer.pl_id, "", (), ())
    assert known.shown_name("IE") == f"Anonymised {customer.pl_id}"
    assert known.aliases == ("pl9001",)
    assert shop.customers.resolve(actor, "PL9001").customer.id == customer.id
    for typed in (NAME, "zofia", "646021", "XQZ5501", "quince", "zofia.q@example.ie", "OLD-7788"):
        assert shop.search.search(actor, typed).hits == (), typed
    assert [hit.pl_id for hit in shop.search.search(actor, str(customer.pl_id)).hits] == [customer.pl_id]
    for event in shop.history.page(actor, customer.id, limit=100).events:
        detail = shop.history.detail(actor, customer.id, event)
        assert "Quillfeather" not in str(detail)
    refused = []
    for number in ("B1", "T1"):
        with pytest.raises(DomainError) as error:
            shop.papers.preview(actor, number, PaperSize.A4)
        refused.append(error.value.code)
    assert refused == ["paper_emptied", "paper_emptied"]
    assert shop.papers.preview(actor, "S2", PaperSize.A4).document.customer_name == NAME
    assert shop.ledger.statement(actor, customer.id, None, NOW.date()).entries != ()


def test_what_was_signed_for_a_hand_back_that_was_undone_is_forgotten_too(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, NAME)
    number = a_ticket(shop, actor, customer_id=customer.id, signature=a_signature(inked=101)).number
    for inked in (102, 103):
        moved(shop, actor, number, "ready")
        handed_back(shop, actor, number, signature=a_signature(inked=inked))
    hashes = {sha256(a_signature(inked=inked)).hexdigest() for inked in (101, 102, 103)}
    assert hashes <= pictures_of(shop)
    erase(shop, actor, customer.id)
    assert not hashes & pictures_of(shop)
    assert broken(shop) == {}


def test_no_byte_is_left_in_the_files_of_the_database(sqlite_shop: Shop, tmp_path: Path) -> None:
    actor = sqlite_shop.actor(TILL)
    customer = a_known_person(sqlite_shop, actor, tmp_path)
    assert b"quillfeather" in letters_of(sqlite_shop)
    erase(sqlite_shop, actor, customer.id)
    without_tax_papers(sqlite_shop)
    assert scrub.scrub(sqlite_shop.store.database)
    left = letters_of(sqlite_shop)
    assert [word for word in PERSONAL if word.encode() in left] == []


def test_others_keep_theirs_and_the_number_is_free_for_a_new_customer(shop: Shop, actor: Actor) -> None:
    before = a_customer(shop, actor, "Olaf First", phone=PHONE)
    shop.phones.pass_on(actor, FindOrCreate(phone=PHONE, name=NAME))
    mine = shop.customers.who_has(actor, PHONE).customer
    assert mine is not None
    shared = a_ticket(shop, actor, a_device(serial="BOTH77"), customer_id=before.id).number
    moved(shop, actor, shared, "ready")
    handed_back(shop, actor, shared)
    device = shop.tickets.get(actor, shared).jobs[0].device.id
    own = a_ticket(shop, actor, a_device(device_id=device), customer_id=mine.customer.id).number
    moved(shop, actor, own, "ready")
    handed_back(shop, actor, own)
    erase(shop, actor, mine.customer.id)
    assert broken(shop) == {}
    assert shop.tickets.get(actor, shared).jobs[0].device.serial == "BOTH77"
    assert shop.customers.card(actor, before.id).customer.name == "Olaf First"
    owner = shop.customers.who_has(actor, PHONE)
    assert owner.customer is None and [one.customer_id for one in owner.former] == [before.id]
    found = shop.customers.find_or_create(actor, FindOrCreate(phone=PHONE, name="Somebody New"))
    assert found.created and found.customer.pl_id not in (before.pl_id, mine.customer.pl_id)
    assert broken(shop) == {}


def test_nothing_new_is_made_for_somebody_who_is_forgotten(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    ticket = a_ticket(shop, actor, customer_id=customer.id).number
    moved(shop, actor, ticket, "ready")
    handed_back(shop, actor, ticket)
    shop.kiosk.give_code(actor, customer.id)
    erase(shop, actor, customer.id)
    with shop.store.look(actor) as uow:
        assert uow.kiosk.open_code(customer.id) is None
    consent = SetConsent(customer_id=customer.id, kind=ConsentKind.PHOTOS, is_given=True)
    for act in (
        partial(a_booking, shop, actor, customer),
        partial(a_ticket, shop, actor, customer_id=customer.id),
        partial(moved, shop, actor, ticket, "diagnosing"),
        partial(shop.walk_ins.add, actor, AddWalkIn(customer_id=customer.id)),
        partial(shop.customers.edit, actor, EditCustomer(customer_id=customer.id, name="Back")),
        partial(shop.customers.add_contact, actor, customer.id, "Back"),
        partial(shop.phones.add_phone, actor, customer.id, a_phone()),
        partial(shop.consents.set, actor, consent),
        partial(shop.kiosk.give_code, actor, customer.id),
        partial(erase, shop, actor, customer.id),
        partial(shop.privacy.plan, actor, customer.id),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "person_erased"


# -- what stands in the way ----------------------------------------------------------------------------
def test_what_is_open_stands_in_the_way(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    whose: dict[str, Any] = {"customer_id": customer.id}
    ticket = a_ticket(shop, actor, **whose).number
    loan = shop.loaners.out(actor, ticket, shop.loaners.save(actor, SaveLoaner(name="L")).id)
    booking = a_booking(shop, actor, customer).number
    shop.walk_ins.add(actor, AddWalkIn(**whose))
    shop.shifts.open(actor, 0)
    sku = goods(shop, actor).sku
    cart = a_cart(shop, actor, sku, **whose)
    shop.orders.hold(actor, Hold(cart=cart, **whose))
    sold(shop, actor, cart=cart, tenders=(Tendered(Tender.ACCOUNT, 1250),), **whose)
    plan = shop.privacy.plan(actor, customer.id)
    assert [one.code for one in plan.blocked] == [
        "device_here",
        "loaner_out",
        "booking_ahead",
        "walk_in_waiting",
        "sale_waiting",
        "debt_open",
    ]
    assert booking in plan.blocked[2].sentence
    before = places_of(shop, ("Marta",))
    with pytest.raises(DomainError) as refused:
        erase(shop, actor, customer.id)
    reasons: Any = refused.value.facts["reasons"]
    assert refused.value.code == "person_blocked" and len(reasons) == 6
    assert places_of(shop, ("Marta",)) == before
    assert loan.back_at is None


def test_credit_and_a_user_stand_in_the_way(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, phone=PHONE)
    ticket = a_ticket(shop, actor, a_device(price_minor=900), customer_id=customer.id).number
    shop.shifts.open(actor, 0)
    sold(shop, actor, ticket)
    moved(shop, actor, ticket, "ready")
    handed_back(shop, actor, ticket)
    order = shop.orders.latest(actor, 1)[0].number
    shop.refunds.refund(actor, Refund(number=order, to=Tender.CREDIT))
    admin = shop.users.save(actor, SaveUser(id=None, name="Ann", role=Role.ADMIN, phone=PHONE, pin="528190"))
    boss = shop.sign_in.by_secret(TILL, actor.business, admin.id, "528190").actor
    shop.users.customer_of(boss, admin.id)
    blocked = shop.privacy.plan(boss, customer.id).blocked
    assert [one.code for one in blocked] == ["user_linked", "credit_open"]


def test_a_customer_s_own_way_in_ends_with_them(shop: Shop, actor: Actor) -> None:
    admin = an_admin(shop, actor)
    user = a_user(shop, admin, Role.CUSTOMER, name=NAME, phone=PHONE, email="quill@example.com")
    own = signed_in(shop, user)
    assert own.customer_id is not None and own.user == "PL1"
    shop.own.check_in(own)
    waits = shop.counter.day(admin).queue[0].walk_in.id
    shop.walk_ins.left(admin, waits)
    assert shop.privacy.plan(admin, own.customer_id).blocked == ()
    erase(shop, admin, own.customer_id)
    assert places_of(shop, ("Quillfeather", "quill@", PHONE.key[-8:])) == set()
    with pytest.raises(DomainError):
        signed_in(shop, user)
    assert all(one.is_kept for one in verify(shop.store))


@pytest.mark.parametrize("reason", ["", "  ", f"{NAME} asked", "call +353 85 646021"])
def test_a_reason_is_needed_and_does_not_name_the_person(
    shop: Shop, actor: Actor, tmp_path: Path, reason: str
) -> None:
    customer = a_customer(shop, actor, NAME, phone=PHONE)
    with pytest.raises(DomainError) as refused:
        shop.privacy.erase(actor, Erase(customer_id=customer.id, reason=reason))
    assert refused.value.field == "reason"
    assert shop.customers.card(actor, customer.id).customer.erased_at is None


def test_a_plan_of_an_older_sight_is_refused(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    plan = shop.privacy.plan(actor, customer.id)
    shop.customers.edit(actor, EditCustomer(customer_id=customer.id, note="new"))
    with pytest.raises(DomainError) as refused:
        shop.privacy.erase(actor, Erase(customer_id=customer.id, reason=WHY, seen_version=plan.version))
    assert refused.value.code == "changed_elsewhere"


# -- trouble -------------------------------------------------------------------------------------------
def _erase(customer_id: int, shop: Shop, actor: Actor) -> str:
    try:
        erase(shop, actor, customer_id)
    except PosappError as error:
        return error.code
    return "done"


def _write(customer_id: int, shop: Shop, actor: Actor) -> list[str]:
    answers = []
    for number in range(8):
        try:
            shop.customers.add_contact(actor, customer_id, f"Late Person{number}")
            answers.append("done")
        except PosappError as error:
            answers.append(error.code)
    return answers


def test_two_tills_forget_somebody_once_and_a_third_writes_nothing_behind_them(
    shop: Shop, actor: Actor, place: str
) -> None:
    customer = a_customer(shop, actor, NAME)
    acts: list[Any] = [
        partial(_erase, customer.id),
        partial(_erase, customer.id),
        partial(_write, customer.id),
    ]
    *erased, wrote = at_once(place, acts, clock=FixedClock(NOW))
    assert sorted(erased) == ["done", "person_erased"]
    assert set(wrote) <= {"done", "person_erased", "database_busy"}
    assert places_of(shop, ("Quillfeather", "Late Person")) == set()
    assert broken(shop) == {}


def _die(place: str, customer_id: int, where: str) -> None:
    """Forget somebody, and be killed before or after the commit."""

    def kill(*_values: object, **_named: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if where == "before":
        UnitOfWork.commit = kill  # type: ignore[method-assign]
    else:
        scrub.scrub = kill  # type: ignore[assignment]
    shop = open_shop(place, clock=FixedClock(NOW))
    erase(shop, shop.actor(TILL), customer_id)


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_till_that_dies_leaves_everything_or_nothing(
    shop: Shop, actor: Actor, place: str, tmp_path: Path, where: str
) -> None:
    customer = a_known_person(shop, actor, tmp_path)
    before = places_of(shop)
    process = multiprocessing.get_context("forkserver").Process(target=_die, args=(place, customer.id, where))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert broken(shop) == {}
    if where == "before":
        assert places_of(shop) == before
        return
    assert places_of(shop) == {"document.snapshot sale_receipt", "document.snapshot invoice"}
    assert shop.privacy.has_due(actor)  # the papers were looked at in no year yet, and SQLite owes a scrub
    shop.upkeep.run(actor)
    assert not shop.privacy.has_due(actor)
    if shop.store.database.is_sqlite:
        without_tax_papers(shop)
        scrub.scrub(shop.store.database)
        assert b"quillfeather" not in letters_of(shop)


BY_HAND = (
    ("UPDATE journal_personal SET body = '', salt = '' WHERE journal_id = {spared}", "journal"),
    ("UPDATE customer SET note = 'back' WHERE id = {key}", "erased"),
    ("UPDATE customer SET erased_at = NULL WHERE id = {key}", "erased"),
    ("UPDATE customer SET erased_at = 1794990000000000 WHERE id = {other}", "erased"),
    ("INSERT INTO contact SELECT 99, business_id, id, 'x', '', '', NULL, 1, 'x', 1, 'x', 1 FROM customer "
     "WHERE id = {key}", "erased"),
    ("INSERT INTO setting (business_id, name, value) VALUES (1, 'tax_years', 'many')", "erased"),
    ("UPDATE consent SET words = 'back' WHERE customer_id = {key}", "consents"),
    ("UPDATE consent SET is_given = NOT is_given WHERE customer_id = {key}", "consents"),
    ("UPDATE consent SET words = '' WHERE customer_id = {other}", "consents"),
    ("UPDATE consent SET created_at = 5 WHERE customer_id = {key}", "consents"),
    ("DELETE FROM consent WHERE customer_id = {key}", "consents"),
    ("UPDATE document SET snapshot = '' WHERE customer_id = {other}", "documents"),
    ("UPDATE document SET snapshot = 'x' WHERE customer_id = {key} AND kind = 'claim_ticket'", "documents"),
    ("UPDATE photo SET jpeg = hash", "photos"),
    ("UPDATE payment SET reference = 'x' WHERE reference <> ''", "records"),
)  # fmt: skip
"""What somebody may do behind the program's back, and the rule that sees it."""


def test_what_is_emptied_or_put_back_by_hand_is_found(sqlite_shop: Shop, tmp_path: Path) -> None:
    actor = sqlite_shop.actor(TILL)
    other = a_customer(sqlite_shop, actor, "Somebody Else", note="spared")
    answer_of(sqlite_shop, actor, other.id, is_given=True)
    booking = a_booking(sqlite_shop, actor, other).number
    sqlite_shop.papers.save_pdf(actor, booking, PaperSize.A4, tmp_path / "other.pdf")
    customer = a_known_person(sqlite_shop, actor, tmp_path)
    erase(sqlite_shop, actor, customer.id)
    ask = {code: one for code, _, one in RULES}
    with sqlite_shop.store.database.connection(writes=True) as connection:
        without_guards(connection)
        spared = connection.execute(
            text("SELECT max(id) FROM journal WHERE subject = 'customer' AND subject_id = :key"),
            {"key": other.id},
        ).scalar()
        for by_hand, rule in BY_HAND:
            with connection.begin_nested() as held:
                asking = Asking(connection, NOW, is_sqlite=True)
                assert answer(asking, ask[rule]).failed == 0, rule
                connection.execute(text(by_hand.format(key=customer.id, other=other.id, spared=spared)))
                found = answer(Asking(connection, NOW, is_sqlite=True), ask[rule])
                held.rollback()
            assert found.failed, by_hand


# -- tax papers, backups -------------------------------------------------------------------------------
def test_tax_papers_keep_the_name_for_their_years(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    assert shop.privacy.set_tax_years(actor, 2) == shop.privacy.tax_years(actor) == 2
    customer = a_known_person(shop, actor, tmp_path)
    plan = shop.privacy.plan(actor, customer.id)
    assert plan.tax_until is not None and plan.tax_until.isoformat() == "2028-12-31"
    erase(shop, actor, customer.id)
    assert shop.upkeep.run(actor).tax_papers == 0
    the_clock(shop).advance(timedelta(days=365 * 2))  # in November 2028
    assert shop.upkeep.run(actor).tax_papers == 0
    the_clock(shop).advance(timedelta(days=60))
    assert shop.upkeep.due(actor).has_records
    assert shop.upkeep.run(actor).tax_papers > 0
    assert places_of(shop) == set()
    assert shop.upkeep.run(actor).tax_papers == 0
    assert broken(shop) == {}
    with pytest.raises(DomainError) as refused:
        shop.papers.preview(actor, "S2", PaperSize.A4)
    assert refused.value.code == "paper_emptied"


@pytest.mark.parametrize("years", [-1, 101])
def test_years_are_a_number_of_years(shop: Shop, actor: Actor, years: int) -> None:
    with pytest.raises(DomainError) as refused:
        shop.privacy.set_tax_years(actor, years)
    assert refused.value.code == "tax_years_invalid"


def test_old_backups_are_told_of(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    BackupDesk(sqlite_shop.store).make(actor)  # of before the customer
    the_clock(sqlite_shop).advance(timedelta(hours=1))
    customer = a_customer(sqlite_shop, actor)
    the_clock(sqlite_shop).advance(timedelta(hours=1))
    made = BackupDesk(sqlite_shop.store).make(actor)
    plan = sqlite_shop.privacy.plan(actor, customer.id)
    done = sqlite_shop.privacy.erase(actor, Erase(customer_id=customer.id, reason=WHY))
    assert [one.file for one in done.backups] == [one.file for one in plan.backups] == [made.file.name]
    [copy] = done.backups
    assert copy.until is not None and timedelta() < copy.until - NOW.date() < timedelta(days=400)


# -- the data of a person ------------------------------------------------------------------------------
def test_the_data_of_a_person_is_one_file_without_secrets_and_without_others(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    other = a_customer(shop, actor, "Nobody Elses")
    a_ticket(shop, actor, customer_id=other.id)
    customer = a_known_person(shop, actor, tmp_path)
    file = tmp_path / "zofia.json"
    shop.privacy.save_json(actor, customer.id, file)
    told, written = json.loads(file.read_text()), file.read_text()
    assert set(told) == {
        "format", "shop", "made_at", "pl_id", "customer", "phones", "contacts", "aliases", "consents",
        "bookings", "walk_ins", "tickets", "orders", "payments", "ledger", "gift_cards", "papers", "journal",
        "further_addresses", "old_ids", "past_records", "staged_rows",
    }  # fmt: skip
    for word in (*PERSONAL, "Samsung", "cancelled", "S2", "last_four"):
        assert word in written, word
    for word in ("9911", "code_hash", 'passcode"', "Elses", TILL, "serial_key", "pin"):
        assert word not in written, word
    [photo] = told["tickets"][0]["devices"][0]["photos"]
    assert photo["jpeg"].startswith("/9j/") and len(photo["hash"]) == 64
    with pytest.raises(DomainError) as refused:
        shop.privacy.save_json(actor, customer.id, file)
    assert refused.value.code == "file_exists"
    pdf = tmp_path / "zofia.pdf"
    shop.privacy.save_pdf(actor, customer.id, PaperSize.A4, pdf)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    said = "\n".join(pages)
    for word in ("Your data", NAME, "zebras", "XQZ5501", "marzipan", f"Page 1 of {len(pages)}", "PL2"):
        assert word in said, word
    assert len(pages) > 1
    with pytest.raises(DomainError) as refused:
        shop.privacy.save_pdf(actor, customer.id, PaperSize.ROLL_80, tmp_path / "roll.pdf")
    assert refused.value.code == "paper_size"
    titles = [one.title for one in shop.history.page(actor, customer.id, limit=100).events]
    assert titles.count("person.exported") == 2
    assert broken(shop) == {}


def test_whoever_is_forgotten_has_data_still_but_none_that_tells_who(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    customer = a_known_person(shop, actor, tmp_path)
    erase(shop, actor, customer.id)
    file = tmp_path / "after.json"
    shop.privacy.save_json(actor, customer.id, file)
    assert [word for word in PERSONAL if word in file.read_text()] == []


# -- consent -------------------------------------------------------------------------------------------
def test_the_newest_answer_holds_and_every_one_stays(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)

    answered = partial(answer_of, shop, actor, customer.id)
    assert answered(is_given=False) == 0  # nobody had asked
    assert answered(is_given=True) == answered(is_given=True) == 1
    assert answered(is_given=True, words="Newer words") == 2
    assert answered(is_given=False) == 3
    held = newest(shop.consents.of_customer(actor, customer.id))[ConsentKind.MARKETING]
    assert (held.is_given, held.words, held.by) == (False, ConsentKind.MARKETING.asked, TILL)
    for statement in ("UPDATE consent SET is_given = true", "DELETE FROM consent"):
        with pytest.raises(PosappError), shop.store.work(actor) as uow:
            uow.connection.execute(text(statement))
    assert broken(shop) == {}


def test_what_is_half_typed_about_the_person_at_this_till_goes_too(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    customer = a_customer(sqlite_shop, actor, NAME, phone=PHONE)
    mark = shop_mark(sqlite_shop.store.identity, sqlite_shop.businesses.get(actor))
    drafts = Drafts(paths.draft_folder(TILL), mark, actor)
    drafts.save("customer-edit", {"forms": {mark_of(customer, customer.pl_id): {"note": "x"}}})
    drafts.save("booking", {"phone": "085 64-60-21", "name": ""})
    drafts.save("sell", {"who": NAME.upper()})
    drafts.save("intake", {"phone": "085 777 8899"})
    erase(sqlite_shop, actor, customer.id)
    kept = [drafts.load(name) for name in ("customer-edit", "booking", "sell", "intake")]
    assert kept == [None, None, None, {"phone": "085 777 8899"}]
    drafts.close()
