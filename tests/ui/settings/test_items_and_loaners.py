from dataclasses import replace

import pytest
from pypdf import PdfReader

from posapp.domain.catalogue.items import ItemKind
from posapp.services.catalogue.items import SaveItem
from posapp.services.catalogue.taxes import SetTax
from posapp.services.repairs.loaners import SaveLoaner


def items(manager, *, with_archived=False):
    return manager.session.shop.items.find(manager.session.actor, with_archived=with_archived)


def add_part(manager, sku="SCR-13", name="Screen for iPhone 13", stock=3):
    desk, actor = manager.session.shop.items, manager.session.actor
    command = SaveItem(sku=sku, name=name, price_minor=8950, reorder_level=1, opening=stock)
    return desk.save(actor, command)


def into_table(manager, name="Items"):
    """Open the list of items, or what is named so, and go into its table."""
    part = manager.open("loaners" if name == "Loaners" else "items")
    if name != "Loaners":
        manager.press(*["Right"] * ("Items", "Quick items", "Count", "Price levels").index(name))
        part = part.part
    while manager.focus is not part.table:
        manager.press("Tab")
    return part


def test_a_part_is_added_by_keys_with_its_first_count(manager):
    section = into_table(manager)
    manager.press("alt+N")
    for text in ("SCR-13", "Screen for iPhone 13", "89,50", "40"):
        manager.type(text)
        manager.press("Return")
    for name, text in (("Order at", "2"), ("Barcodes", "111, 222"), ("Commodity code", "8517")):
        manager.tab_to(name)
        manager.type(text)
    manager.tab_to("In stock now")
    manager.type("5")
    manager.press("ctrl+Return")
    found = items(manager)[0]
    assert (found.sku, found.price_minor, found.reorder_level, found.stock) == ("SCR-13", 8950, 2, 5)
    assert (found.cost_minor, found.barcodes, found.commodity_code) == (4000, ("111", "222"), "8517")
    assert (found.kind, found.keeps_stock) == (ItemKind.PART, True)
    assert manager.toasts == ["Screen for iPhone 13 added"]
    assert [row.name for row in section.table.rows.rows()] == ["Screen for iPhone 13"]


def test_work_has_no_stock_and_its_own_tax(manager):
    shop, actor = manager.session.shop, manager.session.actor
    shop.taxes.set(actor, SetTax(name="VAT", rate=230_000))
    reduced = shop.taxes.set(actor, SetTax(name="Reduced", rate=135_000))
    manager.settle()
    into_table(manager)
    manager.press("alt+N")
    manager.type("W")
    manager.press("Return")
    manager.type("Hour of work")
    manager.press("Tab", "Right")  # from Part to work
    manager.tab_to("Tax")
    manager.press("Down")
    while manager.window.sheet_content.form.field("tax").value() != reduced.id:
        manager.press("Down")
    manager.press("ctrl+Return")
    [found] = items(manager)
    assert (found.kind, found.keeps_stock, found.tax_id) == (ItemKind.SERVICE, False, reduced.id)
    into_table(manager)
    manager.press("alt+K")
    assert manager.said[-1] == "No stock is kept of Hour of work"


def test_items_are_found_by_typing_and_a_code_opens_one(manager):
    add_part(manager)
    add_part(manager, sku="BAT", name="Akku für Müller")
    section = manager.open("items").part
    while manager.focus is not section.search:
        manager.press("Tab")
    manager.type("muller akk")
    assert [row.sku for row in section.table.rows.rows()] == ["BAT"]
    manager.press("Return")
    form = manager.window.sheet_content.form
    assert form.field("sku").text() == "BAT"
    assert "opened" in form._moves.text()
    manager.press("Escape")
    manager.window.show_page("settings", ("items", "scr"))
    manager.settle()
    assert [row.sku for row in section.table.rows.rows()] == ["SCR-13"]


def test_a_file_says_what_it_would_do_before_it_does(manager, tmp_path):
    add_part(manager)
    file = tmp_path / "in.csv"
    file.write_text("sku,name,price\nA,One,1.50\nB,,2\nSCR-13,,90\n", encoding="utf-8")
    section = manager.open("items").part
    section.bring_in(file)
    manager.settle()
    form = manager.window.sheet_content.form
    assert form.head.text() == "3 rows: 1 new, 1 changed, 0 as they are, 1 refused."
    assert form.reasons.text() == "Row 3: Enter a name."
    assert len(items(manager)) == 1
    manager.tab_to("Bring in")
    manager.press("Return")
    assert [(one.sku, one.price_minor) for one in items(manager)] == [("A", 150), ("SCR-13", 9000)]
    out = tmp_path / "out.xlsx"
    section.write_out(out)
    manager.settle()
    assert manager.toasts[-1] == "2 items in out.xlsx"
    section.bring_in(tmp_path / "none.csv")
    manager.settle()
    assert manager.said[-1].endswith("none.csv.")


