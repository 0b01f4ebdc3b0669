"""Whatever is sensitive stands in the journal, with what was there before and what is there now."""

from datetime import date
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.papers.documents import PaperSize
from posapp.domain.shop.businesses import ExceptionRow, WeekRow
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.repairs.repair_prices import ChangePrices
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import EditJob
from posapp.services.shop.businesses import EditBusiness, SaveResource, SaveService
from posapp.storage.base.journal import lines_about
from tests.factories import a_booking
from tests.repairs import a_device, a_price, a_ticket, an_item, approved, asked


def told(shop: Shop, actor: Actor, subject: str, key: int, action: str) -> tuple[Any, Any]:
    """Before and after of the last such entry."""
    with shop.store.look(actor) as uow:
        lines = [
            one for one in lines_about(uow.connection, actor.business, subject, key) if one.action == action
        ]
    return lines[-1].before, lines[-1].after


def test_a_price_tells_what_it_was(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 1)
    shop.items.save(actor, SaveItem(id=item.id, sku=item.sku, name=item.name, price_minor=777))
    before, after = told(shop, actor, "item", item.id, "item.changed")
    assert (before["price_minor"], after["price_minor"]) == (item.price_minor, 777)

    price = a_price(shop, actor, 5000)
    a_price(shop, actor, 6000, id=price.id)
    before, after = told(shop, actor, "repair_price", price.id, "price.changed")
    assert (before["price_minor"], after["price_minor"]) == (5000, 6000)
    assert before.keys() == after.keys()
    shop.repair_prices.change(actor, ChangePrices(percent=100_000, step_minor=100))
    before, after = told(shop, actor, "repair_price", 0, "price.percent")
    assert (before["prices"], after["prices"]) == ({str(price.id): 6000}, {str(price.id): 6600})

    service = shop.businesses.catalogue(actor).services[0]
    command = SaveService(id=service.id, name=service.name, minutes=service.minutes, price_minor=500)
    shop.businesses.save_service(actor, command)
    before, after = told(shop, actor, "service", service.id, "service.edited")
    assert (before["price_minor"], after["price_minor"]) == (None, 500)
    assert before.keys() == after.keys()

    ticket = a_ticket(shop, actor, a_device(price_minor=1000))
    shop.tickets.edit_job(actor, EditJob(number=ticket.number, price_minor=2000))
    before, after = told(shop, actor, "ticket", ticket.id, "ticket.edited")
    assert (before["price_minor"], after["price_minor"]) == (1000, 2000)

    asked(shop, actor, ticket.number, 5000)
    approved(shop, actor, ticket.number, 9000)
    before, after = told(shop, actor, "ticket", ticket.id, "estimate.approved")
    assert (before["prices"], after["prices"]) == ({"1": 2000}, {"1": 5000})
    asked(shop, actor, ticket.number, 6000)
    before, after = told(shop, actor, "ticket", ticket.id, "estimate.covered")
    assert (before["prices"], after["prices"]) == ({"1": 5000}, {"1": 6000})


def test_settings_tell_what_they_were(shop: Shop, actor: Actor) -> None:
    shop.businesses.edit(actor, EditBusiness(tax_id="IE 7"))
    before, after = told(shop, actor, "business", 1, "business.edited")
    assert (before["shop_tax_id"], after["shop_tax_id"]) == ("", "IE 7")

    shop.ticket_states.set_settings(actor, RepairSettings(dispose_days=11))
    before, after = told(shop, actor, "business", 1, "settings.repairs")
    assert after["dispose_days"] in (11, "11") and before["dispose_days"] != after["dispose_days"]

    bench = shop.businesses.catalogue(actor).resources[0]
    shop.businesses.save_resource(
        actor, SaveResource(id=bench.id, kind=bench.kind, name=bench.name, capacity=3)
    )
    before, after = told(shop, actor, "resource", bench.id, "resource.edited")
    assert (before["capacity"], after["capacity"]) == (1, 3)
    assert before.keys() == after.keys()

    shop.hours.set_week(actor, None, [WeekRow(None, 0, "open", 600, 700)])
    before, after = told(shop, actor, "business", 1, "hours.changed")
    assert (len(before["week"]), after["week"]) == (7, ["open 0 600-700"])

    day = date(2026, 12, 24)
    shop.hours.set_exceptions(actor, None, day, [ExceptionRow(None, day, 540, 720, "Christmas Eve")])
    shop.hours.set_exceptions(actor, None, day, [])
    before, after = told(shop, actor, "business", 1, "day.changed")
    assert (before["hours"], after["hours"]) == ([[540, 720, "Christmas Eve"]], [])


def test_what_was_looked_at_or_given_out_again_is_told(shop: Shop, actor: Actor) -> None:
    ticket = a_ticket(shop, actor, a_device(passcode="1234"))
    shop.tickets.show_passcode(actor, ticket.number)
    told(shop, actor, "ticket", ticket.id, "passcode.shown")
    output = Output(paper=PaperSize.ROLL_80)
    booking = a_booking(shop, actor, output=output)
    shop.papers.print(actor, booking.number, output)
    _, after = told(shop, actor, "document", 1, "paper.reprinted")
    assert after["copy"] == 2
