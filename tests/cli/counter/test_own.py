"""A customer on the command line: always their own, whatever the request says."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import People
from tests.cli.grammar import commands

SECRET, PHONE = "Siobhan Other", "0869998877"
FREE_DAY = (datetime.now(UTC) + timedelta(days=3)).date()


@pytest.fixture
def people(people: People) -> People:
    """Zoe is a customer (PL2); everything that PL1 has was made before she came."""
    people("Ann", "customer", "add", "--phone", PHONE, "--name", SECRET)
    people("Ann", "booking", "add", "--customer", "PL1", "--at", f"{FREE_DAY} 10:00")
    people("Ann", "ticket", "add", "--customer", "PL1", "--device", "Samsung S22", "--fault", "Display")
    people("Ann", "tax", "set", "VAT", "23")
    people("Ann", "item", "add", "--sku", "CBL", "--name", "Cable", "--price", "9.90")
    people("Ann", "shift", "open", "--float", "100")
    people("Ann", "order", "add", "--customer", "PL1", "--line", "CBL", "--pay", "cash=9.90")
    people("Ann", "order", "hold", "--customer", "PL1", "--line", "CBL")
    people.add("Zoe", "customer", "--phone", "085 123 4567")
    return people


def test_the_record_is_their_own_with_or_without_their_id(people: People):
    me = people("Zoe", "customer", "show", "--json").json
    assert (me["pl_id"], me["name"], me["phones"], me["created"]) == ("PL2", "Zoe", ["+353851234567"], False)
    assert (me["balance_minor"], me["credit_minor"]) == (0, 0)
    for own in ("PL2", "pl 2", "0851234567", "user_+353851234567"):
        assert people("Zoe", "customer", "show", own, "--json").json["pl_id"] == "PL2"
    assert people("Zoe", "user", "customer", "Zoe", "--json").json["pl_id"] == "PL2"
    for other in ("PL1", PHONE, "PL999", "0861112233", "nobody"):
        for words in (["customer", "show"], ["history"]):
            refused = people("Zoe", *words, other, "--json")
            assert (refused.status, refused.error["code"]) == (1, "not_yours")
            assert refused.error["message"] == "You can look at your own record only."


def test_their_pin_is_their_own_by_the_name_that_they_sign_in_with(people: People):
    assert people.run("Zoe", "user", "pin", "Ann", new_pin="Tom").status == 1
    assert people.run("Zoe", "user", "pin", "zoe", new_pin="Tom").status == 0


def test_a_booking_is_their_own_whatever_phone_it_names(people: People):
    made = people("Zoe", "booking", "add", "--phone", PHONE, "--at", f"{FREE_DAY} 11:00", "--json").json
    assert (made["number"], made["pl_id"], made["created"]) == ("B2", "PL2", False)
    told = people("Ann", "booking", "show", "B2", "--json").json
    assert (told["pl_id"], told["source"], told["status"]) == ("PL2", "kiosk", "booked")
    assert (
        people("Zoe", "booking", "add", "--customer", "PL1", "--at", f"{FREE_DAY} 12:00", "--json").json[
            "pl_id"
        ]
        == "PL2"
    )
    assert [
        one["number"] for one in people("Zoe", "booking", "list", "--customer", "PL1", "--json").json
    ] == ["B2", "B3"]
    assert people("Zoe", "booking", "show", "b2", "--json").json["number"] == "B2"
    for words in ("show B1", "show B99", "status B1 arrived"):
        assert people("Zoe", "booking", *words.split(), "--json").status == 1
    taken = people("Zoe", "booking", "add", "--at", f"{FREE_DAY} 10:00", "--json")
    assert taken.status == 1
    assert SECRET not in taken.err
    for option in (["--anyway", "please"], ["--minutes", "5"], ["--with", "Counter"]):
        assert people("Zoe", "booking", "add", "--at", f"{FREE_DAY} 13:00", *option).status == 1


def test_an_order_waits_under_their_name_and_is_paid_at_the_counter(people: People):
    made = people("Zoe", "order", "add", "--phone", PHONE, "--line", "CBL,2", "--line", "cbl", "--json").json
    assert (made["number"], made["pl_id"], made["status"]) == ("H2", "PL2", "held")
    assert (made["total_minor"], made["paid_minor"], made["payments"]) == (2970, 0, [])
    assert made["net_minor"] + made["tax_minor"] == 2970
    [line] = made["lines"]
    assert (line["sku"], line["quantity"], line["amount_minor"]) == ("CBL", 3, 2970)
    assert people("Zoe", "order", "show", "h2", "--json").json["number"] == "H2"
    assert [one["number"] for one in people("Zoe", "order", "list", "--json").json] == ["H2"]
    for number in ("H1", "S1", "S77"):
        refused = people("Zoe", "order", "show", number, "--json")
        assert refused.error["message"] == f"There is no {number} of yours."
    sold = people("Ann", "order", "add", "--held", "H2", "--pay", "cash=29.70", "--json").json
    assert (sold["number"], sold["pl_id"], sold["source"]) == ("S2", "PL2", "kiosk")
    assert [one["number"] for one in people("Zoe", "order", "list", "--json").json] == ["S2"]


def test_what_is_for_the_counter_is_refused_and_leaves_nothing(people: People):
    for words in (
        ["--line", "CBL,1,0.01"],
        ["--line", "Something,1,5.00"],
        ["--line", "T1"],
        ["--line", "B1"],
        ["--line", "CBL", "--pay", "cash=9.90"],
        ["--line", "CBL", "--discount", "50%"],
        ["--line", "CBL", "--held", "H1"],
        ["--deposit", "T1=5.00"],
        ["--line", "CBL", "--line", "NIX"],
        ["--line", "CBL,0"],
        [],
    ):
        refused = people("Zoe", "order", "add", *words, "--json")
        assert (refused.status, bool(refused.error["message"])) == (1, True), words
    assert people("Zoe", "order", "list", "--json").json == []


def test_their_repairs_are_told_and_no_others(people: People):
    assert people("Zoe", "ticket", "list", "--json").json == []
    people("Ann", "ticket", "add", "--customer", "PL2", "--device", "Fairphone 5", "--fault", "Battery")
    [ticket] = people("Zoe", "ticket", "list", "--customer", "PL1", "--all", "--json").json
    assert (ticket["number"], ticket["pl_id"]) == ("T2", "PL2")
    assert people("Zoe", "ticket", "show", "T2", "--json").json["devices"][0]["device"] == "Fairphone 5"
    assert people("Zoe", "ticket", "show", "T1", "--json").error["code"] == "not_yours"
    assert people("Zoe", "ticket", "list", "--words", "Samsung", "--json").error["code"] == "not_allowed"
    assert [one["number"] for one in people("Zoe", "history", "--json").json] == ["T2"]


OWN = {
    "booking add",
    "booking list",
    "booking show",
    "booking status",
    "customer show",
    "history",
    "order add",
    "order list",
    "order show",
    "ticket list",
    "ticket show",
    "user customer",
    "user password",
    "user pin",
}
"""What answers a customer; everything else, and what is yet to come, refuses them."""


def test_no_command_tells_a_customer_of_anybody_else(people: People):
    known = commands(
        {"booking": "B1", "ticket": "T1", "order": "S1", "booking:TIME": f"{FREE_DAY} 14:00", "user": "Ann"}
    )
    assert {name for name, one in known.items() if one.is_own} == OWN
    answered = set()
    for name in OWN:
        said = people("Zoe", *known[name].words, "--json")
        assert SECRET not in said.out + said.err, name
        assert PHONE[1:] not in said.out, name
        if said.status == 0:
            answered.add(name)
    assert answered == {
        "booking add",
        "booking list",
        "customer show",
        "history",
        "order list",
        "ticket list",
    }


def test_what_is_for_people_of_the_shop_is_refused_in_one_sentence(people: People):
    for words in (
        "receipt S1 --print",
        "search Siobhan",
        "settings",
        "customer edit PL1",
        "ticket status T1 ready",
    ):
        refused = people("Zoe", *words.split(), "--json")
        assert (refused.status, refused.error["code"]) == (1, "not_allowed"), words
        assert refused.error["message"] == "You may not do this. Ask at the counter."
