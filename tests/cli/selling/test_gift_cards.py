"""`posapp giftcard`: cards on the command line."""

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.selling.carts import Cart
from posapp.services.selling.order_commands import Hold
from tests.cli.conftest import Cli


@pytest.fixture
def till(cli: Cli) -> Cli:
    """A shop with an open shift."""
    cli("shift", "open", "--float", "100")
    return cli


def test_a_card_is_sold_pays_is_topped_up_and_listed(till: Cli):
    made = till("giftcard", "sell", "50", "--pay", "cash=50", "--json").json
    [code] = made["codes"]
    assert (made["card"], made["total_minor"], made["tax_minor"]) == ("G1", 5000, 0)
    found = till("giftcard", "balance", code, "--json").json
    assert (found["code"], found["balance_minor"]) == (f"•••• {code[-4:]}", 5000)
    paid = till("order", "add", "--line", "Case,1,20", "--pay", f"giftcard:{code}=20.00", "--json").json
    assert [(one["tender"], one["amount_minor"]) for one in paid["payments"]] == [("giftcard", 2000)]
    assert till("giftcard", "sell", "5", "--to", code, "--pay", "card=5", "--json").json["codes"] == []
    listed = till("giftcard", "list", "--json").json
    assert ([one["balance_minor"] for one in listed["cards"]], listed["owed_minor"]) == ([3500], 3500)
    shown = till("giftcard", "list").out
    assert "G1" in shown and code[-4:] in shown and code not in shown
    assert till("giftcard", "expire", "G1", "--json").error["code"] == "giftcard_good"
    assert till("giftcard", "months", "24", "--json").json == {"months": 24}
    assert till("giftcard", "months").out.strip() == "24 months"


def test_the_code_of_a_card_is_told_to_people_once(till: Cli):
    said = till("giftcard", "sell", "50", "--phone", "087 123 4567", "--pay", "cash=50").out
    assert "it is told this once" in said
    till("giftcard", "sell", "10", "--code", "603571001234", "--pay", "cash=10")
    assert till("giftcard", "balance", "6035 7100 1234", "--json").json["number"] == "G2"
    till("order", "add", "--line", "Case,1,20", "--pay", "cash=20")
    assert "it is told this once" in till("order", "refund", "S3", "--to", "giftcard").out
    assert "G3" in till("giftcard", "balance", "G3").out


def test_the_code_of_a_card_in_a_sale_that_waited_is_told_with_the_sale(till: Cli, sqlite_place: str):
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 2")
    for minor in (5000, 3000):
        line = shop.gift_cards.line(actor, minor)
        shop.orders.hold(actor, Hold(cart=Cart((line,))))
    shop.close()
    [code] = till("order", "add", "--held", "H1", "--pay", "cash=50", "--json").json["codes"]
    assert till("giftcard", "balance", code, "--json").json["balance_minor"] == 5000
    assert "it is told this once" in till("order", "add", "--held", "H2", "--pay", "cash=30").out
