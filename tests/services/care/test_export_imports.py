"""An export that is damaged, cut, newer or no export leaves nothing behind; one laid out anew is read."""

import gc
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import PosappError
from posapp.services.care import export_format
from posapp.services.care.demo import build_demo
from posapp.services.care.export_imports import is_own_export, load_export
from posapp.services.care.exports import ExportDesk
from posapp.storage.care import exported_lists, exported_rows
from posapp.storage.schema import HEAD
from tests.factories import TILL
from tests.fixtures import KINDS
from tests.storage.base.test_place import largest_file

WHOLE = Actor(0, TILL)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of a small shop."""
    folder = tmp_path_factory.mktemp("export")
    build_demo(folder / "shop.db", 30)
    shop = open_shop(folder / "shop.db")
    ExportDesk(shop.store).to_json(WHOLE, folder / "export.json")
    shop.close()
    return folder / "export.json"


def refused(place: str | Path, file: Path) -> str:
    with pytest.raises(PosappError) as refusal:
        load_export(place, file)
    return refusal.value.code


def changed(export: Path, file: Path, change: Callable[[Any], object]) -> Path:
    told = json.loads(export.read_bytes())
    change(told)
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def first(table: str, **values: object) -> Callable[[Any], object]:
    return lambda told: told["data"][table][0].update(values)


def test_an_export_that_an_editor_laid_out_anew_is_the_same(export: Path, tmp_path: Path) -> None:
    file = changed(export, tmp_path / "pretty.json", lambda _told: None)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert is_own_export(file)
    load_export(tmp_path / "new.db", file)
    shop = open_shop(tmp_path / "new.db")
    ExportDesk(shop.store).to_json(WHOLE, tmp_path / "again.json")
    shop.close()
    assert (tmp_path / "again.json").read_bytes() == export.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        first("customer", name="Somebody else"),
        first("customer", pl_number=2),
        first("customer", unheard_of=1),
        first("customer", price_level_id=9999),
        first("customer", name=None),
        first("customer", name=1.5),
        first("booking", status="flown"),
        lambda told: told["data"]["phone"].pop(),
        lambda told: told["data"].pop("phone"),
        lambda told: told["data"].update(unheard_of=[]),
        lambda told: told["data"]["customer"].append("row"),
        lambda told: told["data"]["customer"][0].pop("name"),
        lambda told: told.pop("data"),
        lambda told: told.pop("schema"),
        lambda told: told.update(version="1"),
        lambda told: told.update(digest="sha256:0"),
    ],
)  # fmt: skip
def test_a_damaged_export_leaves_nothing(
    export: Path, tmp_path: Path, sqlite_schema: Path, change: Callable[[Any], object]
) -> None:
    place = shutil.copyfile(sqlite_schema, tmp_path / "empty.db")
    file = changed(export, tmp_path / "bad.json", change)
    assert refused(place, file) == "export_damaged"
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT count(*) FROM business").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM identity").fetchone() == (1,)


def test_a_damaged_export_leaves_no_new_file(export: Path, tmp_path: Path) -> None:
    file = changed(export, tmp_path / "bad.json", first("customer", pl_number=2))
    assert refused(tmp_path / "new.db", file) == "export_damaged"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["bad.json"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"format": "posapp-export"',
        b'{"format": "posapp-export", "version": 1, "schema": "0019", "data": {}}',
        b'{"format": "posapp-export", "version": NaN}',
        b'{"format": "posapp-export", "x": ' + b"[" * 5000,
        b'{"format": "posapp-export", "x": "\xff"}',
        b'{"format": "posapp-export", "version": 1, "schema": "0019", "data": {}, "digest": ""} {}',
        b'{"format": "something else"}',
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(data.replace(b"0019", HEAD.encode()))
    assert refused(tmp_path / "new.db", file) == "export_damaged"
    assert not (tmp_path / "new.db").exists()


def test_a_cut_export_is_refused_wherever_it_was_cut(
    export: Path, tmp_path: Path, sqlite_schema: Path
) -> None:
    place = shutil.copyfile(sqlite_schema, tmp_path / "empty.db")
    whole = export.read_bytes()
    file = tmp_path / "cut.json"
    for size in (5000, len(whole) // 2, len(whole) - 80, len(whole) - 3):
        file.write_bytes(whole[:size])
        assert refused(place, file) == "export_damaged"


@pytest.mark.parametrize(("name", "value"), [("version", 2), ("schema", "9999")])
def test_an_export_of_a_newer_program_is_refused(
    export: Path, tmp_path: Path, name: str, value: object
) -> None:
    file = changed(export, tmp_path / "newer.json", lambda told: told.update({name: value}))
    assert refused(tmp_path / "new.db", file) == "export_newer"
    older = changed(export, tmp_path / "older.json", lambda told: told.update(schema="0001"))
    assert refused(tmp_path / "new.db", older) == "export_older"
    assert refused(tmp_path / "new.db", tmp_path / "missing.json") == "file_unread"
    assert refused(tmp_path / "new.db", tmp_path) == "file_unread"


def test_a_database_with_a_shop_takes_no_export_and_stays_as_it_was(export: Path, sqlite_place: str) -> None:
    before = Path(sqlite_place).read_bytes()
    assert refused(sqlite_place, export) == "database_exists"
    assert Path(sqlite_place).read_bytes() == before


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_a_database_without_a_shop_takes_one_also_after_a_refusal(
    export: Path, empty_place: str, tmp_path: Path
) -> None:
    open_shop(empty_place).close()
    bad = changed(export, tmp_path / "bad.json", first("customer", pl_number=2))
    assert refused(empty_place, bad) == "export_damaged"
    shop = open_shop(empty_place)
    assert shop.businesses.all() == []
    shop.close()
    load_export(empty_place, export)
    shop = open_shop(empty_place)
    ExportDesk(shop.store).to_json(WHOLE, tmp_path / "again.json")
    shop.close()
    assert (tmp_path / "again.json").read_bytes() == export.read_bytes()


def test_a_full_disk_leaves_nothing(export: Path, tmp_path: Path) -> None:
    with largest_file(400_000):
        assert refused(tmp_path / "new.db", export) in ("database_full", "database_disk")
    assert list(tmp_path.glob("*.db*")) == [] and list(tmp_path.glob(".posapp-*")) == []
    load_export(tmp_path / "new.db", export)


_KILLED = """
import os, signal, sys
from pathlib import Path
from posapp.services.care.export_imports import load_export
def tell(done, total):
    os.kill(os.getpid(), signal.SIGKILL)
