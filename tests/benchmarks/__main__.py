"""Measures posapp's speed against yardsticks: `python -m tests.benchmarks NAME... [--customers N]`."""

import argparse
import platform
import sqlite3
import sys
from collections.abc import Callable

from tests.benchmarks import (
    booking,
    customer_lists,
    duplicates,
    files,
    histories,
    journals,
    merges,
    opening,
    papers,
    people,
    repairs,
    reports,
    sales,
    searching,
    servers,
    sheets,
    totals,
    windows,
)

BENCHMARKS: dict[str, Callable[[int], None]] = {
    "search": searching.search,
    "search-growth": searching.search_growth,
    "phone": searching.phone,
    "open": opening.opening,
    "keys": windows.keys,
    "scan": windows.scan,
    "paint": windows.paint,
    "start": windows.start,
    "rss": windows.rss,
    "book": booking.book,
    "sell": sales.sell,
    "z": sales.z,
    "revenue": totals.revenue,
    "rebuild": totals.rebuild,
    "reports": reports.reports,
    "customers": customer_lists.customers,
    "xlsx": sheets.xlsx,
    "board": repairs.board,
    "board-keys": windows.board_keys,
    "intake": repairs.intake,
    "history": histories.history,
    "journal": journals.journal,
    "receipt": papers.receipt,
    "unlock": people.unlock,
    "merge": merges.merge,
    "duplicates": duplicates.duplicates,
    "postgres": servers.search,
    "size": files.size,
    "demo": files.demo,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all, {', '.join(BENCHMARKS)}")
    parser.add_argument("--customers", type=int, default=100_000, help="size of the shop (default: 100000)")
    given = parser.parse_args()
    names = list(BENCHMARKS) if "all" in given.names else given.names
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown or not names:
        parser.error(f"choose from all, {', '.join(BENCHMARKS)}")
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {given.customers:,} customers"
    )
    for name in names:
        BENCHMARKS[name](given.customers)


if __name__ == "__main__":
    sys.setswitchinterval(0.0005)  # as the program itself does
    main()
