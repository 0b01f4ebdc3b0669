"""What an import of old data must yield is what the export says afterwards, and it comes back the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.services.care.export_imports import load_export
from posapp.services.care.exports import ExportDesk
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.old_data.founding import import_new
from tests.factories import TILL
from tests.old_data.sets import CHAIN, FOLDER, SINGLE, order_of

WHOLE = Actor(0, TILL)
FIRST_COUNTS = ("phones", "emails", "legacy_ids")


def exported(shop: Shop, file: Path) -> dict[str, Any]:
    ExportDesk(shop.store).to_json(WHOLE, file, replace=True)
    return json.loads(file.read_bytes())


def expected_of(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name / "expected.json").read_text("utf-8"))


def wrong(told: dict[str, Any], name: str) -> list[object]:
    """What an export says otherwise than the result of a set; the order of most lists does not matter."""
    expected = expected_of(name)
    is_named = expected["settings"]["system"] == "002"
    found: list[object] = []
    for part in ("businesses", "customers", "rejected", "warnings"):
        keys = {key for one in expected[part] for key in one} - {"phone_class"}
        left, right = (
            sorted(json.dumps(_plain(one, keys, is_named=is_named), sort_keys=True) for one in side[part])
            for side in (told, expected)
        )
        found += [one for pair in zip(left, right, strict=False) if pair[0] != pair[1] for one in pair]
        found += [f"{len(left)} {part}, not {len(right)}"] if len(left) != len(right) else []
    return found


def _plain(one: dict[str, Any], keys: set[str], *, is_named: bool) -> dict[str, Any]:
    kept = {key: one.get(key) for key in keys if key != "business" or is_named}
    for key, value in kept.items():
        if isinstance(value, list):
            kept[key] = [value[:1] if key in FIRST_COUNTS else [], sorted(value)]
    return kept


@pytest.mark.parametrize("name", SINGLE)
def test_an_export_says_what_a_set_must_come_to(name: str, tmp_path: Path) -> None:
    import_new(tmp_path / "old.db", order_of(name), TILL)
    shop = open_shop(tmp_path / "old.db")
    told = exported(shop, tmp_path / "all.json")
    shop.close()
    assert wrong(told, name) == []
    suggested = pairs(told, is_named=name.startswith("002"))
    assert suggested >= pairs(expected_of(name), is_named=name.startswith("002"))
    assert len(suggested) <= 2 * len(told["customers"])


def pairs(told: dict[str, Any], *, is_named: bool) -> set[tuple[str, ...]]:
    """The pairs that are suggested: business and both PL IDs."""
    return {
        (one["business"] if is_named else "", *sorted(one["pl_ids"])) for one in told["possible_duplicates"]
    }


def test_a_shop_after_four_imports_goes_out_and_in(tmp_path: Path) -> None:
    import_new(tmp_path / "old.db", order_of(CHAIN[0]), TILL)
    shop = open_shop(tmp_path / "old.db")
    for name in CHAIN:
        if name != CHAIN[0]:
            shop.imports.run(shop.actor(TILL), order_of(name))
    assert wrong(exported(shop, tmp_path / "all.json"), CHAIN[-1]) == []
    shop.close()
    load_export(tmp_path / "new.db", tmp_path / "all.json")
    back = open_shop(tmp_path / "new.db")
    exported(back, tmp_path / "back.json")
    assert (tmp_path / "back.json").read_bytes() == (tmp_path / "all.json").read_bytes()
    assert [one.rule for one in verify(back.store) if not one.is_kept] == []
    again = back.imports.run(back.actor(TILL), order_of(CHAIN[-1]))
    assert (again.created, again.matched, again.past) == (0, 0, 0)
    back.close()
