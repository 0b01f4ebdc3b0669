"""The sample exports of the five old systems, and what a database holds in the words of their results."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from posapp.domain.base.clock import from_us
from posapp.domain.old_data.imports import ImportOrder, ImportResult, System

FOLDER = Path(__file__).parent / "legacy"
SINGLE = sorted(one.name for one in FOLDER.iterdir() if one.name != "chain")
CHAIN = sorted(f"chain/{one.name}" for one in (FOLDER / "chain").iterdir())


def order_of(name: str) -> ImportOrder:
    """What a person tells the importer of a set."""
    source = json.loads((FOLDER / name / "source.json").read_text("utf-8"))
    files = {collection: str(FOLDER / name / file) for collection, file in source["files"].items()}
    return ImportOrder(
        system=System(source["system"]), files=files, region=source["region"], currency=source["currency"]
    )


def expected_of(name: str) -> dict[str, Any]:
    """The result of a set, in the shape of `state_of`."""
    said = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))
    is_named = said["settings"]["system"] == "002"
    return {
        "businesses": sorted(
            (one["business"] if is_named else "", one["next_pl_id"]) for one in said["businesses"]
        ),
        "customers": {
            (one["business"] if is_named else "", one["pl_id"]): _plain(one) for one in said["customers"]
        },
        "rejected": sorted((one["file"], one["row"], one["reason"]) for one in said["rejected"]),
        "warnings": sorted((one["file"], one["row"], one["code"]) for one in said["warnings"]),
    }


_LISTS = ("old_pl_ids", "other_names", "legacy_ids", "bookings", "tickets", "orders", "appointments")
_FIRST_COUNTS = ("phones", "emails", "legacy_ids")


def _plain(one: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: one[name] for name in ("name", "total_spent_minor", "balance_minor", "created_at")}
    kept["created_at"] = _short(kept["created_at"])
    kept |= {name: sorted(one[name]) for name in (*_LISTS, "phones", "emails")}
    kept |= {f"first of {name}": one[name][:1] for name in _FIRST_COUNTS}
    return kept | {"phone_class": one["phone_class"]}


def report_of(result: ImportResult) -> dict[str, Any]:
    """What an import says of rows, in the shape of `state_of`."""
    return {
        "rejected": sorted((one.file, one.row, one.code) for one in result.rejected),
        "warnings": sorted((one.file, one.row, one.code) for one in result.warnings),
    }


def state_of(connection: Connection) -> dict[str, Any]:
    """The customers of a database as the results of the sets tell them."""
    old = {row.business_id: row.code for row in connection.execute(text("SELECT * FROM legacy_business"))}
    counters = connection.execute(text("SELECT business_id, last FROM counter WHERE name = 'PL'"))
    customers: dict[int, dict[str, Any]] = {}
    keys: dict[int, tuple[str, str]] = {}
    for row in connection.execute(text("SELECT * FROM customer WHERE merged_into IS NULL ORDER BY id")):
        keys[row.id] = (old.get(row.business_id, ""), f"PL{row.pl_number}")
        at = from_us(row.created_at).isoformat(timespec="microseconds").removesuffix("+00:00")
        customers[row.id] = {
            "name": row.name,
            "total_spent_minor": 0,
            "balance_minor": 0,
            "created_at": at,
            **{name: [] for name in _LISTS},
            "phones": [],
            "emails": [row.email] if row.email else [],
            "phone_class": "valid",
        }
    _add_people(connection, customers)
    _add_records(connection, customers)
    return {
        "businesses": sorted(
            (old.get(row.business_id, ""), f"PL{row.last + 1}")
            for row in counters
            if not old or row.business_id in old
        ),
        "customers": {keys[key]: _plain(one) for key, one in customers.items()},
    }


def _add_people(connection: Connection, customers: dict[int, dict[str, Any]]) -> None:
    phones = "SELECT * FROM phone WHERE ended_at IS NULL ORDER BY customer_id, is_primary DESC, id"
    for row in connection.execute(text(phones)):
        one = customers[row.customer_id]
        if row.is_primary:
            one["phone_class"] = row.mark or "valid"
        one["phones"].append(row.key)
    for row in connection.execute(text("SELECT customer_id, name FROM contact ORDER BY id")):
        customers[row.customer_id]["other_names"].append(row.name)
    for row in connection.execute(text("SELECT customer_id, email FROM further_email ORDER BY id")):
        customers[row.customer_id]["emails"].append(row.email)
    for row in connection.execute(text("SELECT customer_id, code FROM alias ORDER BY id")):
        customers[row.customer_id]["old_pl_ids"].append(row.code.upper())
    for row in connection.execute(text("SELECT * FROM legacy_id ORDER BY id")):
        customers[row.customer_id]["legacy_ids"].append(f"{row.system}:{row.collection}:{row.code}")
    for row in connection.execute(text("SELECT customer_id, amount_minor FROM ledger_entry")):
        customers[row.customer_id]["balance_minor"] += row.amount_minor


def _add_records(connection: Connection, customers: dict[int, dict[str, Any]]) -> None:
    for row in connection.execute(text("SELECT * FROM past_record ORDER BY id")):
        one = customers[row.customer_id]
        one[f"{row.kind}s"].append(row.code)
        one["total_spent_minor"] += row.amount_minor if row.is_counted else 0


def _short(at: str) -> str:
    head, _, fraction = at.removesuffix("Z").partition(".")
    fraction = fraction.rstrip("0")
    return f"{head}.{fraction}Z" if fraction else f"{head}Z"


def differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Where a state is not what a result says, a line for each."""
    said: list[str] = []
    for name in wanted:
        if name == "customers":
            continue
        if found[name] != wanted[name]:
            more = [one for one in found[name] if one not in wanted[name]]
            less = [one for one in wanted[name] if one not in found[name]]
            said.append(f"{name}: too many {more}, missing {less}")
    mine, theirs = found["customers"], wanted["customers"]
    said += [f"{key} is missing" for key in theirs.keys() - mine.keys()]
    said += [f"{key} is too many" for key in mine.keys() - theirs.keys()]
    for key in theirs.keys() & mine.keys():
        unlike: dict[str, tuple[Any, Any]] = {}
        for name, value in theirs[key].items():
            if mine[key][name] != value:
                unlike[name] = (mine[key][name], value)
        if unlike:
            said.append(f"{key}: {dict(unlike)}")
    return said
