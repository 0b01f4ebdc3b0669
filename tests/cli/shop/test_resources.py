"""`posapp service` and `posapp staff`."""

import pytest

from tests.cli.conftest import Cli


def test_services_are_added_changed_archived_and_restored(cli: Cli):
    added = cli("service", "add", "Screen", "--minutes", "60", "--price", "1249.5", "--json").json
    assert (added["minutes"], added["price_minor"]) == (60, 124950)
    assert "€1,249.50" in cli("service", "list").out
    edited = cli("service", "edit", "scr", "--name", "Screen repair", "--price", "none", "--json").json
    assert (edited["name"], edited["minutes"], edited["price_minor"]) == ("Screen repair", 60, None)
    assert cli("service", "archive", "Repair").status == 0
    assert [one["name"] for one in cli("service", "list", "--json").json] == ["Screen repair"]
    assert [one["is_archived"] for one in cli("service", "list", "--all", "--json").json] == [True, False]
    assert cli("service", "archive", "Screen", "--json").error["code"] == "last_one"
    assert cli("service", "restore", "Repair", "--json").json["is_archived"] is False


def test_people_and_benches_are_added_changed_archived_and_restored(cli: Cli):
    person = cli("staff", "add", "Tomasz", "--buffer", "10", "--json").json
    assert (person["kind"], person["capacity"], person["buffer_minutes"]) == ("staff", 1, 10)
    assert cli("staff", "add", "Bench 2", "--bench", "--capacity", "3", "--json").json["kind"] == "bench"
    assert (
        cli("staff", "edit", "tom", "--buffer", "0", "--name", "Tomek", "--json").json["buffer_minutes"] == 0
    )
    assert cli("staff", "archive", "Counter").out == "Counter is no longer booked\n"
    assert "Tomek    person  1 at once" in cli("staff", "list").out
    assert cli("staff", "restore", "Counter", "--json").json["is_archived"] is False


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["service", "add", "Repair", "--minutes", "30"], "service_exists"),
        (["service", "add", "", "--minutes", "30"], "name_missing"),
        (["service", "add", "Long", "--minutes", "9999"], "minutes_invalid"),
        (["service", "add", "Odd", "--minutes", "30", "--price", "much"], "amount_invalid"),
        (["service", "add", "Odd", "--minutes", "30", "--price=-5"], "amount_negative"),
        (["service", "edit", "Nothing", "--minutes", "30"], "service_unknown"),
        (["staff", "add", "Counter"], "resource_exists"),
        (["staff", "add", "Odd", "--buffer", "-5"], "buffer_invalid"),
        (["staff", "add", "Odd", "--capacity", "999999"], "capacity_invalid"),
        (["staff", "archive", "Counter"], "last_one"),
        (["staff", "restore", "Nobody"], "person_unknown"),
    ],
)
def test_what_cannot_be_booked_is_refused(cli: Cli, words: list[str], code: str):
    assert cli(*words, "--json").error["code"] == code


def test_a_beginning_that_fits_several_names_is_refused_with_them(cli: Cli):
    cli("service", "add", "Repair of cameras", "--minutes", "30")
    assert cli("service", "edit", "Repair", "--minutes", "45", "--json").json["name"] == "Repair"
    refused = cli("service", "edit", "Rep", "--minutes", "45").err
    assert "could be several. Choose one of: Repair, Repair of cameras." in refused
