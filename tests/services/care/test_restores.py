"""The way back from a backup: examined first, nothing lost, no number twice, no shop for another."""

import json
import os
import random
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from posapp import files
from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.services.care import restores
from posapp.services.care.backup_sight import look_into
from posapp.services.care.backups import BackupDesk
from posapp.services.care.drills import drill
from posapp.services.care.restores import Answers, Restored, restore, restore_latest
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.storage.base.database import database_url
from posapp.storage.base.manifests import manifest_of
from posapp.storage.care import backup as backup_module
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import NOW, TILL, a_booking, a_customer, a_phone, a_shop, the_clock
from tests.fixtures import KINDS
from tests.repairs import a_device, a_ticket, handed_back, moved

KEEPER = Actor(0, TILL)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def postgres_shop(postgres_place: str) -> Iterator[Shop]:
    """An open shop where only the server matters."""
    shop = open_shop(postgres_place, clock=FixedClock(NOW))
    yield shop
    shop.close()


@pytest.fixture
def desk(shop: Shop) -> BackupDesk:
    return BackupDesk(shop.store)


def broken(place: str) -> list[str]:
    shop = open_shop(place)
    try:
        return [one.rule for one in verify(shop.store) if not one.is_kept]
    finally:
        shop.close()


def restored(place: str, file: Path, answers: Answers = Answers(), **numbers: int) -> Restored:
    return restore(KEEPER, place, file, now=LATER, last_numbers=numbers or None, answers=answers)


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


def test_who_is_just_leaving_a_server_keeps_nobody_from_a_restore(postgres_place: str) -> None:
    shop = open_shop(postgres_place, clock=FixedClock(NOW))
    actor = shop.actor(TILL)
    backup = BackupDesk(shop.store).make(actor)
    shop.close()
    leaving = create_engine(database_url(postgres_place)).connect()
    threading.Timer(0.5, leaving.engine.dispose).start()
    threading.Timer(0.3, leaving.close).start()
    assert restored(postgres_place, backup.file).replaced is not None
    assert broken(postgres_place) == []


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
        said = uow.connection.execute(
            text("SELECT action, till FROM journal WHERE action LIKE '%.restored'")
        ).all()
    again.close()
    assert sorted(map(tuple, said)) == [("counter.restored", TILL), ("database.restored", TILL)]


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
    for answers in (Answers(), Answers(unproven=True)):
        with pytest.raises(DomainError) as refused:
            restored(place, bad, answers)
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
    manifest_of(backup).unlink()
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
    assert "ends at B1, PL1" in refused.value.sentence
    assert Path(sqlite_place).read_bytes() == b"\xff" * 50_000
    done = restored(sqlite_place, backup, PL=120, B=400, T=33, S=1, P=1, Z=1, G=1, H=1)
    assert (done.numbers[(1, "T")], done.skipped) == (33, frozenset())
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
    done = restored(place, backup, PL=1, B=1, T=0, S=0, P=0, Z=0, G=0, H=0)
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
    from posapp.storage.care import backup_postgres

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(backup_postgres, "_DEBIAN", tmp_path)
    with pytest.raises(EnvironmentFault, match="postgresql-client"):
        backup_postgres.glance(tmp_path / "x.dump")


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


# -- what is examined --------------------------------------------------------------------------------------
def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes: what a refused restore must not touch."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


@pytest.fixture
def full_copy(sqlite_shop: Shop) -> Path:
    """A backup of a shop with more than one page in its tables; the shop is closed."""
    actor = sqlite_shop.actor(TILL)
    a_ticket(sqlite_shop, actor)
    for number in range(25):
        a_booking(sqlite_shop, actor, a_customer(sqlite_shop, actor, phone=a_phone(number), note="x" * 400))
    copy = BackupDesk(sqlite_shop.store).make(actor).file
    sqlite_shop.close()
    return copy


