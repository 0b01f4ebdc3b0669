import pytest

from posapp import paths
from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.people.users import Role
from posapp.domain.shop.businesses import ResourceKind
from posapp.ui.setup.steps import own_region
from posapp.ui.widgets.cards import Card
from posapp.ui.window.main_window import SMALLEST
from tests.ui.a11y import assert_named
from tests.ui.fit import crowded, cut_off

ALL_STEPS = ("ctrl+Return", "ctrl+Return", "alt+U", "ctrl+Return")
"""From the shop's name to the open shop, without users."""
POPUP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_name_and_four_keys_open_a_shop_without_users(owner):
    owner.type("Harbour Lane Repairs")
    owner.press(*ALL_STEPS)
    [till] = owner.done
    assert till.name == "Till 1"
    shop = owner.catalogue()
    assert shop.business.name == "Harbour Lane Repairs"
    assert shop.business.region == own_region()
    assert [one.name for one in shop.services] == ["Repair"]
    assert [one.name for one in shop.resources] == ["Counter"]


def test_without_a_name_nothing_goes_on_and_the_field_says_why(owner):
    owner.press("ctrl+Return")
    assert owner.page.step == 0
    assert owner.page.shop_step.name.message() == "Enter a name."
    assert owner.page.shop_step.summary.text() == "1 field needs attention"
    assert owner.page.shop_step.name.isAncestorOf(owner.focus)


@POPUP
def test_a_country_brings_its_currency_zone_and_language(owner):
    owner.type("Nehru Place Repairs")
    owner.tab_to("Country")
    owner.replace("IN")
    owner.press("Tab")
    owner.tab_to("Time zone")
    owner.press(*ALL_STEPS)
    business = owner.catalogue().business
    assert (business.region, business.currency, business.time_zone) == ("IN", "INR", "Asia/Kolkata")
    assert business.locale == "en-IN"


@POPUP
def test_what_the_country_brought_can_be_changed(owner):
    owner.type("Quay Street Repairs")
    owner.tab_to("Currency")
    owner.replace("GBP")
    owner.tab_to("Phone, if you like")
    owner.type("01 555 0100")
    owner.press(*ALL_STEPS)
    business = owner.catalogue().business
    assert (business.currency, business.phone) == ("GBP", "01 555 0100")


@POPUP
def test_a_country_that_is_none_is_explained(owner):
    owner.type("Quay Street Repairs")
    owner.tab_to("Country")
    owner.replace("Atlantis")
    owner.press("ctrl+Return")
    assert owner.page.step == 0
    assert owner.page.shop_step.region.message() == "Choose one of the list."


