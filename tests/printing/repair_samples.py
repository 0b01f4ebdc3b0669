"""The papers of a repair to print: usual ones, empty ones, and ones with the longest texts there are."""

from dataclasses import replace
from typing import Any

from posapp.domain.papers.documents import Document, PaperSize, ShopHeader
from posapp.domain.repairs.papers import (
    ClaimTicket,
    DeviceLabel,
    DeviceLine,
    EstimatePaper,
    HandBackPaper,
    HandedLine,
    PricedLine,
)
from tests.printing.samples import LONG, SHOP

WHO: dict[str, Any] = {
    "shop": SHOP,
    "number": "T1058",
    "pl_id": "PL39",
    "customer_name": "João Pereira",
    "customer_phone": "+44 7700 900318",
    "contact_name": "",
    "made_at": "2026-03-12T14:36",
    "made_by": "Till 1, Niamh",
    "terms": "Bring this ticket to collect. We ask before any work above the estimate. "
    "Devices not collected within 90 days may be recycled.",
}
PHONE = DeviceLine(
    device="Samsung Galaxy S22",
    mark="IMEI ending 704812",
    fault="Fell in the kitchen on Sunday. Glass cracked, left half does not react to touch. Still rings.",
    faulty="screen glass, touch",
    works="buttons, charging, Wi-Fi and signal, cameras",
    untested="speaker and microphone",
    accessories="case, charger",
)
TABLET = DeviceLine("Apple iPad Air", "Serial DMPXK1Q2", "Does not charge.", "charging", "screen", "", "")
CLAIM = ClaimTicket(
    devices=(PHONE,),
    about_minor=14400,
    ready_by="2026-03-14T12:00",
    booking="B319",
    claims="",
    signature="",
    **WHO,
)
CLAIMED = "Galaxy S22 display, to Fri 10 Apr 2026, 29 days left, repair T917"
LABEL = DeviceLabel(
    shop=SHOP,
    number="T1058",
    pl_id="PL39",
    customer_name="João Pereira",
    device="Samsung Galaxy S22",
    fault="Fell in the kitchen on Sunday. Glass cracked.",
    place="2/3",
    extra="case, charger",
    due="2026-03-14T12:00",
    made_at="2026-03-12T14:36",
)
ESTIMATE = EstimatePaper(
    version=2,
    devices="Samsung Galaxy S22",
    lines=(
        PricedLine("Screen replacement", "90 days warranty", 1, 13900, 13900),
        PricedLine("Tempered glass", "", 2, 1490, 2980),
        PricedLine("Battery, original", "365 days warranty", 1, 4500, 4500),
    ),
    total_minor=21380,
    answer="",
    **WHO,
)
ANSWERED = replace(ESTIMATE, answer="Approved by phone by João Pereira, 12 Mar 2026, up to €250.00")
HANDED = HandedLine(
    device="Samsung Galaxy S22",
    mark="IMEI ending 704812",
    fault="Fell in the kitchen on Sunday. Glass cracked.",
    found="Display and frame bent. Display replaced, frame straightened, all tests passed.",
    outcome="Repaired",
    warranty="Screen replacement, to 10 Jun 2026\nBattery, original, to 12 Mar 2027",
    taken="Ana Pereira, 14 Mar 2026",
    price_minor=18400,
)
HAND_BACK = HandBackPaper(
    taken_by="Ana Pereira",
    devices=(HANDED,),
    still_here="Apple iPad Air",
    signature="",
    **{**WHO, "terms": "The warranty does not cover new drops or liquid."},
)
USUAL: dict[str, Document] = {
    "claim ticket": CLAIM,
    "several devices": replace(CLAIM, devices=(PHONE, TABLET, PHONE), contact_name="Ana Pereira"),
    "warranty claim": replace(CLAIM, claims=CLAIMED),
    "label": LABEL,
    "estimate": ESTIMATE,
    "answered estimate": ANSWERED,
    "hand-back": HAND_BACK,
}

