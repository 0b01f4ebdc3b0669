"""`posapp hours`."""

import pytest

from tests.cli.conftest import Cli


def test_weekdays_are_set_closed_and_given_breaks(cli: Cli):
    assert "Monday     09:00–13:00, 14:00–18:00" in cli("hours", "set", "mon-fri", "9-13", "14:00-18:00").out
    assert "Sunday     closed" in cli("hours", "set", "sat,sun", "closed").out
    assert "break 11:00–11:15" in cli("hours", "break", "mon", "11:00-11:15", "--label", "Tea").out
    assert cli("hours", "break", "all", "none", "--json").json["days"] == []
    assert (
        cli("booking", "add", "--phone", "0871234567", "--at", "2030-11-24 10:00", "--json").error["code"]
        == "closed"
    )


def test_a_day_is_closed_given_other_hours_and_made_usual_again(cli: Cli):
    booking = ["booking", "add", "--phone", "0871234567", "--at", "2030-12-25 10:00", "--json"]
    assert "closed" in cli("hours", "day", "2030-12-25", "closed", "--reason", "Christmas").out
    refused = cli(*booking).error
    assert refused["code"] == "closed"
    assert "Christmas" in refused["message"]
    cli("hours", "day", "2030-12-25", "12:00-14:00")
    assert cli(*booking).error["code"] == "closed"
    assert cli("hours", "day", "2030-12-25", "usual").out == "Wed 25 Dec 2030: usual hours\n"
    assert cli(*booking).json["number"] == "B1"


def test_a_night_is_said_as_it_is_typed_and_closing_names_the_bookings_that_no_longer_fit(cli: Cli):
    assert "Friday     18:00–02:00" in cli("hours", "set", "all", "18-2").out
    assert "break 23:30–00:15" in cli("hours", "break", "fri", "23:30-0:15").out
    [friday] = [row for row in cli("hours", "show", "--json").json["week"] if row["kind"] == "break"]
    assert (friday["from"], friday["to"]) == ("23:30", "00:15")
    assert cli("hours", "set", "fri", "9-6", "--json").error["code"] == "hours_unclear"
    assert cli("hours", "break", "fri", "12-13", "--json").error["code"] == "break_outside"
    cli("booking", "add", "--phone", "0871234567", "--at", "2030-12-25 23:45")
    assert cli("hours", "day", "2030-12-26", "closed").err == ""  # the night before still runs
    told = cli("hours", "day", "2030-12-25", "closed").err
    assert told.startswith("Booked outside of these hours: B1 Wed 25 Dec 2030 23:45. Move them")


def test_hours_and_breaks_of_a_person_change_at_once(cli: Cli):
    cli("staff", "add", "Tomasz")
    cli("hours", "set", "mon-fri", "9-18", "--with", "Tomasz")
    cli("hours", "break", "mon-fri", "13-14", "--label", "Lunch", "--with", "Tomasz")
    shorter = ("hours", "set", "mon,tue", "8-12", "--with", "Tomasz")
    refused = cli(*shorter, "--json").error
    assert refused["code"] == "break_outside"
    assert "The break 13:00–14:00 is outside the open hours." in refused["message"]
    assert "--breaks 12:00-12:30, or --breaks none" in refused["message"]
    assert "Monday     08:00–12:00  break 10:00–10:15" in cli(*shorter, "--breaks", "10-10:15").out
    assert cli(*shorter, "--breaks", "none").out.count("break 13:00–14:00") == 3  # Wednesday to Friday
    refused = cli(*shorter, "--breaks", "12-13", "--json").error
    assert (refused["code"], refused["field"]) == ("break_outside", "breaks")


def test_a_person_has_hours_of_their_own_that_begin_as_the_shop_s(cli: Cli):
    cli("staff", "add", "Tomasz")
    week = cli("hours", "set", "mon", "12-18", "--with", "Tomasz", "--json").json["week"]
    assert [(row["from"], row["to"]) for row in week] == [("12:00", "18:00"), *[("09:00", "18:00")] * 6]
    cli("hours", "set", "sun", "closed", "--with", "Tomasz")
    book = [
        "booking",
        "add",
        "--phone",
        "0871234567",
        "--with",
        "Tomasz",
        "--at",
        "2030-11-24 10:00",
        "--json",
    ]
    assert cli(*book).error["code"] == "closed"
    assert cli("hours", "same", "Tomasz").out == "Tomasz keeps the shop's hours.\n"
    assert cli("hours", "show", "--with", "tom").out == "Tomasz keeps the shop's hours.\n"
    assert cli(*book).json["with"] == "Tomasz"


@pytest.mark.parametrize(
    "words",
    [
        ["set", "someday", "9-18"],
        ["set", "s", "9-18"],
        ["set", "mon", "18-9"],
        ["set", "mon", "9"],
        ["set", "mon", "9-25"],
        ["set", "mon", "9:75-10"],
        ["set", "mon", "9-13", "12-18"],
        ["set", "mon", ","],
        ["set", "mon", "x" * 10_000],
        ["day", "someday", "closed"],
        ["day", "2030-12-25", "18-9"],
        ["same", "Nobody"],
        ["set", "mon", "9-18", "--with", "Nobody"],
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_hours_that_cannot_be_are_refused_and_change_nothing(cli: Cli, words: list[str]):
    before = cli("hours", "--json").json
    done = cli("hours", *words)
    assert done.status == 1
    assert len(done.err) < 200
    assert cli("hours", "--json").json == before
