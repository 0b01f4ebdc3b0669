"""Documents as stored snapshots."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import (
    LAYOUT_VERSION,
    CopyMark,
    Document,
    PaperKind,
    PaperSize,
    ShopHeader,
    to_json,
)
from posapp.domain.stored_papers import from_json
from tests.printing.repair_samples import CLAIM, EMPTY, IN_SCRIPTS, LONG_ONES, USUAL

SHOP = ShopHeader(
    "Harbour Lane Repairs", "14 Harbour Lane", "+353 20 912 4455", "", "", "", "", "en_IE", "EUR"
)
SLIP = BookingSlip(
    shop=SHOP,
    number="B319",
    pl_id="PL24",
    customer_name="नेहा शर्मा",
    customer_phone="+353 20 914 0873",
    contact_name="",
    service="Screen replacement",
    minutes=45,
    with_whom="Niamh",
    day="2026-03-14",
    starts="15:30",
    zone_note="",
    price_minor=13900,
    note="Bring the “old” case\nand its box",
    made_at="2026-03-12T14:36",
    made_by="Till 1, Niamh",
    terms="",
)


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(to_json(SLIP)), **fields})


def test_a_booking_slip_comes_back_as_it_was_stored() -> None:
    assert from_json(to_json(SLIP)) == SLIP


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    price=st.none() | st.integers(0, 10**15),
    minutes=st.integers(1, 10_000),
)
def test_any_text_and_any_amount_survive_storing(text: str, price: int | None, minutes: int) -> None:
    slip = dataclasses.replace(SLIP, customer_name=text, note=text, price_minor=price, minutes=minutes)
    assert from_json(to_json(slip)) == slip


def test_the_stored_form_names_its_kind_and_version_and_keeps_text_readable() -> None:
    stored = to_json(SLIP)
    assert json.loads(stored)["kind"] == "booking_slip"
    assert json.loads(stored)["layout"] == LAYOUT_VERSION
    assert "नेहा" in stored
    assert SLIP.kind is PaperKind.BOOKING_SLIP


def test_a_hand_back_of_the_first_layout_was_signed_by_hand() -> None:
    paper = USUAL["hand-back"]
    body = json.loads(to_json(paper))
    del body["signature"]
    assert from_json(json.dumps({**body, "layout": 1})) == paper
    with pytest.raises(DomainError):
        from_json(json.dumps(body))


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "{",
        "{}",
        changed(kind="poem"),
        changed(layout=0),
        changed(layout=None),
        changed(minutes="45"),
        changed(minutes=True),
        changed(price_minor=139.0),
        changed(number=None),
        changed(shop=None),
        changed(shop={"name": "Harbour Lane Repairs"}),
        changed(colour="red"),
    ],
)
def test_what_is_not_a_document_is_refused(stored: str) -> None:
    with pytest.raises(DomainError) as refusal:
        from_json(stored)
    assert refusal.value.code == "document_damaged"


def test_a_missing_field_is_refused() -> None:
    body = json.loads(to_json(SLIP))
    del body["pl_id"]
    with pytest.raises(DomainError):
        from_json(json.dumps(body))


def test_a_document_of_a_newer_program_says_so() -> None:
    with pytest.raises(DomainError) as refusal:
        from_json(changed(layout=LAYOUT_VERSION + 1))
    assert refusal.value.code == "document_newer"


def test_only_a_second_printing_is_a_copy() -> None:
    assert not CopyMark(1, "2026-03-12T14:36", "Till 1").is_copy
    assert CopyMark(2, "2026-03-12T14:36", "Till 1").is_copy


def test_rolls_are_told_from_sheets() -> None:
    assert [size for size in PaperSize if size.is_roll] == [PaperSize.ROLL_80, PaperSize.ROLL_58]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(document, id=f"{group}-{name}")
        for group, documents in enumerate((USUAL, EMPTY, LONG_ONES, IN_SCRIPTS))
        for name, document in documents.items()
    ],
)
def test_papers_of_repairs_come_back_as_they_were_stored(document: Document) -> None:
    assert from_json(to_json(document)) == document
    assert json.loads(to_json(document))["kind"] == document.kind


@pytest.mark.parametrize(
    "devices",
    [
        ["Samsung Galaxy S22"],
        [{"device": "Samsung Galaxy S22"}],
        [{**dataclasses.asdict(CLAIM.devices[0]), "passcode": "1234"}],
        [{**dataclasses.asdict(CLAIM.devices[0]), "fault": None}],
        {"device": "Samsung Galaxy S22"},
        None,
    ],
)
def test_a_line_that_is_none_is_refused(devices: object) -> None:
    stored = json.dumps({**json.loads(to_json(CLAIM)), "devices": devices})
    with pytest.raises(DomainError) as refusal:
        from_json(stored)
    assert refusal.value.code == "document_damaged"


def test_only_labels_go_on_labels_and_an_invoice_on_no_roll() -> None:
    labels = {PaperSize.LABEL_57, PaperSize.LABEL_62}
    sheets = {PaperSize.A4, PaperSize.LETTER}
    of_kind = {
        PaperKind.DEVICE_LABEL: labels,
        PaperKind.PRICE_LABEL: labels,
        PaperKind.SHELF_LABEL: labels,
        PaperKind.INVOICE: sheets,
        PaperKind.PERSON_DATA: sheets,
        PaperKind.REPORT: sheets,
        PaperKind.BADGE: {PaperSize.BADGE},
    }
    for kind in PaperKind:
        assert set(kind.sizes) == of_kind.get(kind, set(PaperSize) - labels - {PaperSize.BADGE})
    assert PaperKind.CLAIM_TICKET.sizes[0] is PaperSize.ROLL_80
