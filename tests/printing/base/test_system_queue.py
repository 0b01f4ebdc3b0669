"""Papers sent to a real CUPS server."""

import os
import shutil
import socket
import subprocess
import threading
from io import BytesIO

import pytest
from pypdf import PdfReader

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.papers.documents import PaperSize
from posapp.printing.base.ipp import Server
from posapp.printing.base.system_queue import JobTicket, SystemQueue
from posapp.printing.render import render_pdf
from tests.conftest import PrintQueue
from tests.printing.repair_samples import LABEL
from tests.printing.samples import MILLIMETRES, SLIP, text_of

SBIN = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])


@pytest.fixture
def queue() -> SystemQueue:
    return SystemQueue(poll_seconds=0.02)


def cups(program: str, *arguments: str) -> None:
    subprocess.run([shutil.which(program, path=SBIN) or program, *arguments], check=True, capture_output=True)


def waiting_jobs() -> str:
    return subprocess.run(["lpstat", "-o"], capture_output=True, text=True, check=True).stdout


def refused(queue: SystemQueue, printer: str, timeout: float = 30) -> EnvironmentFault:
    with pytest.raises(EnvironmentFault) as fault:
        ticket = queue.send(
            render_pdf(SLIP, PaperSize.ROLL_80), printer, title="Booking B319", paper=PaperSize.ROLL_80
        )
        queue.wait_for(ticket, timeout)
    return fault.value


@pytest.mark.parametrize("paper", list(PaperSize))
def test_a_printed_paper_keeps_its_size_and_its_text(
    print_queue: PrintQueue, queue: SystemQueue, paper: PaperSize
) -> None:
    document = LABEL if paper.is_label else SLIP
    ticket = queue.send(render_pdf(document, paper), "PDF", title="posapp", paper=paper)
    queue.wait_for(ticket)
    printed = (print_queue.folder / f"PDF-{ticket.number}.pdf").read_bytes()
    page = PdfReader(BytesIO(printed)).pages[0]
    assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(MILLIMETRES[paper][0], abs=0.2)
    assert document.number in text_of(printed)
    assert document.pl_id in text_of(printed)


def test_a_raw_queue_gets_the_file_as_it_is(print_queue: PrintQueue, queue: SystemQueue) -> None:
    pdf = render_pdf(SLIP, PaperSize.ROLL_80)
    ticket = queue.send(pdf, "RAW", title="Booking B319", paper=PaperSize.ROLL_80)
    queue.wait_for(ticket)
    assert (print_queue.folder / f"RAW-{ticket.number}.pdf").read_bytes() == pdf


def test_no_name_means_the_default_printer(print_queue: PrintQueue, queue: SystemQueue) -> None:
    ticket = queue.send(render_pdf(SLIP, PaperSize.A4), "", title="Booking B319", paper=PaperSize.A4)
    assert ticket.printer == "PDF"
    queue.wait_for(ticket)


def test_a_printer_out_of_paper_is_told_and_its_job_taken_back(
    print_queue: PrintQueue, queue: SystemQueue
) -> None:
    fault = refused(queue, "BROKEN")
    assert fault.code == "printer_failed"
    assert fault.sentence == (
        "The printer BROKEN has stopped: the test printer is out of paper."
        " Mend it, resume it, then print again."
    )
    assert "BROKEN" not in waiting_jobs()


def test_a_printer_that_has_stopped_takes_no_second_paper(
    print_queue: PrintQueue, queue: SystemQueue
) -> None:
    refused(queue, "BROKEN")
    fault = refused(queue, "BROKEN")
    assert fault.code == "printer_paused"
    assert "out of paper" in fault.sentence
    assert "BROKEN" not in waiting_jobs()


def test_a_paused_printer_says_why_and_keeps_nothing(print_queue: PrintQueue, queue: SystemQueue) -> None:
    cups("cupsdisable", "-r", "out for lunch", "RAW")
    fault = refused(queue, "RAW")
    assert fault.code == "printer_paused"
    assert "RAW is paused (out for lunch)" in fault.sentence
    assert "RAW" not in waiting_jobs()


