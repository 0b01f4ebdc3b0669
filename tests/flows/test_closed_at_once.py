"""The window is closed while it saves: what was saved is saved once, and its papers come out once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from posapp.domain.base.actions import Action
from posapp.services.desks import Shop
from posapp.services.papers.giving_out import DOUBT
from tests.conftest import PrintQueue
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.repairs import moved

PRINTS = {"slip_output": "print", "receipt_printer": "PDF", "a4_printer": "PDF", "label_printer": "PDF"}


def save_and_close(clerk: Clerk) -> None:
    """Ctrl+Enter and Alt+F4, one right after the other."""
    clerk.to_front()
    QTest.keyClick(clerk.focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.window.close()


@pytest.mark.timeout(120)
def test_what_was_saved_as_the_window_closed_is_printed_at_the_next_start_once(
    behind: Shop, open_till: OpenTill, print_queue: PrintQueue
) -> None:
    actor = behind.actor(TILL)
    a_customer(behind, actor, "Marta Kowalczyk", phone=a_phone(1))
    before = set(print_queue.folder.iterdir())

    def printed() -> int:
        return len(set(print_queue.folder.iterdir()) - before)

    clerk = open_till(**PRINTS)
    clerk.press("F3", "ctrl+B")
    clerk.type("0851000001")
    until(lambda: clerk.page("calendar").form.who.card is not None)
    clerk.page("calendar").form.keeper.keep()
    save_and_close(clerk)
    assert [job.state for job in behind.papers.open_jobs(actor)] == ["queued"]
    assert printed() == 0

    clerk = open_till(**PRINTS)
    until(lambda: printed() == 1, "the slip never came out")
    clerk.quiet()
    assert behind.papers.open_jobs(actor) == []
    clerk.press("F3", "ctrl+B")
    assert clerk.page("calendar").form.who.card is None  # it is saved: no draft of it
    clerk.press("F2")
    clerk.type("0851000001")
    clerk.press("Return", "ctrl+T")
    clerk.on("intake")
    until(lambda: clerk.page("intake").form.who.card is not None)
    clerk.fill(Brand="Samsung", Model="Galaxy S22", IMEI_or_serial="SN1", What_is_wrong="Cracked screen")
    save_and_close(clerk)
    assert len(behind.papers.open_jobs(actor)) == 2  # claim ticket and label

    clerk = open_till(**PRINTS)
    until(lambda: printed() == 3, "claim ticket and label never came out")
    clerk.quiet()
    moved(behind, actor, "T1", "diagnosing", "in_repair", "ready")
    clerk.window.show_page("intake")
    clerk.quiet()
    assert clerk.page("intake").form.device.model.text() == ""
    clerk.window.show_page("hand_back", "T1")
    clerk.quiet()
    save_and_close(clerk)
    assert behind.tickets.get(actor, "T1").jobs[0].handed_to == "Marta Kowalczyk"

    clerk = open_till(**PRINTS)
    until(lambda: printed() == 4, "the paper of the hand-back never came out")
    clerk.quiet()
    clerk.window.show_page("preview", "B1")
    clerk.quiet()
    QTest.keyClick(clerk.focus(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    clerk.window.close()  # a copy was asked for, and nothing waits for the printer yet
    [job] = behind.papers.open_jobs(actor)
    assert (job.number, job.copy, job.state) == ("B1", 2, "queued")

    with behind.store.work(actor) as uow:  # it was being printed when the program died
        begun = uow.documents.job(job.id)
        assert begun is not None
        assert uow.documents.begin(begun, DOUBT)
        uow.journal.add(Action.PAPER_SENDING, "document", begun.document_id)
        uow.commit()
    clerk = open_till(**PRINTS)
    until(lambda: f"B1: {DOUBT}" in clerk.said(), "nobody was asked about the paper in doubt")
    clerk.quiet()
    assert printed() == 4


@pytest.mark.timeout(60)
def test_a_till_that_keeps_files_writes_what_was_saved_as_the_window_closed(
    behind: Shop, open_till: OpenTill
) -> None:
    from posapp import paths

    actor = behind.actor(TILL)
    a_customer(behind, actor, "Marta Kowalczyk", phone=a_phone(1))
    clerk = open_till(slip_output="pdf")
    clerk.press("F3", "ctrl+B")
    clerk.type("0851000001")
    until(lambda: clerk.page("calendar").form.who.card is not None)
    save_and_close(clerk)
    file = paths.data_dir() / "papers" / "B1.pdf"
    assert [job.state for job in behind.papers.open_jobs(actor)] == ["queued"]
    open_till(slip_output="pdf")
    until(lambda: behind.papers.open_jobs(actor) == [], "the file was never written")
    assert file.read_bytes().startswith(b"%PDF")
