"""The shop that the pictures show: filled by commands, each at its moment; and its papers."""

import contextlib
import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Dublin")
PIN = "270594"
NOW = datetime(2026, 3, 12, 14, 32, tzinfo=ZONE)

FILL: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "2026-01-08 09:00",
        (
            "init|--business|Harbour Lane Repairs|--region|IE|--currency|EUR|--time-zone|Europe/Dublin|"
            "--locale|en-IE|--address|3 Harbour Lane, Dublin|--phone|01 555 0142|--tax-id|IE1234567T",
            "staff|add|Tomasz",
            "staff|add|Aino",
            "staff|add|Bench 2|--bench|--capacity|2",
            "service|add|Laptop battery check|--minutes|45|--price|25.00",
            "service|add|Screen replacement|--minutes|60",
            "hours|day|2026-12-25|closed|--reason|Christmas",
            "item|add|--sku|DSP-S22|--name|Display Galaxy S22|--kind|part|--price|95.00|--stock|2",
            "item|add|--sku|BAT-S22|--name|Battery Galaxy S22|--kind|part|--price|30.00|--stock|0",
            "price|set|--device|Samsung Galaxy S22|--fault|Cracked screen|--price|189.00|--minutes|60|"
            "--sku|DSP-S22",
            "price|set|--device|Samsung Galaxy S22|--fault|Battery|--price|69.00|--minutes|45|--sku|BAT-S22",
            "price|set|--device|Samsung|--kind|phone|--fault|Battery|--price|79.00|--minutes|45",
            "price|set|--device|Apple|--fault|Charging port|--price|85.00|--minutes|90",
            "price|set|--kind|laptop|--fault|Slow|--price|60.00",
        ),
    ),
    (
        "2026-01-20 10:15",
        (
            "customer|add|--phone|085 123 4567|--name|Marta Kowalczyk|--email|marta@example.com|--note|"
            "Calls before 17:00 only. Wants old screens returned.",
            "customer|contact|add|PL1|Piotr Kowalczyk",
            "customer|phone|add|PL1|01 555 0199",
            "customer|add|--phone|+44 7700 900142|--name|Chidi Okafor",
            "customer|add|--phone|+33 6 39 98 21 07|--name|Nguyễn Thị Lan",
            "customer|add|--phone|+91 97176 19183|--name|नेहा शर्मा",
            "customer|add|--phone|+20 10 0123 4567|--name|محمد علي",
            "customer|add|--phone|085 765 4321|--name|Maximiliane Featherstonehaugh-O'Sullivan",
            "customer|add|--no-phone|lost it|--name|Ida Berg",
            "ticket|add|--customer|PL2|--device|ThinkPad T14|--kind|laptop|--serial|PF3K7Q1|--fault|"
            "Does not charge|"
            "--shelf|C1|--price|80.00",
            "ticket|status|T1|ready",
        ),
    ),
    (
        "2026-03-02 11:05",
        (
            "ticket|add|--phone|085 123 4567|--device|Samsung Galaxy S22|--kind|phone|--imei|"
            "490154203237518|--fault|"
            "Cracked screen, touch dead on the left|--accessories|case|--price|189.00|--shelf|A1|"
            "--technician|Tomasz|"
            "--due|2026-03-13 17:00",
            "ticket|device|add|T2|--device|Galaxy Buds2|--kind|other|--no-serial|worn off|--fault|"
            "Left one silent",
            "ticket|estimate|T2|--line|Display with frame, original,1,149.00|--line|Fitting,1,40.00|"
            "--warranty|365",
            "ticket|inform|T2|--how|phone|--words|Told the price|--answer|Will ring back",
        ),
    ),
    (
        "2026-03-09 16:20",
        (
            "ticket|add|--customer|PL3|--device|iPhone 13|--kind|phone|--no-serial|does not start|"
            "--fault|Battery swollen|"
            "--line|Battery,1,69.00|--warranty|180|--agreed|--rush|--technician|Aino",
            "ticket|status|T3|in_repair",
            "ticket|add|--customer|PL6|--device|Nintendo Switch|--kind|console|--no-serial|"
            "label gone|--fault|Stick drift|"
            "--shelf|B2",
            "ticket|found|T4|Left rail worn|--price|45.00",
            "ticket|status|T4|ready",
            "ticket|add|--customer|PL1|--device|iPad Air|--kind|tablet|--serial|DMPX1234|--fault|No sound",
            "ticket|status|T5|ready",
            "ticket|hand-back|T5|--to|Marta Kowalczyk",
            "ticket|add|--customer|PL4|--device|MacBook Pro 14|--kind|laptop|--serial|C02XY|--fault|"
            "Keyboard, coffee",
            "ticket|status|T6|diagnosing",
        ),
    ),
    (
        "2026-03-10 18:05",
        (
            "shift|open|--float|150.00",
            "shift|in|20.00|--reason|Change",
            "shift|close|--counted|20x7,10x3",
            "shift|open|--float|150.00|--till|Till 2",
            "shift|close|--counted|147.50|--note|Two coins rolled under the shelf|--till|Till 2",
            "shift|verify|Z2|--amount|147.50",
        ),
    ),
    (
        "2026-03-12 08:55",
        (
            "shift|open|--float|150.00",
            "shift|in|487.20|--reason|From the safe",
            "shift|out|20.00|--reason|Stamps",
            "shift|out|2.80|--reason|Milk",
            "order|add|--phone|085 123 4567|--line|Screen protector,1,13.00|--line|USB-C charger,1,22.00|"
            "--pay|account=35.00",
            "order|add|--phone|085 123 4567|--line|Silicone case,1,19.90|--pay|card=19.90",
            "order|refund|S2|--to|card",
            "order|pay|S1|--pay|card=15.00",
            "order|add|--phone|085 123 4567|--deposit|T2=40.00|--pay|transfer=40.00",
        ),
    ),
    (
        "2026-03-12 09:10",
        (
            "booking|add|--phone|085 123 4567|--at|2026-03-12 15:15|--service|Screen replacement|"
            "--with|Tomasz|--note|"
            "Drops to 0. Bring charger.",
            "booking|add|--customer|PL2|--at|2026-03-12 09:30|--service|Laptop battery check|--with|Aino",
            "booking|status|B2|arrived",
            "booking|status|B2|in_service",
            "booking|status|B2|done",
            "booking|add|--customer|PL3|--at|2026-03-12 14:30|--service|Repair|--with|Aino",
            "booking|status|B3|arrived",
            "booking|add|--customer|PL4|--at|2026-03-12 16:00|--service|Repair|--with|Bench 2",
            "booking|add|--customer|PL6|--at|2026-03-12 16:00|--service|Repair|--with|Tomasz|--anyway|urgent",
            "booking|add|--customer|PL5|--at|2026-03-12 11:00|--service|Repair|--with|Tomasz",
            "booking|status|B6|no_show",
            "booking|add|--customer|PL1|--at|2026-03-13 10:30|--service|Repair|--with|Tomasz",
            "booking|status|B7|confirmed",
            "booking|add|--phone|+49 171 3920044|--name|Zeynep Yılmaz|--at|2026-03-14 12:00|"
            "--service|Repair|--with|Aino",
            "booking|status|B8|cancelled|--reason|ill",
            "customer|add|--phone|085 918 2206|--name|Marta Kowalczik|--email|marta@example.com|--address|"
            "3 Mill Lane, Dublin 8|--note|Wants old screens back",
            "ticket|add|--phone|085 918 2206|--device|Apple iPad Air|--kind|tablet|--fault|Cracked",
            "customer|duplicates",
            "backup",
        ),
    ),
)
"""What is done in the shop, and when: commands with | between their words."""

