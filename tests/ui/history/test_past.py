"""Past records in the timeline, by keys."""

from PySide6.QtCore import Qt

from posapp.domain.customers.customers import Customer
from posapp.services.desks import Shop
from posapp.ui.history.detail import DetailPanel
from posapp.ui.history.filters import KindChips
from tests.factories import TILL
from tests.old_data.factories import a_past_record, an_open_old_ticket
from tests.ui.history.test_page import current, panel, titles
from tests.ui.preview.till import ALT, Till

Key = Qt.Key


def test_what_came_from_an_old_system_has_its_own_filter(
    till: Till, sqlite_shop: Shop, marta: Customer
) -> None:
    chips = till.history.findChild(KindChips)
    assert chips is not None
    till.show("history", marta.id)
    assert len(chips.choices) == 6
    a_past_record(
        sqlite_shop,
        sqlite_shop.actor(TILL),
        marta.id,
        kind="order",
        code="238",
        system="002",
        status="Refunded",
        amount_minor=2109,
        is_counted=False,
        source="POS",
    )
    till.show("desk", None)
    till.show("history", marta.id)
    assert chips.choices[-1].tally == 1
    till.press(Key.Key_7, ALT)
    till.quiet()
    assert titles(till) == ["238"]
    assert current(till).second == "Sale, Refunded"
    assert current(till).words.endswith("238, From the old system, Sale, Refunded, €21.09")
    said = panel(till)
    for words in ("238", "Multi-shop till · 002:orders:238", "Source", "POS"):
        assert words in said
    assert "Does not count towards what was spent" in said


def test_an_open_old_repair_is_taken_in_with_one_key(till: Till, sqlite_shop: Shop, marta: Customer) -> None:
    actor = sqlite_shop.actor(TILL)
    an_open_old_ticket(sqlite_shop, actor, marta.id, code="bb1270")
    till.show("history", marta.id)
    till.press(Key.Key_7, ALT)
    till.quiet()
    shown = till.history.findChild(DetailPanel)
    assert shown is not None
    assert not shown.take_in.isHidden()
    till.press(Key.Key_T, ALT)
    till.quiet()
    [job] = sqlite_shop.tickets.get(actor, "T1").jobs
    assert (job.device.name, job.fault) == ("Galaxy A52", "Charging port")
    assert current(till).second == "Repair, in_progress, goes on as T1"
    assert shown.take_in.isHidden()
    assert shown.open.text() == "Open T1"
    till.press(Key.Key_Return)
    assert till.window.current_page_id == "ticket"
