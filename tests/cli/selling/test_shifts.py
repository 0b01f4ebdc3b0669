"""`posapp shift`: the drawer on the command line."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Cli


@pytest.fixture
def opened(cli: Cli) -> Cli:
    """A shift with 104.50 in its drawer."""
    cli("shift", "open", "--float", "100")
    cli("shift", "in", "10", "--reason", "Change")
    cli("shift", "out", "5.50", "--reason", "Milk")
    return cli


def test_a_shift_is_opened_read_and_closed(opened: Cli):
    look = opened("shift", "x", "--json").json
    assert {
        key: look[key]
        for key in ("number", "float_minor", "in_minor", "out_minor", "expected_minor", "counted_minor")
    } == {
        "number": None,
        "float_minor": 10_000,
        "in_minor": 1000,
        "out_minor": 550,
        "expected_minor": 10_450,
        "counted_minor": None,
    }
    assert look["difference_minor"] is None
    closed = opened(
        "shift", "close", "--counted", "104", "--note", "A coin", "--terminal", "0", "--json"
    ).json
    assert {
        key: closed[key]
        for key in ("number", "expected_minor", "counted_minor", "difference_minor", "tenders", "note")
    } == {
        "number": "Z1",
        "expected_minor": 10_450,
        "counted_minor": 10_400,
        "difference_minor": -50,
        "tenders": {},
        "note": "A coin",
    }
    assert opened("shift", "z", "1", "--json").json == closed
    assert opened("shift", "z", "Z1", "--json").json == closed
    assert opened("verify").status == 0


def test_cash_in_and_out_says_nothing_of_what_should_be_there(opened: Cli):
    moved = opened("shift", "in", "2", "--reason", "Found", "--json").json
    assert (moved["kind"], moved["amount_minor"], moved["reason"]) == ("in", 200, "Found")
    assert not any("expected" in key for key in moved)
    said = opened("shift", "out", "1", "--reason", "Stamps", "--till", "Till 9").err
    assert "No shift is open at Till 9." in said
    assert opened("shift", "out", "1", "--reason", "Stamps").out.startswith("€1.00 out of the drawer of ")


def test_notes_and_coins_are_added_up_and_kept(opened: Cli):
    closed = opened("shift", "close", "--counted", "20x5,0.50x9", "--json").json
    assert (closed["counted_minor"], closed["difference_minor"]) == (10_450, 0)
    assert closed["pieces"] == [{"minor": 2000, "count": 5}, {"minor": 50, "count": 9}]


def test_marks_of_the_shop_s_own_language_are_read(bare: Cli, tmp_path: Path):
    words = ("--region", "DE", "--currency", "EUR", "--time-zone", "Europe/Berlin", "--locale", "de-DE")
    place = ("--database", tmp_path / "berlin.db")
    bare("init", "--business", "Werkstatt", *words, *place)
    assert bare("shift", "open", "--float", "99,50", "--json", *place).json["float_minor"] == 9950
    assert bare("shift", "in", "0.50", "--reason", "Fund", "--json", *place).json["amount_minor"] == 50
    counted = bare("shift", "close", "--counted", "20x4; 0,50x40", "--json", *place).json
    assert (counted["counted_minor"], counted["difference_minor"]) == (10_000, 0)


def test_what_was_verified_stands_beside_what_was_counted(opened: Cli):
    opened("shift", "close", "--counted", "104.50")
    verified = opened("shift", "verify", "Z1", "--amount", "104", "--json").json
    assert [one["amount_minor"] for one in verified["verified"]] == [10_400]
    assert verified["counted_minor"] == 10_450
    told = opened("shift", "z", "1").out
    assert "Verified    €104.00" in told
    assert "Difference  €0.00" in told


def test_the_list_names_what_is_open_and_what_nobody_verified(opened: Cli):
    for till in ("Till 2", "Till 3"):
        opened("shift", "open", "--float", "7", "--till", till)
        opened("shift", "close", "--counted", "6", "--till", till)
    opened("shift", "verify", "Z1", "--amount", "7")
    listed = opened("shift", "list", "--json").json
    assert [(one["number"], one["difference_minor"]) for one in listed] == [
        ("Z2", -100),
        ("Z1", -100),
        (None, None),
    ]
    assert [one["number"] for one in opened("shift", "list", "--unverified", "--json").json] == ["Z2"]
    assert opened("shift", "list", "--limit", "1").out.split()[:3] == ["Z2", "Till", "3"]
    assert opened("shift", "list").out.splitlines()[-1].startswith("open")
    opened("shift", "verify", "Z2", "--amount", "7")
    assert opened("shift", "list", "--unverified").out == "No shifts.\n"


def test_two_tills_have_each_their_own_drawer(opened: Cli):
    assert opened("shift", "open", "--float", "7", "--till", "Till 2", "--json").json["till"] == "Till 2"
    assert opened("shift", "x", "--till", "Till 2", "--json").json["expected_minor"] == 700
    assert opened("shift", "close", "--counted", "7", "--till", "Till 2", "--json").json["number"] == "Z1"
    assert opened("shift", "x", "--json").json["expected_minor"] == 10_450


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["open", "--float", "5"], "shift_open"),
        (["open", "--float", "=5", "--till", "T2"], "amount_invalid"),
        (["open", "--float=-5", "--till", "T2"], "amount_negative"),
        (["open", "--float", "1e5", "--till", "T2"], "amount_invalid"),
        (["open", "--float", "1.234", "--till", "T2"], "amount_invalid"),
        (["open", "--float", "99,50", "--till", "T2"], "amount_invalid"),
        (["open", "--float", "1,234.50", "--till", "T2"], "amount_invalid"),
        (["open", "--float", "9" * 40, "--till", "T2"], "amount_invalid"),
        (["in", "0", "--reason", "x"], "amount_invalid"),
        (["in", "5", "--reason", " "], "reason_missing"),
        (["out", "104.51", "--reason", "x"], "drawer_short"),
        (["close", "--counted", "20x"], "amount_invalid"),
        (["close", "--counted", "20x3,many"], "amount_invalid"),
        (["close", "--counted", "x", "--till", "T2"], "amount_invalid"),
        (["x", "--till", "T2"], "shift_missing"),
        (["z", "7"], "report_unknown"),
        (["z", "S1"], "report_unknown"),
        (["verify", "Z7", "--amount", "5"], "report_unknown"),
    ],
)
def test_what_cannot_be_is_refused(opened: Cli, words: list[str], code: str):
    refused = opened("shift", *words, "--json")
    assert (refused.status, refused.error["code"]) == (1, code)
    assert opened("shift", "x", "--json").json["expected_minor"] == 10_450


def test_an_amount_that_could_be_read_in_two_ways_says_both(cli: Cli):
    refused = cli("shift", "open", "--float", "99,500").err
    assert "“99,500” could be 99.50 or 99500" in refused


@pytest.mark.parametrize(
    "words",
    [["open"], ["in", "5"], ["close"], ["x", "--printer", "P"], ["x", "--force"], ["verify", "Z1"], []],
)
def test_what_is_left_out_is_wrong_usage(opened: Cli, words: list[str]):
    assert opened("shift", *words).status == 2


def test_x_and_z_are_papers(opened: Cli, tmp_path: Path):
    opened("shift", "x", "--pdf", tmp_path / "x.pdf")
    assert opened("shift", "x", "--pdf", tmp_path / "x.pdf", "--json").error["code"] == "file_exists"
    assert opened("shift", "x", "--pdf", tmp_path / "x.pdf", "--force", "--paper", "a4").status == 0
    assert "X report" in PdfReader(tmp_path / "x.pdf").pages[0].extract_text()
    assert opened("shift", "x", "--print", "--json").error["code"] in ("no_print_system", "printer_missing")
    opened("shift", "close", "--counted", "104")
    made = opened("receipt", "Z1", "--pdf", tmp_path / "z.pdf", "--json").json
    assert (made["number"], made["kind"], made["copy"]) == ("Z1", "z_report", 1)
    assert opened("receipt", "z01", "--pdf", tmp_path / "z2.pdf", "--json").json["copy"] == 2
    assert "COPY 2" in PdfReader(tmp_path / "z2.pdf").pages[0].extract_text()
    assert opened("receipt", "Z2", "--pdf", tmp_path / "z3.pdf", "--json").error["code"] == "report_unknown"
    kind = opened("receipt", "Z1", "--kind", "claim", "--pdf", tmp_path / "z4.pdf", "--json")
    assert kind.error["code"] == "paper_unknown"
    assert opened("verify").status == 0


def test_above_the_set_difference_closing_asks_for_a_note(opened: Cli):
    assert opened("settings", "shift-difference", "--json").json == {"shift-difference": "0"}
    assert opened("settings", "shift-difference", "2", "--json").json == {"shift-difference": "2.00"}
    refused = opened("shift", "close", "--counted", "100", "--json").error
    assert (refused["code"], refused["field"]) == ("note_missing", "note")
    assert refused["message"] == "The drawer differs by more than €2.00. Enter a note."
    closed = opened("shift", "close", "--counted", "100", "--note", "Torn", "--json").json
    assert (closed["number"], closed["difference_minor"]) == ("Z1", -450)
    assert opened("settings", "shift-difference", "-1", "--json").error["field"] == "shift_difference_minor"
    assert opened("settings", "--json").json["shift-difference"] == "2.00"


def test_a_z_is_found_by_its_number(opened: Cli):
    opened("shift", "close", "--counted", "104.50")
    [found] = opened("search", "z1", "--json").json
    assert (found["kind"], found["number"], found["pl_id"]) == ("shift", "Z1", None)
    assert opened("search", "z1").out.startswith("Z1")
