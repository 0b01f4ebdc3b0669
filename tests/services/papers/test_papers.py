"""The paper desk: papers as they were on their day, copies counted, a queue that loses nothing."""

import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from posapp.bootstrap import open_shop
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import PaperSize
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.services.care.verify import verify
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.papers.giving_out import DOUBT
from posapp.services.papers.papers import Output, Paper
from posapp.services.shop.businesses import EditBusiness, SaveResource
from tests.factories import TILL, a_booking, a_customer, a_phone, at

A4 = PaperSize.A4
SLIPS = (PaperSize.ROLL_80, PaperSize.ROLL_58, PaperSize.A4, PaperSize.LETTER)


def broken(shop: Shop) -> list[str]:
    return [result.rule for result in verify(shop.store) if not result.is_kept]


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def slip(paper: Paper) -> BookingSlip:
    assert isinstance(paper.document, BookingSlip)
    return paper.document


def test_a_paper_keeps_the_names_and_the_number_of_its_day(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    marta = a_customer(shop, actor, "Marta Kowalczyk", phone=a_phone(1))
    booking = a_booking(shop, actor, marta, starts=at(10))
    first = shop.papers.save_pdf(actor, booking.number, A4, tmp_path / "first.pdf")
    shop.customers.edit(actor, EditCustomer(customer_id=marta.id, name="Marta Nowak"))
    shop.phones.change_number(actor, marta.id, marta.phones[0].id, a_phone(2))
    shop.businesses.edit(actor, EditBusiness(name="New Name", terms="new terms"))
    bench = shop.businesses.catalogue(actor).resources[0]
    again = shop.papers.save_pdf(actor, booking.number, A4, tmp_path / "again.pdf")
    assert again.document == first.document
    assert (slip(first).customer_name, first.copies, again.copies) == ("Marta Kowalczyk", 1, 2)
    shop.businesses.save_resource(
        actor, SaveResource(id=bench.id, kind=ResourceKind.BENCH, name="Front desk")
    )
    renamed = shop.papers.preview(actor, booking.number, A4)
    assert slip(renamed).with_whom in ("Counter", "Front desk")


def test_every_copy_is_counted_and_a_look_is_none(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    booking = a_booking(shop, actor)
    counts = [shop.papers.preview(actor, booking.number, A4).copies]
    for number in range(3):
        shop.papers.save_pdf(actor, booking.number, A4, tmp_path / f"{number}.pdf")
        counts.append(shop.papers.preview(actor, booking.number, A4).copies)
    assert counts == [0, 1, 2, 3]


def test_a_moved_booking_gets_a_new_paper(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    booking = a_booking(shop, actor, starts=at(10))
    shop.papers.save_pdf(actor, booking.number, A4, tmp_path / "first.pdf")
    shop.bookings.move(actor, MoveBooking(number=booking.number, starts=at(11)))
    fresh = shop.papers.save_pdf(actor, booking.number, A4, tmp_path / "moved.pdf")
    assert (slip(fresh).starts, fresh.copies) == ("11:00", 1)


def test_a_paper_that_cannot_be_written_does_not_count(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    booking = a_booking(shop, actor)
    with pytest.raises(EnvironmentFault):
        shop.papers.save_pdf(actor, booking.number, A4, tmp_path / "no folder" / "x.pdf")
    assert shop.papers.preview(actor, booking.number, A4).copies == 0


def test_a_booking_is_saved_with_its_paper_in_the_queue(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    command = MakeBooking(starts=at(10), customer_id=marta.id, output=Output(paper=A4, printer="Front"))
    booked = shop.bookings.book(actor, command)
    [job] = shop.papers.open_jobs(actor)
    assert (job.id, job.number, job.copy, job.printer, job.state) == (
        booked.job_id,
        booked.booking.number,
        1,
        "Front",
        "queued",
    )
    assert shop.papers.open_jobs(Actor(actor.business, "Till 2")) == []


def test_a_print_that_fails_is_kept_with_its_reason_and_may_be_given_up(shop: Shop, actor: Actor) -> None:
    booking = a_booking(shop, actor)
    job = shop.papers.print(actor, booking.number, Output(paper=A4, printer="Nowhere"))
    assert job.state == "failed"
    assert job.problem
    assert [one.id for one in shop.papers.open_jobs(actor)] == [job.id]
    again = shop.papers.run(actor, job.id)
    assert (again.copy, again.state) == (1, "failed")
    shop.papers.cancel(actor, job.id)
    assert shop.papers.open_jobs(actor) == []
    with pytest.raises(DomainError):
        shop.papers.run(actor, job.id)
    assert shop.papers.preview(actor, booking.number, A4).copies == 0  # nothing came out
    assert broken(shop) == []


def test_a_paper_is_tried_again_on_the_printer_that_is_chosen_now(shop: Shop, actor: Actor) -> None:
    booking = a_booking(shop, actor)
    job = shop.papers.print(actor, booking.number, Output(paper=A4, printer="Nowhere"))
    asked: list[PaperSize] = []

    def printer_of(paper: PaperSize) -> str:
        asked.append(paper)
        return "Elsewhere"

    again = shop.papers.run(actor, job.id, printer_of=printer_of)
    assert asked == [A4]
    assert again.printer == "Elsewhere"
    assert [one.printer for one in shop.papers.open_jobs(actor)] == ["Elsewhere"]


def test_a_paper_whose_print_failed_is_asked_for_again_and_is_no_copy(shop: Shop, actor: Actor) -> None:
    booking = a_booking(shop, actor)
    failed = shop.papers.print(actor, booking.number, Output(paper=A4, printer="Nowhere"))
    assert shop.papers.preview(actor, booking.number, A4).copies == 0
    again = shop.papers.print(actor, booking.number, Output(paper=A4, printer="Elsewhere"))
    assert (again.id, again.copy, again.printer) == (failed.id, 1, "Elsewhere")
    assert len(shop.papers.open_jobs(actor)) == 1
    other = shop.papers.print(actor, booking.number, Output(paper=PaperSize.ROLL_80, printer="Nowhere"))
    assert other.id != failed.id  # of another size: a paper of its own
    assert other.copy == 1  # and no copy either: nothing came out
    assert broken(shop) == []


def test_a_copy_counts_what_came_out(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    booking = a_booking(shop, actor)
    failed = shop.papers.print(actor, booking.number, Output(paper=A4, printer="Nowhere"))
    saved = shop.papers.save_pdf(actor, booking.number, A4, tmp_path / "slip.pdf")
    assert saved.copies == 1
    assert "COPY" not in text_of(saved.pdf)
    kept = shop.papers.order(actor, booking.number, Output(paper=A4, to_file=True))
    assert shop.papers.run(actor, kept, file_of=lambda _wanted: tmp_path / "second.pdf").copy == 2
    assert "COPY 2" in text_of((tmp_path / "second.pdf").read_bytes())
    assert shop.papers.preview(actor, booking.number, A4).copies == 2
    again = shop.papers.run(actor, failed.id)
    assert again.copy == 3
    shop.papers.cancel(actor, failed.id)
    assert shop.papers.preview(actor, booking.number, A4).copies == 2
    assert broken(shop) == []


def test_of_two_that_are_asked_for_at_once_the_first_to_come_out_is_the_original(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    number = a_booking(shop, actor).number
    first, second = (shop.papers.order(actor, number, Output(paper=A4, to_file=True)) for _ in range(2))
    done = shop.papers.run(actor, second, file_of=lambda _wanted: tmp_path / "a.pdf")
    assert (done.copy, "COPY" in text_of((tmp_path / "a.pdf").read_bytes())) == (1, False)
    assert [job.copy for job in shop.papers.open_jobs(actor)] == [2]
    done = shop.papers.run(actor, first, file_of=lambda _wanted: tmp_path / "b.pdf")
    assert (done.copy, "COPY 2" in text_of((tmp_path / "b.pdf").read_bytes())) == (2, True)
    assert broken(shop) == []


def test_a_paper_in_doubt_that_is_given_up_counts(shop: Shop, actor: Actor) -> None:
    number = a_booking(shop, actor).number
    job_id = shop.papers.order(actor, number, Output(paper=A4))
    with shop.store.work(actor) as uow:
        job = uow.documents.job(job_id)
        assert job is not None
        assert uow.documents.begin(job, DOUBT)
        uow.journal.add(Action.PAPER_SENDING, "document", job.document_id, ref=number)
        uow.commit()
    shop.papers.cancel(actor, job_id)
    assert shop.papers.preview(actor, number, A4).copies == 1
    assert broken(shop) == []


@pytest.mark.parametrize("size", SLIPS)
def test_each_size_is_a_pdf(shop: Shop, actor: Actor, size: PaperSize) -> None:
    booking = a_booking(shop, actor)
    assert shop.papers.preview(actor, booking.number, size).pdf.startswith(b"%PDF")


def test_a_paper_that_was_on_its_way_when_the_program_died_is_in_doubt(
    sqlite_place: str, tmp_path: Path
) -> None:
    shop = open_shop(sqlite_place)
    actor = shop.actor(TILL)
    job_id = shop.papers.order(actor, a_booking(shop, actor).number, Output(paper=A4))
    for where in ("send", "wait_for"):  # before the printer has it, and before it said how it ended
        code = f"""
import os, signal, sys
from posapp.bootstrap import open_shop
from posapp.printing.base.system_queue import SystemQueue
SystemQueue.send = lambda *_pdf, **_more: None
SystemQueue.{where} = lambda *_pdf, **_more: os.kill(os.getpid(), signal.SIGKILL)
shop = open_shop(sys.argv[1])
shop.papers.run(shop.actor("{TILL}"), {job_id})
"""
        died = subprocess.run([sys.executable, "-c", code, sqlite_place], check=False, capture_output=True)
        assert died.returncode == -signal.SIGKILL, died.stderr
        [job] = shop.papers.open_jobs(actor)
        assert (job.state, job.copy) == ("failed", 1)
        assert job.problem.startswith("The program ended while this was being printed.")
    shop.close()


def test_a_job_is_begun_once(shop: Shop, actor: Actor) -> None:
    job_id = shop.papers.order(actor, a_booking(shop, actor).number, Output(paper=A4))
    with shop.store.work(actor) as uow:
        job = uow.documents.job(job_id)
        assert job is not None
        assert uow.documents.begin(job, "In doubt.")
        uow.commit()
    with shop.store.work(actor) as uow:  # another window saw it at the same time
        assert not uow.documents.begin(job, "In doubt.")


def test_what_a_till_has_to_print_is_its_own_under_a_new_name(shop: Shop, actor: Actor) -> None:
    shop.papers.order(actor, a_booking(shop, actor).number, Output(paper=A4))
    front = Actor(actor.business, "Front")
    assert shop.papers.take_over(front, actor.till) == 1
    assert shop.papers.take_over(front, actor.till) == 0
    assert [len(shop.papers.open_jobs(one)) for one in (actor, front)] == [0, 1]


def test_a_paper_kept_as_a_file_is_queued_and_written_like_a_print(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    number = a_booking(shop, actor).number
    job_id = shop.papers.order(actor, number, Output(paper=A4, to_file=True))
    file = tmp_path / "papers" / "slip.pdf"
    done = shop.papers.run(actor, job_id, file_of=lambda _wanted: file)
    assert (done.state, done.file, file.read_bytes()[:4]) == ("done", file, b"%PDF")
    assert shop.papers.open_jobs(actor) == []
    lost = shop.papers.run(actor, shop.papers.order(actor, number, Output(paper=A4, to_file=True)))
    assert (lost.state, lost.copy) == ("failed", 2)