_NOTHING: dict[str, Any] = {
    "shop": ShopHeader("", "", "", "", "", ""),
    "customer_name": "",
    "customer_phone": "",
    "made_by": "",
    "terms": "",
}
_BARE = DeviceLine("", "", "", "", "", "", "")
EMPTY: dict[str, Document] = {
    "claim ticket": replace(CLAIM, **_NOTHING, devices=(_BARE,), about_minor=None, ready_by="", booking=""),
    "label": replace(
        LABEL, shop=_NOTHING["shop"], customer_name="", device="", fault="", place="", extra="", due=""
    ),
    "estimate": replace(ESTIMATE, **_NOTHING, version=1, devices="", lines=(), total_minor=0),
    "hand-back": replace(
        HAND_BACK,
        **_NOTHING,
        taken_by="",
        still_here="",
        devices=(HandedLine("", "", "", "", "", "", "", None),),
    ),
}

_FAULT = "The screen fell in the kitchen on Sunday and has had lines since then. " * 28
_LONG_WHO: dict[str, Any] = {
    "shop": LONG.shop,
    "number": "T123456789",
    "pl_id": "PL123456789",
    "customer_name": LONG.customer_name,
    "contact_name": LONG.contact_name,
    "made_by": LONG.made_by,
}
_WORDS = "a checklist entry with quite a few words, " * 12
_LONG_PHONE = DeviceLine(
    "A device whose name goes on and on " * 5, "Serial " + "X" * 60, _FAULT, _WORDS, _WORDS, _WORDS, _WORDS
)
_LONG_LINE = PricedLine(
    "Work whose name goes on and on " * 6, "365 days warranty", 10_000, 10**12 - 1, (10**12 - 1) * 10_000
)
_LONG_HANDED = HandedLine(
    _LONG_PHONE.device,
    _LONG_PHONE.mark,
    _FAULT,
    _FAULT,
    "Repaired",
    "Work, to 12 Mar 2027\n" * 30,
    "Ana",
    10**12 - 1,
)
LONG_ONES: dict[str, Document] = {
    "claim ticket": replace(CLAIM, **_LONG_WHO, devices=(_LONG_PHONE,) * 5, about_minor=10**13),
    "label": replace(
        LABEL,
        **{name: _LONG_WHO[name] for name in ("shop", "number", "pl_id", "customer_name")},
        device=_LONG_PHONE.device,
        fault=_FAULT,
        place="12/20",
        extra=_WORDS,
    ),
    "estimate": replace(
        ESTIMATE, **_LONG_WHO, devices=_LONG_PHONE.device * 4, lines=(_LONG_LINE,) * 40, total_minor=10**18
    ),
    "hand-back": replace(
        HAND_BACK, **_LONG_WHO, taken_by=LONG.customer_name, devices=(_LONG_HANDED,) * 4, still_here=_WORDS
    ),
}

_SCRIPTS: dict[str, Any] = {"customer_name": "नेहा शर्मा"}
IN_SCRIPTS: dict[str, Document] = {
    "claim ticket": replace(
        CLAIM,
        **_SCRIPTS,
        contact_name="محمد علي السيد",
        devices=(
            replace(PHONE, fault="الشاشة مكسورة 42\nสวัสดี Ana שלום", works="カメラ", accessories="充电器"),
        ),
    ),
    "label": replace(LABEL, **_SCRIPTS, device="سامسونج جالاكسي", fault="หน้าจอแตก", extra="充电器、แท่นชาร์จ"),
    "estimate": replace(ESTIMATE, **_SCRIPTS, lines=(PricedLine("สลับหน้าจอ", "保修 90", 1, 13900, 13900),)),
    "hand-back": replace(HAND_BACK, **_SCRIPTS, devices=(replace(HANDED, found="تم استبدال الشاشة"),)),
}


def on_each_paper(documents: dict[str, Document]) -> list[tuple[str, Document, PaperSize]]:
    """A name, document and paper for each size that a document can be printed on."""
    return [
        (f"{name}-{paper}", document, paper)
        for name, document in documents.items()
        for paper in document.kind.sizes
    ]
