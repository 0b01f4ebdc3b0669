"""`posapp ticket`: a repair from the counter to the hand-back."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from posapp.bootstrap import open_shop
from tests.cli.conftest import Cli
from tests.repairs import an_item

ADD = ["ticket", "add", "--phone", "0871234567", "--device", "Samsung Galaxy S22", "--fault", "Cracked"]
IMEI = "356938035643809"


def device(document: dict[str, Any], position: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = document["devices"][position - 1]
    return found


def test_a_ticket_makes_the_customer_and_says_so(cli: Cli):
    made = cli(*ADD, "--name", "Marta", "--kind", "phone", "--imei", IMEI, "--price", "99.00", "--json").json
    assert (made["number"], made["pl_id"], made["created"]) == ("T1", "PL1", True)
    assert device(made)["device"] == "Samsung Galaxy S22"
    assert (device(made)["imei"], device(made)["status"], device(made)["price_minor"]) == (
        IMEI,
        "received",
        9900,
    )
    again = cli(*ADD, "--json").json
    assert (again["number"], again["pl_id"], again["created"]) == ("T2", "PL1", False)
    assert device(again)["no_serial_reason"] == "Not given"
    assert cli("ticket", "show", "t1", "--json").json["number"] == "T1"


def test_a_ticket_follows_a_booking(cli: Cli):
    cli("booking", "add", "--phone", "0871234567", "--at", "2030-11-20 10:00")
    words = ["--booking", "B1", "--device", "Apple iPad", "--fault", "Dead", "--no-serial", "screen is dark"]
    made = cli("ticket", "add", *words, "--json").json
    assert (made["booking"], device(made)["no_serial_reason"]) == ("B1", "screen is dark")
    assert cli("booking", "show", "B1", "--json").json["status"] == "arrived"


def test_a_due_time_is_shop_time(cli: Cli):
    made = cli(*ADD, "--due", "2030-07-01 17:00", "--json").json
    assert made["due"] == "2030-07-01T16:00:00+00:00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--imei", "356938035643808"], "imei_wrong"),
        (["--due", "tomorrow"], "time_unclear"),
        (["--price", "many"], "amount_invalid"),
        (["--technician", "Nobody"], "person_unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(cli: Cli, words: list[str], code: str):
    refused = cli(*ADD, *words, "--json")
    assert refused.status == 1
    assert refused.error["code"] == code
    assert cli("ticket", "list", "--all", "--json").json == []


def test_a_device_that_is_here_is_not_taken_in_twice(cli: Cli):
    cli(*ADD, "--imei", IMEI)
    assert "T1" in cli(*ADD, "--imei", IMEI, "--json").error["message"]


def test_a_repair_goes_its_way_to_the_hand_back(cli: Cli):
    cli(*ADD, "--name", "Marta", "--serial", "R58N123")
    assert device(cli("ticket", "assign", "T1", "Counter", "--json").json)["technician"] == "Counter"
    found = cli("ticket", "found", "T1", "Display broken", "--price", "120", "--json").json
    assert (device(found)["found"], device(found)["price_minor"]) == ("Display broken", 12000)
    unpriced = cli("ticket", "found", "T1", "Display broken", "--no-price", "--json").json
    assert device(unpriced)["price_minor"] is None
    assert device(cli("ticket", "status", "T1", "in_repair", "--json").json)["status"] == "in_repair"
    refused = cli("ticket", "status", "T1", "received", "--json").error
    assert refused["code"] == "reason_missing"
    assert cli("ticket", "shelve", "A1", "T1", "--json").json == [
        {"number": "T1", "position": 1, "shelf": "A1"}
    ]
    cli("ticket", "status", "T1", "ready")
    assert "T1" in cli("ticket", "list", "--state", "ready").out
    done = device(cli("ticket", "hand-back", "T1", "--to", "Marta", "--json").json)
    assert (done["status"], done["outcome"], done["handed_to"]) == ("collected", "repaired", "Marta")
    assert cli("ticket", "list").out == "No devices.\n"
    assert cli("verify").status == 0


def test_an_estimate_is_asked_and_approved(cli: Cli):
    cli(*ADD)
    asked = cli(
        "ticket", "estimate", "T1", "--line", "Display, black,1,99.00", "--line", "Work,2,15", "--json"
    )
    assert (asked.json["version"], asked.json["total_minor"], asked.json["status"]) == (1, 12900, "asked")
    yes = cli("ticket", "approve", "T1", "--by", "Marta", "--limit", "150", "--json").json
    assert (yes["status"], yes["limit_minor"]) == ("approved", 15000)
    assert device(cli("ticket", "show", "T1", "--json").json)["price_minor"] == 12900
    assert cli("ticket", "estimate", "T1", "--line", "Display", "--json").error["code"] == "line_unclear"


def test_a_list_tells_what_was_estimated(cli: Cli):
    cli("ticket", "add", "--phone", "0871234567", "--device", "Acme Phone", "--fault", "Dead")
    cli("ticket", "estimate", "T1", "--line", "Display,1,27.40")
    [row] = cli("ticket", "list", "--json").json
    assert (row["price_minor"], row["estimated"]) == (None, 2740)
    cli("ticket", "approve", "T1", "--by", "Marta")
    [row] = cli("ticket", "list", "--json").json
    assert (row["price_minor"], row["estimated"]) == (2740, None)


def test_a_line_without_a_price_is_refused_and_a_free_one_says_so(cli: Cli):
    cli("item", "add", "--sku", "DSP", "--name", "Display", "--price", "0", "--kind", "part")
    cli("ticket", "add", "--phone", "0871234567", "--device", "Acme Phone", "--fault", "Dead")
    device = ("--phone", "0871234567", "--device", "Acme Book", "--fault", "Dead")
    for line in ("DSP", "DSP,2", "Display,1,"):
        for words in (("estimate", "T1"), ("add", *device)):
            refused = cli("ticket", *words, "--line", line, "--json").error
            assert (refused["code"], refused["field"]) == ("price_missing", "price")
            assert refused["message"] == "Enter a price, or 0 for free."
    assert len(cli("ticket", "list", "--json").json) == 1
    made = cli("ticket", "estimate", "T1", "--line", "DSP,1,0", "--json").json
    assert (made["total_minor"], made["lines"][0]["text"]) == (0, "Display")


def test_an_estimate_is_made_and_agreed_with_the_intake(cli: Cli):
    lines = ("--line", "Display, black,1,99.00", "--line", "Work,2,15", "--warranty", "90")
    taken = cli(*ADD, *lines, "--agreed", "--json").json
    assert (device(taken)["price_minor"], device(taken)["status"]) == (12900, "received")
    assert device(cli(*ADD, *lines, "--json").json)["status"] == "needs_approval"
    assert cli(*ADD, "--line", "Display", "--json").error["code"] == "line_unclear"
    assert cli("ticket", "list", "--all", "--kind", "phone", "--json").json == []


def test_a_price_with_a_warranty_is_a_line(cli: Cli):
    taken = cli(*ADD, "--price", "89", "--warranty", "90", "--json").json
    assert (device(taken)["price_minor"], device(taken)["status"]) == (8900, "received")
    [line] = cli("ticket", "lines", "T1", "--json").json["lines"]
    assert (line["unit_minor"], line["warranty_days"], line["state"]) == (8900, 90, "work")
    assert cli(*ADD, "--warranty", "90").status == 2
    assert cli(*ADD, "--agreed").status == 2
    both = cli(*ADD, "--price", "89", "--line", "Display,1,99.00", "--json")
    assert both.error["code"] == "price_twice"


def test_a_line_names_a_part_of_the_stock(cli: Cli):
    cli(*ADD)
    cli("item", "add", "--sku", "DSP", "--name", "Display", "--price", "80", "--stock", "1", "--kind", "part")
    asked = cli("ticket", "estimate", "T1", "--line", "DSP,2", "--line", "dsp,1,70.00", "--json").json
    assert [(one["text"], one["amount_minor"]) for one in asked["lines"]] == [
        ("Display", 16000),
        ("Display", 7000),
    ]
    cli("ticket", "approve", "T1", "--by", "Marta")
    shown = cli("ticket", "lines", "T1", "--json").json
    assert [(one["state"], one["missing"]) for one in shown["lines"]] == [("waiting", 1), ("waiting", 1)]
    assert (
        cli("ticket", "found", "T1", "Broken", "--price", "999", "--json").error["code"] == "limit_exceeded"
    )
    assert "Approved to" in cli("ticket", "lines", "T1").out
    assert cli("ticket", "estimate", "T1", "--line", "NONE,2", "--json").error["code"] == "line_unclear"


def test_an_estimate_is_declined(cli: Cli):
    cli(*ADD)
    cli("ticket", "estimate", "T1", "--line", "Display,1,99.00")
    no = cli(
        "ticket", "decline", "T1", "--by", "Marta", "--how", "sms", "--reason", "too much", "--json"
    ).json
    assert (no["status"], no["answered_how"]) == ("declined", "sms")


def test_what_the_customer_was_told_is_noted(cli: Cli):
    cli(*ADD)
    told = cli("ticket", "inform", "001", "--words", "It is ready", "--answer", "Comes today", "--json").json
    assert (told["number"], told["how"], told["answer"]) == ("T1", "phone", "Comes today")


def test_a_list_is_of_one_customer_or_state(cli: Cli):
    cli(*ADD)
    cli("ticket", "add", "--phone", "0877654321", "--device", "Apple iPad", "--fault", "Dead")
    assert [one["number"] for one in cli("ticket", "list", "--json").json] == ["T2", "T1"]
    assert [one["number"] for one in cli("ticket", "list", "--customer", "PL1", "--json").json] == ["T1"]
    assert cli("ticket", "list", "--state", "ready", "--json").json == []
    assert cli("ticket", "list", "--state", "sold", "--json").error["code"] == "state_unknown"


def test_the_history_tells_tickets(cli: Cli):
    cli(*ADD)
    newest = cli("history", "PL1", "--json").json[0]
    assert (newest["kind"], newest["number"], newest["status"]) == ("ticket", "T1", "received")
    assert "T1 Samsung Galaxy S22" in cli("history", "PL1").out


# -- devices and parts ---------------------------------------------------------------------------------
def test_another_device_is_put_on_a_ticket_and_the_register_is_corrected(cli: Cli):
    cli(*ADD, "--serial", "SN1")
    more = ["ticket", "device", "add", "T1", "--device", "Apple iPad", "--fault", "Dead", "--serial", "SN2"]
    made = cli(*more, "--json").json
    assert [one["device"] for one in made["devices"]] == ["Samsung Galaxy S22", "Apple iPad"]
    edited = cli(
        *["ticket", "device", "edit", "T1", "--device", "2", "--name", "Apple iPad 9", "--imei", IMEI],
        "--json",
    ).json
    assert (device(edited, 2)["device"], device(edited, 2)["imei"]) == ("Apple iPad 9", IMEI)
    assert device(edited)["device"] == "Samsung Galaxy S22"
    assert cli("ticket", "device", "edit", "T1", "--device", "3", "--imei", IMEI).status == 1
    assert cli("ticket", "device", "edit", "T1").status == 2
    known = cli("ticket", "device", "edit", "T1", "--serial", "SN2", "--json")
    assert known.error["code"] == "device_known"


def test_parts_are_reserved_used_put_back_and_scrapped(cli: Cli, sqlite_place: str):
    shop = open_shop(sqlite_place)
    an_item(shop, shop.actor("Till 1"), stock=5, sku="DSP-S22")
    shop.close()
    cli(*ADD)

    def part(step: str, *words: str) -> tuple[int, str]:
        told = cli("ticket", "part", step, "T1", "dsp-s22", *words, "--json").json
        return told["quantity"], told["state"]

    assert part("reserve", "--quantity", "3") == (3, "reserved")
    assert part("use", "--quantity", "2") == (2, "used")
    assert part("back") == (1, "returned")
    assert part("scrap", "--quantity", "1", "--reason", "cracked") == (1, "scrapped")
    assert part("use") == (1, "used")
    listed = cli("ticket", "part", "list", "T1", "--json").json
    assert sorted((one["quantity"], one["state"]) for one in listed) == [
        (1, "returned"),
        (1, "scrapped"),
        (1, "used"),
        (1, "used"),
    ]
    shop = open_shop(sqlite_place)
    [item] = shop.items.find(shop.actor("Till 1"))
    shop.close()
    assert (item.stock, item.reserved) == (2, 0)
    assert cli("ticket", "part", "use", "T1", "nothing", "--json").error["code"] == "item_unknown"
    assert cli("ticket", "part", "back", "T1", "nothing", "--json").error["code"] == "part_unknown"
    assert cli("ticket", "part", "scrap", "T1", "DSP-S22").status == 2


# -- claims, a second look, and each device in its own way ------------------------------------------------
def repaired_under_warranty(cli: Cli) -> None:
    cli(*ADD, "--serial", "ZZ9")
    cli("ticket", "estimate", "T1", "--line", "Display,1,89.00", "--warranty", "90")
    cli("ticket", "approve", "T1", "--by", "Marta")
    cli("ticket", "status", "T1", "ready")
    cli("ticket", "hand-back", "T1", "--to", "Marta", "--unpaid", "on Friday")


def test_a_device_under_warranty_is_told_of_and_claimed(cli: Cli):
    repaired_under_warranty(cli)
    told = cli(*ADD, "--serial", "ZZ9")
    assert "Under warranty: Display, repair T1" in told.err
    cli("ticket", "status", "T2", "cancelled", "--reason", "not needed")
    cli("ticket", "hand-back", "T2", "--to", "Marta")
    made = device(cli(*ADD, "--serial", "ZZ9", "--claim", "t1", "--json").json)
    assert made["claim"].pop("ends_at")
    assert made["claim"] == {"number": "T1", "text": "Display", "days_left": 90}
    assert "90 days left" in cli("ticket", "show", "T3").out
    assert cli(*ADD, "--serial", "ZZ8", "--claim", "T1", "--json").error["code"] == "warranty_unknown"


def test_a_second_person_is_named_where_nobody_signs_in(cli: Cli):
    cli(*ADD)
    cli("ticket", "status", "T1", "in_repair")
    assert cli("ticket", "check", "T1", "--json").error["code"] == "checker_missing"
    assert device(cli("ticket", "check", "T1", "--by", "Ann", "--json").json)["checked_by"] == "Ann"


def test_devices_of_one_hand_back_end_in_their_own_ways(cli: Cli):
    cli(*ADD)
    cli("ticket", "device", "add", "T1", "--device", "Apple iPad", "--fault", "Dead")
    for place in ("1", "2"):
        cli("ticket", "status", "T1", "ready", "--device", place)
    back = ("ticket", "hand-back", "T1", "--to", "Marta")
    assert cli(*back, "--device", "1=lost").status == 2
    assert cli(*back, "--device", "1", "--device", "1=refused").status == 2
    assert cli(*back, "--taker", "Tom").status == 2
    made = cli(*back, "--device", "1", "--device", "2=refused", "--taker", "2=Tom", "--json").json
    assert [(one["outcome"], one["handed_to"]) for one in made["devices"]] == [
        ("repaired", "Marta"),
        ("refused", "Tom"),
    ]


def test_a_promise_in_the_past_is_refused(cli: Cli):
    refused = cli(*ADD, "--due", "2020-01-02 12:00", "--json")
    assert (refused.status, refused.error["code"], refused.error["field"]) == (1, "due_past", "due")


def test_a_promise_before_the_bench_could_keep_it_is_warned_of(cli: Cli):
    for _ in range(3):
        cli(*ADD)
    soon = datetime.now(ZoneInfo("Europe/Dublin")) + timedelta(minutes=7)
    told = cli(*ADD, "--due", f"{soon:%Y-%m-%d %H:%M}").err
    assert told.startswith("Promised too soon: 3 come first, it fits by ")
    later = soon + timedelta(days=40)
    assert "too soon" not in cli(*ADD, "--due", f"{later:%Y-%m-%d %H:%M}").err