PAPERS = (
    *(f"receipt|B1|--paper|{size}" for size in ("80mm", "58mm", "a4", "letter")),
    *(f"receipt|T2|--paper|{size}" for size in ("80mm", "58mm", "a4", "letter")),
    *(f"receipt|T2|--kind|estimate|--paper|{size}" for size in ("80mm", "a4")),
    *(f"receipt|T5|--kind|hand-back|--paper|{size}" for size in ("80mm", "a4")),
    *(f"receipt|T2|--kind|label|--device|{number}" for number in (1, 2)),
    "receipt|T6|--kind|label|--paper|62x29",
    "receipt|T6|--paper|80mm",
)


def run(words: Iterable[str]) -> None:
    """One command of posapp in this process; what it refuses ends the drawing."""
    from posapp.cli import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(list(words))
    if status:
        raise SystemExit(f"{' '.join(words)}: {said.getvalue().strip()}")


def fill_shop(clock: Any) -> None:
    """Let everything happen that the screens show."""
    for moment, commands in FILL:
        clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=ZONE), tick=False)
        for command in commands:
            run(["--till", "Till 1", *command.split("|")])
    clock.move_to(NOW, tick=False)


def draw_papers(folder: Path, file: Path, only: str) -> None:
    """Every paper of the shop, each page a picture; `file` is written anew for each."""
    import pypdfium2

    folder.mkdir(parents=True, exist_ok=True)
    for words in PAPERS:
        name = words.replace("receipt|", "").replace("--", "").replace("|", "-")
        if only not in name:
            continue
        run([*words.split("|"), "--pdf", str(file), "--force"])
        with pypdfium2.PdfDocument(file) as pdf:
            for number, page in enumerate(pdf, 1):
                page.render(scale=2).to_pil().save(folder / f"{name}-{number}.png")