def test_a_printer_that_takes_no_jobs_counts_as_paused(print_queue: PrintQueue, queue: SystemQueue) -> None:
    cups("cupsreject", "RAW")
    assert refused(queue, "RAW").code == "printer_paused"


def test_an_unknown_printer_is_missing(print_queue: PrintQueue, queue: SystemQueue) -> None:
    fault = refused(queue, "NOPE")
    assert fault.code == "printer_missing"
    assert "no printer NOPE" in fault.sentence


def test_a_job_that_somebody_cancels_is_not_printed(print_queue: PrintQueue, queue: SystemQueue) -> None:
    ticket = held_job(queue)
    queue.cancel(ticket)
    with pytest.raises(EnvironmentFault) as fault:
        queue.wait_for(ticket)
    assert fault.value.code == "printer_failed"
    assert "cancelled" in fault.value.sentence


def test_a_job_that_never_ends_is_given_up_and_taken_back(
    print_queue: PrintQueue, queue: SystemQueue
) -> None:
    ticket = held_job(queue)
    with pytest.raises(EnvironmentFault) as fault:
        queue.wait_for(ticket, timeout=0.1)
    assert fault.value.code == "printer_timeout"
    assert str(ticket.number) not in waiting_jobs()


def test_printers_are_listed_with_the_default_first(print_queue: PrintQueue, queue: SystemQueue) -> None:
    cups("cupsdisable", "-r", "out for lunch", "RAW")
    listed = {info.name: info for info in queue.list_printers()}
    assert next(iter(listed)) == "PDF"
    assert set(listed) == {"PDF", "RAW", "BROKEN"}
    assert listed["PDF"].is_default
    assert not listed["RAW"].is_default
    assert (listed["RAW"].state, listed["RAW"].reason) == ("paused", "out for lunch")
    assert (listed["PDF"].state, listed["PDF"].reason) == ("idle", "")


@pytest.mark.skipif(shutil.which("lp") is None, reason="CUPS is not installed")
def test_a_print_system_that_does_not_answer_is_told(queue: SystemQueue) -> None:
    assert refused(queue, "PDF").code == "no_print_system"
    with pytest.raises(EnvironmentFault) as fault:
        queue.list_printers()
    assert fault.value.code == "no_print_system"


@pytest.mark.skipif(shutil.which("lp") is None, reason="CUPS is not installed")
def test_a_server_that_is_no_print_server_is_told(
    queue: SystemQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{server.getsockname()[1]}")
        answering = threading.Thread(target=_babble, args=(server,))
        answering.start()
        with pytest.raises(EnvironmentFault) as fault:
            queue.wait_for(JobTicket("PDF", 1), timeout=0)
        answering.join()
    assert fault.value.code == "no_print_system"


def test_a_computer_without_a_print_system_says_to_save_a_file(
    queue: SystemQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    fault = refused(queue, "PDF")
    assert fault.code == "no_print_system"
    assert "PDF" in fault.sentence


@pytest.mark.parametrize(
    ("said", "server"),
    [
        ("127.0.0.1:6310", Server("127.0.0.1", 6310)),
        ("[::1]:631", Server("::1", 631)),
        ("/run/cups/cups.sock", Server("/run/cups/cups.sock", 0)),
        ("printers.example", Server("printers.example", 631)),
    ],
)
def test_the_server_is_found_where_cups_finds_it(said: str, server: Server) -> None:
    assert Server.parse(said) == server


def held_job(queue: SystemQueue) -> JobTicket:
    """A job that the queue keeps and does not begin."""
    ticket = queue.send(render_pdf(SLIP, PaperSize.A4), "PDF", title="Booking B319", paper=PaperSize.A4)
    queue.wait_for(ticket)
    said = subprocess.run(
        ["lp", "-d", "PDF", "-H", "hold", "-"], input=b"%PDF-1.4", capture_output=True, check=True
    ).stdout.decode()
    return JobTicket("PDF", int(said.split("PDF-")[1].split()[0]))


def _babble(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(4096)
        connection.sendall(b"220 this is something else\r\n\r\n")
