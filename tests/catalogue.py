"""A catalogue in one call, in which everything has happened that can happen."""

from posapp.domain.base.actor import Actor
from posapp.domain.catalogue.items import ItemKind, MoveKind
from posapp.domain.catalogue.taxes import TaxPart
from posapp.domain.customers.customers import Terms
from posapp.services.catalogue.items import MoveStock, SaveItem
from posapp.services.catalogue.price_levels import SavePriceLevel
from posapp.services.catalogue.taxes import SetTax
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop

GST = (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000))


def on_terms(shop: Shop, actor: Actor, customer_id: int) -> Terms:
    """Let a customer buy at the first price level, without tax, and owe a little."""
    level = shop.price_levels.all(actor)[0]
    terms = Terms(level.id, "Charity", "IE 99", 5000)
    return shop.customers.edit(actor, EditCustomer(customer_id=customer_id, terms=terms)).terms


def busy_catalogue(shop: Shop, actor: Actor) -> None:
    """A tax in parts beside the first one, goods with codes and moves, a service, an item no longer sold."""
    tax = shop.taxes.set(actor, SetTax(name="GST", rate=180_000, parts=GST))
    cable = SaveItem(
        sku="CBL",
        name="Cable",
        kind=ItemKind.GOODS,
        price_minor=900,
        entered_cost_minor=60,
        tax_id=tax.id,
        commodity_code="8544",
        barcodes=("4006381333931", "4006381333948"),
        opening=5,
    )
    made = shop.items.save(actor, cable)
    shop.items.set_quick(actor, [made.id])
    for kind, quantity, cost in (
        (MoveKind.RECEIVED, 3, 90),
        (MoveKind.COUNTED, -1, None),
        (MoveKind.SCRAPPED, -1, None),
        (MoveKind.RETURNED, 1, None),
    ):
        command = MoveStock(
            item_id=made.id, kind=kind, quantity=quantity, unit_cost_minor=cost, note="so it is"
        )
        shop.items.move(actor, command)
    trade = shop.price_levels.save(actor, SavePriceLevel(name="Trade", percent_off=125_000))
    shop.price_levels.save(actor, SavePriceLevel(id=trade.id, name="Trade", percent_off=100_000))
    shop.counts.open(actor, "Yearly")
    shop.counts.scan(actor, "CBL", 6)
    shop.counts.scan(actor, "0000")
    shop.counts.close(actor, book=True)
    shop.counts.open(actor, "Again")
    shop.counts.scan(actor, "CBL")
    work = SaveItem(sku="WORK", name="Work", kind=ItemKind.SERVICE, keeps_stock=False)
    shop.items.save(actor, work)
    old = shop.items.save(actor, SaveItem(sku="OLD", name="Old cable", barcodes=("4006381333955",)))
    gone = SaveItem(id=old.id, sku="OLD", name="Old cable", barcodes=old.barcodes, is_archived=True)
    shop.items.save(actor, gone)
