"""`posapp receipt`: a file, a printer, and what stands in the way."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Cli
from tests.conftest import PrintQueue


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
    assert booked("receipt", "b1", "--paper", paper, "--pdf", file).out == f"B1 is in {file} (copy 2)\n"
    assert "COPY 2" in PdfReader(file).pages[0].extract_text()


def test_a_file_that_cannot_be_written_is_told_and_counts_for_nothing(booked: Cli, tmp_path: Path):
    assert (
        booked("receipt", "B1", "--pdf", tmp_path / "no" / "slip.pdf", "--json").error["code"]
        == "folder_missing"
    )
    assert booked("receipt", "B1", "--pdf", tmp_path).status == 1
    assert booked("receipt", "B1", "--pdf", tmp_path / "slip.pdf", "--json").json["copy"] == 1


@pytest.mark.parametrize("number", ["B9", "PL1", "T1", "x" * 10_000, ""])
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
