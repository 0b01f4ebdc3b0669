"""What is staged is applied with a proof; what was interrupted goes on; what is stopped is gone."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.old_data.imports import BatchState, ImportProgress, PastKind
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.old_data import pace
from posapp.services.shop.businesses import EditBusiness
from posapp.storage.base.records import count_records, watched_tables
from posapp.storage.base.tables import metadata
from posapp.storage.old_data.staging import own_tables
from posapp.storage.old_data.tables import past_record, staged_record
from tests.factories import a_booking, a_customer
from tests.old_data.sets import order_of

LEFT = frozenset({"import_batch", "business"})


class Died(BaseException):
    """As if the program were gone."""


def records(shop: Shop) -> dict[str, list[int]]:
    with shop.store.look(shop.actor("Till 1")) as uow:
        tables = [one for one in watched_tables(metadata.tables) if one.name not in LEFT]
        return count_records(uow.connection, tables, is_sqlite=uow.is_sqlite)[1]


def faults(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {one.rule: one.examples for one in verify(shop.store) if not one.is_kept}


def past_of(shop: Shop) -> tuple[int, int]:
    with shop.store.look(shop.actor("Till 1")) as uow:
        asked = select(func.count(), func.coalesce(func.sum(past_record.c.amount_minor), 0))
        count, minor = uow.connection.execute(asked).one()
    return count, int(minor)


@pytest.fixture
def working(shop: Shop, actor: Actor) -> Shop:
    """A shop with a customer, so that an import comes in portions; it counts in dollars."""
    shop.businesses.edit(actor, EditBusiness(currency="USD", region="US"))
    a_booking(shop, actor, a_customer(shop, actor, "Ida Berg"))
    return shop


def test_what_is_staged_is_applied_once_with_its_proof(working: Shop, actor: Actor, tmp_path: Path) -> None:
    before = records(working)
    staged = working.imports.run(actor, order_of("000"), stage_only=True)
    [batch] = staged.batches
    assert working.imports.batch(actor, batch).state is BatchState.STAGED
    trial = working.imports.consolidate(actor, dry_run=True)
    assert trial.is_trial and trial.is_kept and trial.created > 0
    assert records(working) == before
    proof = working.imports.consolidate(actor, log_folder=tmp_path)
    assert (proof.created, proof.shared_before) == (trial.created, trial.shared_before)
    assert proof.is_kept
    [bookings] = proof.kinds
    assert (bookings.kind, bookings.after, bookings.after_minor) == (PastKind.BOOKING, *past_of(working))
    assert bookings.before == trial.kinds[0].before > 0
    assert proof.counter >= proof.highest >= proof.created
    lines = [json.loads(line) for line in Path(proof.log).read_text().splitlines()]
    assert sum(one["created"] for one in lines) == proof.created
    assert sum(one["moved"].get("booking", 0) for one in lines) == bookings.after
    assert all(one["pl_id"].startswith("PL") for one in lines)
    assert faults(working) == {}
    again = working.imports.consolidate(actor)
    assert (again.batches, again.created, again.kinds, again.is_kept) == ((), 0, (), True)
    working.imports.undo(actor, batch)
    assert records(working) == before
    assert faults(working) == {}


def test_the_proof_misses_a_record_that_came_to_somebody_else(working: Shop, actor: Actor) -> None:
    working.imports.run(actor, order_of("000"), stage_only=True)

    def moved(told: ImportProgress) -> None:
        if told.step == "apply" and past_of(working)[0]:
            with working.store.work(actor) as uow:
                uow.connection.execute(
                    past_record.update().where(past_record.c.id == 1).values(customer_id=1)
                )
                uow.commit()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pace, "FIRST", 3)
        proof = working.imports.consolidate(actor, progress=moved)
    assert not proof.is_kept
    assert proof.kinds[0].differing == 2


@pytest.mark.parametrize(
    ("place", "steps"),
    [("sqlite", 0), ("sqlite", 1), ("sqlite", 3), pytest.param("postgres", 1, marks=pytest.mark.postgres)],
    indirect=["place"],
)
def test_a_killed_import_goes_on_where_it_was(
    working: Shop, actor: Actor, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posapp.services.old_data.pace.FIRST", 4)
    monkeypatch.setattr("posapp.services.old_data.running.MOST_ROWS", 20)
    monkeypatch.setattr("posapp.services.old_data.pace.MOST_ROWS", 20)

    def die(told: ImportProgress) -> None:
        nonlocal steps
        if told.step == "apply":
            steps -= 1
            if steps < 0:
                raise Died

    before = records(working)
    with pytest.raises(Died):
        working.imports.run(actor, order_of("000"), progress=die)
    [batch] = working.imports.batches(actor)
    assert batch.state is BatchState.APPLYING
    assert faults(working) == {}
    result = working.imports.resume(actor, batch.id)
    whole = records(working)
    assert working.imports.batch(actor, batch.id).state is BatchState.APPLIED
    assert faults(working) == {}
    working.imports.undo(actor, batch.id)
    assert records(working) == before
    direct = working.imports.run(actor, order_of("000"))
    assert direct.past == result.past
    assert {name: count for name, (count, _) in records(working).items()} == {
        name: count for name, (count, _) in whole.items()
    }
    with pytest.raises(DomainError) as refused:
        working.imports.resume(actor, batch.id)
    assert refused.value.code == "batch_settled"


@pytest.mark.parametrize("name", ["000", "004"])
def test_the_proof_of_what_goes_on_counts_what_came_before_it_was_killed(
    working: Shop, actor: Actor, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "FIRST", 20)
    staged = working.imports.run(actor, order_of(name), stage_only=True)
    trial = working.imports.consolidate(actor, dry_run=True)

    def die(told: ImportProgress) -> None:
        if told.step == "apply" and past_of(working)[0]:
            raise Died

    with pytest.raises(Died):
        working.imports.consolidate(actor, progress=die)
    assert 0 < past_of(working)[0] < trial.kinds[0].before
    proof = working.imports.consolidate(actor)
    assert proof.batches == staged.batches
    assert proof.is_kept
    assert [(one.kind, one.before, one.before_minor) for one in proof.kinds] == [
        (one.kind, one.before, one.before_minor) for one in trial.kinds
    ]
    assert (proof.kinds[0].after, proof.kinds[0].after_minor) == past_of(working)


def test_one_that_was_killed_while_it_was_read_is_undone(working: Shop, actor: Actor) -> None:
    def die(told: ImportProgress) -> None:
        if told.step == "read" and told.done:
            raise Died

    before = records(working)
    with pytest.raises(Died):
        working.imports.run(actor, order_of("000"), progress=die)
    [batch] = working.imports.batches(actor)
    with pytest.raises(DomainError) as refused:
        working.imports.resume(actor, batch.id)
    assert refused.value.code == "batch_unread"
    working.imports.undo(actor, batch.id)
    assert records(working) == before
    assert faults(working) == {}


@pytest.mark.parametrize(
    ("place", "step"),
    [
        ("sqlite", "read"),
        ("sqlite", "plan"),
        ("sqlite", "apply"),
        pytest.param("postgres", "apply", marks=pytest.mark.postgres),
    ],
    indirect=["place"],
)
def test_one_that_is_stopped_leaves_nothing(
    working: Shop, actor: Actor, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posapp.services.old_data.pace.FIRST", 4)
    told: list[ImportProgress] = []

    def stopped() -> bool:
        return len([one for one in told if one.step == step]) > (step != "plan")

    before = records(working)
    with pytest.raises(DomainError) as refused:
        working.imports.run(actor, order_of("000"), progress=told.append, cancelled=stopped)
    assert refused.value.code == "stopped"
    assert records(working) == before
    [batch] = working.imports.batches(actor)
    assert batch.state is BatchState.UNDONE
    with working.store.look(actor) as uow:
        assert uow.connection.execute(select(staged_record.c.id)).first() is None
    assert faults(working) == {}


@pytest.mark.postgres
def test_a_server_that_was_stopped_meanwhile_is_said_in_a_sentence(postgres_place: str) -> None:
    shop = open_shop(postgres_place)
    with pytest.raises(EnvironmentFault), own_tables(shop.store.database) as connection:
        mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with shop.store.look(shop.actor("Till 1")) as uow:
            uow.connection.exec_driver_sql(f"SELECT pg_terminate_backend({mine})")
    shop.close()