load_export(sys.argv[1], Path(sys.argv[2]), progress=tell)
"""


def test_a_killed_import_leaves_no_database(export: Path, tmp_path: Path) -> None:
    place = tmp_path / "new.db"
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(place), str(export)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert not place.exists()
    load_export(place, export)


@pytest.fixture
def circles_collected() -> Iterator[None]:
    """As in a program of its own; tests go without it, and circles would count as what grows."""
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("circles_collected")
def test_memory_does_not_grow_with_the_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported_rows, "_PORTION", 10)
    monkeypatch.setattr(exported_lists, "_PORTION", 10)
    monkeypatch.setattr(export_format, "_CHUNK", 4096)
    peaks = []
    for customers in (40, 400):
        build_demo(tmp_path / f"{customers}.db", customers)
        shop = open_shop(tmp_path / f"{customers}.db")
        gc.collect()
        tracemalloc.start()
        ExportDesk(shop.store).to_json(WHOLE, tmp_path / f"{customers}.json")
        out = tracemalloc.get_traced_memory()[1]
        gc.collect()
        tracemalloc.reset_peak()
        load_export(tmp_path / f"back-{customers}.db", tmp_path / f"{customers}.json")
        peaks.append((out, tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
        shop.close()
    (small_out, small_in), (large_out, large_in) = peaks
    # Statements that are kept come and go; rows kept as objects would weigh five times the file.
    size = (tmp_path / "400.json").stat().st_size
    assert large_out < small_out + size / 2
    assert large_in < small_in + size / 2
