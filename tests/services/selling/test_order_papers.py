"""The papers of sales and payments, from the records to what can be read and scanned on them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.taxes import TaxPart
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.domain.selling.amounts import Discount
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.payments import Tender, Tendered
from posapp.domain.selling.sale_papers import Invoice, PaymentReceipt, SaleReceipt
from posapp.services.care.verify import verify
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.selling.order_commands import Pay, Refund
from posapp.services.shop.businesses import EditBusiness
from tests.factories import a_customer
from tests.printing.samples import codes_on, pictures, text_of
from tests.repairs import a_device, a_ticket
from tests.sales import a_cart, a_sale, card, cash, goods, sold

ROLL, SHEET = PaperSize.ROLL_80, PaperSize.A4
IBAN = "IE29AIBK93115212345678"


def refused(call: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as error:
        call()
    return error.value


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.taxes.set(actor, SetTax(name="VAT", rate=230_000))
    shop.shifts.open(actor, 10_000)
    return actor


def receipt(shop: Shop, till: Actor, number: str) -> SaleReceipt:
    found = shop.papers.preview(till, number, ROLL).document
    assert isinstance(found, SaleReceipt)
    return found


def invoice(shop: Shop, till: Actor, number: str) -> Invoice:
    found = shop.papers.preview(till, number, SHEET, kind=PaperKind.INVOICE).document
    assert isinstance(found, Invoice)
    return found


def on_account(shop: Shop, till: Actor, price: int = 5000) -> str:
    customer = a_customer(shop, till)
    return a_sale(
        shop, till, price_minor=price, customer_id=customer.id, tenders=(Tendered(Tender.ACCOUNT, price),)
    ).number


def test_a_receipt_says_what_the_order_says(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 1250)
    order = sold(shop, till, item.sku, item.sku, tenders=(card(1000, "4417"), cash(2000))).order
    paper = receipt(shop, till, order.number)
    assert (paper.heading, paper.number, paper.pl_id, paper.prices) == ("Receipt", "S1", "", "included")
    [line] = paper.lines
    assert (line.text, line.quantity, line.unit_minor, line.amount_minor, line.letter) == (
        "Silicone case", 2, 1250, 2500, "A",
    )  # fmt: skip
    [tax] = paper.taxes
    assert (tax.letter, tax.name, tax.rate, tax.net_minor, tax.tax_minor, tax.gross_minor) == (
        "A", "VAT", 230_000, order.net_minor, order.tax_minor, 2500,
    )  # fmt: skip
    assert [(one.tender, one.reference, one.amount_minor) for one in paper.payments] == [
        ("card", "4417", 1000),
        ("cash", "", 2000),
    ]
    assert (paper.total_minor, paper.change_minor, paper.owed_minor, paper.payment) == (2500, 500, 0, "")
    preview = shop.papers.preview(till, "S1", ROLL)
    assert "Card ending 4417" in text_of(preview.pdf)
    assert codes_on(pictures(preview.pdf)[0]) == {("Code128", "S1")}


def test_the_code_of_a_receipt_opens_its_sale(shop: Shop, till: Actor) -> None:
    a_sale(shop, till)
    [(_, text)] = codes_on(pictures(shop.papers.preview(till, "S1", ROLL).pdf)[0])
    assert shop.orders.scanned(till, text).order == "S1"


def test_a_receipt_that_was_given_out_comes_again_as_a_copy(shop: Shop, till: Actor, tmp_path: Path) -> None:
    order = a_sale(shop, till)
    for count, name in ((1, "a.pdf"), (2, "b.pdf")):
        assert shop.papers.save_pdf(till, order.number, ROLL, tmp_path / name).copies == count
    shop.businesses.edit(till, EditBusiness(name="Another name"))
    again = shop.papers.save_pdf(till, order.number, ROLL, tmp_path / "c.pdf")
    assert (again.copies, again.document.shop.name) == (3, "Harbour Lane Repairs")


def test_the_sale_queues_its_receipt_in_its_own_transaction(shop: Shop, till: Actor) -> None:
    item = goods(shop, till)
    made = sold(shop, till, item.sku, output=Output(paper=ROLL, printer="none", copies=2))
    jobs = shop.papers.open_jobs(till)
    assert [(job.number, job.copy) for job in jobs] == [("S1", 1), ("S1", 2)]
    assert made.job_id == jobs[0].id
    assert sold(shop, till, item.sku).job_id is None


def test_a_sale_that_is_not_paid_asks_for_the_rest_by_a_code(shop: Shop, till: Actor) -> None:
    shop.businesses.edit(till, EditBusiness(payment_iban=IBAN, payment_bic="AIBKIE2D"))
    number = on_account(shop, till)
    paper = receipt(shop, till, number)
    assert (paper.scheme, paper.owed_minor) == ("epc", 5000)
    lines = paper.payment.split("\n")
    assert (lines[5], lines[6], lines[7], lines[10]) == ("Harbour Lane Repairs", IBAN, "EUR50.00", number)
    pdf = shop.papers.preview(till, number, ROLL).pdf
    assert ("QRCode", paper.payment) in codes_on(pictures(pdf)[0])
    shop.orders.pay(till, Pay(number=number, tenders=(cash(5000),)))
    paid = receipt(shop, till, number)
    assert (paid.payment, paid.owed_minor) == ("", 0)


def test_a_customer_hears_what_is_owed_for_other_sales(shop: Shop, till: Actor) -> None:
    customer = a_customer(shop, till)
    first = a_sale(
        shop, till, price_minor=3500, customer_id=customer.id, tenders=(Tendered(Tender.ACCOUNT, 3500),)
    )
    second = a_sale(shop, till, customer_id=customer.id)
    paper = receipt(shop, till, second.number)
    assert [(one.number, one.owed_minor) for one in paper.dues] == [(first.number, 3500)]
    assert (paper.pl_id, paper.customer_name) == (str(customer.pl_id), customer.name)


def test_discounts_stand_with_their_lines(shop: Shop, till: Actor) -> None:
    cart = a_cart(shop, till, goods(shop, till, 1250).sku)
    cart = Cart(cart.lines, Discount(percent=100_000))
    order = sold(shop, till, cart=cart).order
    [line] = receipt(shop, till, order.number).lines
    assert (line.unit_minor, line.discount_minor, line.amount_minor) == (1250, 125, 1125)


def test_a_ticket_that_is_settled_names_its_device(shop: Shop, till: Actor) -> None:
    customer = a_customer(shop, till)
    ticket = a_ticket(shop, till, a_device(price_minor=13900), customer_id=customer.id)
    order = sold(shop, till, ticket.number, customer_id=customer.id).order
    [line] = receipt(shop, till, order.number).lines
    assert (line.number, line.amount_minor) == (ticket.number, 13900)
    text = text_of(shop.papers.preview(till, order.number, SHEET).pdf)
    assert ticket.number in text


def test_a_deposit_is_called_so_and_its_payment_says_what_for(shop: Shop, till: Actor) -> None:
    customer = a_customer(shop, till)
    ticket = a_ticket(shop, till, customer_id=customer.id)
    cart = Cart((CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5000, number=ticket.number),))
    order = sold(shop, till, cart=cart, customer_id=customer.id).order
    assert receipt(shop, till, order.number).heading == "Deposit"
    assert receipt(shop, till, order.number).taxes == ()
    payment = shop.papers.preview(till, order.payments[0].number, ROLL).document
    assert isinstance(payment, PaymentReceipt)
    assert (payment.heading, payment.about, payment.amount_minor, payment.pl_id) == (
        "Deposit", f"Deposit for {ticket.number}", 5000, str(customer.pl_id),
    )  # fmt: skip


def test_a_debt_that_is_paid_has_a_paper_of_its_own(shop: Shop, till: Actor) -> None:
    number = on_account(shop, till)
    customer = shop.orders.get(till, number).customer_id
    [payment] = shop.orders.pay(till, Pay(customer_id=customer, tenders=(cash(2000),))).payments
    paper = shop.papers.preview(till, payment.number, ROLL).document
    assert isinstance(paper, PaymentReceipt)
    assert (paper.heading, paper.about, paper.amount_minor, paper.left_minor) == (
        "Payment", "What was owed", 2000, None,
    )  # fmt: skip
    assert codes_on(pictures(shop.papers.preview(till, payment.number, ROLL).pdf)[0]) >= {
        ("Code128", payment.number)
    }


def test_an_invoice_names_its_buyer(shop: Shop, till: Actor) -> None:
    customer = a_customer(shop, till, address="Quay Street 4\nGalway")
    order = a_sale(shop, till, customer_id=customer.id)
    paper = invoice(shop, till, order.number)
    assert (paper.heading, paper.buyer_address, paper.supplied) == (
        "Invoice", "Quay Street 4\nGalway", order.day.isoformat(),
    )  # fmt: skip
    nobody = a_sale(shop, till)
    assert refused(lambda: invoice(shop, till, nobody.number)).code == "invoice_nobody"


def test_an_indian_invoice_shows_both_halves_of_the_tax(shop: Shop, till: Actor) -> None:
    shop.businesses.edit(till, EditBusiness(region="IN", prices_include_tax=False))
    parts = (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000))
    shop.taxes.set(till, SetTax(name="GST 18", rate=180_000, parts=parts, is_default=True))
    customer = a_customer(shop, till)
    order = a_sale(shop, till, price_minor=100_000, customer_id=customer.id)
    paper = invoice(shop, till, order.number)
    assert (paper.heading, paper.codes_label, paper.signed_by) == (
        "Tax invoice",
        "HSN/SAC",
        "Authorised signatory",
    )
    assert [(one.name, one.tax_minor, one.gross_minor) for one in paper.taxes] == [
        ("CGST", 9000, None),
        ("SGST", 9000, 118_000),
    ]
    assert (paper.prices, paper.lines[0].amount_minor, paper.total_minor) == ("added", 100_000, 118_000)


def test_a_saudi_receipt_carries_the_code_of_the_tax_office(shop: Shop, till: Actor) -> None:
    order = a_sale(shop, till)
    assert receipt(shop, till, order.number).stamp == ""
    shop.businesses.edit(till, EditBusiness(region="SA", tax_id="VAT 310122393500003"))
    paper = receipt(shop, till, order.number)
    assert paper.heading == "Simplified tax invoice"
    pdf = shop.papers.preview(till, order.number, ROLL).pdf
    assert ("QRCode", paper.stamp) in codes_on(pictures(pdf)[0])


def test_a_refund_names_its_sale_and_is_printed_with_it(shop: Shop, till: Actor) -> None:
    a_sale(shop, till)
    made = shop.refunds.refund(till, Refund(number="S1", reason="too large", output=Output(paper=ROLL)))
    assert made.job_id is not None
    paper = receipt(shop, till, "S2")
    assert (paper.heading, paper.refund_of, paper.total_minor, paper.lines[0].quantity) == (
        "Refund of S1", "S1", -1250, -1,
    )  # fmt: skip
    assert [(one.tender, one.amount_minor) for one in paper.payments] == [("cash", -1250)]
    assert receipt(shop, till, "S1").total_minor == 1250
    back = shop.papers.preview(till, made.order.payments[0].number, ROLL).document
    assert isinstance(back, PaymentReceipt)
    assert (back.heading, back.about, back.left_minor) == ("Refund", "S2, refund of S1", None)


def test_a_void_sale_says_when_and_why(shop: Shop, till: Actor) -> None:
    a_sale(shop, till)
    shop.refunds.void(till, "S1", "rung up twice")
    paper = receipt(shop, till, "S1")
    assert paper.voided.endswith("Till 1: rung up twice")
    assert sum(one.amount_minor for one in paper.payments) == 0


def test_what_is_not_there_has_no_paper(shop: Shop, till: Actor) -> None:
    a_sale(shop, till)
    assert refused(lambda: shop.papers.preview(till, "S9", ROLL)).code == "order_unknown"
    assert refused(lambda: shop.papers.preview(till, "P9", ROLL)).code == "payment_unknown"
    for number in ("S1", "P1"):
        with pytest.raises(DomainError) as wrong:
            shop.papers.preview(till, number, ROLL, kind=PaperKind.ESTIMATE)
        assert wrong.value.code == "paper_unknown"


def test_papers_of_money_are_verified(shop: Shop, till: Actor, tmp_path: Path) -> None:
    number = on_account(shop, till)
    shop.papers.save_pdf(till, number, ROLL, tmp_path / "a.pdf")
    shop.papers.save_pdf(till, number, SHEET, tmp_path / "b.pdf", kind=PaperKind.INVOICE)
    [payment] = shop.orders.pay(till, Pay(number=number, tenders=(cash(5000),))).payments
    shop.papers.save_pdf(till, payment.number, ROLL, tmp_path / "c.pdf")
    found = [one for result in verify(shop.store) for one in result.examples]
    assert [one for one in found if "paper" in one] == []


def test_the_window_gets_a_code_with_its_picture(shop: Shop, till: Actor) -> None:
    assert shop.qr_payments.code(till, 17640, "H7") is None
    shop.businesses.edit(till, EditBusiness(payment_iban=IBAN, payment_name="Harbour Lane Ltd"))
    code = shop.qr_payments.code(till, 17640, "H7")
    assert code is not None
    assert code.payload.split("\n")[5:8] == ["Harbour Lane Ltd", IBAN, "EUR176.40"]
    assert code.png.startswith(b"\x89PNG")
