"""`posapp booking`: times that can be, times that cannot."""

from typing import Any

import pytest

from tests.cli.conftest import Cli

BOOK = ["booking", "add", "--phone", "0871234567", "--at"]


def test_a_booking_makes_the_customer_and_takes_the_shop_s_defaults(cli: Cli):
    made = cli(*BOOK, "2030-11-20 10:00", "--name", "Marta", "--json").json
    assert (made["number"], made["pl_id"], made["created"]) == ("B1", "PL1", True)
    assert (made["service"], made["with"], made["minutes"]) == ("Repair", "Counter", 30)
    assert made["starts"] == "2030-11-20T10:00:00+00:00"
    again = cli(*BOOK, "2030-11-20T11:00", "--minutes", "45", "--note", "cracked", "--json").json
    assert (again["number"], again["created"], again["minutes"]) == ("B2", False, 45)
    shown = cli("booking", "show", "b2", "--json").json
    assert (shown["number"], shown["pl_id"], shown["note"], shown["created"]) == (
        "B2",
        "PL1",
        "cracked",
        False,
    )


def test_another_name_on_a_known_number_is_the_person_of_that_day(cli: Cli):
    cli(*BOOK, "2030-11-20 10:00", "--name", "Marta")
    made = cli(*BOOK, "2030-11-20 11:00", "--name", "Tom", "--json").json
    assert (made["name"], made["contact"]) == ("Marta", "Tom")
    assert cli("customer", "show", "PL1", "--json").json["contacts"] == ["Tom"]


