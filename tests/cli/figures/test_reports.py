"""`posapp report`: figures as text, JSON and files."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Cli


@pytest.fixture
def sold(cli: Cli) -> Cli:
    """Two sales of today."""
    cli("shift", "open", "--float", "0")
    for price in ("10.00", "2.50"):
        cli("order", "add", "--line", f"Cable,1,{price}", "--pay", f"cash={price}")
    return cli


def test_what_was_sold_is_told_by_day_and_by_month(sold: Cli):
    [day] = sold("report", "revenue", "--json").json
    assert (day["sales"], day["refunds"], day["gross_minor"]) == (2, 0, 1250)
    [month] = sold("report", "revenue", "--by", "month", "--format", "json").json
    assert month == {**{key: value for key, value in day.items() if key != "day"}, "month": day["day"][:7]}
    assert sold("report", "revenue").out.splitlines()[-1].split()[:3] == ["all", "2", "0"]
    assert sold("report", "revenue", "--to", "2020-01-01", "--from", "2020-01-01").out.startswith("Nothing")


def test_a_report_goes_into_a_file(sold: Cli, tmp_path: Path):
    file = tmp_path / "revenue.csv"
    assert sold("report", "revenue", "--out", file).status == 0
    head, row = file.read_text(encoding="utf-8-sig").splitlines()
    assert head == "day,sales,refunds,gross,net,tax,cost,profit"
    assert row.split(",")[1:5] == ["2", "0", "12.50", "12.50"]
    assert sold("report", "revenue", "--out", file).status == 1
    assert sold("report", "revenue", "--format", "xlsx", "--out", tmp_path / "r.xlsx").status == 0
    assert sold("report", "revenue", "--format", "xlsx", "--json").error["code"] == "out_missing"
    assert sold("report", "revenue", "--format", "xlsx", "--out", file, "--json").error["code"] == "file_kind"


def test_a_report_goes_onto_paper(sold: Cli, tmp_path: Path):
    file = tmp_path / "revenue.pdf"
    asked = ("report", "revenue", "--format", "pdf", "--out", file, "--compare", "last_year")
    told = sold(*asked, "--paper", "letter", "--json").json
    assert (told["file"], told["rows"]) == (str(file), 1)
    [page] = PdfReader(file).pages
    assert float(page.mediabox.width) == pytest.approx(612, abs=0.5)
    for words in ("Revenue", "Compared", "Before", "12.50", "Page 1 of 1"):
        assert words in page.extract_text(), words
    assert sold(*asked, "--json").error["code"] == "file_exists"
    assert sold(*asked, "--force").status == 0
    assert sold("report", "nothing", "--out", tmp_path / "n.pdf", "--json").error["code"] == "report_unknown"
    assert sold("report", "revenue", "--printer", "office").status == 2


def test_a_report_is_json_in_a_file_as_on_screen(sold: Cli, tmp_path: Path):
    file = tmp_path / "revenue.json"
    assert sold("report", "revenue", "--format", "json", "--out", file).status == 0
    assert json.loads(file.read_text()) == sold("report", "revenue", "--json").json


def test_the_reports_are_listed(cli: Cli):
    first = cli("report", "--list", "--json").json[0]
    assert first.keys() >= {"name", "words", "measures"}
    assert first["name"] == "revenue"


def test_totals_are_written_anew_and_verified(sold: Cli):
    done = sold("verify", "--rebuild")
    assert done.status == 0
    assert done.err.startswith("6 totals of days and customers written anew.")


def test_every_figure_opens_its_documents(sold: Cli):
    [cash] = sold("report", "tenders", "--json").json
    assert (cash["tender"], cash["payments"], cash["tendered_minor"]) == ("Cash", 2, 1250)
    paid = sold("report", "tenders", "--behind", "cash", "--json").json
    assert [(one["number"], one["amount"]) for one in paid] == [("P1", 1000), ("P2", 250)]
    shown = sold("report", "tenders", "--behind", "cash").out.splitlines()
    assert [line.split()[-1] for line in shown[1:]] == ["€10.00", "€2.50", "€12.50"]
    assert sold("report", "tenders", "--behind", "gold").out == "No document stands behind gold.\n"
    lines = sold("report", "profit", "--by", "line", "--json").json
    assert [(one["what"], one["uncosted_minor"]) for one in lines] == [("S1", 1000), ("S2", 250)]
    assert sold("report", "profit", "--by", "sun", "--json").error["code"] == "by_unknown"


def test_books_and_z_reports_are_held_against_each_other(sold: Cli):
    sold("shift", "close", "--counted", "12.00")
    told = sold("report", "reconciliation")
    assert told.out.splitlines()[-1] == "1 not explained"
    [row] = sold("report", "reconciliation", "--json").json
    assert (row["z"], row["z_minor"], row["books_minor"], row["unexplained_minor"]) == ("Z1", 1200, 1250, -50)


def test_a_report_of_nothing_names_its_days(sold: Cli):
    told = sold("report", "revenue", "--from", "2031-01-02", "--to", "2031-01-03").out
    assert told.startswith("Nothing was sold from Thu 2 Jan 2031 to Fri 3 Jan 2031.")
    assert sold("report", "voids", "--from", "today").out.startswith("Nothing to tell on ")
    assert sold("report", "deposits").out.startswith("Nothing to tell ")
