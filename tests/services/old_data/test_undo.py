"""An import is taken back whole, as long as nothing was built on it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import Batch, BatchState, ImportProgress
from posapp.services.care.verify import verify
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.storage.base.records import count_records, watched_tables
from posapp.storage.base.tables import journal, metadata
from posapp.storage.old_data.tables import import_note, staged_record
from tests.factories import NOW, a_booking, a_customer, a_phone, the_clock
from tests.old_data.brought import Brought, a_staged_row, brought, made_of
from tests.old_data.factories import an_old_id

LEFT = frozenset({"import_batch", "business"})


def records(shop: Shop) -> dict[str, list[int]]:
    """How many records of each kind there are and what they weigh, but those of imports themselves."""
    with shop.store.look(shop.actor("Till 1")) as uow:
        tables = [one for one in watched_tables(metadata.tables) if one.name not in LEFT]
        return count_records(uow.connection, tables, is_sqlite=uow.is_sqlite)[1]


def faults(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {one.rule: one.examples for one in verify(shop.store) if not one.is_kept}


def test_an_import_goes_and_leaves_the_shop_as_it_was(shop: Shop, actor: Actor) -> None:
    known = a_customer(shop, actor, name="Ida Berg")
    a_booking(shop, actor, known)
    before = records(shop)
    here = brought(shop, actor, 5, found=[known.id])
    assert faults(shop) == {}
    assert len(shop.search.search(actor, "Tom").hits) == 6
    told: list[ImportProgress] = []
    done = shop.imports.undo(actor, here.batch, progress=told.append)
    assert done.state is BatchState.UNDONE
    assert records(shop) == before
    assert faults(shop) == {}
    assert told[-1].done == 5 * 7 + 5
    person = shop.customers.card(actor, known.id).customer
    assert (person.name, person.contacts) == ("Ida Berg", ())
    assert str(a_customer(shop, actor).pl_id) == "PL7"
    assert faults(shop) == {}


def test_balances_of_an_import_go_with_it_and_no_other_entry_of_a_ledger_can(
    shop: Shop, actor: Actor
) -> None:
    here = brought(shop, actor, 2, owes=700)
    shop.imports.undo(actor, here.batch)
    assert not {"schema", "records"} & faults(shop).keys()
    assert "ledger_entry" not in records(shop)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (
            lambda shop, actor, key: a_booking(shop, actor, shop.customers.card(actor, key).customer),
            "a booking",
        ),
        (an_old_id, "came in a later import"),
        (
            lambda shop, actor, key: shop.customers.edit(actor, EditCustomer(customer_id=key, name="Else")),
            "was changed",
        ),
        (lambda shop, actor, key: shop.customers.add_contact(actor, key, "Eva Hill"), "another person"),
        (lambda shop, actor, key: shop.phones.add_phone(actor, key, a_phone()), "another number"),
    ],
)
def test_it_stays_once_something_was_built_on_it(
    shop: Shop, actor: Actor, build: Callable[[Shop, Actor, int], object], words: str
) -> None:
    here = brought(shop, actor)
    build(shop, actor, here.people[1])
    before = records(shop)
    with pytest.raises(DomainError) as refused:
        shop.imports.undo(actor, here.batch)
    assert refused.value.code == "batch_built_on"
    assert "PL2" in refused.value.sentence
    assert words in refused.value.sentence
    assert records(shop) == before
    assert shop.imports.batch(actor, here.batch).state is BatchState.APPLIED


def test_what_is_unknown_or_undone_is_refused(shop: Shop, actor: Actor) -> None:
    here = brought(shop, actor)
    shop.imports.undo(actor, here.batch)
    for key, code in ((here.batch, "batch_undone"), (77, "batch_unknown")):
        with pytest.raises(DomainError) as refused:
            shop.imports.undo(actor, key)
        assert refused.value.code == code


def test_a_stopped_undo_goes_on(shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posapp.services.old_data.pace.FIRST", 2)
    monkeypatch.setattr("posapp.services.old_data.batches.MOST_PEOPLE", 2)
    known = a_customer(shop, actor)
    before = records(shop)
    here = brought(shop, actor, 5, found=[known.id])
    told: list[ImportProgress] = []
    with pytest.raises(DomainError) as stopped:
        shop.imports.undo(actor, here.batch, progress=told.append, cancelled=lambda: len(told) > 1)
    assert stopped.value.code == "stopped"
    assert shop.imports.batch(actor, here.batch).state is BatchState.UNDOING
    assert faults(shop) == {}
    assert made_of(shop, actor, here.batch).of("customer") == ((6, 6),)
    assert shop.imports.undo(actor, here.batch).state is BatchState.UNDONE
    assert records(shop) == before


def test_what_came_to_the_counter_in_between_keeps_what_has_the_key_of_something_gone(
    shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posapp.services.old_data.pace.FIRST", 3)
    here = brought(shop, actor, 3)
    told: list[ImportProgress] = []
    with pytest.raises(DomainError):
        shop.imports.undo(actor, here.batch, progress=told.append, cancelled=lambda: bool(told))
    the_clock(shop).advance(timedelta(minutes=1))
    new = a_customer(shop, actor, name="Eve New")
    shop.customers.add_contact(actor, new.id, "Eva Hill")
    before = shop.customers.card(actor, new.id).customer
    assert before.current_phones
    assert shop.imports.undo(actor, here.batch).state is BatchState.UNDONE
    assert shop.customers.card(actor, new.id).customer == before
    assert faults(shop) == {}


def test_whoever_is_served_while_it_goes_stays_with_all_that_came(
    shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posapp.services.old_data.pace.FIRST", 2)
    monkeypatch.setattr("posapp.services.old_data.batches.MOST_PEOPLE", 2)
    here = brought(shop, actor, 5)
    last = shop.customers.card(actor, here.people[-1]).customer
    booked: list[str] = []

    def served(_: ImportProgress) -> None:
        if not booked:
            booked.append(a_booking(shop, actor, last).number)

    done = shop.imports.undo(actor, here.batch, progress=served)
    assert done.state is BatchState.APPLIED
    assert made_of(shop, actor, here.batch).of("customer") == ((last.id, last.id),)
    assert faults(shop) == {}
    assert records(shop)["past_record"][0] == 2
    with pytest.raises(DomainError):
        shop.imports.undo(actor, here.batch)


def test_two_who_undo_the_same_import_both_end_well(shop: Shop, actor: Actor) -> None:
    before = records(shop)
    here = brought(shop, actor, 40)
    ends: list[Batch | DomainError] = []

    def undo() -> None:
        try:
            ends.append(shop.imports.undo(actor, here.batch))
        except DomainError as error:
            ends.append(error)

    both = [threading.Thread(target=undo) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    codes = {one.code if isinstance(one, DomainError) else one.state.value for one in ends}
    assert codes <= {"undone", "batch_undone"}
    assert records(shop) == before
    assert faults(shop) == {}


def test_a_number_that_somebody_had_before_is_theirs_again(shop: Shop, actor: Actor) -> None:
    number = a_phone()
    known = a_customer(shop, actor, phone=number)
    line = shop.customers.card(actor, known.id).customer.phones[0]
    shop.phones.end_phone(actor, known.id, line.id)
    here = brought(shop, actor, 1)
    with shop.store.work(actor) as uow:  # the import brings the number to somebody else
        same = {"key": number.key, "reversed": number.reversed_digits, "typed": number.typed}
        uow.connection.execute(metadata.tables["phone"].update().where(text("id = 2")).values(**same))
        uow.connection.execute(
            metadata.tables["phone"].update().where(text("id = 1")).values(is_former=False)
        )
        uow.commit()
    assert faults(shop) == {}
    shop.imports.undo(actor, here.batch)
    assert shop.customers.card(actor, known.id).customer.phones[0].is_former
    assert faults(shop) == {}


def test_its_rows_are_emptied_at_once_when_undone_and_thirty_days_after_it_was_applied(
    shop: Shop, actor: Actor
) -> None:
    kept, undone, left = (
        brought(shop, actor),
        brought(shop, actor),
        brought(shop, actor, 0, state=BatchState.STAGED),
    )
    for one in (kept, undone, left):
        a_staged_row(shop, actor, one.batch)
    shop.imports.undo(actor, undone.batch)
    assert waiting(shop) == [kept.batch, left.batch]
    assert not shop.imports.has_due(actor)
    shop.store.clock.set(NOW + timedelta(days=31))  # type: ignore[attr-defined]
    assert shop.imports.has_due(actor)
    assert shop.imports.keep_up(actor) == 2
    assert waiting(shop) == []
    assert not shop.imports.has_due(actor)
    assert shop.imports.batch(actor, left.batch).state is BatchState.UNDONE
    [note] = shop.imports.notes(actor, kept.batch, "rejected", 10)
    assert (note.row, note.code) == (3, "phone_missing")
    assert faults(shop) == {}
    assert shop.imports.undo(actor, kept.batch).state is BatchState.UNDONE


def waiting(shop: Shop) -> list[int]:
    """The batches that still have rows as they came."""
    with shop.store.look(shop.actor("Till 1")) as uow:
        rows = set(uow.connection.execute(select(staged_record.c.batch_id)).scalars())
        raw = set(
            uow.connection.execute(select(import_note.c.batch_id).where(import_note.c.raw != "")).scalars()
        )
    assert rows == raw
    return sorted(rows)


def test_the_journal_names_the_numbers_that_are_missing_since(shop: Shop, actor: Actor) -> None:
    here: Brought = brought(shop, actor, 4)
    a_customer(shop, actor)
    shop.imports.undo(actor, here.batch)
    with shop.store.look(actor) as uow:
        told = uow.connection.execute(
            select(journal.c.body).where(journal.c.action == "import.undone").order_by(journal.c.id)
        ).scalars()
        assert '"pl_numbers":[[1,4]]' in told.all()[0]
    assert faults(shop) == {}
