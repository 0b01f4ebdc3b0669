"""The papers of money to print: usual ones, empty ones, and ones with the longest texts there are."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from posapp.domain.base.money import Money
from posapp.domain.papers.documents import Document
from posapp.domain.selling.invoice_rules import Stamped, tlv
from posapp.domain.selling.qr_payments import Payee, qr_payment
from posapp.domain.selling.sale_papers import (
    DueLine,
    EntryLine,
    GiftCardPaper,
    Invoice,
    PaidLine,
    PaymentReceipt,
    SaleReceipt,
    SoldLine,
    StatementPaper,
    TaxLine,
)
from tests.printing.samples import LONG, SHOP

WHO: dict[str, Any] = {
    "shop": SHOP,
    "number": "S2207",
    "pl_id": "PL24",
    "customer_name": "Marta Kowalczyk",
    "customer_phone": "+353 20 914 0873",
    "contact_name": "",
    "made_at": "2026-03-12T14:34",
    "made_by": "Till 1, Niamh",
    "terms": "Returns within 14 days with this receipt.",
}
LINES = (
    SoldLine(
        "iPhone 13, screen replacement",
        "IMEI ending 417903\n12 months warranty, to 12 Mar 2027",
        "T1042",
        "",
        "998713",
        1,
        13900,
        0,
        "A",
        12247,
        13900,
    ),
    SoldLine("Tempered glass, iPhone 13", "", "", "GLASS-13", "7007", 1, 1490, 0, "B", 1211, 1490),
    SoldLine("USB-C cable 2 m", "", "", "CABLE-2", "8544", 2, 1250, 250, "B", 1829, 2250),
)
TAXES = (TaxLine("A", "VAT 13.5", 135_000, 12247, 1653, 13900), TaxLine("B", "VAT", 230_000, 3041, 699, 3740))
EURO_PAYEE = Payee(name="Harbour Lane Repairs", iban="IE29AIBK93115212345678", bic="AIBKIE2D")
SWISS_PAYEE = Payee(
    name="Hafengasse Reparaturen AG",
    iban="CH4431999123000889012",
    street="Bahnhofstrasse",
    house="1",
    postcode="8001",
    city="Zürich",
    country="CH",
)


def asking(payee: Payee, currency: str, minor: int, number: str = "S2207") -> dict[str, Any]:
    """What a paper says that asks for money by a code."""
    found = qr_payment(payee, currency, minor, number)
    assert found is not None
    return {"scheme": found.kind.value, "payment": found.payload, "owed_minor": minor}


SALE = SaleReceipt(
    heading="Receipt",
    refund_of="",
    voided="",
    prices="included",
    lines=LINES,
    taxes=TAXES,
    net_minor=15288,
    total_minor=17640,
    rounding_minor=0,
    payments=(
        PaidLine("deposit", "T1042", "2026-03-05", 5000),
        PaidLine("card", "4417", "", 8000),
        PaidLine("cash", "", "", 5000),
    ),
    change_minor=360,
    owed_minor=0,
    exempt="",
    stamp="",
    scheme="",
    payment="",
    dues=(DueLine("S2190", "2026-03-09", 3500),),
    **WHO,
)
WALK_IN = replace(
    SALE,
    pl_id="",
    customer_name="",
    customer_phone="",
    lines=LINES[1:],
    taxes=TAXES[1:],
    dues=(),
    total_minor=3740,
    net_minor=3041,
    payments=(PaidLine("cash", "", "", 3740),),
    change_minor=0,
)
ROUNDED = replace(WALK_IN, total_minor=3742, rounding_minor=-2, payments=(PaidLine("cash", "", "", 3740),))
OWED = replace(
    SALE, payments=(PaidLine("cash", "", "", 5000),), change_minor=0, **asking(EURO_PAYEE, "EUR", 12640)
)
VOIDED = replace(SALE, voided="12 Mar 2026, 14:40, Niamh: rung up twice", dues=())
REFUND = replace(
    SALE,
    number="S2210",
    heading="Refund of S2207",
    refund_of="S2207",
    dues=(),
    lines=(SoldLine("USB-C cable 2 m", "", "", "CABLE-2", "8544", -1, 1250, -125, "B", -915, -1125),),
    taxes=(TaxLine("B", "VAT", 230_000, -915, -210, -1125),),
    total_minor=-1125,
    net_minor=-915,
    payments=(PaidLine("cash", "", "", -1125),),
    change_minor=0,
)
AMERICAN = replace(
    SALE,
    shop=replace(SHOP, locale="en_US", currency="USD"),
    prices="added",
    lines=(replace(LINES[1], letter="A", net_minor=1490), replace(LINES[2], letter="A", net_minor=2250)),
    taxes=(
        TaxLine("A", "State tax", 40_000, 3740, 150, None),
        TaxLine("A", "City tax", 45_000, 3740, 168, 4058),
    ),
    net_minor=3740,
    total_minor=4058,
    payments=(PaidLine("card", "VISA 0042", "", 4058),),
    change_minor=0,
    dues=(),
)
EXEMPT = replace(
    WALK_IN,
    taxes=(),
    exempt="Embassy of Chile, IE DIPL 0042",
    net_minor=3041,
    total_minor=3041,
    lines=(replace(LINES[1], letter="", amount_minor=1211), replace(LINES[2], letter="", amount_minor=1830)),
    payments=(PaidLine("transfer", "2026-0312", "", 3041),),
)
SAUDI = replace(
    WALK_IN,
    shop=replace(
        SHOP,
        name="ورشة الميناء",
        address="شارع الملك فهد، الرياض",
        locale="ar_SA",
        currency="SAR",
        tax_id="310122393500003",
    ),
    heading="Simplified tax invoice",
    stamp=tlv(
        Stamped(
            "ورشة الميناء",
            "310122393500003",
            datetime(2026, 3, 12, 14, 34, tzinfo=UTC),
            Money(3740, "SAR"),
            Money(699, "SAR"),
        )
    ),
)
_FIELDS = [field.name for field in fields(SaleReceipt) if field.name not in ("dues", "heading")]
_INVOICE: dict[str, Any] = {
    **{name: getattr(SALE, name) for name in _FIELDS},
    "supplied": "2026-03-12",
    "buyer_address": "Quay Street 4\nGalway",
    "buyer_tax_id": "IE1234567T",
    "tax_id_label": "VAT number",
    "codes_label": "",
    "words": "",
    "signed_by": "",
}
INVOICE = Invoice(heading="Invoice", **_INVOICE)
INDIAN = replace(
    INVOICE,
    shop=replace(SHOP, locale="en_IN", currency="INR", tax_id="GSTIN 29AAGCB7383J1Z4"),
    heading="Tax invoice",
    prices="added",
    lines=(replace(LINES[0], letter="A", net_minor=123450, amount_minor=123450, unit_minor=123450),),
    taxes=(
        TaxLine("A", "CGST", 90_000, 123450, 11111, None),
        TaxLine("A", "SGST", 90_000, 123450, 11111, 145672),
    ),
    net_minor=123450,
    total_minor=145672,
    payments=(),
    change_minor=0,
    codes_label="HSN/SAC",
    tax_id_label="GSTIN",
    buyer_tax_id="27AAPFU0939F1ZV",
    words="Rupees One Thousand Four Hundred Fifty-Six and Seventy-Two Paise Only",
    signed_by="Authorised signatory",
    **asking(Payee(name="Lane Repairs", upi="lane@okaxis"), "INR", 145672),
)
SWISS = replace(
    INVOICE,
    shop=replace(SHOP, locale="de_CH", currency="CHF"),
    payments=(),
    change_minor=0,
    **asking(SWISS_PAYEE, "CHF", 17640),
)
PAYMENT = PaymentReceipt(
    heading="Deposit",
    about="Deposit for T1042",
    tender="cash",
    reference="",
    tendered_minor=6000,
    change_minor=1000,
    rounding_minor=0,
    amount_minor=5000,
    left_minor=None,
    **{**WHO, "number": "P7"},
)
CARD = GiftCardPaper(last_four="7Q2M", balance_minor=5000, expires="2031-03-12", **{**WHO, "number": "G12"})
STATEMENT = StatementPaper(
    first="2026-01-01",
    last="2026-03-12",
    opening_minor=1500,
    entries=(
        EntryLine("2026-01-09", "S2101", "", 8900),
        EntryLine("2026-01-09", "P2400", "Card", -6900),
        EntryLine("2026-03-05", "P2512", "Deposit for T1042", -5000),
    ),
    closing_minor=-1500,
    credit_minor=5000,
    held_minor=5000,
    dues=(DueLine("S2190", "2026-03-09", 3500), DueLine("", "2025-12-31", 1500)),
    **{**WHO, "number": "PL24"},
)
USUAL: dict[str, Document] = {
    "sale": SALE,
    "walk-in": WALK_IN,
    "rounded": ROUNDED,
    "owed": OWED,
    "voided": VOIDED,
    "refund": REFUND,
    "American": AMERICAN,
    "exempt": EXEMPT,
    "Saudi": SAUDI,
    "invoice": INVOICE,
    "Indian invoice": INDIAN,
    "Swiss bill": SWISS,
    "payment": PAYMENT,
    "gift card": CARD,
    "statement": STATEMENT,
}

_WORDS = "Goods whose name goes on and on, as names do " * 4
_LONG_WHO: dict[str, Any] = {
    "shop": LONG.shop,
    "pl_id": "PL123456789",
    "customer_name": LONG.customer_name,
    "made_by": LONG.made_by,
    "terms": "Parts and work carry a warranty of 12 months. " * 20,
}
_LONG_LINE = SoldLine(
    _WORDS,
    "A detail that goes on and on\n" * 4,
    "T123456789",
    "S" * 40,
    "99871399",
    100_000,
    10**11,
    10**11,
    "A",
    10**12 - 1,
    10**12 - 1,
)
_LONG_TAXES = tuple(
    TaxLine(letter, "A tax whose name goes on and on", 99_750, 10**12 - 1, 10**11, 10**12 - 1)
    for letter in "ABCDEF"
)
_LONG_PAID = tuple(PaidLine("transfer", "R" * 100, "2026-03-12", 10**12 - 1) for _ in range(7))
_LONG_SALE: dict[str, Any] = {
    **_LONG_WHO,
    "number": "S123456789",
    "lines": (_LONG_LINE,) * 60,
    "taxes": _LONG_TAXES,
    "payments": _LONG_PAID,
    "total_minor": 10**12 - 1,
    "change_minor": 10**12 - 1,
    "exempt": _WORDS,
    "voided": _WORDS,
}
LONG_ONES: dict[str, Document] = {
    "sale": replace(OWED, **_LONG_SALE, dues=(DueLine("S123456789", "2026-03-09", 10**12 - 1),) * 9),
    "refund": replace(REFUND, **{**_LONG_SALE, "heading": "Refund of S123456788"}),
    "invoice": replace(INDIAN, **_LONG_SALE, buyer_address=_WORDS * 2),
    "payment": replace(
        PAYMENT, **_LONG_WHO, number="P123456789", about=_WORDS, reference="R" * 100, amount_minor=10**12 - 1
    ),
    "gift card": replace(CARD, **_LONG_WHO, balance_minor=10**12 - 1),
    "statement": replace(
        STATEMENT,
        **{**_LONG_WHO, "number": "PL123456789"},
        entries=(EntryLine("2026-01-09", "S123456789", _WORDS, 10**12 - 1),) * 80,
    ),
}
_NOTHING: dict[str, Any] = {
    "shop": LONG.shop,
    "pl_id": "",
    "customer_name": "",
    "customer_phone": "",
    "made_by": "",
    "terms": "",
}
EMPTY: dict[str, Document] = {
    "sale": replace(
        SALE, **_NOTHING, lines=(), taxes=(), payments=(), dues=(), change_minor=0, total_minor=0
    ),
    "invoice": replace(
        INVOICE, **_NOTHING, lines=(), taxes=(), payments=(), buyer_address="", buyer_tax_id=""
    ),
    "payment": replace(PAYMENT, **_NOTHING, about="", change_minor=0),
    "gift card": replace(CARD, **_NOTHING, last_four="", expires=""),
    "statement": replace(
        STATEMENT, **_NOTHING, entries=(), dues=(), closing_minor=0, credit_minor=0, held_minor=0
    ),
}
IN_SCRIPTS: dict[str, Document] = {
    "sale": replace(
        SALE,
        customer_name="नेहा शर्मा",
        lines=(
            replace(LINES[0], text="استبدال شاشة آيفون 13"),
            replace(LINES[1], text="钢化玻璃膜"),
            replace(LINES[2], text="यूएसबी केबल 2 मीटर"),
        ),
    ),
    "invoice": replace(INDIAN, customer_name="王小明", buyer_address="南京东路 4 号\n上海"),
}
