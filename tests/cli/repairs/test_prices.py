from pathlib import Path

import pytest

from tests.cli.conftest import Cli

SCREEN = ("--device", "Samsung Galaxy S22", "--fault", "Cracked screen")


def test_a_price_is_set_found_and_changed(cli: Cli):
    cli("item", "add", "--sku", "DSP", "--name", "Display", "--price", "80", "--kind", "part", "--stock", 2)
    made = cli("--json", "price", "set", *SCREEN, "--price", "129.00", "--minutes", 45, "--sku", "DSP").json
    assert made == {
        "kind": None,
        "make": "Samsung",
        "model": "Galaxy S22",
        "fault": "Cracked screen",
        "price_minor": 12900,
        "minutes": 45,
        "sku": "DSP",
        "is_archived": False,
    }
    again = cli("--json", "price", "set", "--device", "SAMSUNG galaxy s22", "--fault", "cracked  SCREEN",
                "--price", "135").json  # fmt: skip
    assert (again["price_minor"], again["minutes"], again["sku"]) == (13500, 45, "DSP")
    assert cli("--json", "price", "set", *SCREEN, "--sku", "").json["sku"] == ""
    assert "Samsung Galaxy S22" in cli("price", "list", "screen").out
    assert cli("price", "list", "battery").out == "No prices.\n"
    assert len(cli("--json", "price", "list").json) == 1


def test_what_fits_a_device_is_listed_the_most_exact_first(cli: Cli):
    cli("price", "set", "--kind", "phone", "--fault", "Battery", "--price", "60")
    cli("price", "set", "--device", "Samsung", "--fault", "Battery", "--price", "55")
    cli("price", "set", "--device", "Samsung Galaxy S22", "--fault", "Battery", "--price", "50")

    def price(device: str) -> int:
        words = ("--device", device, "--kind", "phone", "--fault", "Battery flat")
        [found] = cli("--json", "price", "list", *words).json
        return int(found["price_minor"])

    assert [price(one) for one in ("Samsung Galaxy S22", "Samsung S9", "Nokia 3310")] == [5000, 5500, 6000]


def test_a_price_is_taken_off_the_list(cli: Cli):
    cli("price", "set", *SCREEN, "--price", "129")
    assert cli("--json", "price", "archive", *SCREEN).json["is_archived"]
    assert cli("--json", "price", "list").json == []
    assert len(cli("--json", "price", "list", "--all").json) == 1
    assert cli("--json", "price", "archive", *SCREEN).error["code"] == "price_unknown"


def test_prices_change_by_a_percentage_only_when_booked(cli: Cli):
    cli("price", "set", *SCREEN, "--price", "129")
    shown = cli("--json", "price", "change", "5", "--step", "0.50").json
    assert shown["booked"] is False
    assert [(one["before_minor"], one["after_minor"]) for one in shown["prices"]] == [(12900, 13550)]
    assert cli("--json", "price", "list").json[0]["price_minor"] == 12900
    assert cli("--json", "price", "change", "-10", "--step", "1", "--book").json["booked"] is True
    assert cli("--json", "price", "list").json[0]["price_minor"] == 11600
    assert cli("--json", "price", "change", "0", "--step", "1").error["code"] == "percent_invalid"
    assert cli("--json", "price", "change", "5", "--step", "0").error["code"] == "step_invalid"
    none = cli("--json", "price", "change", "5", "--step", "1", "--words", "nokia", "--book")
    assert none.error["code"] == "prices_none"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_goes_out_and_comes_in_again(cli: Cli, tmp_path: Path, ending: str):
    file = tmp_path / f"prices.{ending}"
    cli("price", "set", *SCREEN, "--price", "129.50", "--minutes", 45)
    assert cli("--json", "price", "export", file).json["prices"] == 1
    assert cli("--json", "price", "export", file).error["code"] == "file_exists"
    cli("price", "set", *SCREEN, "--price", "99")
    dry = cli("--json", "price", "import", file, "--dry-run").json
    assert dry == {"dry_run": True, "added": 0, "changed": 1, "same": 0, "rejected": []}
    assert cli("--json", "price", "list").json[0]["price_minor"] == 9900
    assert cli("--json", "price", "import", file).json["changed"] == 1
    assert cli("--json", "price", "list").json[0]["price_minor"] == 12950
    assert cli("--json", "price", "import", file).json["same"] == 1


def test_rows_that_cannot_be_taken_are_told_with_their_number(cli: Cli, tmp_path: Path):
    file = tmp_path / "prices.csv"
    file.write_text("make,model,fault,price\nNokia,3310,Battery,20\nNokia,3310,Screen,free\n")
    done = cli("price", "import", file)
    assert (done.status, done.out) == (
        0,
        "2 rows: 1 new, 0 changed, 0 as they are, 1 refused\nRow 3: Enter an amount such as 50 or 12.50.\n",
    )


def test_what_is_not_named_is_asked_for(cli: Cli):
    assert cli("price", "set", *SCREEN).status == 2
    assert cli("price", "list", "--fault", "x").status == 2
    assert cli("--json", "price", "set", "--fault", "x", "--price", "1").error["code"] == "device_missing"
    assert cli("--json", "price", "set", *SCREEN, "--price", "1,5").error["code"] == "amount_invalid"