def test_a_customer_without_a_phone_is_booked_by_id(cli: Cli):
    cli("customer", "add", "--no-phone", "letters", "--name", "Áine")
    made = cli("booking", "add", "--customer", "PL1", "--at", "2030-11-20 10:00", "--json").json
    assert (made["pl_id"], made["phone"]) == ("PL1", None)
    assert cli("booking", "add", "--customer", "PL7", "--at", "2030-11-20 12:00").status == 1


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2030-11-20 07:00", "closed"),
        ("2030-11-20 17:45", "closed"),
        ("2020-11-20 10:00", "past"),
        ("2030-03-31 01:30", "time_skipped"),
        ("2030-11-20 10:00+05:00", "offset_wrong"),
        ("2030-11-20", "time_unclear"),
        ("10:00", "time_unclear"),
        ("tomorrow", "time_unclear"),
        ("", "time_unclear"),
        ("2030-02-30 10:00", "day_unknown"),
        ("0001-01-01 10:00", "day_unknown"),
        ("9999-12-31 23:59", "day_unknown"),
        ("2030-11-20 25:00", "time_unknown"),
        ("2030-11-20 10:60", "time_unknown"),
        ("9" * 10_000, "time_unclear"),
        ("２０３０-11-20 10:00", "time_unclear"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_leaves_nothing(cli: Cli, at: str, code: str):
    error = cli(*BOOK, at, "--json").error
    assert (error["code"], error["field"]) == (code, "starts")
    assert cli("ids", "status", "--json").json["counter"] == 0
    assert cli("booking", "show", "B1").status == 1


def test_a_taken_time_is_refused_with_the_next_free_one(cli: Cli):
    cli(*BOOK, "2030-11-20 10:00")
    refused = cli("booking", "add", "--phone", "0861111111", "--at", "2030-11-20 10:15")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == "posapp: Counter is taken at 10:15. Next free: 10:30.\n"
    assert cli("ids", "status", "--json").json["counter"] == 1


@pytest.mark.parametrize("at", ["2030-11-20 07:00", "2020-11-20 10:00", "2030-11-20 10:15"])
def test_closed_past_and_taken_times_are_booked_anyway_with_a_reason(cli: Cli, at: str):
    cli(*BOOK, "2030-11-20 10:00")
    assert cli(*BOOK, at, "--anyway", " ", "--json").error["code"] == "reason_missing"
    assert cli(*BOOK, at, "--anyway", "waits outside", "--json").json["anyway"] == "waits outside"


def test_a_skipped_hour_is_not_booked_whatever_the_reason(cli: Cli):
    done = cli(*BOOK, "2030-03-31 01:30", "--anyway", "night shift")
    assert done.status == 1
    assert "Choose 00:45 or 02:00" in done.err


def test_a_doubled_hour_is_the_first_one_unless_an_offset_chooses(cli: Cli):
    night = ["--anyway", "night shift", "--json"]
    assert cli(*BOOK, "2030-10-27 01:30", *night).json["starts"] == "2030-10-27T00:30:00+00:00"
    assert cli(*BOOK, "2030-10-27 01:30+01:00", *night).json["starts"] == "2030-10-27T00:30:00+00:00"
    assert cli(*BOOK, "2030-10-27 01:30+00:00", *night).json["starts"] == "2030-10-27T01:30:00+00:00"
    assert cli(*BOOK, "2030-10-27T01:30Z", *night).json["at"] == "2030-10-27T01:30"
    assert cli(*BOOK, "2030-10-27 01:30+02:00", *night).error["code"] == "offset_wrong"
    assert "01:30 (UTC+00:00), 30 min" in cli("booking", "show", "B3").out


def test_service_and_person_are_chosen_by_name_or_its_beginning(cli: Cli):
    cli("service", "add", "Battery swap", "--minutes", "60", "--price", "49.90")
    cli("staff", "add", "Tomasz")
    made = cli(*BOOK, "2030-11-20 10:00", "--service", "batt", "--with", "TOMASZ", "--json").json
    assert (made["service"], made["with"], made["minutes"], made["price_minor"]) == (
        "Battery swap",
        "Tomasz",
        60,
        4990,
    )
    assert cli(*BOOK, "2030-11-20 12:00", "--service", "x", "--json").error["code"] == "service_unknown"
    refused = cli(*BOOK, "2030-11-20 12:00", "--with", "nobody").err
    assert "Choose one of: Counter, Tomasz." in refused


def test_a_length_beyond_a_day_is_refused(cli: Cli):
    assert cli(*BOOK, "2030-11-20 10:00", "--minutes", "3", "--json").error["code"] == "minutes_invalid"
    assert cli(*BOOK, "2030-11-20 10:00", "--minutes", "1441", "--json").error["code"] == "minutes_invalid"


def test_a_booking_is_followed_and_moved(cli: Cli):
    cli(*BOOK, "2030-11-20 10:00")
    assert cli("booking", "status", "B1", "arrived", "--json").json["status"] == "arrived"
    assert cli("booking", "status", "B1", "cancelled", "--json").error["code"] == "reason_missing"
    cancelled = cli("booking", "status", "B1", "cancelled", "--reason", "ill", "--json").json
    assert (cancelled["status"], cancelled["reason"]) == ("cancelled", "ill")
    cli(*BOOK, "2030-11-20 10:00")
    moved = cli("booking", "move", "B2", "--at", "2030-11-21 15:00", "--note", "later", "--json").json
    assert (moved["at"], moved["note"]) == ("2030-11-21T15:00", "later")
    assert cli("booking", "move", "B2", "--at", "2030-11-21 06:00", "--json").error["code"] == "closed"


@pytest.mark.parametrize("number", ["B9", "9", "PL1", "", "B" + "9" * 400, "B٣", "x" * 10_000])
def test_an_unknown_booking_is_told(cli: Cli, number: str):
    error = cli("booking", "show", number, "--json").error
    assert error["code"] == "booking_unknown"
    assert len(error["message"]) < 100
    assert cli("booking", "status", number, "arrived").status == 1


def numbers(document: Any) -> list[str]:
    return [one["number"] for one in document]


def test_a_list_holds_the_days_from_and_to_included_in_order_of_time(cli: Cli):
    for day in ("2030-11-22", "2030-11-20", "2030-11-21", "2031-06-02"):
        cli(*BOOK, f"{day} 10:00")
    cli("booking", "status", "B3", "arrived")
    listed = ["booking", "list", "--json"]
    assert numbers(cli(*listed, "--from", "2030-11-20", "--to", "2030-11-21").json) == ["B2", "B3"]
    assert numbers(cli(*listed, "--from", "2030-11-22").json) == ["B1"]
    assert numbers(cli(*listed, "--from", "2030-01-01", "--to", "2031-12-31").json) == [
        "B2",
        "B3",
        "B1",
        "B4",
    ]
    assert numbers(cli(*listed, "--to", "2030-11-21").json) == ["B2", "B3"]
    assert numbers(cli(*listed, "--customer", "PL1", "--status", "arrived").json) == ["B3"]
    assert numbers(cli(*listed, "--customer", "PL1", "--from", "2030-11-22").json) == ["B1", "B4"]
    assert cli(*listed).json == []
    assert cli("booking", "list").out == "No bookings.\n"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (["--from", "2030-11-22", "--to", "2030-11-20"], "to"),
        (["--from", "never"], "from"),
        (["--to", "2030-02-30"], "to"),
        (["--from", "x" * 10_000], "from"),
    ],
)
def test_days_that_cannot_be_are_refused(cli: Cli, days: list[str], field: str):
    assert cli("booking", "list", *days, "--json").error["field"] == field