def test_quick_items_are_chosen_put_in_order_and_taken_off(manager):
    for sku in ("A", "B", "C"):
        add_part(manager, sku=sku, name=f"Item {sku}")
    manager.settle()

    def quick():
        return [one.sku for one in manager.session.shop.items.quick(manager.session.actor)]

    into_table(manager)
    for _ in range(3):
        manager.press("alt+Q", "Down")
    assert quick() == ["A", "B", "C"]
    manager.press("alt+Q", "ctrl+Z", "alt+Q")
    assert quick() == ["A", "B"]
    section = into_table(manager, "Quick items")
    assert [row.sku for row in section.table.rows.rows()] == ["A", "B"]
    manager.press("Home", "alt+Down")
    assert quick() == ["B", "A"]
    manager.press("Delete")
    assert quick() == ["B"]
    manager.press("ctrl+Z")
    assert quick() == ["B", "A"]


def test_an_added_part_is_taken_back_by_archiving_it(manager):
    into_table(manager)
    manager.press("alt+N")
    manager.type("X1")
    manager.press("Return")
    manager.type("By mistake")
    manager.press("ctrl+Return", "ctrl+Z")
    assert items(manager) == []


def test_a_sku_that_is_taken_is_refused_beside_its_field(manager):
    add_part(manager)
    into_table(manager)
    manager.press("alt+N")
    manager.type("SCR-13")
    manager.press("Return")
    manager.type("Another screen")
    manager.press("ctrl+Return")
    form = manager.window.sheet_content.form
    assert form.field("sku").message() == "Screen for iPhone 13 has this SKU already."
    assert len(items(manager)) == 1


def test_a_part_is_changed_in_its_sheet_and_taken_back(manager):
    add_part(manager)
    into_table(manager)
    manager.press("Return")
    manager.tab_to("Price")
    manager.replace("99")
    manager.press("ctrl+Return")
    assert items(manager)[0].price_minor == 9900
    manager.press("ctrl+Z")
    assert items(manager)[0].price_minor == 8950


def test_the_stock_changes_with_a_reason_and_can_be_taken_back(manager):
    add_part(manager)
    into_table(manager)
    manager.press("alt+K")
    manager.type("-2")
    manager.press("ctrl+Return")
    form = manager.window.sheet_content.form
    assert form.field("reason").message() == "Say why."
    manager.type("broken")
    manager.press("ctrl+Return")
    assert items(manager)[0].stock == 1
    assert manager.toasts == ["Screen for iPhone 13: −2 pieces"]
    manager.press("ctrl+Z")
    assert items(manager)[0].stock == 3


@pytest.mark.parametrize("typed", ["0", "two", "1.5", ""])
def test_what_is_no_number_of_pieces_is_refused(manager, typed):
    add_part(manager)
    into_table(manager)
    manager.press("alt+K")
    manager.type(typed)
    manager.press("Return")
    manager.type("count")
    manager.press("ctrl+Return")
    assert manager.window.sheet_content.form.field("quantity").message().startswith("Enter how many came in")
    assert items(manager)[0].stock == 3


def test_more_than_there_are_cannot_go_out(manager):
    add_part(manager)
    into_table(manager)
    manager.press("alt+K")
    manager.type("-4")
    manager.press("Return")
    manager.type("count")
    manager.press("ctrl+Return")
    assert manager.window.sheet_content.form.field("quantity").message().startswith("Too few of Screen")


def test_a_part_is_archived_and_restored(manager):
    add_part(manager)
    into_table(manager)
    manager.press("Delete")
    assert items(manager) == []
    manager.press("ctrl+Z")
    assert [one.sku for one in items(manager)] == ["SCR-13"]


def test_a_part_that_runs_low_says_so(manager):
    add_part(manager, stock=1)
    section = into_table(manager)
    shown = section.table.rows
    assert shown.index(0, 3).data() == "1, order"


def loaners(manager):
    return manager.session.shop.loaners.all(manager.session.actor)


