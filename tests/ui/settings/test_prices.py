"""The price list in Settings, by keys: a price, many by a percentage, files in and out."""

from pathlib import Path

import pytest

from posapp.domain.repairs.devices import DeviceKind
from posapp.services.base.table_files import read_table_file
from posapp.ui.file_dialogs import FileDialog
from tests.repairs import a_price, an_item
from tests.ui.a11y import assert_named


def prices(manager, **values):
    return manager.session.shop.repair_prices.find(manager.session.actor, **values)


def keep(manager, price_minor=12900, **values):
    made = a_price(manager.session.shop, manager.session.actor, price_minor, **values)
    manager.settle()
    return made


def into_table(manager):
    section = manager.open("prices")
    while manager.focus is not section.table:
        manager.press("Tab")
    return section


def shown(section):
    rows = section.table.rows
    return [[rows.index(row, column).data() for column in range(5)] for row in range(rows.rowCount())]


def form_of(manager):
    return manager.window.sheet_content.form


def test_a_price_is_added_by_keys_and_taken_back(manager):
    an_item(manager.session.shop, manager.session.actor, 2)
    section = into_table(manager)
    manager.press("alt+N")
    for text in ("Samsung", "Galaxy S22"):
        manager.type(text)
        manager.press("Return")
    manager.press("Down", "Return")
    manager.type("Cracked screen")
    manager.press("Return", "Return")  # the first closes the words that are offered
    for text in ("129", "45"):
        manager.type(text)
        manager.press("Return")
    manager.type("nope")
    manager.press("ctrl+Return")
    assert form_of(manager).field("sku").message() == "There is no item nope in the catalogue."
    manager.replace("dsp-s22")
    manager.press("ctrl+Return")
    [made] = prices(manager)
    assert (made.device, made.kind, made.fault) == ("Samsung Galaxy S22", DeviceKind.PHONE, "Cracked screen")
    assert (made.price_minor, made.minutes, made.sku) == (12900, 45, "DSP-S22")
    assert shown(section) == [
        ["Samsung Galaxy S22 (phones)", "Cracked screen", "€129.00", "45 min", "DSP-S22"]
    ]
    assert manager.toasts == ["Samsung Galaxy S22: Cracked screen added"]
    manager.press("ctrl+Z")
    assert prices(manager) == []


def test_what_is_missing_is_said_beside_its_field(manager):
    keep(manager)
    into_table(manager)
    manager.press("alt+N", "ctrl+Return")
    assert form_of(manager).field("price").message() == "Enter a price, or 0 for free."
    manager.tab_to("Price")
    manager.type("0")
    manager.press("ctrl+Return")
    assert form_of(manager).field("make").message() == "Say for which brand or kind of device."
    manager.type("samsung")
    manager.press("Return", "Return")  # the first closes the words that are offered
    manager.type("galaxy s22")
    manager.tab_to("Fault")
    manager.type("cracked screen")
    manager.press("ctrl+Return")
    assert form_of(manager).field("fault").message() == "There is already a price for this device and fault."


def test_a_price_is_changed_archived_and_comes_back(manager):
    keep(manager, make="", model="", kind=DeviceKind.LAPTOP, fault="Slow")
    keep(manager, make="Apple", model="", fault="Battery")
    section = into_table(manager)
    assert [row[:2] for row in shown(section)] == [["All laptops", "Slow"], ["Apple, all devices", "Battery"]]
    manager.press("Return")
    manager.tab_to("Price")
    manager.replace("99")
    manager.press("ctrl+Return")
    assert prices(manager, words="slow")[0].price_minor == 9900
    assert prices(manager, words="slow")[0].kind is DeviceKind.LAPTOP
    manager.press("ctrl+Z")
    assert prices(manager, words="slow")[0].price_minor == 12900
    manager.press("Delete")
    assert [one.fault for one in prices(manager)] == ["Battery"]
    manager.press("ctrl+Z")
    assert len(prices(manager)) == 2


def test_many_prices_change_only_after_they_were_shown(manager, qtbot):
    keep(manager)
    keep(manager, 5900, fault="Battery")
    into_table(manager)
    manager.press("alt+K")
    form = form_of(manager)
    manager.type("10")
    manager.press("Return")
    manager.type("5")
    manager.press("Return")
    qtbot.waitUntil(lambda: form.table.rows.rowCount() == 2)
    assert form.told.text() == "2 prices change."
    rows = form.table.rows
    assert [rows.index(0, at).data() for at in (0, 1)] == ["Galaxy S22: Battery", "€59.00 → €65.00"]
    assert_named(manager.window)
    manager.type("battery")
    manager.press("ctrl+Return")  # what is typed was not shown yet
    qtbot.waitUntil(lambda: form.told.text() == "1 price changes.")
    assert [one.price_minor for one in prices(manager)] == [5900, 12900]
    manager.press("ctrl+Return")
    assert [one.price_minor for one in prices(manager)] == [6500, 12900]
    assert manager.toasts == ["1 price changed"]
    assert manager.window.sheet_content is None


def test_a_change_that_another_till_was_quicker_with_is_refused(manager, qtbot):
    made = keep(manager)
    into_table(manager)
    manager.press("alt+K")
    form = form_of(manager)
    manager.type("10")
    manager.press("Return")
    manager.type("5")
    qtbot.waitUntil(lambda: form.command() is not None)
    keep(manager, 10000, id=made.id)
    manager.press("ctrl+Return")
    assert form.summary.text().startswith("The price list was changed by Till 1")
    assert prices(manager)[0].price_minor == 10000


def test_why_a_change_cannot_be_is_said(manager, qtbot):
    keep(manager)
    into_table(manager)
    manager.press("alt+K")
    form = form_of(manager)
    manager.type("10")
    manager.press("Return")
    manager.type("1000")
    qtbot.waitUntil(lambda: "would cost nothing" in form.told.text())
    manager.press("ctrl+Return")
    assert prices(manager)[0].price_minor == 12900


def test_a_file_is_looked_into_before_it_is_imported(manager, tmp_path: Path, monkeypatch):
    keep(manager)
    file = tmp_path / "prices.csv"
    file.write_text("make,model,fault,price\nSamsung,Galaxy S22,Cracked screen,99\nApple,,Battery,\n")
    monkeypatch.setattr(FileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    into_table(manager)
    manager.press("ctrl+O")
    form = form_of(manager)
    assert form.told.text() == "0 new, 1 changed, 0 as they are, 1 refused"
    assert [one.line for one in form.table.rows.rows()] == [3]
    assert prices(manager)[0].price_minor == 12900
    assert_named(manager.window)
    manager.press("ctrl+Return")
    assert prices(manager)[0].price_minor == 9900
    assert manager.toasts == ["1 price imported"]
    file.write_text("nothing of ours\n")
    manager.press("ctrl+O")
    assert manager.said[-1] == "The file has no column fault. Its columns are: nothing of ours."


@pytest.mark.parametrize("name", ["prices.csv", "prices.xlsx", "prices"])
def test_the_list_is_exported(manager, tmp_path: Path, monkeypatch, name: str):
    keep(manager)
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / name), ""))
    into_table(manager)
    manager.press("ctrl+E")
    [file] = tmp_path.glob("prices.*")
    assert manager.toasts == [f"1 price written to {file.name}"]
    [row] = read_table_file(file).rows
    price = "129" if file.suffix == ".xlsx" else "129.00"
    assert (row.text("model"), row.text("price")) == ("Galaxy S22", price)
