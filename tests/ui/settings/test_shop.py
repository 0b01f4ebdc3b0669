import pytest
from PySide6.QtGui import QPixmap

POPUP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_what_is_typed_is_saved_when_the_field_is_left_and_can_be_taken_back(manager):
    manager.open("shop")
    manager.replace("Quay Street Repairs")
    assert manager.business.name == "Harbour Lane Repairs"
    manager.press("Return")
    assert manager.business.name == "Quay Street Repairs"
    assert manager.toasts == ["Shop name saved"]
    manager.press("ctrl+Z")
    assert manager.business.name == "Harbour Lane Repairs"
    assert manager.page.section.form.name.text() == "Harbour Lane Repairs"


def test_an_empty_name_is_explained_and_nothing_is_saved(manager):
    section = manager.open("shop")
    manager.replace("   ")
    assert not section.form.name.message()  # never while typing
    manager.press("Return")
    assert section.form.name.message() == "Enter a name."
    assert manager.business.name == "Harbour Lane Repairs"
    assert not manager.toasts


def test_a_wrong_e_mail_is_explained_under_its_field(manager):
    section = manager.open("shop")
    manager.tab_to("E-mail")
    manager.type("hello@")
    manager.press("Tab")
    assert section.form.email.message()
    assert manager.business.email == ""
    manager.tab_to("E-mail")
    manager.replace("hello@harbour.example")
    manager.press("Tab")
    assert manager.business.email == "hello@harbour.example"
    assert not section.form.email.message()


def test_a_field_can_be_emptied_again(manager):
    manager.open("shop")
    manager.tab_to("Phone")
    manager.type("01 555 0100")
    manager.press("Tab")
    manager.tab_to("Phone")
    manager.replace("")
    manager.press("Tab")
    assert manager.business.phone == ""


@POPUP
def test_the_country_is_found_by_any_part_of_its_name_and_says_what_it_means(manager):
    section = manager.open("shop")
    manager.tab_to("Country")
    manager.replace("ndia")
    manager.press("Tab")
    # India and British Indian Ocean Territory
    assert section.form.region.message() == "Choose one of the list."
    manager.tab_to("Country")
    manager.replace("india")
    manager.press("Tab")
    assert manager.business.region == "IN"
    assert "country code" in section.form.region.message()


@POPUP
def test_a_country_that_is_none_is_refused(manager):
    section = manager.open("shop")
    manager.tab_to("Country")
    manager.replace("Atlantis")
    manager.tab_to("Currency")
    assert section.form.region.message() == "Choose one of the list."
    assert manager.business.region == "IE"


@POPUP
def test_currency_and_formats_are_chosen_by_code_or_name(manager):
    section = manager.open("shop")
    manager.tab_to("Currency")
    manager.replace("inr")
    manager.tab_to("Language and formats")
    manager.replace("German (Germany)")
    manager.press("Tab")
    assert (manager.business.currency, manager.business.locale) == ("INR", "de-DE")
    assert "15:30" in section.form.locale_.message()


def test_a_business_day_that_begins_after_noon_is_refused_in_a_sentence(manager):
    section = manager.open("shop")
    manager.tab_to("Business day begins at")
    manager.replace("13:00")
    manager.press("Tab")
    assert "before noon" in section.form.cutover.message()
    assert manager.business.cutover_minutes == 0
    manager.tab_to("Business day begins at")
    manager.replace("4")
    manager.press("Tab")
    assert manager.business.cutover_minutes == 240


def test_leaving_the_screen_saves_what_is_typed(manager):
    manager.open("shop")
    manager.replace("Quay Street Repairs")
    manager.press("F8", "Down")
    assert manager.business.name == "Quay Street Repairs"


def test_a_logo_is_kept_and_anything_else_is_refused(manager, tmp_path):
    section = manager.open("shop")
    picture = QPixmap(40, 20)
    picture.fill("black")
    picture.save(str(tmp_path / "logo.png"))
    section.form.take_logo(tmp_path / "logo.png")
    manager.settle()
    assert manager.business.logo
    (tmp_path / "logo.txt").write_text("no picture")
    section.form.take_logo(tmp_path / "logo.txt")
    manager.settle()
    assert "PNG" in section.form.logo_words.text()
    manager.tab_to("Remove")
    manager.press("Space")
    assert manager.business.logo == ""


def test_what_is_typed_when_the_window_closes_is_saved(manager):
    manager.open("shop")
    manager.tab_to("E-mail")
    manager.type("hello@harbour.example")
    manager.window.close()
    assert manager.business.email == "hello@harbour.example"