def test_a_loaner_is_added_by_keys_and_taken_back(manager):
    into_table(manager, "Loaners")
    manager.press("alt+N")
    manager.type("Nokia 105")
    manager.press("Return")
    manager.type("SN 1")
    manager.press("ctrl+Return")
    assert [(one.name, one.serial) for one in loaners(manager)] == [("Nokia 105", "SN 1")]
    assert manager.toasts == ["Nokia 105 added"]
    manager.press("ctrl+Z")
    assert loaners(manager) == []


def test_two_loaners_of_one_name_are_refused_beside_the_field(manager):
    manager.session.shop.loaners.save(manager.session.actor, SaveLoaner(name="Nokia 105"))
    into_table(manager, "Loaners")
    manager.press("alt+N")
    manager.type("Nokia 105")
    manager.press("ctrl+Return")
    assert (
        manager.window.sheet_content.form.field("name").message()
        == "There is already a loaner with this name."
    )


def test_a_loaner_that_is_out_says_with_which_ticket_and_cannot_be_archived(manager, taken_in):
    desk, actor = manager.session.shop.loaners, manager.session.actor
    made = desk.save(actor, SaveLoaner(name="Nokia 105"))
    desk.out(actor, taken_in, made.id)
    section = into_table(manager, "Loaners")
    assert section.table.rows.index(0, 2).data() == taken_in
    manager.press("Delete")
    assert manager.said[-1] == f"Nokia 105 is out on {taken_in}. Take it back first."
    assert len(loaners(manager)) == 1


def test_a_price_level_is_added_changed_and_archived(manager):
    def levels():
        known = manager.session.shop.price_levels.all(manager.session.actor)
        return [(one.name, one.percent_off) for one in known]

    into_table(manager, "Price levels")
    manager.press("alt+N")
    manager.type("Trade")
    manager.press("Return")
    manager.type("12,5")
    manager.press("ctrl+Return")
    assert levels() == [("Trade", 125_000)]
    manager.press("Return")
    manager.tab_to("Per cent off every price")
    manager.replace("101")
    manager.press("ctrl+Return")
    assert manager.window.sheet_content.form.field("percent").message().startswith("Enter a rate")
    manager.replace("10")
    manager.press("ctrl+Return")
    assert levels() == [("Trade", 100_000)]
    manager.press("Delete")
    assert levels() == []
    manager.press("ctrl+Z")
    assert levels() == [("Trade", 100_000)]


def test_a_count_is_scanned_seen_and_booked(manager):
    add_part(manager, stock=5)
    section = manager.open("items")
    manager.press("Right", "Right")
    count = section.part
    manager.tab_to("Begin a count")
    manager.press("Return")
    assert manager.focus is count.scanned
    for typed in ("2 x SCR-13", "scr-13", "999", "SCR-13"):
        manager.type(typed)
        manager.press("Return")
    assert manager.said[-1] == "Screen for iPhone 13: 4 counted"
    assert manager.page.take_scan("SCR-13")
    manager.settle()
    assert manager.said[-1] == "Screen for iPhone 13: 5 counted"
    manager.type("-1 x SCR-13")
    manager.press("Return")
    [row] = count.table.rows.rows()
    assert (row.counted, row.pieces) == (4, -1)
    assert count.unknown.text() == "Unknown: 999 (1)"
    manager.type("two x 7")
    manager.press("Return")
    assert manager.said[-1] == "Type 12 x code for twelve pieces."
    manager.tab_to("Book the difference")
    manager.press("Return")
    assert items(manager)[0].stock == 4
    assert manager.toasts == ["The count is booked"]
    manager.tab_to("Begin a count")
    manager.press("Return")
    manager.tab_to("Drop the count")
    manager.press("Return")
    assert manager.toasts[-1] == "The count is dropped"


def test_price_labels_of_an_item_are_printed_by_keys(manager, print_queue, qtbot):
    add_part(manager)
    manager.settle()
    section = into_table(manager)
    manager.session.till = replace(manager.session.till, label_printer="PDF")
    before = set(print_queue.folder.iterdir())
    manager.press("ctrl+P")
    sheet = manager.window.sheet_content
    assert "3 are in stock" in sheet.form.fields()[0].message()
    manager.type("0")
    manager.press("ctrl+Return")
    assert sheet.form.fields()[0].message()
    manager.press("ctrl+A")
    manager.type("3")
    manager.press("ctrl+Return")
    qtbot.waitUntil(lambda: manager.toasts == ["3 labels of Screen for iPhone 13 printed"])
    [printed] = set(print_queue.folder.iterdir()) - before
    assert len(PdfReader(printed).pages) == 3
    assert section.isVisible()
