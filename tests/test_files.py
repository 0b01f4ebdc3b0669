"""Files that somebody asked for: never over the shop, never over a device, never half of one."""

import errno
import os
import re
import socket
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from posapp import files, paths
from posapp.domain.base.errors import PosappError
from posapp.storage.base.database import Database

OLD, NEW = b"old", b"%PDF-new"


def refusal(path: Path, *, replace: bool = True) -> str:
    with pytest.raises(PosappError) as refused:
        files.write(path, NEW, replace=replace)
    assert refused.value.field == "file"
    assert len(refused.value.sentence) < 300
    return refused.value.code


@pytest.fixture
def shop_file(tmp_path: Path) -> Path:
    """A database of whoever, with what SQLite keeps beside it while it is open."""
    file = tmp_path / "shop.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE note (words TEXT)")
    return file


# -- what is written --------------------------------------------------------------------------------------
def test_a_new_file_is_whole_and_only_its_owners_to_read(tmp_path: Path) -> None:
    file = tmp_path / "B319.pdf"
    before = os.umask(0)
    try:
        files.write(file, NEW)
    finally:
        os.umask(before)
    assert file.read_bytes() == NEW
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_lies_there_is_replaced_only_when_that_was_asked(tmp_path: Path) -> None:
    file = tmp_path / "B319.pdf"
    file.write_bytes(OLD)
    assert refusal(file, replace=False) == "file_exists"
    assert file.read_bytes() == OLD
    files.write(file, NEW, replace=True)
    assert file.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_comes_while_another_is_written_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "B319.pdf"
    with pytest.raises(PosappError) as refused, files.written(file) as opened:
        opened.write(NEW)
        file.write_bytes(OLD)
    assert refused.value.code == "file_exists"
    assert file.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_of_a_file_that_was_not_finished(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), files.written(tmp_path / "B319.pdf") as opened:
        opened.write(NEW)
        raise error
    assert list(tmp_path.iterdir()) == []


def test_through_a_link_the_file_behind_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "B319.pdf").write_bytes(OLD)
    link = tmp_path / "link.pdf"
    link.symlink_to(folder / "B319.pdf")
    assert refusal(link, replace=False) == "file_exists"
    files.write(link, NEW, replace=True)
    assert link.is_symlink()
    assert (folder / "B319.pdf").read_bytes() == NEW


def test_a_free_name_is_the_first_that_nothing_lies_at(tmp_path: Path) -> None:
    file = tmp_path / "B1.pdf"
    assert files.free_name(file) == file
    file.touch()
    (tmp_path / "B1 (2).pdf").symlink_to("nowhere")
    assert files.free_name(file).name == "B1 (3).pdf"


# -- what is never written over ---------------------------------------------------------------------------
SPELT: dict[str, Callable[[Path], Path]] = {
    "by its name": lambda file: file,
    "by a way round": lambda file: file.parent / "folder" / ".." / file.name,
    "by a symbolic link": lambda file: _linked(file, os.symlink),
    "by a hard link": lambda file: _linked(file, os.link),
}


def _linked(file: Path, link: Callable[[Path, Path], None]) -> Path:
    link(file, file.parent / "other.pdf")
    return file.parent / "other.pdf"


@pytest.mark.parametrize("spelt", SPELT.values(), ids=SPELT.keys())
@pytest.mark.parametrize("end", ["", *files.COMPANIONS])
def test_an_open_database_and_what_is_beside_it_stay(
    tmp_path: Path, spelt: Callable[[Path], Path], end: str
) -> None:
    """Also where nothing in it says any more that it is one."""
    (tmp_path / "folder").mkdir()
    file, beside = tmp_path / "shop.db", tmp_path / f"shop.db{end}"
    database = Database(file)
    file.touch()
    beside.write_bytes(OLD)
    assert refusal(spelt(beside)) == "file_kept"
    assert beside.read_bytes() == OLD
    database.close()
    other = tmp_path / "free.pdf"
    files.write(other, NEW)


def test_the_data_of_any_shop_stays_and_nothing_is_laid_beside_it(shop_file: Path) -> None:
    before = shop_file.read_bytes()
    assert refusal(shop_file) == "file_kept"
    for end in files.COMPANIONS:
        assert refusal(Path(f"{shop_file}{end}"), replace=False) == "file_kept"
    assert shop_file.read_bytes() == before
    assert list(shop_file.parent.iterdir()) == [shop_file]


