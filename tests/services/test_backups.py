"""Backups that were looked at before they count, and the way back from one."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.actor import Actor
from posapp.domain.errors import DomainError, EnvironmentFault, PosappError
from posapp.services.backups import BackupDesk, Restored, kept, restore, restore_latest
from posapp.services.shop import Shop
from posapp.services.verify import verify
from tests.factories import NOW, TILL, a_booking, a_customer, a_phone, a_shop, the_clock

KEEPER = Actor(0, TILL)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def desk(shop: Shop) -> BackupDesk:
    return BackupDesk(shop.store)


def broken(place: str) -> list[str]:
    shop = open_shop(place)
    try:
        return [one.rule for one in verify(shop.store) if not one.is_kept]
    finally:
        shop.close()


def restored(place: str, file: Path, **numbers: int) -> Restored:
    return restore(KEEPER, place, file, now=LATER, last_numbers=numbers or None)


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
    assert [one.name for one in backup.file.parent.iterdir()] == [backup.file.name]


def test_a_backup_goes_where_it_is_told_and_never_over_a_file(
    shop: Shop, actor: Actor, desk: BackupDesk, tmp_path: Path
) -> None:
    named = desk.make(actor, tmp_path / "mine.backup").file
    dated = desk.make(actor, tmp_path).file
    assert (named.name, dated.parent) == ("mine.backup", tmp_path)
    with pytest.raises(DomainError) as refused:
        desk.make(actor, named)
    assert refused.value.code == "backup_exists"
    with pytest.raises(DomainError) as refused:
        desk.make(actor, tmp_path / "no" / "folder.db")
    assert refused.value.code == "folder_missing"


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
    assert mine.exists()


# -- restoring -----------------------------------------------------------------------------------------------
def test_a_restore_drill(shop: Shop, actor: Actor, desk: BackupDesk, place: str) -> None:
    """Backup, work on, restore: the old state is back, no number is used twice, nothing is thrown away."""
    a_booking(shop, actor, a_customer(shop, actor, "Marta", phone=a_phone(1)))
    backup = desk.make(actor)
    for _ in range(3):
        a_booking(shop, actor)
    shop.close()
    done = restored(place, backup.file)
    assert done.numbers[(1, "PL")] == 4
    assert done.numbers[(1, "B")] == 4
    assert broken(place) == []
    again = open_shop(place, clock=the_clock(shop))
    assert [hit.name for hit in again.search.search(actor, "marta").hits] == ["Marta"]
    assert again.customers.who_has(actor, a_phone(2)).customer is None
    booking = a_booking(again, actor)
    assert (str(booking.pl_id), booking.number) == ("PL5", "B5")
    assert BackupDesk(again.store).all(actor)
    again.close()
    assert broken(place) == []
    assert done.replaced is not None
    assert _customers_in(place, done.replaced) == 4


def _customers_in(place: str, replaced: str) -> int:
    address = make_url(place).set(database=replaced) if "://" in place else f"sqlite:///{replaced}"
    engine = create_engine(address)
    with engine.connect() as connection:
        count = int(connection.execute(text("SELECT count(*) FROM customer")).scalar_one())
    engine.dispose()
    return count


def test_a_restore_is_refused_while_somebody_has_the_shop_open(
    shop: Shop, actor: Actor, desk: BackupDesk, place: str
) -> None:
    backup = desk.make(actor)
    a_customer(shop, actor, phone=a_phone(7))
    shop.search.search(actor, "x")
    with pytest.raises(EnvironmentFault) as refused:
        restored(place, backup.file)
    assert refused.value.code == "database_in_use"
    assert shop.customers.who_has(actor, a_phone(7)).customer is not None
    shop.close()
    assert broken(place) == []


def test_the_journal_tells_of_the_restore(shop: Shop, actor: Actor, desk: BackupDesk, place: str) -> None:
    backup = desk.make(actor)
    a_customer(shop, actor)
    shop.close()
    restored(place, backup.file)
    again = open_shop(place)
    with again.store.look(actor) as uow:
        said = uow.connection.execute(text("SELECT action, till FROM journal ORDER BY id DESC LIMIT 2")).all()
    again.close()
    assert [tuple(row) for row in said] == [("database.restored", TILL), ("counter.restored", TILL)]


BAD: dict[str, Callable[[Path, Path], object]] = {
    "no backup at all": lambda good, bad: bad.write_bytes(b"hello"),
    "an empty file": lambda good, bad: bad.touch(),
    "half a backup": lambda good, bad: bad.write_bytes(good.read_bytes()[: good.stat().st_size // 2]),
    "no file": lambda good, bad: None,
}


@pytest.mark.parametrize("spoil", BAD.values(), ids=BAD.keys())
def test_a_bad_backup_is_refused_and_changes_nothing(
    shop: Shop,
    actor: Actor,
    desk: BackupDesk,
    place: str,
    tmp_path: Path,
    spoil: Callable[[Path, Path], object],
) -> None:
    a_customer(shop, actor, phone=a_phone(1))
    bad = tmp_path / "bad.db"
    spoil(desk.make(actor).file, bad)
    shop.close()
    with pytest.raises(DomainError) as refused:
        restored(place, bad)
    assert refused.value.code in ("backup_damaged", "backup_missing")
    again = open_shop(place)
    assert again.customers.who_has(actor, a_phone(1)).customer is not None
    again.close()


def test_a_backup_with_a_damaged_page_is_refused(sqlite_shop: Shop, sqlite_place: str) -> None:
    actor = sqlite_shop.actor(TILL)
    for _ in range(30):
        a_customer(sqlite_shop, actor)
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    sqlite_shop.close()
    with backup.open("r+b") as file:
        file.seek(4096 * 12)
        file.write(b"\xff" * 4096)
    with pytest.raises(DomainError, match="damaged"):
        restored(sqlite_place, backup)


def test_a_backup_of_a_newer_program_is_refused(sqlite_shop: Shop, sqlite_place: str) -> None:
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(EnvironmentFault, match="newer posapp"):
        restored(sqlite_place, backup)


def test_what_cannot_be_read_needs_the_last_printed_numbers(sqlite_shop: Shop, sqlite_place: str) -> None:
    actor = sqlite_shop.actor(TILL)
    a_booking(sqlite_shop, actor)
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    sqlite_shop.close()
    Path(sqlite_place).write_bytes(b"\xff" * 50_000)
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, backup)
    assert (refused.value.code, refused.value.field) == ("last_numbers_missing", "last_numbers")
    assert Path(sqlite_place).read_bytes() == b"\xff" * 50_000
    done = restored(sqlite_place, backup, PL=120, B=400)
    assert done.replaced is not None
    assert Path(done.replaced).read_bytes() == b"\xff" * 50_000
    again = open_shop(sqlite_place)
    assert str(a_customer(again, actor).pl_id) == "PL121"
    again.close()
    assert broken(sqlite_place) == []


def test_whoever_could_open_the_shop_can_open_what_was_restored(sqlite_shop: Shop, sqlite_place: str) -> None:
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    Path(sqlite_place).chmod(0o664)
    restored(sqlite_place, backup)
    assert Path(sqlite_place).stat().st_mode & 0o777 == 0o664


def test_a_restore_to_a_new_computer_replaces_nothing(sqlite_shop: Shop, tmp_path: Path) -> None:
    actor = sqlite_shop.actor(TILL)
    a_booking(sqlite_shop, actor)
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    place = str(tmp_path / "new.db")
    done = restored(place, backup)
    assert (done.replaced, done.numbers[(1, "PL")]) == (None, 1)
    assert broken(place) == []
    assert sorted(one.name for one in tmp_path.glob("*new*")) == ["new.db"]


def test_the_log_of_a_killed_program_is_kept_by_a_restore(sqlite_shop: Shop, tmp_path: Path) -> None:
    """What was committed but stands only in the write-ahead log counts, too."""
    actor = sqlite_shop.actor(TILL)
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    a_booking(sqlite_shop, actor)
    place = tmp_path / "killed" / "posapp.db"
    place.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(f"{sqlite_shop.store.database.file}{ending}", f"{place}{ending}")
    done = restored(str(place), backup)
    assert done.numbers[(1, "B")] == 1
    assert done.replaced is not None
    with closing(sqlite3.connect(done.replaced)) as replaced:
        assert replaced.execute("SELECT count(*) FROM booking").fetchone() == (1,)


def test_the_file_of_another_program_is_not_replaced(sqlite_shop: Shop, tmp_path: Path) -> None:
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    other = tmp_path / "notes.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE note (words TEXT)")
    with pytest.raises(EnvironmentFault, match="another program"):
        restored(str(other), backup)


def test_an_old_shop_without_programs_of_the_server_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from posapp.storage import backup_postgres

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(backup_postgres, "_DEBIAN", tmp_path)
    with pytest.raises(EnvironmentFault, match="postgresql-client"):
        backup_postgres.contents_of(tmp_path / "x.dump")


def test_the_newest_whole_backup_is_restored(sqlite_shop: Shop, sqlite_place: str) -> None:
    actor = sqlite_shop.actor(TILL)
    files = []
    for number in range(2):
        a_customer(sqlite_shop, actor, phone=a_phone(number))
        files.append(BackupDesk(sqlite_shop.store).make(actor).file)
        the_clock(sqlite_shop).advance(timedelta(days=1))
    sqlite_shop.close()
    files[-1].write_bytes(b"damaged")
    done = restore_latest(KEEPER, sqlite_place, now=LATER)
    assert done.numbers[(1, "PL")] == 2
    assert broken(sqlite_place) == []
    for file in files:
        file.unlink()
    with pytest.raises(DomainError) as refused:
        restore_latest(KEEPER, sqlite_place, now=LATER)
    assert refused.value.code == "backup_missing"
