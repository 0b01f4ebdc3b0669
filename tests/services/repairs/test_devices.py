"""The register of devices: a known serial tells its owners, faults, repairs and warranties."""

from datetime import timedelta

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.desks import Shop
from posapp.services.repairs.devices import EditDevice
from tests.factories import a_business, a_customer, the_clock
from tests.repairs import IMEI, a_device, a_ticket, approved, asked, handed_back, moved


def test_a_device_tells_its_owners_faults_and_repairs(shop: Shop, actor: Actor) -> None:
    marta, tom = a_customer(shop, actor, "Marta"), a_customer(shop, actor, "Tom")
    a_ticket(shop, actor, a_device(imei=IMEI, serial="R5-8"), customer_id=marta.id)
    asked(shop, actor, "T1", 9900, warranty_days=10)
    approved(shop, actor, "T1")
    moved(shop, actor, "T1", "ready")
    handed_back(shop, actor, "T1")
    the_clock(shop).advance(timedelta(days=4, hours=1))
    a_ticket(shop, actor, a_device(imei=IMEI, fault="No sound"), customer_id=tom.id)
    for typed in (IMEI, "35 693803 564380 9", "35693803564380", "r58", "R5-8"):
        story = shop.devices.look(actor, typed)
        assert story is not None, typed
        assert story.here == "T2"
        assert [owner.name for owner in story.owners] == ["Tom", "Marta"]
        assert [(one.number, one.fault, one.state, one.outcome) for one in story.visits] == [
            ("T2", "No sound", "received", ""),
            ("T1", "Cracked screen", "collected", "repaired"),
        ]
        assert story.visits[1].price_minor == 9900
        assert [(one.warranty.text, one.days_left) for one in story.warranties] == [("Line 9900", 6)]
    assert [one.name for one in shop.intake.arrived(actor, tom.id).devices] == ["Samsung Galaxy S22"]


@pytest.mark.parametrize("typed", ["", " ", "-", "unknown", "356938035643808", "x" * 500])
def test_what_was_never_here_has_no_story(sqlite_shop: Shop, typed: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_ticket(sqlite_shop, actor, a_device(no_serial_reason="worn off"))
    assert sqlite_shop.devices.look(actor, typed) is None


def test_a_device_of_another_business_is_not_known(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor, a_device(imei=IMEI))
    assert shop.devices.look(a_business(shop, name="Next door"), IMEI) is None


def test_models_that_came_before_complete_what_is_typed(shop: Shop, actor: Actor) -> None:
    pairs = (("Samsung", "Galaxy S22"), ("Samsung", "Galaxy A5"), ("Sony", "Xperia"), ("Apple", "iPad"))
    for make, model in (*pairs, ("Samsung", "Galaxy S22")):
        a_ticket(shop, actor, a_device(make=make, model=model))

    def models(text: str, limit: int = 20) -> list[str]:
        return [f"{one.make} {one.model}" for one in shop.devices.models(actor, text, limit=limit)]

    assert models("s") == ["Samsung Galaxy A5", "Samsung Galaxy S22", "Sony Xperia"]
    assert models("SAM") == ["Samsung Galaxy A5", "Samsung Galaxy S22"]
    assert models("samsung galaxy s") == ["Samsung Galaxy S22"]
    assert models("s", 1) == ["Samsung Galaxy A5"]
    assert models("zz") == []
    assert models("") == ["Apple iPad", "Samsung Galaxy A5", "Samsung Galaxy S22", "Sony Xperia"]


def test_a_device_is_corrected_but_never_made_a_double(shop: Shop, actor: Actor) -> None:
    device = a_ticket(shop, actor, a_device(no_serial_reason="dark")).jobs[0].device
    a_ticket(shop, actor, a_device(imei=IMEI, serial="X-9"))
    command = EditDevice(device_id=device.id, model="Galaxy S23", serial="NEW1", kind=DeviceKind.TABLET)
    after = shop.devices.edit(actor, command)
    assert (after.name, after.serial, after.kind) == ("Samsung Galaxy S23", "NEW1", DeviceKind.TABLET)
    for wrong, code in (
        (EditDevice(device_id=device.id, imei=IMEI), "device_known"),
        (EditDevice(device_id=device.id, serial="x9"), "device_known"),
        (EditDevice(device_id=device.id, imei="356938035643808"), "imei_wrong"),
        (EditDevice(device_id=device.id, serial="x" * 61), "serial_long"),
        (EditDevice(device_id=device.id, make="", model=""), "device_missing"),
    ):
        with pytest.raises(DomainError) as refused:
            shop.devices.edit(actor, wrong)
        assert refused.value.code == code
    with pytest.raises(DomainError) as refused:
        shop.devices.story(actor, 99)
    assert refused.value.code == "device_unknown"