def test_what_the_program_lives_on_stays(tmp_path: Path) -> None:
    paths.backup_dir().mkdir(parents=True)
    paths.config_dir().mkdir()
    (paths.data_dir() / "drafts").mkdir()
    link = tmp_path / "link"
    link.symlink_to(paths.backup_dir(), target_is_directory=True)
    for path in (
        paths.default_database(),
        Path(f"{paths.default_database()}-wal"),
        paths.till_settings_file(),
        paths.data_dir() / "passcode.key",
        paths.backup_dir() / "posapp-20261118-080000Z.db",
        link / "posapp-20261118-080000Z.db",
        paths.data_dir() / "drafts" / "calendar.json",
    ):
        assert refusal(path, replace=False) == "file_kept", path
        path.write_bytes(OLD)
        assert refusal(path) == "file_kept", path
        assert path.read_bytes() == OLD


# -- what is no file --------------------------------------------------------------------------------------
def test_what_is_no_plain_file_stays(tmp_path: Path) -> None:
    pipe, plug, device = tmp_path / "pipe", tmp_path / "plug", tmp_path / "device"
    os.mkfifo(pipe)
    device.symlink_to("/dev/full")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(plug))
        for path in (pipe, plug, device, Path("/dev/full"), Path("/dev/null")):
            before = path.stat()
            assert refusal(path) == "file_not_plain", path
            assert path.stat().st_mode == before.st_mode
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "B319.pdf").mkdir()
    assert refusal(tmp_path / "B319.pdf") == "save_failed"
    assert [path.name for path in tmp_path.iterdir()] == ["B319.pdf"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a\0b.pdf", "file_name"),
        ("x" * 300, "file_name"),
        ("é" * 150, "file_name"),
        ("ring", "file_name"),
        ("nowhere/x.pdf", "folder_missing"),
        ("file/x.pdf", "folder_missing"),
    ],
)
def test_a_name_that_cannot_be_is_told(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    before = sorted(tmp_path.iterdir())
    assert refusal(tmp_path / name, replace=False) == code
    assert sorted(tmp_path.iterdir()) == before


def test_a_link_into_a_folder_that_is_missing_names_that_folder(tmp_path: Path) -> None:
    (tmp_path / "B319.pdf").symlink_to(Path("gone") / "B319.pdf")
    with pytest.raises(PosappError, match=re.escape(f"no folder {files.shown(tmp_path / 'gone')}")):
        files.check(tmp_path / "B319.pdf")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EACCES, "no_permission"),
        (errno.EROFS, "no_permission"),
        (errno.EIO, "save_failed"),
    ],
)
def test_a_disk_that_refuses_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "B319.pdf"
    path.write_bytes(OLD)

    def refuse(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert refusal(path) == code
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


# -- what only the shop may read --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after"),
    [(0o644, 0o600), (0o666, 0o660), (0o664, 0o660), (0o640, 0o640), (0o660, 0o660), (0o600, 0o600)],
    ids=oct,
)
def test_everybody_loses_a_database_and_a_group_that_works_in_it_keeps_it(
    tmp_path: Path, before: int, after: int
) -> None:
    file = tmp_path / "shop.db"
    for end in ("", "-wal"):
        Path(f"{file}{end}").touch()
        Path(f"{file}{end}").chmod(before)
    Database(file).close()
    assert {stat.S_IMODE(Path(f"{file}{end}").stat().st_mode) for end in ("", "-wal")} == {after}


def test_a_log_is_its_owners_from_its_first_line(tmp_path: Path) -> None:
    import logging

    file = tmp_path / "posapp.log"
    file.touch(mode=0o644)
    log = files.PrivateLog(file, maxBytes=50, backupCount=1, encoding="utf-8")
    for _ in range(3):
        log.emit(logging.makeLogRecord({"msg": "x" * 40}))
    log.close()
    assert {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()} == {
        "posapp.log": 0o600,
        "posapp.log.1": 0o600,
    }


def test_a_folder_is_made_for_its_owner_only_with_all_that_is_missing_above_it(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "data" / "papers")
    files.make_folder(tmp_path / "data" / "papers")
    for folder in (tmp_path / "data", tmp_path / "data" / "papers"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        files.make_folder(tmp_path / "file")


@pytest.mark.parametrize(
    "text", ["=1+1", "+353", "-1+1", "-A1", "@SUM(A1)", " =1", "\t=1", "\rx", "\nx", "＝1", "\u00a0=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert files.safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "B3", "-1", "Battery check", "2026-11-18 09:00", "محمد", "€25.00"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert files.safe_cell(text) == text
