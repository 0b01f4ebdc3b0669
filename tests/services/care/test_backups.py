"""Backups that were looked at before they count, and the way back from one."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import EnvironmentFault, PosappError
from posapp.services.care.backups import BackupDesk, kept
from posapp.services.desks import Shop
from posapp.storage.base.database import database_url
from posapp.storage.base.manifests import manifest_of
from posapp.storage.care import backup_postgres
from posapp.storage.schema import HEAD
from tests.factories import NOW, TILL, a_booking, a_customer, a_shop, the_clock

KEEPER = Actor(0, TILL)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def desk(shop: Shop) -> BackupDesk:
    return BackupDesk(shop.store)


@pytest.fixture
def postgres_shop(postgres_place: str) -> Iterator[Shop]:
    """An open shop where only the server matters."""
    shop = open_shop(postgres_place, clock=FixedClock(NOW))
    yield shop
    shop.close()


# -- making -----------------------------------------------------------------------------------------------
def test_a_backup_is_dated_checked_and_only_its_owners_to_read(
    shop: Shop, actor: Actor, desk: BackupDesk
) -> None:
    a_booking(shop, actor)
    backup = desk.make(actor)
    assert "20261118-080000Z" in backup.file.name
    assert (backup.made_at, backup.size) == (NOW, backup.file.stat().st_size)
    assert backup.file.stat().st_mode & 0o777 == 0o600
    assert desk.all(actor) == [backup]
    names = sorted(one.name for one in backup.file.parent.iterdir())
    assert names == [backup.file.name, f"{backup.file.name}.json"]
    assert manifest_of(backup.file).stat().st_mode & 0o777 == 0o600


def test_a_backup_says_whose_it_is_and_what_it_was_when_it_was_made(
    shop: Shop, actor: Actor, desk: BackupDesk
) -> None:
    a_booking(shop, actor)
    file = desk.make(actor).file
    told = json.loads(manifest_of(file).read_text("utf-8"))
    assert told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (told["format"], told["size"], told["revision"]) == (1, file.stat().st_size, HEAD)
    assert (told["made_at"], told["till"]) == (NOW.isoformat(), TILL)
    assert (told["identity"], told["businesses"]) == (shop.store.identity, ["Harbour Lane Repairs"])
    assert told["counters"] == {"1": {"PL": 1, "B": 1, "T": 0, "S": 0, "P": 0, "Z": 0, "G": 0, "H": 0}}
    [head, *_] = sorted(told["journal"], key=lambda one: -one["last"])
    with shop.store.look(actor) as uow:
        newest = text("SELECT hash FROM journal ORDER BY id DESC LIMIT 1")
        assert head["hash"] == uow.connection.execute(newest).scalar_one()


def test_backups_made_in_one_second_do_not_take_each_others_place(
    shop: Shop, actor: Actor, desk: BackupDesk
) -> None:
    made = [desk.make(actor) for _ in range(3)]
    assert len({one.file for one in made}) == 3
    assert len(desk.all(actor)) == 3
    assert not desk.due(NOW)


def test_a_backup_goes_where_it_is_told_and_never_over_a_file(
    shop: Shop, actor: Actor, desk: BackupDesk, tmp_path: Path
) -> None:
    named = desk.make(actor, tmp_path / "mine.backup").file
    dated = desk.make(actor, tmp_path).file
    assert (named.name, dated.parent) == ("mine.backup", tmp_path)
    with pytest.raises(PosappError) as refused:
        desk.make(actor, named)
    assert refused.value.code == "file_exists"
    desk.make(actor, named, replace=True)
    manifest_of(named).unlink()  # without it nobody knows that this is a backup and no shop
    with pytest.raises(PosappError) as refused:
        desk.make(actor, named, replace=True)
    assert refused.value.code == "file_kept"
    with pytest.raises(PosappError) as missing:
        desk.make(actor, tmp_path / "no" / "folder.db")
    assert missing.value.code == "folder_missing"


def test_a_backup_is_one_moment_while_tills_go_on(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    for _ in range(300):
        a_customer(sqlite_shop, actor, note="x" * 1000)
    counts: list[int] = []

    def book_meanwhile(_done: int, _total: int) -> None:
        counts.append(a_customer(sqlite_shop, actor).pl_id.number)

    backup = BackupDesk(sqlite_shop.store).make(actor, progress=book_meanwhile)
    assert counts
    with closing(sqlite3.connect(backup.file)) as copy:
        assert copy.execute("SELECT count(*), max(pl_number) FROM customer").fetchone() == (300, 300)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_folder_that_takes_no_file_is_one_sentence(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentFault) as refused:
        BackupDesk(shop.store, tmp_path / "file" / "backups").make(actor)
    assert refused.value.code == "backup_unwritten"


def test_a_damaged_shop_makes_no_backup_that_looks_whole(sqlite_shop: Shop, sqlite_place: str) -> None:
    actor = sqlite_shop.actor(TILL)
    for _ in range(30):
        a_customer(sqlite_shop, actor)
    with sqlite_shop.store.database.connection(writes=False) as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    sqlite_shop.close()
    with Path(sqlite_place).open("r+b") as file:
        file.seek(4096 * 10)
        file.write(b"\xff" * 4096 * 20)
    with pytest.raises(PosappError):
        BackupDesk(sqlite_shop.store).make(actor)
    assert list(paths.backup_dir().iterdir()) == []


def test_one_is_due_on_each_new_day(shop: Shop, actor: Actor, desk: BackupDesk) -> None:
    assert desk.due(NOW)
    desk.make(actor)
    assert not desk.due(NOW + timedelta(minutes=5))
    assert desk.due(NOW + timedelta(days=1))


def test_two_shops_of_one_computer_keep_their_backups_apart(
    shop: Shop, actor: Actor, desk: BackupDesk, tmp_path: Path
) -> None:
    desk.make(actor)
    other = a_shop(tmp_path / "other.db")
    assert BackupDesk(other.store).due(NOW)
    assert BackupDesk(other.store).all(other.actor(TILL)) == []
    other.close()


# -- keeping ----------------------------------------------------------------------------------------------
def test_a_year_of_daily_backups_is_thinned_to_days_weeks_and_months() -> None:
    newest = datetime(2026, 12, 31, 20, tzinfo=UTC)
    stay: set[datetime] = set()
    for ago in reversed(range(500)):
        stay = kept([*stay, newest - timedelta(days=ago)])
    ages = sorted((newest - one).days for one in stay)
    assert ages[:7] == list(range(7))
    assert len(stay) <= 7 + 4 + 12
    assert {one.strftime("%Y-%m") for one in stay} >= {f"2026-{month:02}" for month in range(1, 13)}
    assert max(ages) < 366


def test_all_backups_of_the_newest_day_stay() -> None:
    today = [datetime(2026, 12, 31, hour, tzinfo=UTC) for hour in range(8, 20)]
    assert kept(today) == set(today)
    assert kept([]) == set()


def test_thinning_out_deletes_only_files_that_were_named_here(
    shop: Shop, actor: Actor, desk: BackupDesk
) -> None:
    (paths.backup_dir()).mkdir(parents=True)
    mine = paths.backup_dir() / "before the move.db"
    mine.touch()
    for _ in range(12):
        desk.make(actor)
        the_clock(shop).advance(timedelta(days=1))
    assert len(desk.all(actor)) == 7 + 1  # the last week's days, and the Sunday before them
    manifests = {one.name.removesuffix(".json") for one in paths.backup_dir().glob("*.json")}
    assert manifests == {one.file.name for one in desk.all(actor)}
    assert mine.exists()


def test_a_backup_waits_for_a_locked_table_no_longer_than_a_till(
    postgres_shop: Shop, postgres_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pg_dump by itself waits for ever, and the daily backup with it."""
    monkeypatch.setattr(backup_postgres, "BUSY_SECONDS", 0.2)
    desk = BackupDesk(postgres_shop.store)
    engine = create_engine(database_url(postgres_place))
    with engine.connect() as other:
        for table in ("customer", "counter"):  # read by pg_dump, and before it
            other.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            with pytest.raises(EnvironmentFault) as refused:
                desk.make(KEEPER)
            other.rollback()
            assert refused.value.code == "database_busy"
    engine.dispose()
    assert list(paths.backup_dir().iterdir()) == []
