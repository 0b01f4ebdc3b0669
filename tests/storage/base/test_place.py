"""Where a shop's file may lie, and the sentence for each place where it may not."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.errors import EnvironmentFault
from posapp.storage.base import place
from posapp.storage.base.place import network_kind_of
from posapp.storage.care.health import examine
from tests.factories import a_customer, a_shop

NOBODY = 65534
MOUNTS = """\
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
server:/export /mnt/shop nfs4 rw,vers=4.2 0 0
//nas/till /mnt/the\\040till cifs rw 0 0
/dev/sdb1 /mnt/shop/local ext4 rw 0 0
someone@host: /home/ann/far fuse.sshfs rw 0 0
host /mnt/c 9p rw 0 0
/dev/sdc1 /mnt/twice nfs rw 0 0
/dev/sdc1 /mnt/twice ext4 rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ann/posapp.db", ""),
        ("/mnt/shop/posapp.db", "nfs4"),
        ("/mnt/shopping/posapp.db", ""),
        ("/mnt/the till/data/posapp.db", "cifs"),
        ("/mnt/shop/local/posapp.db", ""),
        ("/home/ann/far/posapp.db", "fuse.sshfs"),
        ("/mnt/c/posapp.db", "9p"),
        ("/mnt/twice/posapp.db", ""),
    ],
)
def test_a_network_share_is_known_by_its_mount(path: str, kind: str) -> None:
    assert network_kind_of(Path(path), MOUNTS) == kind


def fault_of(file: Path | str) -> EnvironmentFault:
    with pytest.raises(EnvironmentFault) as refused:
        open_shop(file)
    assert refused.value.sentence.count("\n") == 0
    assert refused.value.sentence.endswith(".")
    return refused.value


def test_a_file_on_a_network_share_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path.resolve()} nfs rw 0 0\n")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    file = tmp_path / "posapp.db"
    refused = fault_of(file)
    assert refused.code == "network_share"
    assert "PostgreSQL" in refused.sentence
    assert not file.exists()


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "no" / "posapp.db").code == "folder_missing"
    assert list(tmp_path.iterdir()) == []


def test_the_programs_own_folder_is_made(tmp_path: Path) -> None:
    from posapp import paths

    assert not paths.default_database().parent.exists()
    open_shop(paths.default_database()).close()
    assert paths.default_database().exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert fault_of(tmp_path).code == "database_is_folder"


@pytest.mark.parametrize("content", [b"not a database at all", b"\0" * 8192, b"PK\x03\x04"])
def test_what_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "posapp.db"
    file.write_bytes(content)
    refused = fault_of(file)
    assert refused.code == "database_damaged"
    assert "posapp restore" in refused.sentence
    assert file.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["posapp.db"]


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for file in (tmp_path / "pipe", Path("/dev/full"), Path("/dev/null")):
        assert fault_of(file).code == "database_no_file"
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("name", ["a\0b.db", "x" * 300, "ring"])
def test_what_can_be_no_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    refused = fault_of(tmp_path / name)
    assert refused.code == "database_kind"
    assert len(refused.sentence) < 200
    assert [one.name for one in tmp_path.iterdir()] == ["ring"]


def test_a_new_shop_and_its_log_are_their_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "posapp.db"
    before = os.umask(0)
    try:
        shop = a_shop(file)
    finally:
        os.umask(before)
    assert {one.name: one.stat().st_mode & 0o777 for one in tmp_path.glob("posapp.db*")} == {
        "posapp.db": 0o600,
        "posapp.db-wal": 0o600,
        "posapp.db-shm": 0o600,
    }
    shop.close()


def test_an_empty_file_becomes_a_shop(tmp_path: Path) -> None:
    file = tmp_path / "posapp.db"
    file.touch()
    open_shop(file).close()
    assert file.stat().st_size > 0


def test_a_file_that_was_cut_short_is_damaged(sqlite_place: str) -> None:
    with Path(sqlite_place).open("r+b") as file:
        file.truncate(6000)
    assert fault_of(sqlite_place).code == "database_damaged"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere; the tests of permissions run as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder(sqlite_place: str) -> Iterator[Path]:
    """A folder with a shop in it that everybody may reach."""
    folder = Path(tempfile.mkdtemp(prefix="posapp-place-"))
    shutil.copyfile(sqlite_place, folder / "posapp.db")
    for path in (folder / "posapp.db", folder):
        os.chown(path, NOBODY, -1) if os.geteuid() == 0 else None
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_may_only_be_read_is_refused(open_folder: Path) -> None:
    file = open_folder / "posapp.db"
    file.chmod(0o444)
    before = file.read_bytes()
    with as_nobody():
        assert fault_of(file).code == "database_read_only"
    assert file.read_bytes() == before
    assert [one.name for one in open_folder.iterdir()] == ["posapp.db"]


def test_a_folder_that_may_only_be_read_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with as_nobody():
        refused = fault_of(open_folder / "posapp.db")
    assert refused.code == "database_read_only"
    assert str(open_folder) in refused.sentence


def test_a_folder_of_which_nothing_may_be_known_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o600)
    with as_nobody():
        refused = fault_of(open_folder / "posapp.db")
        assert examine(str(open_folder / "posapp.db")).problem == refused.sentence
    assert refused.code == "database_read_only"


def test_a_file_that_becomes_read_only_while_it_is_open_changes_nothing(sqlite_place: str) -> None:
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 1")
    with shop.store.database.connection(writes=False) as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(EnvironmentFault) as refused:
        a_customer(shop, actor)
    assert refused.value.code == "database_read_only"
    shop.close()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may grow beyond `size`: what a full disk does, without one."""
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_is_one_sentence_and_loses_nothing(sqlite_place: str) -> None:
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 1")
    with largest_file(150_000), pytest.raises(EnvironmentFault) as refused:
        for _ in range(500):
            a_customer(shop, actor, "x" * 200, note="y" * 2000)
    assert refused.value.code in ("database_full", "database_disk")
    with shop.store.look(actor) as uow:
        saved = uow.customers.highest_pl()
    assert saved > 0
    after = a_customer(shop, actor, "After")
    assert after.pl_id.number == saved + 1
    shop.close()
    with closing(sqlite3.connect(sqlite_place)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_new_shop_on_a_full_disk_is_one_sentence_and_can_be_made_later(tmp_path: Path) -> None:
    file = tmp_path / "posapp.db"
    with largest_file(20_000):
        assert fault_of(file).code in ("database_full", "database_disk")
    open_shop(file).close()


def test_a_database_that_another_program_holds_is_busy(
    sqlite_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 1")
    with closing(sqlite3.connect(sqlite_place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with shop.store.database.connection(writes=False) as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=20")
        with pytest.raises(EnvironmentFault) as refused:
            a_customer(shop, actor)
    assert refused.value.code == "database_busy"
    assert str(a_customer(shop, actor).pl_id) == "PL1"
    shop.close()


LOOK = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version'); c.close()"


def test_opened_twice_it_keeps_its_log_when_another_program_comes_and_goes(sqlite_place: str) -> None:
    with closing(open_shop(sqlite_place)) as shop, closing(open_shop(sqlite_place)):
        actor = shop.actor("Till 1")
        a_customer(shop, actor)
        subprocess.run([sys.executable, "-c", LOOK, sqlite_place], check=True)
        assert Path(f"{sqlite_place}-wal").exists()