def flipped(whole: bytes, bit: int) -> bytes:
    spoilt = bytearray(whole)
    spoilt[bit // 8] ^= 1 << bit % 8
    return bytes(spoilt)


def test_of_a_hundred_bits_that_fell_over_none_passes(
    full_copy: Path, sqlite_place: str, tmp_path: Path
) -> None:
    whole = full_copy.read_bytes()
    before = everything_in(tmp_path)
    header = [8 * byte for byte in range(16, 100, 4)]
    for bit in (*header, *random.Random(7).sample(range(8 * len(whole)), 80)):
        full_copy.write_bytes(flipped(whole, bit))
        with pytest.raises(DomainError) as refused:
            restored(sqlite_place, full_copy)
        assert refused.value.code == "backup_damaged", bit
    assert everything_in(tmp_path) == before
    full_copy.write_bytes(whole)
    assert restored(sqlite_place, full_copy).numbers[(1, "B")] == 25


def test_a_bit_that_fell_over_in_a_copy_without_its_digest_is_never_unexpected(
    full_copy: Path, sqlite_place: str, tmp_path: Path
) -> None:
    """Of free space and of padding nobody can tell; whatever passes is a shop that keeps every rule."""
    whole = full_copy.read_bytes()
    manifest_of(full_copy).unlink()
    header = [8 * byte + 1 for byte in range(16, 100, 9)]
    refusals = 0
    for bit in (*header, *random.Random(11).sample(range(8 * len(whole)), 10)):
        full_copy.write_bytes(flipped(whole, bit))
        try:
            restored(sqlite_place, full_copy, Answers(unproven=True, other_shop=True, skip=True))
        except PosappError as refused:
            refusals += 1
            assert refused.code in ("backup_damaged", "backup_newer", "backup_faulty"), bit
        else:
            assert broken(sqlite_place) == []
    assert refusals >= 3
    assert list(tmp_path.glob(".posapp-*")) == []


def by_hand(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for one in statements:
            connection.execute(one)


def without_guards(file: Path, statement: str) -> list[str]:
    """The statement between the removal of the guards and their return."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    return [*(f"DROP TRIGGER {name}" for name, _ in found), statement, *(sql for _, sql in found)]


SPOILT: dict[str, Callable[[Path], None]] = {
    "cut by 100 bytes": lambda file: os.truncate(file, file.stat().st_size - 100),
    "a table dropped": lambda file: by_hand(file, "DROP TABLE contact_log"),
    "an index dropped": lambda file: by_hand(file, "DROP INDEX uq_phone_key"),
    "a trigger dropped": lambda file: by_hand(file, "DROP TRIGGER customer_words_changed"),
    "a reference broken": lambda file: by_hand(file, "UPDATE booking SET customer_id = 999 WHERE id = 3"),
    "an entry of the journal altered": lambda file: by_hand(
        file, *without_guards(file, "UPDATE journal SET till = 'Till 9' WHERE id = 5")
    ),
    "a number above its counter": lambda file: by_hand(file, "UPDATE counter SET last = 3 WHERE name = 'B'"),
    "no counters": lambda file: by_hand(file, "DELETE FROM counter"),
    "no revision": lambda file: by_hand(file, "DELETE FROM alembic_version"),
    "a revision that is not its own": lambda file: by_hand(
        file, "UPDATE alembic_version SET version_num = '0003'"
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_copy_that_was_altered_is_refused_with_and_without_its_digest(
    full_copy: Path, sqlite_place: str, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(full_copy)
    before = everything_in(tmp_path)
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, full_copy)
    assert refused.value.code == "backup_damaged"
    manifest_of(full_copy).unlink()
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, full_copy, Answers(unproven=True, skip=True))
    assert refused.value.code in ("backup_damaged", "backup_faulty")
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("lost", ["INDEX uq_phone_key", "TRIGGER journal_head_update"])
def test_a_copy_that_lacks_a_part_of_the_schema_does_not_come_back_whatever_is_agreed(
    full_copy: Path, sqlite_place: str, lost: str
) -> None:
    by_hand(full_copy, f"DROP {lost}")
    manifest_of(full_copy).unlink()
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, full_copy, Answers(unproven=True, faults=True, skip=True))
    assert refused.value.code == "backup_damaged"


def test_a_shop_that_broke_a_rule_before_its_backup_comes_back_when_somebody_agrees(
    sqlite_shop: Shop, sqlite_place: str
) -> None:
    actor = sqlite_shop.actor(TILL)
    a_booking(sqlite_shop, actor)
    with sqlite_shop.store.database.connection(writes=True) as connection:
        connection.exec_driver_sql("UPDATE booking SET starts_at = starts_at + 60000000")
        connection.commit()
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    sqlite_shop.close()
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, backup)
    assert refused.value.code == "backup_faulty"
    assert "times" in str(refused.value.facts["rules"])
    restored(sqlite_place, backup, Answers(faults=True))
    with closing(sqlite3.connect(sqlite_place)) as connection:
        [said] = connection.execute("SELECT body FROM journal WHERE action = 'database.restored'").fetchone()
    assert "times" in json.loads(said)["after"]["faults"]


def test_a_dump_with_a_bit_that_fell_over_is_refused(postgres_place: str) -> None:
    shop = open_shop(postgres_place, clock=FixedClock(NOW))
    actor = shop.actor(TILL)
    a_customer(shop, actor, phone=a_phone(1))
    dump = BackupDesk(shop.store).make(actor).file
    shop.close()
    whole = dump.read_bytes()
    for bit in random.Random(3).sample(range(8 * len(whole)), 20):
        dump.write_bytes(flipped(whole, bit))
        with pytest.raises(DomainError) as refused:
            restored(postgres_place, dump)
        assert refused.value.code == "backup_damaged"
    manifest_of(dump).unlink()
    for bit in (3, 8 * 9, 8 * len(whole) // 3, 8 * len(whole) // 2):
        dump.write_bytes(flipped(whole, bit))
        try:
            restored(postgres_place, dump, Answers(unproven=True))
        except PosappError as error:
            assert error.code in ("backup_damaged", "backup_newer", "backup_faulty"), bit
        assert broken(postgres_place) == []
    dump.write_bytes(whole)
    with pytest.raises(DomainError) as refused:
        restored(postgres_place, dump)
    assert refused.value.code == "backup_unproven"
    assert restored(postgres_place, dump, Answers(unproven=True)).numbers[(1, "PL")] == 1


def test_no_z_is_drawn_twice(shop: Shop, actor: Actor, place: str) -> None:
    """One was closed after the backup and one is still open, which has no number yet."""
    a_closed_shift(shop, actor)
    backup = BackupDesk(shop.store).make(actor).file
    a_closed_shift(shop, actor)
    an_open_shift(shop, actor)
    shop.close()
    assert restored(place, backup).numbers[(1, "Z")] == 2
    again = open_shop(place, clock=FixedClock(NOW))
    assert a_closed_shift(again, actor) == "Z3"
    again.close()
    assert broken(place) == []


def test_what_is_left_of_a_damaged_shop_tells_the_highest_z(sqlite_shop: Shop, sqlite_place: str) -> None:
    a_closed_shift(sqlite_shop, sqlite_shop.actor(TILL))
    an_open_shift(sqlite_shop, sqlite_shop.actor(TILL))
    sqlite_shop.close()
    with closing(sqlite3.connect(sqlite_place)) as connection:
        connection.execute("DELETE FROM counter")
        found = backup_module._what_is_left(connection)
    assert found.numbers[(1, "Z")] == 1


# -- whose it is -------------------------------------------------------------------------------------------
def test_another_shop_is_replaced_only_when_somebody_agrees(shop: Shop, actor: Actor, place: str) -> None:
    """Its numbers are its own: what the replaced shop gave out is nothing to them."""
    backup = BackupDesk(shop.store).make(actor).file
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE identity SET code = :code"), {"code": "f" * 32})
        uow.commit()
    a_booking(shop, actor)
    shop.close()
    seen = look_into(place, backup)
    assert (seen.businesses, seen.is_other, seen.needs_numbers) == ("Harbour Lane Repairs", True, True)
    assert (seen.made_at, seen.till, seen.is_vouched_for) == (NOW, TILL, True)
    with pytest.raises(DomainError) as refused:
        restored(place, backup, PL=3)
    assert refused.value.code == "other_shop"
    done = restored(place, backup, Answers(other_shop=True), PL=3, B=0, T=0, S=0, P=0, Z=0, G=0, H=0)
    assert (done.numbers[(1, "PL")], done.numbers[(1, "B")]) == (3, 0)


def test_a_shop_too_damaged_to_say_whose_it_is_is_known_by_its_backups(
    sqlite_shop: Shop, sqlite_place: str, tmp_path: Path
) -> None:
    BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL))
    sqlite_shop.close()
    other = a_shop(tmp_path / "other.db", name="Elsewhere")
    backup = BackupDesk(other.store).make(other.actor(TILL)).file
    other.close()
    Path(sqlite_place).write_bytes(b"\xff" * 50_000)
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, backup)
    assert refused.value.facts == {"backup": "Elsewhere", "shop": "Harbour Lane Repairs"}


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_a_database_that_waits_for_its_first_shop_is_no_other_shop(
    empty_place: str, sqlite_shop: Shop, request: pytest.FixtureRequest
) -> None:
    source = sqlite_shop if "://" not in empty_place else request.getfixturevalue("postgres_shop")
    backup = BackupDesk(source.store).make(source.actor(TILL)).file
    waiting = open_shop(empty_place)
    seen = look_into(empty_place, backup, opened=waiting.store.database)
    waiting.close()
    assert (seen.is_other, seen.needs_numbers) == (False, True)
    assert restored(empty_place, backup, Answers(skip=True)).numbers[(1, "PL")] == 1000


# -- how it lies there afterwards --------------------------------------------------------------------------
def test_through_a_link_the_file_behind_it_is_replaced(sqlite_shop: Shop, tmp_path: Path) -> None:
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    real, link = tmp_path / "disk" / "shop.db", tmp_path / "link.db"
    real.parent.mkdir()
    shutil.copyfile(str(sqlite_shop.store.database.file), real)
    link.symlink_to(real)
    done = restored(str(link), backup)
    assert link.is_symlink()
    assert Path(str(done.replaced)).parent == real.parent
    with closing(sqlite3.connect(real)) as connection:
        asked = "SELECT count(*) FROM journal WHERE action = 'database.restored'"
        assert connection.execute(asked).fetchone() == (1,)


def test_the_restored_shop_works_as_every_other(sqlite_shop: Shop, sqlite_place: str) -> None:
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    restored(sqlite_place, backup)
    assert [one for one in Path(sqlite_place).parent.iterdir() if one.name.endswith(files.COMPANIONS)] == []
    with closing(sqlite3.connect(f"file:{sqlite_place}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    again = open_shop(sqlite_place)
    with again.store.database.connection(writes=False) as opened:
        assert opened.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000
    again.close()


def test_what_is_overdue_in_an_old_backup_is_done_after_it_and_is_no_fault_of_it(
    sqlite_shop: Shop, sqlite_place: str
) -> None:
    actor = sqlite_shop.actor(TILL)
    the_clock(sqlite_shop).set(NOW - timedelta(days=365))
    number = a_ticket(sqlite_shop, actor, a_device(passcode="1234")).number
    moved(sqlite_shop, actor, number, "ready")
    handed_back(sqlite_shop, actor, number)
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    sqlite_shop.close()
    manifest_of(backup).unlink()  # nothing says of which day the copy is
    restored(sqlite_place, backup, Answers(unproven=True))
    again = open_shop(sqlite_place, clock=FixedClock(LATER))
    assert [one.rule for one in verify(again.store) if not one.is_kept] == ["upkeep"]
    assert again.upkeep.run(actor).passcodes == 1
    assert [one.rule for one in verify(again.store) if not one.is_kept] == []
    again.close()


def test_two_restores_in_one_second_keep_both_of_what_they_replace(
    shop: Shop, actor: Actor, desk: BackupDesk, place: str
) -> None:
    backup = desk.make(actor).file
    a_customer(shop, actor)
    shop.close()
    first, second = restored(place, backup), restored(place, backup)
    assert _customers_in(place, str(first.replaced)) == 1
    assert _customers_in(place, str(second.replaced)) == 0


def test_the_shop_itself_is_no_backup_of_itself(sqlite_shop: Shop, sqlite_place: str) -> None:
    sqlite_shop.close()
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, Path(sqlite_place), Answers(unproven=True))
    assert refused.value.code == "backup_is_shop"


# -- numbers -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("left", [None, b"", b"\xff" * 9000], ids=["nothing", "an empty file", "rubbish"])
def test_where_nobody_knows_the_last_numbers_they_go_on_far_ahead(
    sqlite_shop: Shop, sqlite_place: str, left: bytes | None
) -> None:
    actor = sqlite_shop.actor(TILL)
    a_booking(sqlite_shop, actor)
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    for _ in range(4):
        a_booking(sqlite_shop, actor)
    sqlite_shop.close()
    Path(sqlite_place).unlink()
    if left is not None:
        Path(sqlite_place).write_bytes(left)
    assert look_into(sqlite_place, backup).needs_numbers
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, backup, PL=5)
    assert refused.value.code == "last_numbers_missing"
    done = restored(sqlite_place, backup, Answers(skip=True), PL=5)
    assert done.skipped == {"B", "T", "S", "P", "Z", "G", "H"}
    again = open_shop(sqlite_place, clock=the_clock(sqlite_shop))
    booking = a_booking(again, actor)
    assert (str(booking.pl_id), booking.number) == ("PL6", "B1002")
    assert a_ticket(again, actor).number == "T1001"
    again.close()
    assert broken(sqlite_place) == []


def test_newer_backups_and_what_is_left_of_a_damaged_shop_are_believed(
    sqlite_shop: Shop, sqlite_place: str
) -> None:
    actor = sqlite_shop.actor(TILL)
    desk = BackupDesk(sqlite_shop.store)
    old = desk.make(actor).file
    a_booking(sqlite_shop, actor)
    the_clock(sqlite_shop).advance(timedelta(days=1))
    newer = desk.make(actor).file
    a_customer(sqlite_shop, actor)
    sqlite_shop.close()
    by_hand(Path(sqlite_place), "DROP TABLE counter")  # the customers are still there to be counted
    newer.write_bytes(b"damaged")  # its manifest still tells
    done = restored(sqlite_place, old, Answers(skip=True))
    assert (done.numbers[(1, "PL")], done.numbers[(1, "B")]) == (1002, 1001)


def test_the_backup_of_another_shop_says_nothing_about_the_numbers_of_this_one(
    sqlite_shop: Shop, sqlite_place: str, tmp_path: Path
) -> None:
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    other = a_shop(tmp_path / "other.db", name="Elsewhere")
    a_booking(other, other.actor(TILL))
    BackupDesk(other.store).make(other.actor(TILL))
    other.close()
    done = restored(sqlite_place, backup)
    assert (done.numbers[(1, "PL")], done.numbers[(1, "B")]) == (0, 0)


# -- drill -------------------------------------------------------------------------------------------------
def test_a_drill_examines_the_newest_backup_and_leaves_a_word(
    shop: Shop, actor: Actor, desk: BackupDesk
) -> None:
    a_booking(shop, actor)
    backup = desk.make(actor)
    before = everything_in(backup.file.parent)
    done = drill(actor, shop.store)
    assert (done.backup, done.rules) == (backup, len(verify(shop.store)))
    assert everything_in(backup.file.parent) == before
    backup.file.write_bytes(b"damaged")
    with pytest.raises(DomainError) as refused:
        drill(actor, shop.store)
    assert refused.value.code == "backup_damaged"
    with shop.store.look(actor) as uow:
        told = text("SELECT body FROM journal WHERE action = 'backup.drilled' ORDER BY id")
        results = [json.loads(body)["after"]["result"] for (body,) in uow.connection.execute(told)]
        assert results == ["ok", "backup_damaged"]
        if not uow.is_sqlite:
            left = text("SELECT count(*) FROM pg_database WHERE datname LIKE '%aside%'")
            assert uow.connection.execute(left).scalar_one() == 0
    assert [one.name for one in backup.file.parent.iterdir() if one.name.startswith(".")] == []


# -- what lies beside a backup is no more trusted than the backup --------------------------------------------
TOLD_WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "counters": lambda told: told["counters"]["1"].update(PL=5_000_000),
    "counters below": lambda told: told["counters"]["1"].update(PL=0),
    "identity": lambda told: told.update(identity="another"),
    "businesses": lambda told: told.update(businesses=["Another shop"]),
    "revision": lambda told: told.update(revision="0001"),
    "journal": lambda told: told.update(journal=[]),
    "a counter no database can hold": lambda told: told["counters"]["1"].update(PL=2**70),
    "a counter below nothing": lambda told: told["counters"]["1"].update(PL=-1),
}


@pytest.mark.parametrize("edit", TOLD_WRONG.values(), ids=TOLD_WRONG.keys())
def test_a_manifest_that_tells_of_another_copy_is_refused(
    shop: Shop, actor: Actor, desk: BackupDesk, place: str, edit: Callable[[dict[str, Any]], object]
) -> None:
    """The digest is right, for whoever edits a manifest leaves it; the rest is compared with the copy."""
    a_customer(shop, actor)
    backup = desk.make(actor).file
    shop.close()
    told = json.loads(manifest_of(backup).read_text("utf-8"))
    edit(told)
    manifest_of(backup).write_text(json.dumps(told), "utf-8")
    with pytest.raises(DomainError) as refused:
        restored(place, backup, Answers(other_shop=True, skip=True))
    assert refused.value.code == "backup_damaged"


def test_a_manifest_beside_cannot_drive_the_numbers_out_of_reach(
    sqlite_shop: Shop, sqlite_place: str
) -> None:
    actor = sqlite_shop.actor(TILL)
    a_customer(sqlite_shop, actor)
    backup = BackupDesk(sqlite_shop.store).make(actor).file
    sqlite_shop.close()
    other = backup.with_name("other.db")
    shutil.copy(backup, other)
    told = json.loads(manifest_of(backup).read_text("utf-8"))
    told["counters"]["1"]["PL"] = 2**63
    manifest_of(other).write_text(json.dumps(told), "utf-8")
    assert restored(sqlite_place, backup).numbers[(1, "PL")] == 1


def test_a_manifest_nested_without_end_is_one_that_cannot_be_read(
    sqlite_shop: Shop, sqlite_place: str
) -> None:
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    manifest_of(backup).write_text("[" * 200_000, "utf-8")
    with pytest.raises(DomainError) as refused:
        restored(sqlite_place, backup)
    assert refused.value.code == "backup_damaged"


def test_a_file_larger_than_the_disk_is_refused_before_it_fills_it(
    sqlite_shop: Shop, sqlite_place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file full of holes takes no room where it lies, and all there is where it is copied to."""
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    beside = Path(sqlite_place).parent
    holes = tmp_path / "holes.db"
    holes.touch()
    os.truncate(holes, 1 << 30)
    lay_there = sorted(beside.iterdir())
    free = shutil.disk_usage(beside)._replace(free=backup.stat().st_size - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: free)
    opened: list[Path] = []
    monkeypatch.setattr(files, "open_private", lambda path, *_args, **_named: opened.append(path))
    with pytest.raises(EnvironmentFault, match="cannot be examined, nothing is restored") as refused:
        restored(sqlite_place, backup)
    assert refused.value.code == "restore_unwritten"
    with pytest.raises(DomainError) as damaged:
        restored(sqlite_place, holes, Answers(unproven=True))
    assert damaged.value.code == "backup_damaged"
    assert (opened, sorted(beside.iterdir())) == ([], lay_there)


def test_what_a_killed_restore_left_is_taken_away_by_a_later_one(
    sqlite_shop: Shop, sqlite_place: str
) -> None:
    """A half-made copy holds every customer; one that may still be in the making is somebody else's."""
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    beside = Path(sqlite_place).parent
    old, fresh, other = (beside / f".posapp-{name}" for name in ("1.part", "2.part", "notes"))
    old_log = beside / ".posapp-1.part-wal"
    for one in (old, old_log, fresh, other):
        one.write_bytes(b"a copy")
    long_ago = (LATER - timedelta(days=2)).timestamp()
    for one in (old, old_log, other):
        os.utime(one, (long_ago, long_ago))
    os.utime(fresh, (LATER.timestamp(), LATER.timestamp()))
    restored(sqlite_place, backup)
    assert [one.exists() for one in (old, old_log, fresh, other)] == [False, False, True, True]


def test_what_a_killed_drill_left_is_taken_away_by_the_next_backup(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    desk = BackupDesk(sqlite_shop.store)
    room = desk.make(actor).file.with_name(".posapp-drill-left")
    room.mkdir()
    (room / "copy").write_bytes(b"a copy")
    long_ago = (NOW - timedelta(days=2)).timestamp()
    os.utime(room, (long_ago, long_ago))
    desk.make(actor)
    assert not room.exists()


# -- whoever comes while a restore is at its end -------------------------------------------------------------
def test_nobody_writes_between_the_last_look_and_the_change_of_files(
    sqlite_shop: Shop, sqlite_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a till saved then would be put away with the old file, its numbers given out again."""
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    met: list[str] = []
    take_over = restores._take_over

    def met_by_others(*args: Any) -> Any:
        with (
            closing(sqlite3.connect(sqlite_place, timeout=0)) as till,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            till.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentFault) as refused:
            restored(sqlite_place, backup)
        met.append(refused.value.code)
        return take_over(*args)

    monkeypatch.setattr(restores, "_take_over", met_by_others)
    done = restored(sqlite_place, backup)
    assert met == ["database_in_use"]
    assert done.replaced is not None
    assert _customers_in(sqlite_place, done.replaced) == 0
    assert broken(sqlite_place) == []


def test_a_restore_that_was_overtaken_by_another_changes_nothing(
    sqlite_shop: Shop, sqlite_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked at the same shop; the second would put away what the first brought back."""
    backup = BackupDesk(sqlite_shop.store).make(sqlite_shop.actor(TILL)).file
    sqlite_shop.close()
    fold = backup_module.fold
    others: list[Restored] = []

    def overtaken(file: Path) -> None:
        if not others and file == Path(sqlite_place):
            monkeypatch.setattr(backup_module, "fold", fold)
            others.append(restored(sqlite_place, backup))
        fold(file)

    monkeypatch.setattr(backup_module, "fold", overtaken)
    with pytest.raises(EnvironmentFault) as refused:
        restored(sqlite_place, backup)
    assert (refused.value.code, len(others)) == ("database_in_use", 1)
    assert broken(sqlite_place) == []
