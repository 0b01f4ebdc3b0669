"""Estimates by keys: asked, approved, above the limit, and made at two tills at once."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from posapp.domain.repairs.tickets import Ticket
from posapp.services.catalogue.items import SaveItem
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.ui.tickets.estimate.line_form import LineForm
from posapp.ui.tickets.estimate.page import EVERY_MS
from posapp.ui.tickets.estimate.presenter import DraftLine, EstimateDraft
from posapp.ui.wording import Wording
from tests.repairs import a_price, an_item
from tests.ui.a11y import assert_named
from tests.ui.other_page import OtherPage
from tests.ui.tickets.conftest import Clerk

TakeInCall = Callable[..., Ticket]
OpenTill = Callable[..., Clerk]


def _write(clerk: Clerk, text: str, price: str) -> None:
    assert clerk.focus is clerk.estimate.lines.form.text_of.editor
    clerk.type(text)
    clerk.press("Return", "Return")
    clerk.type(price)
    clerk.press("ctrl+Return")


def _versions(clerk: Clerk) -> list[tuple[int, str, int]]:
    found = clerk.shop.tickets.whole(clerk.actor, "T1").estimates
    return [(one.version, one.status.value, one.total_minor) for one in found]


def test_asked_approved_and_above_the_limit_asks_again(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.show("estimate", "T1")
    _write(clerk, "Display", "120")
    assert clerk.estimate.lines.draft.total_minor == 12000
    clerk.press("ctrl+Return")
    assert _versions(clerk) == [(1, "asked", 12000)]
    assert clerk.job("T1").state.code == "needs_approval"
    assert clerk.estimate.answer.isVisible()
    assert clerk.estimate.answer.by.text() == "Anna Byrne"
    clerk.press("alt+Y")
    assert _versions(clerk) == [(1, "approved", 12000)]
    job = clerk.job("T1")
    assert (job.state.code, job.price_minor) == ("in_repair", 12000)
    clerk.press("ctrl+L")
    _write(clerk, "Battery", "60")
    assert "Above the" in clerk.estimate.lines.limit.text()
    clerk.press("ctrl+Return")
    assert _versions(clerk)[0] == (2, "asked", 18000)
    assert clerk.job("T1").state.code == "needs_approval"
    clerk.press("alt+N")
    assert _versions(clerk)[0] == (2, "declined", 18000)


def test_lines_are_changed_taken_off_and_brought_back(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.show("estimate", "T1")
    _write(clerk, "Display", "120")
    assert clerk.focus is clerk.estimate.lines.table
    clerk.press("Return")
    clerk.tab_to("Quantity")
    clerk.press("ctrl+A")
    clerk.type("2")
    clerk.press("ctrl+Return")
    assert clerk.estimate.lines.draft.total_minor == 24000
    clerk.press("Delete")
    assert clerk.estimate.lines.draft.lines == []
    clerk.press("ctrl+Z")
    assert clerk.estimate.lines.draft.total_minor == 24000


def test_a_part_brings_its_words_its_price_and_its_stock(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    item = clerk.shop.items.save(
        clerk.actor, SaveItem(sku="DSP", name="Display iPhone 13", price_minor=8900, opening=3)
    )
    clerk.show("estimate", "T1")
    form = clerk.estimate.lines.form
    form.item.editor.setFocus()
    clerk.press("Down")
    form.item.committed.emit()
    assert form.text_of.text() == "Display iPhone 13"
    assert form.item.message() == "3 in stock"
    clerk.press("ctrl+Return")
    assert clerk.estimate.lines.draft.lines[0].item_id == item.id
    assert clerk.estimate.lines.draft.total_minor == 8900


def test_a_price_of_the_list_is_taken_in_two_keys(take_in: TakeInCall, open_till: OpenTill) -> None:
    job = take_in().jobs[0]
    clerk = open_till()
    item = an_item(clerk.shop, clerk.actor, sku="DSP")
    for fault, price in ((job.fault, 12900), ("Battery", 5900)):
        named = {"make": job.device.make, "model": job.device.model, "fault": fault}
        a_price(clerk.shop, clerk.actor, price, item_id=item.id, **named)
    clerk.show("estimate", "T1")
    lines = clerk.estimate.lines
    assert [one.text() for one in lines.offers.buttons] == [f"{job.fault} €129.00, part out of stock"]
    assert_named(clerk.window)
    clerk.press("alt+L", "Return")
    assert [(one.text, one.item_id, one.position) for one in lines.draft.lines] == [(job.fault, item.id, 1)]
    assert not lines.form.isVisible()
    assert clerk.focus is lines.table
    assert not lines.offers.isVisible()
    clerk.press("Delete")
    assert lines.offers.isVisible()
    clerk.press("ctrl+Z", "ctrl+Return", "alt+Y")
    assert _versions(clerk) == [(1, "approved", 12900)]
    assert clerk.shop.parts.of_ticket(clerk.actor, "T1") == []  # there is none to be reserved


def test_a_version_of_another_till_is_said_and_nothing_written_is_lost(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.show("estimate", "T1")
    _write(clerk, "Display", "120")
    other = clerk.shop.actor("Till 2")
    line = LineAsked(text="Board", unit_minor=30000)
    clerk.shop.estimates.ask(other, AskEstimate(number="T1", lines=(line,)))
    clerk.settle()
    assert clerk.estimate.notice.text().startswith("Till 2 made another version.")
    assert [one.text for one in clerk.estimate.lines.draft.lines] == ["Display"]
    clerk.press("ctrl+Return")
    assert _versions(clerk)[0] == (2, "asked", 12000)


def test_what_is_written_on_an_estimate_survives_the_end_of_the_program(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    take_in()
    clerk = open_till()
    clerk.show("estimate", "T1")
    _write(clerk, "Display", "120")
    clerk.press("ctrl+L")
    clerk.type("Half a li")
    clerk.show("estimate", "T2")
    assert (clerk.estimate.lines.draft.lines, clerk.estimate.lines.form.text_of.text()) == ([], "")
    again = open_till()  # nothing was closed, as after a crash
    again.show("estimate", "T1")
    assert [one.text for one in again.estimate.lines.draft.lines] == ["Display"]
    assert again.estimate.lines.form.text_of.text() == "Half a li"
    assert again.estimate.notice.text() == "Draft restored · T1 · typed today 11:00"
    again.press("Escape", "ctrl+Return")
    assert _versions(again) == [(1, "asked", 12000)]
    third = open_till()
    third.show("estimate", "T1")
    assert not third.estimate.lines.draft.is_changed and not third.estimate.notice.isVisible()


def test_a_restored_estimate_can_be_discarded_and_tells_of_a_newer_version(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.show("estimate", "T1")
    _write(clerk, "Display", "120")
    clerk.qtbot.wait(EVERY_MS + 100)
    clerk.settle()
    clerk.estimate._keeper.forms.freeze()  # it died
    line = LineAsked(text="Board", unit_minor=30000)
    other = clerk.shop.actor("Till 2")
    clerk.shop.estimates.ask(other, AskEstimate(number="T1", lines=(line,)))
    again = open_till()
    again.show("estimate", "T1")
    assert again.estimate.notice.text().startswith("Till 2 made another version.")
    assert [one.text for one in again.estimate.lines.draft.lines] == ["Display"]
    [theirs] = again.estimate.notice.findChildren(QPushButton)
    theirs.click()
    assert [one.text for one in again.estimate.lines.draft.lines] == ["Board"]


def test_a_draft_that_another_version_wrote_is_left_out() -> None:
    line = {"position": 1, "device": "", "text": "Display", "quantity": 1, "unit_minor": 1, "item_id": None}
    kept = [{**line, "warranty_days": 0}, {**line, "colour": "red"}, "nonsense", None]
    assert [one.text for one in EstimateDraft.restored({"lines": kept, "seen": "x"}).lines] == ["Display"]
    assert EstimateDraft.restored({"lines": 3}).lines == []


def test_wrong_values_are_said_at_their_field(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.show("estimate", "T1")
    clerk.press("ctrl+Return")
    form = clerk.estimate.lines.form
    assert form.text_of.message() == "Say what the line is for."
    form.quantity.set_text("-3")
    clerk.press("ctrl+Return")
    assert form.quantity.message() == "Enter a quantity from 1 to 10,000."
    assert clerk.estimate.lines.draft.lines == []


def test_the_estimate_is_printed_and_everything_has_a_name(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.show("estimate", "T1")
    assert_named(clerk.estimate)
    _write(clerk, "Display", "120")
    clerk.press("ctrl+Return")
    clerk.press("ctrl+P")
    preview = clerk.window.page("preview")
    assert isinstance(preview, OtherPage)
    assert "estimate" in str(preview.payload)


def test_a_part_without_a_price_asks_for_one(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    item = an_item(clerk.shop, clerk.actor, 1, name="Coin cell")
    form, made = LineForm(Wording()), list[DraftLine]()
    form.made.connect(made.append)
    form.set_items([item])
    form.set_devices({1: "Phone"})
    form.begin(None)
    form.item.choose(item.id)
    form.item.committed.emit()
    form.submit()
    assert (made, form.price.message()) == ([], "Enter a price, or 0 for free.")
    form.price.set_text("0")
    form.submit()
    assert [(one.text, one.unit_minor) for one in made] == [("Coin cell", 0)]
