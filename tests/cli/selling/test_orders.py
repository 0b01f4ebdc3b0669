"""`posapp order`, `payment` and `customer statement`: sales on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

PHONE = "087 123 4567"


@pytest.fixture
def till(cli: Cli) -> Cli:
    """A shop with a tax, a cable and a case, and an open shift."""
    cli("tax", "set", "VAT", "23")
    cli(
        "item", "add", "--sku", "CBL", "--name", "USB cable", "--price", "9.90", "--stock", "9", "--cost", "4"
    )
    cli("item", "add", "--sku", "CASE", "--name", "Case", "--price", "20", "--barcode", "4006381333931")
    cli("shift", "open", "--float", "100")
    return cli


def sell(cli: Cli, *words: str):
    return cli("order", "add", *words, "--json").json


def refusal(cli: Cli, *words: str) -> tuple[str, str]:
    error = cli(*words, "--json").error
    assert error["message"].endswith(".")
    return error["code"], error["field"]


def ready_ticket(cli: Cli, price: str = "80") -> str:
    taken = cli(
        *("ticket", "add", "--phone", PHONE, "--name", "Ann", "--device", "Apple iPhone 13"),
        *("--fault", "Display", "--line", f"Display,1,{price}", "--agreed", "--json"),
    ).json
    cli("ticket", "status", taken["number"], "in_repair")
    cli("ticket", "status", taken["number"], "ready")
    return str(taken["number"])


def test_a_cash_sale_has_the_agreed_keys_and_is_found_again(till: Cli):
    made = sell(till, "--line", "CBL,2", "--line", "4006381333931", "--pay", "cash=50")
    assert {
        key: made[key]
        for key in (
            *("number", "pl_id", "created", "status", "total_minor", "net_minor", "tax_minor"),
            *("paid_minor", "change_minor", "owed_minor"),
        )
    } == {
        "number": "S1",
        "pl_id": None,
        "created": False,
        "status": "completed",
        "total_minor": 3980,
        "net_minor": 3236,
        "tax_minor": 744,
        "paid_minor": 3980,
        "change_minor": 1020,
        "owed_minor": 0,
    }
    assert [
        (one["text"], one["sku"], one["quantity"], one["amount_minor"], one["tax_minor"])
        for one in made["lines"]
    ] == [("USB cable", "CBL", 2, 1980, 370), ("Case", "CASE", 1, 2000, 374)]
    [paid] = made["payments"]
    assert (paid["number"], paid["tender"], paid["amount_minor"]) == ("P1", "cash", 3980)
    assert till("order", "show", "s1", "--json").json == till("order", "show", "P1", "--json").json == made
    assert till("order", "list", "--json").json == [made]
    assert till("payment", "list", "--json").json == [till("payment", "show", "p1", "--json").json]
    assert till("stock", "show", "CBL", "--json").json["stock"] == 7
    assert till("verify").status == 0


def test_a_line_is_read_from_the_right_and_free_text_bears_the_default_tax(till: Cli):
    [one] = sell(till, "--line", "Cable, 2 m, black,2,4.50", "--pay", "cash=9")["lines"]
    assert (one["text"], one["quantity"], one["amount_minor"], one["sku"]) == (
        "Cable, 2 m, black",
        2,
        900,
        "",
    )
    [one] = sell(till, "--line", "Glass; thin;1;5", "--pay", "cash=5")["lines"]
    assert (one["text"], one["amount_minor"], one["tax_minor"]) == ("Glass; thin", 500, 93)
    [one] = sell(till, "--line", "cbl;1;8.50", "--pay", "cash=8.50")["lines"]
    assert (one["sku"], one["amount_minor"]) == ("CBL", 850)
    [one] = sell(till, "--line", "S22 repair kit,1,3", "--pay", "cash=3")["lines"]
    assert one["text"] == "S22 repair kit"
    [one] = sell(till, "--line", "S22,1,3", "--pay", "cash=3")["lines"]
    assert one["text"] == "S22"
    [one] = sell(till, "--line", "CBL", "--line", "CBL,2", "--pay", "cash=29.70")["lines"]
    assert one["quantity"] == 3


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("NOPE", "item_unknown", "line"),
        ("NOPE,2", "item_unknown", "line"),
        ("", "item_unknown", "line"),
        (",1,2", "line_text", "line"),
        ("Work,0,5", "quantity_invalid", "quantity"),
        ("Work,-1,5", "quantity_invalid", "quantity"),
        ("Work,1.5,5", "quantity_invalid", "quantity"),
        ("Work,999999999999,5", "quantity_invalid", "quantity"),
        ("CBL,0", "quantity_invalid", "quantity"),
        ("CBL,x", "quantity_invalid", "quantity"),
        ("Work,1,-5", "amount_negative", "price"),
        ("Work,1,1.2.3", "amount_invalid", "price"),
        ("Work,1,1.234", "amount_invalid", "price"),
        ("Work;1;1,5", "amount_invalid", "price"),
        ("Work,1,99,50", "amount_invalid", "price"),
        ("CBL,1,99,50", "amount_invalid", "price"),
        ("Work,1,99999999999999", "amount_invalid", "price"),
        ("Work,100000,9999999999", "price_invalid", "price"),
        ("Work,1,five", "amount_invalid", "price"),
        ("CBL,10", "stock_short", "quantity"),
        ("T1,1,5", "line_unclear", "line"),
        ("T99", "ticket_unknown", "number"),
        ("B99", "booking_unknown", "number"),
        ("x" * 201 + ",1,1", "text_too_long", "text"),
    ],
)
def test_nonsense_in_a_line_is_refused_with_its_field(till: Cli, line: str, code: str, field: str):
    found = refusal(till, "order", "add", f"--line={line}", "--pay", "cash=5")
    assert found == (code, field)
    assert till("order", "list", "--json").json == []


def test_a_price_with_a_comma_tells_both_readings(till: Cli):
    said = till("order", "add", "--line", "Work,1,99,50", "--pay", "cash=99.50").err
    assert "1 for 99,50 each, or 99 for 50 each" in said


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        (("--pay", "cash=5"), "not_paid", "amount"),
        ((), "not_paid", "amount"),
        (("--pay", "card=20"), "tender_too_much", "amount"),
        (("--pay", "card=9.90", "--pay", "cash=-1"), "amount_negative", "amount"),
        (("--pay", "cash=0"), "amount_invalid", "amount"),
        (("--pay", "gold=9.90"), "tender_unknown", "pay"),
        (("--pay", "deposit=9.90"), "tender_unknown", "pay"),
        (("--pay", "9.90"), "tender_unknown", "pay"),
        (("--pay", "account=9.90"), "customer_missing", "phone"),
        (("--pay", "credit=9.90"), "customer_missing", "phone"),
        (("--pay", "giftcard=9.90"), "code_missing", "code"),
        (("--pay", "giftcard:XYZ=9.90"), "code_invalid", "code"),
        (("--discount", "101%", "--pay", "cash=9"), "discount_invalid", "discount"),
        (("--discount=-5%", "--pay", "cash=9"), "discount_invalid", "discount"),
        (("--discount", "9.91", "--pay", "cash=9"), "discount_invalid", "discount"),
        (("--discount", "-1", "--pay", "cash=9"), "amount_negative", "discount"),
        (("--deposit", "T9=5", "--pay", "cash=15"), "ticket_unknown", "number"),
        (("--deposit", "S9=5", "--pay", "cash=15"), "number_missing", "deposit"),
        (("--deposit", "T9", "--pay", "cash=15"), "number_missing", "deposit"),
        (("--phone", "12", "--pay", "cash=9.90"), "phone_unparseable", "phone"),
        (("--customer", "PL9", "--pay", "cash=9.90"), "customer_unknown", "id"),
        (("--held", "H9", "--pay", "cash=9.90"), "held_unknown", "held"),
    ],
)
def test_nonsense_around_the_lines_is_refused(till: Cli, words: tuple[str, ...], code: str, field: str):
    found = refusal(till, "order", "add", "--line", "CBL", *words)
    assert found == (code, field)
    assert till("order", "list", "--json").json == []


def test_discounts_are_taken_off_the_whole(till: Cli):
    made = sell(till, "--line", "CASE", "--line", "CBL", "--discount", "10%", "--pay", "card:4711=26.91")
    assert (made["total_minor"], made["discount_minor"]) == (2691, 299)
    assert made["payments"][0]["reference"] == "4711"
    assert sell(till, "--line", "CASE", "--discount", "5.00", "--pay", "cash=15")["total_minor"] == 1500
    free = sell(till, "--line", "CASE", "--discount", "100%")
    assert (free["total_minor"], free["payments"]) == (0, [])


def test_a_customer_is_found_or_created_by_phone(till: Cli):
    made = sell(till, "--line", "CBL", "--phone", PHONE, "--name", "Ann", "--pay", "cash=10")
    assert (made["pl_id"], made["created"], made["name"]) == ("PL1", True, "Ann")
    again = sell(till, "--line", "CBL", "--phone", PHONE, "--pay", "cash=10")
    assert (again["pl_id"], again["created"]) == ("PL1", False)
    assert len(till("order", "list", "--customer", "PL1", "--json").json) == 2
    assert till("order", "add", "--line", "CBL", "--name", "Ann").status == 2


def test_a_ticket_is_settled_with_its_deposit_taken_off(till: Cli):
    number = ready_ticket(till)
    sold = sell(till, "--deposit", f"{number}=50.00", "--pay", "cash=50")
    assert (sold["pl_id"], sold["total_minor"], sold["tax_minor"]) == ("PL1", 5000, 0)
    shown = till("customer", "show", "PL1", "--json").json
    assert (shown["balance_minor"], shown["credit_minor"]) == (-5000, 5000)
    made = sell(till, "--line", number.lower(), "--line", "CBL", "--pay", "card=30", "--pay", "cash=10")
    assert (made["total_minor"], made["pl_id"], made["change_minor"]) == (8990, "PL1", 10)
    assert [(one["tender"], one["amount_minor"]) for one in made["payments"]] == [
        ("deposit", 5000),
        ("card", 3000),
        ("cash", 990),
    ]
    assert made["lines"][0]["number"] == number
    assert refusal(till, "order", "add", "--line", number, "--pay", "cash=80") == ("settled_already", "line")
    assert till("customer", "show", "PL1", "--json").json["balance_minor"] == 0
    assert till("verify").status == 0


def test_the_shop_says_what_deposit_a_yes_asks_for(till: Cli):
    assert till("settings", "deposit-percent", "--json").json == {"deposit-percent": 20}
    assert till("settings", "deposit-percent", "30%", "--json").json == {"deposit-percent": 30}
    for wrong in ("101", "-1", "half", ""):
        assert refusal(till, "settings", "deposit-percent", wrong) == ("percent_invalid", "deposit_percent")
    number = ready_ticket(till)
    till("ticket", "estimate", number, "--line", "Display,1,99.99")
    asked = till("ticket", "approve", number, "--by", "Ann", "--how", "phone", "--json").json
    assert asked["deposit_minor"] == 3000
    assert till("settings", "--json").json["deposit-percent"] == 30


def test_money_for_a_debt_has_a_paper_of_its_own(till: Cli, tmp_path: Path):
    till("customer", "add", "--phone", PHONE, "--name", "Ann")
    sell(till, "--line", "CASE", "--customer", "PL1", "--pay", "account=20")
    assert "posapp receipt P1 --print" in till("order", "pay", "S1", "--pay", "card=20").err
    made = till("receipt", "P1", "--pdf", tmp_path / "p.pdf", "--json").json
    assert (made["number"], made["kind"]) == ("P1", "payment_receipt")


def test_a_device_is_handed_back_and_paid_for_in_one_command(till: Cli):
    number = ready_ticket(till)
    words = ("ticket", "hand-back", number, "--to", "Ann")
    assert refusal(till, *words) == ("money_owed", "pay")
    assert refusal(till, *words, "--pay", "card=90") == ("tender_too_much", "amount")
    done = till(*words, "--pay", "card=80", "--json").json
    assert (done["order"]["number"], done["order"]["total_minor"]) == ("S1", 8000)
    assert till("ticket", "list", "--json").json == []
    paid = ready_ticket(till, "50")
    sell(till, "--deposit", f"{paid}=50", "--pay", "cash=50")
    assert till("ticket", "hand-back", paid, "--to", "Ann", "--json").json["order"]["number"] == "S3"
    free = ready_ticket(till, "0")
    assert refusal(till, "ticket", "hand-back", free, "--to", "Ann", "--pay", "cash=1") == (
        "nothing_owed",
        "pay",
    )
    assert till("ticket", "hand-back", free, "--to", "Ann", "--json").json["order"] is None
    trusted = ready_ticket(till)
    assert till("ticket", "hand-back", trusted, "--to", "Ann", "--unpaid", "brings it on Monday").status == 0
    assert till("verify").status == 0


def test_what_goes_on_account_is_owed_until_it_is_paid(till: Cli, tmp_path: Path):
    till("customer", "add", "--phone", PHONE, "--name", "Ann")
    first = sell(till, "--line", "CASE", "--customer", "PL1", "--pay", "card=5", "--pay", "account=15")
    assert (first["owed_minor"], first["paid_minor"]) == (1500, 500)
    sell(till, "--line", "CASE", "--customer", "PL1", "--pay", "account=20")
    paid = till("order", "pay", "S1", "--pay", "card=10", "--json").json
    assert (paid["number"], paid["owed_minor"], paid["balance_minor"]) == ("S1", 500, 2500)
    both = till("order", "pay", "--customer", "PL1", "--pay", "cash=30", "--json").json
    assert (both["change_minor"], both["balance_minor"], both["dues"]) == (500, 0, [])
    assert refusal(till, "order", "pay", "S1", "--pay", "cash=5") == ("nothing_owed", "amount")
    assert refusal(till, "order", "pay", "S99", "--pay", "cash=5") == ("order_unknown", "number")
    assert till("order", "pay", "--pay", "cash=5").status == 2
    assert till("order", "pay", "S1").status == 2
    statement = till("customer", "statement", "PL1", "--json").json
    assert (statement["opening_minor"], statement["closing_minor"]) == (0, 0)
    assert [(one["number"], one["about"], one["amount_minor"]) for one in statement["entries"]] == [
        ("S1", "S1", 2000),
        ("P1", "S1", -500),
        ("S2", "S2", 2000),
        ("P2", "S1", -1000),
        ("P3", "S1", -500),
        ("P3", "S2", -2000),
    ]
    assert "Nothing was bought" in till("customer", "statement", "PL1", "--to", "2020-01-01").out
    assert refusal(*(till, "customer", "statement", "PL1", "--from", "2020-01-02", "--to", "2020-01-01")) == (
        "days_reversed",
        "to",
    )
    assert sum(statement["aged"].values()) == sum(one["owed_minor"] for one in statement["dues"])
    file = tmp_path / "statement.pdf"
    saved = till("customer", "statement", "PL1", "--pdf", str(file), "--paper", "a4", "--json").json
    assert saved == statement
    assert file.read_bytes().startswith(b"%PDF")
    again = till("customer", "statement", "PL1", "--pdf", str(file), "--json")
    assert again.error["code"] == "file_exists"
    assert till("customer", "statement", "PL1", "--force").status == 2


def test_a_sale_waits_for_any_till_and_is_completed_later(till: Cli):
    held = till("order", "hold", "--line", "CBL,2", "--note", "Blue coat", "--json").json
    assert (held["number"], held["status"], held["total_minor"]) == ("H1", "held", 1980)
    assert till("order", "list", "--held", "--json").json == [held]
    assert till("order", "recall", "h1", "--json").json["status"] == "open"
    assert refusal(till, "order", "recall", "H1", "--till", "Till 2") == ("held_elsewhere", "held")
    assert till("order", "show", "H1", "--json").json["till"]
    made = sell(till, "--held", "H1", "--line", "CASE", "--pay", "cash=39.80")
    assert (made["number"], made["total_minor"], made["note"]) == ("S1", 3980, "Blue coat")
    assert refusal(till, "order", "show", "H1") == ("held_unknown", "held")
    assert till("order", "hold", "--line", "CBL", "--json").json["number"] == "H2"
    assert till("order", "drop", "h2", "--reason", "Gone", "--json").json == {
        "number": "H2",
        "status": "voided",
    }
    assert refusal(till, "order", "drop", "H2") == ("held_unknown", "held")
    assert refusal(till, "order", "hold") == ("cart_empty", "line")
    assert refusal(till, "order", "hold", "--line", "CBL", "--discount", "99.99") == (
        "discount_invalid",
        "discount",
    )


def test_lines_pieces_and_amounts_are_given_back(till: Cli):
    sell(till, "--line", "CBL,3", "--line", "CASE", "--pay", "cash=49.70")
    back = till("order", "refund", "S1", "--line", "1,2", "--to", "cash", "--json").json
    assert (back["number"], back["refund_of"], back["total_minor"]) == ("S2", "S1", -1980)
    assert [(one["quantity"], one["amount_minor"]) for one in back["lines"]] == [(-2, -1980)]
    assert [(one["tender"], one["amount_minor"]) for one in back["payments"]] == [("cash", -1980)]
    assert till("stock", "show", "CBL", "--json").json["stock"] == 8
    till("order", "refund", "S1", "--amount", "5", "--to", "cash", "--reason", "Scratch")
    rest = till("order", "refund", "S1", "--to", "cash", "--json").json
    assert rest["total_minor"] == -(4970 - 1980 - 500)
    assert till("order", "show", "S1").out.startswith("S1  refunded")
    assert refusal(till, "order", "refund", "S1", "--to", "cash") == ("refund_too_much", "line")
    assert refusal(till, "order", "refund", "S2", "--to", "cash") == ("refund_invalid", "number")
    assert till("verify").status == 0


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        (("--line", "9"), "line_unknown", "line"),
        (("--line", "1,4"), "refund_too_much", "quantity"),
        (("--line", "0"), "line_unclear", "line"),
        (("--line", "1,0"), "line_unclear", "line"),
        (("--line=-1",), "line_unclear", "line"),
        (("--line", "1", "--line", "1"), "line_twice", "line"),
        (("--line", "1", "--amount", "2"), "refund_invalid", "amount"),
        (("--amount", "0"), "refund_too_much", "amount"),
        (("--amount", "29.71"), "refund_too_much", "amount"),
        (("--amount", "1,2"), "amount_invalid", "amount"),
    ],
)
def test_nonsense_in_a_refund_is_refused(till: Cli, words: tuple[str, ...], code: str, field: str):
    sell(till, "--line", "CBL,3", "--pay", "cash=29.70")
    assert refusal(till, "order", "refund", "S1", *words, "--to", "cash") == (code, field)


def test_credit_needs_a_customer_and_is_paid_with(till: Cli):
    sell(till, "--line", "CBL", "--pay", "card=9.90")
    assert refusal(till, "order", "refund", "S1", "--to", "credit") == ("customer_missing", "to")
    sell(till, "--line", "CASE", "--phone", PHONE, "--pay", "cash=20")
    till("order", "refund", "S2", "--to", "credit")
    assert till("customer", "show", "PL1", "--json").json["credit_minor"] == 2000
    assert refusal(
        *(till, "order", "add", "--line", "CASE,2", "--customer", "PL1", "--pay", "credit=40")
    ) == ("credit_short", "amount")
    sell(till, "--line", "CASE", "--customer", "PL1", "--pay", "credit=20")
    assert till("verify").status == 0


def test_the_last_sale_is_void(till: Cli):
    sell(till, "--line", "CBL", "--pay", "cash=10")
    sell(till, "--line", "CASE", "--pay", "cash=20")
    assert refusal(till, "order", "void", "S1", "--reason", "Wrong") == ("void_late", "number")
    made = till("order", "void", "s2", "--reason", "Wrong item", "--json").json
    assert (made["status"], made["void_reason"]) == ("voided", "Wrong item")
    assert till("order", "void", "S2").status == 2
    assert till("shift", "x", "--json").json["expected_minor"] == 10_990
    assert till("verify").status == 0


def test_without_a_shift_nothing_is_sold(till: Cli):
    words = ("order", "add", "--line", "CBL", "--pay", "cash=10")
    assert refusal(till, *words, "--till", "Till 9")[0] == "shift_missing"
    assert till("order", "list").out == "No sales.\n"
    assert till("payment", "list").out == "No payments.\n"
    assert refusal(till, "payment", "show", "P1") == ("payment_unknown", "number")
    assert refusal(till, "order", "show", "S1") == ("order_unknown", "number")


def test_sales_and_payments_read_well(till: Cli):
    said = till("order", "add", "--line", "CBL,2", "--phone", PHONE, "--name", "Ann", "--pay", "cash=20").out
    first, *rest = said.splitlines()
    assert first == "created PL1" and rest[0] == "S1  paid  PL1 Ann"
    assert "2 x  USB cable    €19.80" in said and "Change     €0.20" in said
    assert till("order", "list").out.split()[0] == "S1"
    assert till("payment", "show", "P1").out.startswith("P1  Cash  €19.80")
    sell(till, "--line", "CASE", "--customer", "PL1", "--pay", "account=20")
    assert "Owes" in till("customer", "show", "PL1").out
    assert "S2" in till("customer", "statement", "PL1", "--from", "2020-01-01").out


def test_goods_are_exchanged_for_others_in_one_step(till: Cli):
    till("order", "add", "--line", "Case,2,9.90", "--pay", "cash=19.80")
    words = (
        "order",
        "exchange",
        "S1",
        "--back",
        "1,1",
        "--line",
        "Large case,1,12.40",
        "--reason",
        "Too small",
    )
    assert refusal(till, *words) == ("not_paid", "amount")
    made = till(*words, "--pay", "card=2.50", "--json").json
    assert [made[one]["number"] for one in ("refund", "sale")] == ["S2", "S3"]
    assert (made["refund"]["total_minor"], made["sale"]["total_minor"]) == (-990, 1240)
    assert {one["tender"]: one["amount_minor"] for one in made["sale"]["payments"]} == {
        "cash": 990,
        "card": 250,
    }
    assert till("order", "exchange", "S1", "--back", "1,1", "--line", "Strap,1,9.90").out.count("S4") == 1
