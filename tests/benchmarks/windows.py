"""start, rss, keys, paint: the real window, off-screen, each in processes of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from posapp.storage.catalogue.item_search import columns_of
from tests.benchmarks.measure import Row, Times, compared, show
from tests.benchmarks.repairs import fill_board
from tests.benchmarks.shops import ROOT, copied, folder, raw

STARTS = 5
ITEMS, MOST_MS = 100_000, 16
BUSY = 2000
"""Devices on a board that is filtered at every key."""
_KINDS = (
    "Tempered glass",
    "Silicone case",
    "USB-C cable",
    "Battery",
    "Display",
    "Charging port",
    "Back cover",
)


def _child(*task: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=folder()) as home:
        environment = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "",  # an installed program is compiled; the first start sees to it
            "QT_QPA_PLATFORM": "offscreen",
            "POSAPP_DATA_DIR": home,
            "POSAPP_CONFIG_DIR": home,
            "BENCH_STARTED": str(time.time_ns()),
        }
        command = [sys.executable, "-m", "tests.benchmarks.window_child", *task]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def _starts(customers: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    ours, empty = [], []
    with copied(customers) as file:
        for _ in range(STARTS):
            empty.append(_child("empty"))
            ours.append(_child("start", str(file)))
    return ours[1:], empty[1:]  # the first of each warms the disk's cache


def start(customers: int) -> None:
    """From the process's beginning to the first frame and to the first answer."""
    ours, empty = _starts(customers)
    bare = Times([one["frame"] for one in empty])
    rows = [
        compared("first frame", Times([one["frame"] for one in ours]), bare, most=1.3),
        compared("search ready", Times([one["ready"] for one in ours]), bare, most=4.2),
    ]
    pause = Times([one["pause"] for one in ours])
    rows.append(Row("longest pause meanwhile", (f"{pause.p50:.1f} ms",), "<= 50 ms", pause.p50 <= 50))
    show(f"start, {customers:,} customers (yardstick: an empty QMainWindow)", rows)


def rss(customers: int) -> None:
    """Memory after the start, and what 400 searches add."""
    ours, empty = _starts(customers)
    started = Times([one["started rss"] for one in ours]).p50
    bare = Times([one["rss"] for one in empty]).p50
    grown = Times([one["searched own"] - one["started own"] for one in ours]).p50
    rows = [
        Row(
            "after the start",
            (f"{started:.0f} MiB", f"{bare:.0f} MiB", f"{started / bare:.2f}"),
            "<= 2.4 x",
            started <= 2.4 * bare,
        ),
        Row("400 searches add, own memory", (f"{grown:.1f} MiB",), "<= 40 MiB", grown <= 40),
    ]
    show(
        f"rss, {customers:,} customers (yardstick: an empty QMainWindow)",
        rows,
        ("posapp", "yardstick", "ratio"),
    )


@contextmanager
def _beside(*command: str) -> Iterator[None]:
    """Run a command of posapp again and again meanwhile."""
    script = (
        "import pathlib, shutil, subprocess, sys\n"
        "while True:\n"
        "    place = pathlib.Path(sys.argv[1], 'made')\n"
        "    place.mkdir()\n"
        "    words = [word.replace('PLACE', str(place)) for word in sys.argv[2:]]\n"
        "    subprocess.run([sys.executable, '-m', 'posapp', *words], capture_output=True)\n"
        "    shutil.rmtree(place)\n"
    )
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        words = [sys.executable, "-c", script, place, *command]
        runner = subprocess.Popen(words, cwd=ROOT, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(runner.pid, 15)  # the group is the runner's own
            runner.wait()


def keys(customers: int) -> None:
    """Key press to painted list, alone and beside other work."""
    rows = []
    with copied(customers) as file:
        for kind, command in (
            ("alone", None),
            ("beside a backup", ("--database", str(file), "backup", "PLACE", "--progress")),
            (
                "beside a demo build",
                ("--database", "PLACE/demo.db", "demo", "--customers", "200000", "--progress"),
            ),
        ):
            if command is None:
                found = _child("keys", str(file))
            else:
                with _beside(*command):
                    found = _child("keys", str(file))
            rows.append(compared(kind, Times(found["asked"]), Times(found["known"]), most=1.35))
            figures = (f"{found['longest']:.1f} ms", "", "", f"{found['p99']:.1f} ms")
            rows.append(
                Row(
                    f"    longest stall ({found['above 16']} above 16 ms)",
                    figures,
                    "<= 16 ms",
                    found["longest"] <= 16,
                )
            )
    show(f"keys, {customers:,} customers (yardstick: the same answers known beforehand)", rows)


def scan(customers: int) -> None:
    """A code behind Enter to the painted line of the sale, in a shop of many items."""
    with copied(customers) as file:
        codes = _stock_up(file)
        found = _child("scan", str(file), *codes)
    row = compared("a code to its line", Times(found["asked"]), Times(found["known"]), most=1.35)
    worked = Times(found["worked"])
    figures = (f"{worked.p50:.2f} ms", "", "", f"{worked.p99:.2f} ms")
    gui = Row("    the window's thread works", figures, "<= 16 ms", worked.p99 <= MOST_MS)
    show(f"scan, {ITEMS:,} items (yardstick: the same lines known beforehand)", [row, gui])


def board_keys(customers: int) -> None:
    """Every key of some words in the field of a board of many devices, to the painted cards and rows."""
    with copied(customers) as file:
        connection = raw(file)
        fill_board(connection, BUSY)
        connection.close()
        found = _child("board-keys", str(file), *("screen", "galaxy s2", "t1", "kowal", "xyz"))
    plain = Times(found["plain"])
    rows = []
    for name in ("board", "list"):
        times = Times(found[name])
        rows.append(compared(name, times, plain, most=3))
        figures = (f"{times.p50:.2f} ms", "", "", f"{times.worst:.2f} ms")
        rows.append(Row("    the worst key", figures, "<= 16 ms", times.worst <= MOST_MS))
    show(f"board-keys, {found['devices']:,} devices (yardstick: lists and a filter of Qt's own)", rows)


def _stock_up(file: Path) -> list[str]:
    """Give a shop many items; some of their codes."""
    connection = raw(file)
    connection.execute("BEGIN IMMEDIATE")
    made = (
        (sku, name, *columns_of(name, sku).values(), 500 + number % 9000)
        for number in range(ITEMS)
        for sku, name in ((f"SKU{number:06}", f"{_KINDS[number % len(_KINDS)]} for model {number // 7}"),)
    )
    found_by = columns_of("x", "x")
    connection.executemany(
        f"INSERT INTO item (business_id, sku, name, {', '.join(found_by)}, price_minor, kind, keeps_stock, "
        "created_at, created_by, updated_at, updated_by) "
        f"VALUES (1, ?, ?, {', '.join('?' * len(found_by))}, ?, 'goods', 0, 1, 'T', 1, 'T')",
        made,
    )
    connection.execute("COMMIT")
    connection.close()
    return [f"SKU{number:06}" for number in range(7, ITEMS, ITEMS // 60)]


def paint(customers: int) -> None:
    """Rows of results against a table of items."""
    with copied(customers) as file:
        found = _child("paint", str(file))
    row = compared(f"{found['rows']} rows", Times(found["ours"]), Times(found["theirs"]), most=0.8)
    show("paint (yardstick: QTableWidget, four columns)", [row])
