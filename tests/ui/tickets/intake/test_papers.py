"""After check-in the claim ticket and the labels come out as the till is set."""

from pathlib import Path
from typing import Any

import pytest

from posapp.domain.papers.documents import PaperKind
from tests.conftest import PrintQueue
from tests.factories import a_customer
from tests.ui.tickets.intake.conftest import Counter


def taken_in(counter: Counter) -> None:
    """A radio on T1."""
    customer = a_customer(counter.shop, counter.actor)
    counter.page.drafts.bring(customer.id)
    counter.quiet()
    counter.fill(Model="Radio", IMEI_or_serial="R1", What_is_wrong="Hums")
    counter.check_in()


class TestPdf:
    """A till that keeps files."""

    @pytest.fixture
    def till(self) -> dict[str, Any]:
        return {"slip_output": "pdf"}

    def test_claim_ticket_and_label_are_written(self, counter: Counter, tmp_path: Path) -> None:
        taken_in(counter)
        names = sorted(one.name for one in (tmp_path / "data" / "papers").iterdir())
        assert names == ["T1-label-1.pdf", "T1.pdf"]


class TestPrint:
    """A till with a printer."""

    @pytest.fixture
    def till(self) -> dict[str, Any]:
        return {"slip_output": "print", "receipt_printer": "PDF", "a4_printer": "PDF"}

    def test_a_printer_that_is_away_loses_nothing(self, counter: Counter) -> None:
        taken_in(counter)
        assert counter.ticket("T1").number == "T1"
        waiting = counter.shop.papers.open_jobs(counter.actor)
        assert [job.number for job in waiting] == ["T1", "T1"]
        notice = next(one for one in counter.window.notices.messages() if "T1 is saved." in one.text)
        assert [step.text for step in notice.steps] == ["Print again", "Show on screen"]

    def test_both_papers_are_printed(self, print_queue: PrintQueue, counter: Counter) -> None:
        taken_in(counter)
        assert counter.shop.papers.open_jobs(counter.actor) == []

    def test_nothing_is_printed_where_the_box_is_empty(self, counter: Counter) -> None:
        counter.page.form.promise.prints.setChecked(False)
        taken_in(counter)
        assert counter.shop.papers.open_jobs(counter.actor) == []


class TestTwoClaimTickets:
    """A till that also prints one for the shop."""

    @pytest.fixture
    def till(self) -> dict[str, Any]:
        return {"slip_output": "print", "receipt_printer": "PDF", "a4_printer": "PDF", "claim_copies": 2}

    def test_the_second_is_a_copy(self, counter: Counter) -> None:
        taken_in(counter)
        waiting = counter.shop.papers.open_jobs(counter.actor)
        claims = [job.copy for job in waiting if job.wanted.what == PaperKind.CLAIM_TICKET]
        assert (claims, len(waiting)) == ([1, 2], 3)
