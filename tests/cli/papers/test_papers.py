"""`posapp receipt`: a file, a printer, and what stands in the way."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from posapp.bootstrap import open_shop
from tests.cli.conftest import Cli
from tests.conftest import PrintQueue
from tests.repairs import a_device, a_ticket, asked


@pytest.fixture
def booked(cli: Cli) -> Cli:
    cli("booking", "add", "--phone", "0871234567", "--name", "Marta", "--at", "2030-11-20 10:00")
    return cli


@pytest.mark.parametrize("paper", ["80mm", "58mm", "a4", "letter"])
def test_a_paper_carries_the_pl_id_and_says_copy_when_it_is_one(booked: Cli, tmp_path: Path, paper: str):
    file = tmp_path / "slip.pdf"
    first = booked("receipt", "B1", "--paper", paper, "--pdf", file, "--json").json
    assert (first["copy"], first["paper"]) == (1, paper)
    text = PdfReader(file).pages[0].extract_text()
    assert "PL1" in text
    assert "COPY" not in text
    again = booked("receipt", "b1", "--paper", paper, "--pdf", file, "--force")
    assert again.out == f"B1 is in {file} (copy 2)\n"
    assert "COPY 2" in PdfReader(file).pages[0].extract_text()


def test_a_file_that_cannot_be_written_is_told_and_counts_for_nothing(booked: Cli, tmp_path: Path):
    assert (
        booked("receipt", "B1", "--pdf", tmp_path / "no" / "slip.pdf", "--json").error["code"]
        == "folder_missing"
    )
    assert booked("receipt", "B1", "--pdf", tmp_path).status == 1
    assert booked("receipt", "B1", "--pdf", tmp_path / "slip.pdf", "--json").json["copy"] == 1


def test_a_paper_replaces_a_file_only_when_told_and_the_shop_never(
    booked: Cli, tmp_path: Path, sqlite_place: str
):
    file = tmp_path / "books.pdf"
    file.write_bytes(b"last year's books")
    assert booked("receipt", "B1", "--pdf", file, "--json").error["code"] == "file_exists"
    assert file.read_bytes() == b"last year's books"
    before = Path(sqlite_place).read_bytes()
    for wrong in (sqlite_place, f"{sqlite_place}-wal", f"{sqlite_place}-journal"):
        assert booked("receipt", "B1", "--pdf", wrong, "--force", "--json").error["code"] == "file_kept"
    assert (
        booked("receipt", "B1", "--pdf", "/dev/full", "--force", "--json").error["code"] == "file_not_plain"
    )
    assert Path("/dev/full").is_char_device()
    assert Path(sqlite_place).read_bytes() == before
    assert booked("receipt", "B1", "--pdf", file, "--force", "--json").json["copy"] == 1
    assert booked("receipt", "B1", "--print", "--force").status == 2


@pytest.mark.parametrize("name", ["a\0b.pdf", "x" * 300])
def test_a_name_that_no_file_can_have_is_refused_in_a_sentence(booked: Cli, tmp_path: Path, name: str):
    done = booked("receipt", "B1", "--pdf", tmp_path / name)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert "unexpected" not in done.err
    assert booked("receipt", "B1", "--pdf", tmp_path / "slip.pdf", "--json").json["copy"] == 1


@pytest.mark.parametrize("number", ["B9", "PL1", "x" * 10_000, ""])
def test_the_paper_of_nothing_is_refused(booked: Cli, tmp_path: Path, number: str):
    file = tmp_path / "slip.pdf"
    assert booked("receipt", number, "--pdf", file, "--json").error["code"] == "booking_unknown"
    assert not file.exists()


def test_a_printer_that_is_not_there_is_told(booked: Cli):
    error = booked("receipt", "B1", "--print", "--printer", "Nowhere", "--json").error
    assert error["code"] == "not_printed"
    assert error["message"].startswith("B1 is not printed: ")


def test_a_paper_is_printed(booked: Cli, print_queue: PrintQueue):
    printed = booked("receipt", "B1", "--print", "--printer", "PDF", "--json").json
    assert (printed["copy"], printed["printer"]) == (1, "PDF")
    assert list(print_queue.folder.glob("PDF-*"))
    assert booked("receipt", "B1", "--print", "--printer", "BROKEN").status == 1


@pytest.fixture
def ticket(cli: Cli, sqlite_place: str) -> Cli:
    """T1 with two devices, and a priced estimate."""
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 1")
    a_ticket(shop, actor, a_device(passcode="7391"), a_device(model="Galaxy Tab", accessories="pen"))
    asked(shop, actor, "T1", 9900)
    shop.close()
    return cli


@pytest.mark.parametrize(
    ("words", "kind", "paper", "says"),
    [
        ([], "claim_ticket", "80mm", "Repair ticket"),
        (["--kind", "claim", "--paper", "letter"], "claim_ticket", "letter", "Galaxy Tab"),
        (["--kind", "label"], "device_label", "57x32", "1/2"),
        (["--kind", "label", "--device", "2", "--paper", "62x29"], "device_label", "62x29", "2/2"),
        (["--kind", "estimate", "--paper", "a4"], "estimate", "a4", "I agree"),
    ],
)
def test_a_ticket_has_papers_of_several_kinds(
    ticket: Cli, tmp_path: Path, words: list[str], kind: str, paper: str, says: str
):
    file = tmp_path / "paper.pdf"
    made = ticket("receipt", "T1", *words, "--pdf", file, "--json").json
    assert (made["kind"], made["paper"], made["copy"]) == (kind, paper, 1)
    text = PdfReader(file).pages[0].extract_text()
    assert says in text
    assert "PL1" in text
    assert "7391" not in text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["T2"], "ticket_unknown"),
        (["T1", "--kind", "hand-back"], "hand_back_none"),
        (["T1", "--kind", "slip"], "paper_unknown"),
        (["T1", "--kind", "label", "--device", "3"], "job_unknown"),
        (["T1", "--kind", "label", "--paper", "a4"], "paper_size"),
        (["T1", "--paper", "57x32"], "paper_size"),
    ],
)
def test_a_paper_that_a_ticket_does_not_have_is_refused(
    ticket: Cli, tmp_path: Path, words: list[str], code: str
):
    file = tmp_path / "paper.pdf"
    assert ticket("receipt", *words, "--pdf", file, "--json").error["code"] == code
    assert not file.exists()


@pytest.mark.parametrize(
    "words", [["--device", "1"], ["--kind", "label", "--device", "0"], ["--kind", "poem"]]
)
def test_which_device_is_asked_of_labels_only(ticket: Cli, tmp_path: Path, words: list[str]):
    assert ticket("receipt", "T1", *words, "--pdf", tmp_path / "paper.pdf").status == 2
