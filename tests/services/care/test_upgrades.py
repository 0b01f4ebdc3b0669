"""Shops of older programs: backed up, brought to this version, and never left half-way."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.domain.papers.documents import PaperSize
from posapp.domain.people.roles import STANDARD
from posapp.domain.people.users import Role
from posapp.services.care.backups import Backup, backups_of
from posapp.services.care.restores import restore
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser
from posapp.storage import schema
from posapp.storage.care import backup_postgres
from posapp.storage.schema import HEAD
from tests.factories import NOW, TILL, a_booking
from tests.fixtures import KINDS
from tests.old_shops import REVISIONS, STORED, lay_down
from tests.repairs import a_device, a_ticket
from tests.sales import sold
from tests.several_tills import programs_at_once

KEEPER = Actor(0, TILL)
EMPTY = pytest.mark.parametrize("empty_place", KINDS, indirect=True)


def opened(place: str, told: list[str] | None = None) -> Shop:
    return open_shop(place, clock=FixedClock(NOW), tell=(told if told is not None else []).append)


def revision_at(place: str) -> str:
    engine = create_engine(place if "://" in place else f"sqlite:///{place}")
    with engine.connect() as connection:
        found = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    engine.dispose()
    return found


@pytest.fixture
def old_place(empty_place: str) -> Iterator[str]:
    """A shop of the third revision."""
    lay_down(empty_place, "0003")
    yield empty_place


def test_a_shop_of_every_revision_that_was_used_is_stored() -> None:
    assert REVISIONS[:3] == ["0001", "0002", "0003"]
    assert sorted(file.name.removesuffix(".sql.gz") for file in STORED.glob("*.sql.gz")) == REVISIONS
    assert set(REVISIONS) <= set(schema.KNOWN)


@pytest.mark.parametrize("revision", REVISIONS)
@EMPTY
def test_a_shop_of_an_older_program_is_backed_up_brought_up_and_whole(
    empty_place: str, revision: str, tmp_path: Path
) -> None:
    lay_down(empty_place, revision)
    told: list[str] = []
    shop = opened(empty_place, told)
    actor = shop.actor(TILL, "Harbour Lane Repairs")
    [backup] = backups_of(empty_place)
    assert revision_at(empty_place) == HEAD
    assert [one for one in verify(shop.store) if not one.is_kept] == []
    assert {hit.name for hit in shop.search.search(actor, "marta").hits} == {"Marta Kowalczyk"}
    assert a_booking(shop, actor).number == "B3"
    ticket = a_ticket(shop, actor, a_device(serial="OLDSHOP1"))
    shop.papers.save_pdf(actor, ticket.number, PaperSize.A4, tmp_path / "claim.pdf")
    if revision > "0001":
        assert shop.tickets.get(actor, "T1").jobs[0].signature
    shop.close()
    assert backup.manifest is not None
    assert backup.manifest.facts.revision == revision
    assert backup.manifest.facts.businesses == ("Harbour Lane Repairs", "Next Door")
    assert [str(backup.file) in sentence for sentence in told] == [True]
    told.clear()
    opened(empty_place, told).close()
    assert (told, len(backups_of(empty_place))) == ([], 1)


@EMPTY
def test_a_shop_without_users_works_as_before_until_it_gets_its_first_admin(empty_place: str) -> None:
    lay_down(empty_place, "0015")
    shop = opened(empty_place)
    actor = shop.actor(TILL, "Harbour Lane Repairs")
    assert actor.permissions is None
    assert not shop.sign_in.has_users()
    sold(shop, actor, "GLS-13")
    grace = shop.users.save(actor, SaveUser(name="Grace", role=Role.ADMIN, pin="482915"))
    with pytest.raises(DomainError) as refused:
        shop.actor(TILL, "Harbour Lane Repairs")
    assert refused.value.code == "sign_in_needed"
    admin = shop.sign_in.by_secret(TILL, actor.business, grace.id, "482915").actor
    made = sold(shop, admin, "GLS-13").order
    assert (made.by, admin.permissions) == ("Grace", STANDARD[Role.ADMIN])
    assert [one for one in verify(shop.store) if not one.is_kept] == []
    shop.close()


@EMPTY
def test_the_backup_of_before_is_the_way_back_and_is_still_the_same_shop(old_place: str) -> None:
    shop = opened(old_place)
    identity = shop.store.identity
    a_booking(shop, shop.actor(TILL, "Next Door"))
    shop.close()
    [backup] = backups_of(old_place)
    done = restore(KEEPER, old_place, backup.file, now=NOW)
    assert done.numbers[(2, "B")] == 2
    again = opened(old_place)
    assert again.store.identity == identity
    assert [one for one in verify(again.store) if not one.is_kept] == []
    again.close()


@EMPTY
def test_an_upgrade_that_fails_leaves_the_shop_as_it_was(
    old_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = schema._upgrade

    def fails_at_its_end(connection: object) -> None:
        upgrade(connection)  # type: ignore[arg-type]
        raise RuntimeError("the power of this line went away")

    monkeypatch.setattr(schema, "_upgrade", fails_at_its_end)
    before = bytes_of(old_place)
    with pytest.raises(EnvironmentFault) as refused:
        opened(old_place)
    assert refused.value.code == "upgrade_failed"
    assert "as it was" in refused.value.sentence
    assert (bytes_of(old_place), revision_at(old_place)) == (before, "0003")
    monkeypatch.undo()
    opened(old_place).close()
    assert revision_at(old_place) == HEAD


def bytes_of(place: str) -> dict[str, bytes]:
    """The file of a shop and whatever lies beside it; nothing for a server."""
    if "://" in place:
        return {}
    return {one.name: one.read_bytes() for one in Path(place).parent.glob(f"{Path(place).name}*")}


@EMPTY
def test_without_a_backup_there_is_no_upgrade(old_place: str) -> None:
    paths.data_dir().mkdir(exist_ok=True)
    paths.backup_dir().write_text("in the way")
    before = bytes_of(old_place)
    with pytest.raises(EnvironmentFault) as refused:
        opened(old_place)
    assert refused.value.code == "upgrade_unsafe"
    assert (bytes_of(old_place), revision_at(old_place)) == (before, "0003")


@pytest.mark.parametrize("empty_place", [KINDS[1]], indirect=True)
def test_a_server_without_pg_dump_is_told_which_package_to_install(
    old_place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_postgres, "_DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match="postgresql-client") as refused:
        opened(old_place)
    assert (refused.value.code, revision_at(old_place)) == ("upgrade_unsafe", "0003")


def _open_in(data: str, place: str) -> tuple[str, list[str]]:
    """Open a shop as a program of its own would; what went wrong, and what it said."""
    os.environ["POSAPP_DATA_DIR"] = os.environ["POSAPP_CONFIG_DIR"] = data
    told: list[str] = []
    try:
        open_shop(place, clock=FixedClock(NOW), tell=told.append).close()
    except PosappError as error:
        return error.code, told
    return "", told


@EMPTY
def test_of_several_programs_one_brings_the_shop_up(old_place: str) -> None:
    open_it = partial(_open_in, str(paths.data_dir()), old_place)
    answers = programs_at_once([open_it] * 3)
    assert [code for code, _ in answers] == ["", "", ""]
    assert sorted(len(told) for _, told in answers) == [0, 0, 1]
    assert [isinstance(one, Backup) for one in backups_of(old_place)] == [True]


def test_another_program_that_writes_is_not_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = str(tmp_path / "posapp.db")
    lay_down(place, "0003")
    monkeypatch.setattr("posapp.storage.base.database.PRAGMAS", ("busy_timeout=50",))
    with closing(sqlite3.connect(place)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentFault) as refused:
            opened(place)
    assert refused.value.code == "upgrade_running"
    assert backups_of(place) == []
