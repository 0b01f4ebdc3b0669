"""The measures of money: what was sold, given back, issued, received, owed and counted."""

from posapp.domain.figures.measure import Better, Measure, Sum, Unit
from posapp.domain.selling.ages import AGE_NAMES, AGE_WORDS

_MONEY, _COUNT = Unit.MONEY, Unit.COUNT

_SOLD = (
    Measure("sales", "Sales", _COUNT, "completed orders that are no refund", better=Better.UP),
    Measure("refunds", "Refunds", _COUNT, "completed orders that give something back"),
    Measure(
        "gross_minor",
        "Revenue",
        _MONEY,
        "what the lines of completed orders come to, less refunds, tax included; "
        "deposits and gift cards are no revenue",
        "net and tax; the sum over any page that divides it (kind, staff, item, customer, tax)",
        Better.UP,
    ),
    Measure(
        "net_minor", "Net", _MONEY, "revenue without tax", "gross less the taxes of all lines", Better.UP
    ),
    Measure("tax_minor", "Tax", _MONEY, "the taxes in the revenue", "the tax page's sum of all rates"),
    Measure("cost_minor", "Cost", _MONEY, "what the sold goods cost, frozen at the sale"),
    Measure(
        "profit_minor",
        "Gross profit",
        _MONEY,
        "net revenue less cost",
        "net less cost, over every page that tells both",
        Better.UP,
    ),
    Measure(
        "uncosted_minor",
        "Net without a cost",
        _MONEY,
        "the part of the net revenue of which nobody knew the cost: work, and goods without one; "
        "it stands in the gross profit undiminished",
    ),
    Measure(
        "average_minor",
        "Average sale",
        _MONEY,
        "revenue of the sales, without refunds, divided by how many they were",
        better=Better.UP,
        sum=Sum.GIVEN,
    ),
    Measure("pieces", "Pieces", _COUNT, "how many were sold, less what came back", better=Better.UP),
    Measure(
        "taxed_minor",
        "Taxed net",
        _MONEY,
        "the net of the lines that bear this part of a tax; a line with two parts stands under both",
        sum=Sum.NONE,
    ),
)
_LESS = (
    Measure("discounted", "Discounted sales", _COUNT, "completed sales from which something was taken off"),
    Measure(
        "discount_minor",
        "Discounts",
        _MONEY,
        "what was taken off the prices of completed sales, as they are said (with or without tax)",
        "the sum of the discounts of their lines",
    ),
    Measure(
        "refunded_minor",
        "Given back",
        _MONEY,
        "revenue that refunds gave back, above zero, on the day of the refund",
        "the refunds in the revenue of the same days",
        Better.DOWN,
    ),
    Measure("voids", "Voids", _COUNT, "sales that were taken back as if they had not been"),
    Measure(
        "voided_minor", "Void", _MONEY, "what void sales came to, on the day of the sale", better=Better.DOWN
    ),
)
_MOVED = (
    Measure("sold_minor", "Sold", _MONEY, "revenue before refunds", "revenue and what was given back"),
    Measure(
        "deposits_minor",
        "Deposits",
        _MONEY,
        "deposits that sales asked for, less those that refunds returned",
    ),
    Measure("cards_minor", "Gift cards", _MONEY, "gift cards sold and topped up, less those given back"),
    Measure(
        "issued_minor",
        "Issued",
        _MONEY,
        "what all completed orders come to: revenue, deposits and gift cards",
        "received less rounding, what was used, and what went on account",
    ),
    Measure("payments", "Payments", _COUNT, "payments, those that went back included"),
    Measure("tendered_minor", "Amount", _MONEY, "what a tender brought, less what went back by it"),
    Measure(
        "received_minor",
        "Received",
        _MONEY,
        "money that came in (cash, card, transfer, QR code), less what was paid out, rounding included",
        "issued less what was used, less what went on account, with rounding",
        Better.UP,
    ),
    Measure(
        "used_minor",
        "Used",
        _MONEY,
        "what deposits, gift cards and credit settled, less what went back there: no money moved",
    ),
    Measure("rounding_minor", "Rounding", _MONEY, "what the rounding of cash added"),
)
_OWED = (
    Measure(AGE_NAMES[0], AGE_WORDS[0], _MONEY, "owed since at most 30 days"),
    Measure(AGE_NAMES[1], AGE_WORDS[1], _MONEY, "owed since 31 to 60 days"),
    Measure(AGE_NAMES[2], AGE_WORDS[2], _MONEY, "owed since 61 to 90 days"),
    Measure(AGE_NAMES[3], AGE_WORDS[3], _MONEY, "owed since more than 90 days", better=Better.DOWN),
    Measure(
        "debt_minor",
        "Owed",
        _MONEY,
        "what sales still ask of customers at the end of the day, each from the day of the sale on",
        "the debts of the ledger up to that day",
        Better.DOWN,
    ),
    Measure(
        "credit_minor",
        "Credit",
        _MONEY,
        "what the shop owes customers at the end of the day, deposits aside",
        "the credit of the ledger up to that day",
    ),
    Measure(
        "held_minor",
        "Deposits held",
        _MONEY,
        "deposits that were neither taken off nor returned at the end of the day",
        "the deposits of the ledger up to that day",
    ),
    Measure(
        "outstanding_minor",
        "On gift cards",
        _MONEY,
        "what is on gift cards at the end of the day",
        "gift cards sold, less what was used and what expired",
    ),
)
_COUNTED = (
    Measure("z_minor", "Z reports", _MONEY, "what closed drawers say that a tender brought, cash as counted"),
    Measure("books_minor", "Books", _MONEY, "the payments of these days", "the amounts of the tenders page"),
    Measure(
        "z_difference_minor",
        "Difference",
        _MONEY,
        "Z reports less books",
        "the documents that explain it",
    ),
    Measure(
        "unexplained_minor",
        "Not explained",
        _MONEY,
        "what of a difference neither a note nor a document says",
    ),
    Measure("shifts", "Shifts", _COUNT, "drawers that were counted and closed"),
    Measure("expected_minor", "Expected", _MONEY, "what closed drawers should have held"),
    Measure("counted_minor", "Counted", _MONEY, "what was counted in them"),
    Measure(
        "drawer_difference_minor",
        "Drawer difference",
        _MONEY,
        "counted less expected",
        "the differences of all Z reports",
    ),
)
MONEY = (*_SOLD, *_LESS, *_MOVED, *_OWED, *_COUNTED)
