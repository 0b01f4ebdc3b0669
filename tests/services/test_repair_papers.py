"""Papers of tickets: what stands on them, what never does, and when one is a copy and when a new paper."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperKind, PaperSize, to_json
from posapp.domain.repairs.papers import ClaimTicket, DeviceLabel, EstimatePaper, HandBackPaper
from posapp.domain.repairs.tickets import Condition, Outcome
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output, Paper
from posapp.services.repairs.tickets import EditJob, HandBack, MoveJob, TakeIn
from posapp.services.shop.businesses import EditBusiness
from tests.factories import a_booking, a_customer, at, the_clock
from tests.repairs import IMEI, a_device, a_signature, a_ticket, approved, asked, handed_back, moved

ROLL, LABEL = Output(paper=PaperSize.ROLL_80), Output(paper=PaperSize.LABEL_57, printer="Labels")
SECRET, INTERNAL = "Zx-7391-secret", "customer was rude twice"


@pytest.fixture(autouse=True)
def application(qapp: object) -> None:
    """Names in other scripts are shaped by Qt."""


def shown(shop: Shop, actor: Actor, kind: PaperKind, number: str = "T1", position: int = 1) -> Paper:
    return shop.papers.preview(actor, number, kind.sizes[0], kind=kind, position=position)


def saved(shop: Shop, actor: Actor, path: Path, kind: PaperKind, position: int = 1) -> Paper:
    return shop.papers.save_pdf(actor, "T1", kind.sizes[0], path, kind=kind, position=position, replace=True)


def refused_code(shop: Shop, actor: Actor, number: str, kind: PaperKind, position: int = 1) -> str:
    with pytest.raises(DomainError) as refused:
        shown(shop, actor, kind, number, position)
    return refused.value.code


# -- with the intake --------------------------------------------------------------------------------------
def test_taking_in_queues_the_claim_ticket_and_a_label_for_each_device(shop: Shop, actor: Actor) -> None:
    devices = (a_device(), a_device(accessories="case, charger"))
    marta = a_customer(shop, actor)
    command = TakeIn(customer_id=marta.id, devices=devices, output=ROLL, labels=LABEL)
    taken = shop.tickets.take_in(actor, command)
    jobs = shop.papers.open_jobs(actor)
    assert tuple(job.id for job in jobs) == taken.job_ids
    assert [(job.number, job.paper, job.printer, job.copy) for job in jobs] == [
        ("T1", PaperSize.ROLL_80, "", 1),
        ("T1", PaperSize.LABEL_57, "Labels", 1),
        ("T1", PaperSize.LABEL_57, "Labels", 1),
    ]
    assert shown(shop, actor, PaperKind.CLAIM_TICKET).copies == 0  # it waits to come out
    assert [shown(shop, actor, PaperKind.DEVICE_LABEL, position=n).copies for n in (1, 2)] == [0, 0]


def test_without_an_output_nothing_is_queued(shop: Shop, actor: Actor) -> None:
    command = TakeIn(customer_id=a_customer(shop, actor).id, devices=(a_device(),))
    assert shop.tickets.take_in(actor, command).job_ids == ()
    assert shop.papers.open_jobs(actor) == []


@pytest.mark.parametrize(("output", "labels"), [(LABEL, None), (None, ROLL)])
def test_a_paper_of_the_wrong_size_leaves_no_ticket(
    shop: Shop, actor: Actor, output: Output | None, labels: Output | None
) -> None:
    marta = a_customer(shop, actor)
    with pytest.raises(DomainError) as refused:
        shop.tickets.take_in(
            actor, TakeIn(customer_id=marta.id, devices=(a_device(),), output=output, labels=labels)
        )
    assert (refused.value.code, refused.value.field) == ("paper_size", "paper")
    assert [one.card for one in shop.counter.at_counter(actor, marta.id).here] == []
    assert shop.papers.open_jobs(actor) == []


def test_a_claim_ticket_on_a_label_or_a_label_on_a_sheet_is_refused(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    for kind, size in (
        (PaperKind.CLAIM_TICKET, PaperSize.LABEL_62),
        (PaperKind.DEVICE_LABEL, PaperSize.A4),
    ):
        with pytest.raises(DomainError) as refused:
            shop.papers.preview(actor, "T1", size, kind=kind)
        assert refused.value.code == "paper_size"


# -- what stands on them ----------------------------------------------------------------------------------
def test_the_passcode_and_the_internal_note_are_in_no_paper(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(passcode=SECRET, accessories="case"), note=INTERNAL)
    asked(shop, actor, "T1", 9900, warranty_days=90)
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    for kind in (PaperKind.CLAIM_TICKET, PaperKind.DEVICE_LABEL, PaperKind.ESTIMATE, PaperKind.HAND_BACK):
        for size in kind.sizes:
            paper = shop.papers.preview(actor, "T1", size, kind=kind)
            pages = PdfReader(BytesIO(paper.pdf)).pages
            text = " ".join(" ".join(page.extract_text() for page in pages).split())
            assert "T1" in text
            for hidden in (SECRET, "7391", INTERNAL, "rude"):
                assert hidden not in text
                assert hidden not in to_json(paper.document)
                assert hidden.encode() not in paper.pdf


def test_a_claim_ticket_says_what_was_left_and_how_it_looked(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    booking = a_booking(shop, actor, marta, starts=at(10))
    phone = a_device(
        imei=IMEI,
        colour="black",
        fault="Fell on Sunday",
        accessories="case, charger",
        condition=(
            ("Screen glass", Condition.FAULTY),
            ("Touch", Condition.FAULTY),
            ("Buttons", Condition.WORKS),
            ("Cameras", Condition.UNTESTED),
        ),
        price_minor=9900,
    )
    due = the_clock(shop).now() + timedelta(days=2)
    a_ticket(shop, actor, phone, a_device(price_minor=4500), booking=booking.number, due=due)
    ticket = shown(shop, actor, PaperKind.CLAIM_TICKET).document
    assert isinstance(ticket, ClaimTicket)
    [first, second] = ticket.devices
    assert (first.device, first.mark) == ("Samsung Galaxy S22 black", "IMEI ending 643809")
    assert (first.faulty, first.works, first.untested) == ("screen glass, touch", "buttons", "cameras")
    assert (first.fault, first.accessories) == ("Fell on Sunday", "case, charger")
    assert second.mark.startswith("Serial SN")
    assert (ticket.about_minor, ticket.booking, ticket.pl_id) == (14400, booking.number, str(marta.pl_id))
    assert (ticket.made_at, ticket.ready_by) == ("2026-11-18T08:00", "2026-11-20T08:00")


def test_a_label_knows_its_place_among_several(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(), a_device(accessories="charger"))
    label = shown(shop, actor, PaperKind.DEVICE_LABEL, position=2).document
    assert isinstance(label, DeviceLabel)
    assert (label.place, label.extra, label.due) == ("2/2", "charger", "")
    assert refused_code(shop, actor, "T1", PaperKind.DEVICE_LABEL, 3) == "job_unknown"


def test_an_estimate_is_a_paper_from_its_first_version_and_a_new_one_with_its_answer(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    a_ticket(shop, actor)
    assert refused_code(shop, actor, "T1", PaperKind.ESTIMATE) == "estimate_none"
    asked(shop, actor, "T1", 9900, warranty_days=90)
    first = saved(shop, actor, tmp_path / "1.pdf", PaperKind.ESTIMATE)
    assert isinstance(first.document, EstimatePaper)
    [line] = first.document.lines
    assert (line.amount_minor, line.detail, first.document.answer) == (9900, "90 days warranty", "")
    approved(shop, actor, "T1", 12000)
    answered = saved(shop, actor, tmp_path / "2.pdf", PaperKind.ESTIMATE)
    assert isinstance(answered.document, EstimatePaper)
    assert answered.document.answer.startswith("Approved by phone by Marta, 18 Nov 2026, up to")
    assert (first.copies, answered.copies) == (1, 1)


def test_a_hand_back_tells_who_took_what_and_what_stays(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    a_ticket(shop, actor, a_device(), a_device(model="Galaxy Tab", fault="Does not charge"))
    assert refused_code(shop, actor, "T1", PaperKind.HAND_BACK) == "hand_back_none"
    asked(shop, actor, "T1", 9900, warranty_days=90)
    approved(shop, actor, "T1")
    shop.tickets.edit_job(actor, EditJob(number="T1", found="Display replaced"))
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1", to="Ana")
    paper = saved(shop, actor, tmp_path / "1.pdf", PaperKind.HAND_BACK)
    assert isinstance(paper.document, HandBackPaper)
    [phone] = paper.document.devices
    assert (phone.outcome, phone.found, phone.price_minor) == ("Repaired", "Display replaced", 9900)
    assert phone.warranty == "Line 9900, to 16 Feb 2027"
    assert (paper.document.taken_by, paper.document.still_here) == ("Ana", "Samsung Galaxy Tab")
    the_clock(shop).advance(timedelta(days=1))
    moved(shop, actor, "T1", "cancelled", position=2)
    shop.counter.hand_back(
        actor, HandBack(number="T1", outcome=Outcome.NOT_REPAIRED, to="Marta", positions=(2,), reason="parts")
    )
    both = saved(shop, actor, tmp_path / "2.pdf", PaperKind.HAND_BACK)
    assert isinstance(both.document, HandBackPaper)
    assert [device.outcome for device in both.document.devices] == ["Repaired", "Not repaired"]
    assert [device.taken for device in both.document.devices] == ["Ana, 18 Nov 2026", "Marta, 19 Nov 2026"]
    assert (both.document.taken_by, both.document.still_here, both.copies) == ("Marta", "", 1)


def test_what_is_signed_at_the_intake_stands_on_the_claim_ticket(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    ticket = a_ticket(shop, actor, signature=a_signature())
    assert ticket.signature == shop.tickets.get(actor, "T1").signature == sha256(a_signature()).hexdigest()
    assert shop.tickets.history(actor, "T1")[0].after["signature"] == ticket.signature
    paper = saved(shop, actor, tmp_path / "signed.pdf", PaperKind.CLAIM_TICKET)
    assert sum(len(page.images) for page in PdfReader(BytesIO(paper.pdf)).pages) == 1
    with pytest.raises(DomainError) as refused:
        a_ticket(shop, actor, signature=b"not a picture")
    assert refused.value.code == "signature_invalid"
    assert a_ticket(shop, actor).number == "T2"


def test_a_claim_ticket_tells_the_first_repair_and_what_is_left_of_its_warranty(
    shop: Shop, actor: Actor
) -> None:
    a_ticket(shop, actor, a_device(serial="ZZ9"))
    asked(shop, actor, "T1", 5000, warranty_days=90)
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    story = shop.devices.look(actor, "ZZ9")
    assert story is not None
    the_clock(shop).advance(timedelta(days=30))
    a_ticket(shop, actor, a_device(serial="ZZ9", claim_of=story.warranties[0].warranty.id))
    the_clock(shop).advance(timedelta(days=10))
    paper = shown(shop, actor, PaperKind.CLAIM_TICKET, "T2").document
    assert isinstance(paper, ClaimTicket)
    assert paper.claims == "Line 5000, to 16 Feb 2027, 60 days left, repair T1"


def test_the_signature_stands_on_the_hand_back_for_good(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    def pictures() -> int:
        paper = saved(shop, actor, tmp_path / "signed.pdf", PaperKind.HAND_BACK)
        return sum(len(page.images) for page in PdfReader(BytesIO(paper.pdf)).pages)

    def back(reason: str) -> None:
        shop.tickets.move(actor, MoveJob(number="T1", to="ready", reason=reason))

    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1", signature=a_signature())
    first = shown(shop, actor, PaperKind.HAND_BACK)
    assert pictures() == 1
    back("came again")
    handed_back(shop, actor, "T1", signature=a_signature(inked=90))
    again = shown(shop, actor, PaperKind.HAND_BACK)
    assert isinstance(first.document, HandBackPaper)
    assert isinstance(again.document, HandBackPaper)
    assert first.document.signature != again.document.signature
    with shop.store.look(actor) as uow:
        assert uow.businesses.picture(first.document.signature) == a_signature()
    back("once more")
    handed_back(shop, actor, "T1")
    assert pictures() == 0


def test_a_record_has_only_its_own_papers(shop: Shop, actor: Actor) -> None:
    booking = a_booking(shop, actor)
    a_ticket(shop, actor)
    assert refused_code(shop, actor, booking.number, PaperKind.ESTIMATE) == "paper_unknown"
    assert refused_code(shop, actor, "T1", PaperKind.BOOKING_SLIP) == "paper_unknown"
    assert refused_code(shop, actor, "T99", PaperKind.CLAIM_TICKET) == "ticket_unknown"


# -- copies -------------------------------------------------------------------------------------------------
def test_a_reprint_is_the_paper_of_its_day(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    marta = a_customer(shop, actor, "Marta Kowalczyk")
    a_ticket(shop, actor, customer_id=marta.id)
    kinds = (PaperKind.CLAIM_TICKET, PaperKind.DEVICE_LABEL)
    first = [saved(shop, actor, tmp_path / f"{kind}.pdf", kind) for kind in kinds]
    the_clock(shop).advance(timedelta(days=3))
    shop.customers.edit(actor, EditCustomer(customer_id=marta.id, name="Marta Nowak"))
    shop.businesses.edit(actor, EditBusiness(name="New Name", terms="new terms"))
    again = [saved(shop, actor, tmp_path / f"{kind}-2.pdf", kind) for kind in kinds]
    assert [paper.document for paper in again] == [paper.document for paper in first]
    assert [(one.copies, two.copies) for one, two in zip(first, again, strict=True)] == [(1, 2), (1, 2)]
    text = PdfReader(tmp_path / f"{PaperKind.CLAIM_TICKET}-2.pdf").pages[0].extract_text()
    assert "COPY 2" in text
    assert "21 Nov 2026" in text


def test_a_changed_ticket_makes_a_new_paper(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    a_ticket(shop, actor, a_device(price_minor=9900))
    saved(shop, actor, tmp_path / "1.pdf", PaperKind.CLAIM_TICKET)
    shop.tickets.edit_job(actor, EditJob(number="T1", found="only for the bench"))
    assert shown(shop, actor, PaperKind.CLAIM_TICKET).copies == 1  # what was found stands on no claim ticket
    shop.tickets.edit_job(actor, EditJob(number="T1", price_minor=12900))
    changed = saved(shop, actor, tmp_path / "2.pdf", PaperKind.CLAIM_TICKET)
    assert isinstance(changed.document, ClaimTicket)
    assert (changed.document.about_minor, changed.copies) == (12900, 1)


def test_papers_of_one_ticket_count_their_copies_apart(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    a_ticket(shop, actor, a_device(), a_device())
    for number in range(2):
        saved(shop, actor, tmp_path / f"{number}.pdf", PaperKind.DEVICE_LABEL, 1)
    saved(shop, actor, tmp_path / "other.pdf", PaperKind.DEVICE_LABEL, 2)
    assert [shown(shop, actor, PaperKind.DEVICE_LABEL, position=n).copies for n in (1, 2)] == [2, 1]
    assert shown(shop, actor, PaperKind.CLAIM_TICKET).copies == 0


def test_a_failed_label_waits_and_may_be_given_up(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    job = shop.papers.print(actor, "T1", LABEL, kind=PaperKind.DEVICE_LABEL)
    assert (job.state, bool(job.problem)) == ("failed", True)
    shop.papers.cancel(actor, job.id)
    assert shop.papers.open_jobs(actor) == []