def bring_old(place: Path) -> bool:
    """What an old system said of the first customer, and one without a number; False as in `hire`."""
    try:
        from tests.old_data.factories import (
            a_batch,
            a_further_email,
            a_past_record,
            an_old_id,
            an_open_old_ticket,
        )
    except ImportError:
        return False
    from posapp.bootstrap import open_shop
    from posapp.services.customers.customers import AddWithoutPhone

    shop = open_shop(place)
    actor = shop.actor("Till 1")
    customer = shop.customers.resolve(actor, "085 123 4567").customer.id
    batch = a_batch(shop, actor, system="004", at=datetime(2026, 3, 2, 9, tzinfo=ZONE))
    square = a_batch(shop, actor, system="square", at=datetime(2026, 3, 3, 9, tzinfo=ZONE))
    an_old_id(shop, actor, customer, "HL-00417", system="square", batch_id=square)
    for code in ("16a90fc1", "a0c376c5"):
        an_old_id(shop, actor, customer, code, system="004", batch_id=batch)
    an_open_old_ticket(
        shop, actor, customer, code="bb1270bb", at=datetime(2026, 2, 24, 11, 40, tzinfo=ZONE), batch_id=batch
    )
    a_past_record(
        shop,
        actor,
        customer,
        kind="order",
        system="square",
        code="238",
        status="Completed",
        amount_minor=21_09,
        at=datetime(2025, 11, 3, 16, 5, tzinfo=ZONE),
        batch_id=square,
        source="POS",
        note="Case and glass",
    )
    a_further_email(shop, actor, customer, "m.kowalska@work.example")
    shop.customers.add_without_phone(
        actor,
        AddWithoutPhone(
            reason="Came without a phone from Square.", name="Ida Berg", email="ida@berg.example"
        ),
    )
    shop.close()
    return True


def hire(place: Path) -> bool:
    """Four people of the shop, each with the same PIN; False for a checkout that knows no people."""
    try:
        from posapp.domain.people.users import Role
        from posapp.services.people.users import SaveUser
    except ImportError:
        return False
    from posapp.bootstrap import open_shop

    shop = open_shop(place)
    actor = shop.actor("Till 1")
    grace = shop.users.save(actor, SaveUser(name="Grace Adeyemi", role=Role.ADMIN, pin=PIN))
    admin = shop.sign_in.by_secret("Till 1", actor.business, grace.id, PIN).actor
    for name, role in (
        ("Niamh Walsh", Role.STAFF),
        ("Tomasz Zieliński", Role.TECHNICIAN),
        ("Aino Mäkelä", Role.TECHNICIAN),
    ):
        shop.users.save(admin, SaveUser(name=name, role=role, pin=PIN))
    shop.close()
    return True