def test_first_services_and_people_are_there_when_the_shop_opens(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return")
    owner.type("Screen replacement")
    owner.press("Return")
    owner.replace("1 h")
    owner.press("Return")
    owner.type("89")
    owner.tab_to("Service 2")
    owner.type("Battery")
    owner.tab_to("Person 1")
    owner.type("Aino")
    owner.tab_to("Person 2")
    owner.type("Ravi")
    owner.press("ctrl+Return", "alt+U", "ctrl+Return")
    shop = owner.catalogue()
    assert [(one.name, one.minutes, one.price_minor) for one in shop.services] == [
        ("Screen replacement", 60, 8900),
        ("Battery", 30, None),
    ]
    assert [(one.name, one.kind) for one in shop.resources] == [
        ("Aino", ResourceKind.STAFF),
        ("Ravi", ResourceKind.STAFF),
    ]


@POPUP
def test_the_tax_of_the_country_is_offered_and_none_is_taken_unasked(owner):
    owner.type("Nehru Place Repairs")
    owner.tab_to("Country")
    owner.replace("IN")
    owner.press("Tab", "ctrl+Return")
    owner.tab_to("What items bear")
    assert owner.page.offer_step.tax.text() == "No tax"
    owner.press("Down")
    assert owner.page.offer_step.tax.text() == "GST 18 %"
    assert not owner.page.offer_step.taxes.are_included()
    owner.press("alt+Left", *ALL_STEPS)
    [business] = owner.shop.businesses.all()
    default, no_tax = owner.shop.taxes.all(owner.shop.actor("Till 1"))
    assert (default.name, default.is_default, no_tax.name) == ("GST", True, "No tax")
    assert [part.name for part in default.rates[0].parts] == ["CGST", "SGST"]
    assert not business.prices_include_tax


def test_a_price_that_cannot_be_is_refused_in_its_step(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return")
    owner.type("Screen replacement")
    owner.tab_to("Service 1, Price")
    owner.type("cheap")
    owner.press("ctrl+Return")
    assert owner.page.step == 1
    assert owner.page.offer_step.services[0][2].message()


def test_paper_and_till_are_kept_for_this_till(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return", "ctrl+Return", "alt+U")
    owner.press("Right", "Right")
    owner.tab_to("Name of this till")
    owner.replace("Front desk")
    owner.press("ctrl+Return")
    [till] = owner.done
    assert (till.slip_paper, till.name) == ("a4", "Front desk")


def test_back_and_forth_loses_nothing(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return")
    owner.type("Battery")
    owner.press("alt+Left")
    assert owner.page.step == 0
    assert owner.page.shop_step.name.text() == "Harbour Lane Repairs"
    owner.press("ctrl+Return")
    assert owner.page.offer_step.services[0][0].text() == "Battery"
    owner.press("Escape")
    assert owner.page.step == 0


def test_what_was_typed_is_there_again_at_the_next_start(open_setup):
    first = open_setup()
    first.type("Harbour Lane Repairs")
    first.press("ctrl+Return")
    first.type("Battery")
    first.page.keep_draft()
    first.settle()
    second = open_setup()
    assert second.page.shop_step.name.text() == "Harbour Lane Repairs"
    assert second.page.offer_step.services[0][0].text() == "Battery"
    second.press(*ALL_STEPS)
    assert second.done
    second.settle()
    third = open_setup()
    assert third.page.shop_step.name.text() == ""


def test_what_stands_there_by_itself_is_no_draft(open_setup):
    first = open_setup()
    first.press("Return", "Return")
    first.page.keep_draft()
    first.settle()
    assert not list(paths.draft_folder("Till 1").rglob("setup*"))


def test_a_full_disk_is_explained_and_what_was_typed_stays(owner, monkeypatch):
    sentence = "The disk is full. Free some space, then save again."

    def full(_self, _till, _wanted):
        raise EnvironmentFault("disk_full", sentence)

    monkeypatch.setattr(type(owner.shop.set_up), "begin", full)
    owner.type("Harbour Lane Repairs")
    owner.press(*ALL_STEPS)
    assert owner.page.notice.text() == sentence
    assert not owner.done
    assert owner.page.next_button.isEnabled()
    assert owner.page.shop_step.name.text() == "Harbour Lane Repairs"


def to_who_signs_in(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return", "ctrl+Return")


def test_the_first_admin_is_made_with_the_shop(owner):
    to_who_signs_in(owner)
    owner.type("Grace Adeyemi")
    owner.tab_to("Phone, if you like")
    owner.type("085 123 4567")
    owner.press("Return")
    owner.type("482915")
    owner.press("Return")
    owner.type("482915")
    owner.press("ctrl+Return", "ctrl+Return")
    assert owner.done
    [business] = owner.shop.businesses.all()
    [tile] = owner.shop.sign_in.tiles(business.id)
    user = owner.shop.sign_in.by_secret("Till 1", business.id, tile.user_id, "482915").user
    assert (user.name, user.role) == ("Grace Adeyemi", Role.ADMIN)
    assert user.phone is not None


def test_nobody_goes_on_with_a_weak_pin_or_two_that_differ(owner):
    to_who_signs_in(owner)
    owner.type("Grace")
    owner.tab_to("PIN, 6 digits")
    owner.type("123456")
    owner.press("Return")
    assert "easy to guess" in owner.page.admin_step.pin.message()
    owner.press("shift+Tab")
    owner.replace("482915")
    owner.press("Return")
    owner.type("482916")
    owner.press("ctrl+Return")
    assert "differ" in owner.page.admin_step.again.message()
    assert owner.page.admin_step.pin.message() == ""
    assert owner.page.step == 2


def test_a_pin_is_in_no_draft(open_setup):
    first = open_setup()
    to_who_signs_in(first)
    first.type("Grace")
    first.tab_to("PIN, 6 digits")
    first.type("482915")
    first.page.keep_draft()
    first.settle()
    [draft] = paths.draft_folder("Till 1").rglob("setup*")
    assert "482915" not in draft.read_text()
    second = open_setup()
    assert second.page.admin_step.name.text() == "Grace"
    assert second.page.admin_step.pin.text() == ""


def test_two_services_of_one_name_are_refused_beside_the_second_and_nothing_is_kept(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return")
    owner.type("Battery")
    owner.tab_to("Service 3")
    owner.type("Battery")
    owner.press("ctrl+Return", "alt+U", "ctrl+Return")
    assert owner.page.step == 1
    assert "already a service" in owner.page.offer_step.services[2][0].message()
    assert owner.page.offer_step.services[2][0].isAncestorOf(owner.focus)
    assert owner.shop.businesses.all() == []
    owner.replace("Screen")
    owner.press("ctrl+Return", "ctrl+Return", "ctrl+Return")
    assert [one.name for one in owner.catalogue().services] == ["Battery", "Screen"]


def test_two_people_of_one_name_are_refused_beside_the_second_and_nothing_is_kept(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return")
    owner.tab_to("Person 1")
    owner.type("Ciara")
    owner.tab_to("Person 3")
    owner.type("Ciara")
    owner.press("ctrl+Return", "alt+U", "ctrl+Return")
    assert owner.page.step == 1
    assert "already a person or bench" in owner.page.offer_step.people[2].message()
    assert owner.page.offer_step.people[2].isAncestorOf(owner.focus)
    assert owner.shop.businesses.all() == []
    owner.replace("Aoife")
    owner.press("ctrl+Return", "ctrl+Return", "ctrl+Return")
    assert [one.name for one in owner.catalogue().resources] == ["Ciara", "Aoife"]


def test_the_days_on_which_the_shop_is_open_are_asked(owner):
    owner.type("Harbour Lane Repairs")
    owner.press("ctrl+Return")
    hours = owner.page.offer_step.open
    for day in hours.days:
        owner.tab_to(day.text())
        owner.press("Space")
    owner.press("ctrl+Return")
    assert (owner.page.step, hours.message()) == (1, "Tick the days on which you are open.")
    for name in ("Saturday", "Friday"):
        owner.tab_to(name)
        owner.press("Space")
    owner.tab_to("Hours on these days")
    owner.replace("10-14, 15-19")
    owner.press("ctrl+Return", "alt+U", "ctrl+Return")
    week = [(row.weekday, row.starts, row.ends) for row in owner.catalogue().week]
    assert week == [(4, 600, 840), (4, 900, 1140), (5, 600, 840), (5, 900, 1140)]


def test_a_phone_that_nobody_can_call_is_refused_in_its_step(owner):
    owner.type("Harbour Lane Repairs")
    owner.tab_to("Phone, if you like")
    owner.type("abc")
    owner.press("ctrl+Return")
    assert (owner.page.step, owner.page.shop_step.phone.message() != "") == (0, True)


def test_the_demo_shop_is_one_key_away(owner):
    owner.press("alt+D")
    assert owner.demos


def test_every_step_has_names_for_everything(owner):
    assert_named(owner.page)
    owner.type("Harbour Lane Repairs")
    for key in ALL_STEPS[:-1]:
        owner.press(key)
        assert_named(owner.page)


def test_no_words_are_cut_in_the_smallest_window(owner):
    owner.window.resize(*SMALLEST)
    owner.type("Harbour Repairs")
    for key in ALL_STEPS:
        owner.settle()
        assert cut_off(owner.window) == []
        owner.press(key)


def test_at_150_percent_every_step_is_as_wide_as_the_smallest_window(open_setup, look):
    look.change(scale=150)
    owner = open_setup()
    owner.window.resize(*SMALLEST)
    owner.type("Corner Repairs")
    for key in ALL_STEPS:
        owner.settle()
        assert [*cut_off(owner.window), *crowded(owner.window)] == []
        owner.press(key)


def test_the_assistant_is_no_higher_than_its_longest_step_needs(owner):
    owner.window.resize(2560, 1440)
    owner.settle()
    card = owner.page.findChild(Card)
    assert card.height() <= 960 < owner.page.height()
