"""Money on the Desk: who owes is seen at once, and one key takes it; nobody has to."""

from posapp.domain.customers.customers import Customer
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.selling.order_commands import Offer, Pay
from tests.sales import a_sale, cash
from tests.ui.front_desk.conftest import Clerk


def owing(clerk: Clerk, minor: int = 3500) -> Customer:
    """Marta, who bought something on account."""
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    account = (Tendered(Tender.ACCOUNT, minor),)
    a_sale(clerk.shop, clerk.actor, price_minor=minor, customer_id=marta.id, tenders=account)
    clerk.settle()
    return marta


def in_front(clerk: Clerk) -> str:
    """The screen that was gone to."""
    return clerk.went_to[0]


def told(clerk: Clerk) -> tuple[str, str, str]:
    """The warning, and figure and note of the balance."""
    card = clerk.page.card
    fact = next(one.fact for one in card.facts._buttons if one.fact.key == "balance")
    return (card.money.accessibleName() if card.money.isVisible() else ""), fact.value, fact.note


def test_a_known_number_and_the_card_say_what_is_owed(clerk: Clerk) -> None:
    owing(clerk)
    clerk.type("087 914 0873")
    assert clerk.page.finder.notice.text().endswith("1 visit, last today · Owes €35.00.")
    clerk.press("Enter")
    assert told(clerk) == ("Warning: Owes €35.00", "€35.00", "owes")


def test_the_balance_opens_the_sale_with_the_debt_else_the_history(clerk: Clerk) -> None:
    marta = owing(clerk)
    clerk.type("marta")
    clerk.press("Enter")
    clerk.tab_to("Balance, €35.00, owes")
    clerk.press("Enter")
    assert clerk.went_to == ("sell", Offer("", "", 3500))
    clerk.shop.orders.pay(clerk.actor, Pay(customer_id=marta.id, tenders=(cash(3500),)))
    clerk.press("F2")
    clerk.settle()
    assert told(clerk) == ("", "€0.00", "nothing owed")  # heard of without a key
    clerk.tab_to("Balance, €0.00, nothing owed")
    clerk.press("Enter")
    assert in_front(clerk) == "history"
