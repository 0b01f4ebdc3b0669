"""The arithmetic of a sale, by worked examples and over random carts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.taxes import UNTAXED, Tax, TaxPart
from posapp.domain.selling.amounts import (
    NOTHING_OFF,
    Discount,
    LineAmounts,
    Priced,
    PriceRules,
    Refunded,
    Settled,
    amounts_of,
    refund_amount,
    refund_units,
    rounded_cash,
    settle,
    spread,
    tax_table,
)
from posapp.domain.shop.businesses import TaxRounding

VAT = Tax("VAT 19 %", (TaxPart("VAT", 190_000),))
REDUCED = Tax("VAT 7 %", (TaxPart("VAT", 70_000),))
GST = Tax("GST 18 %", (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000)))
EXCLUDED = PriceRules(includes_tax=False)
BY_RATE = PriceRules(rounding=TaxRounding.RATE)


def figures(line: LineAmounts) -> tuple[int, tuple[int, ...], int]:
    return line.net_minor, line.tax_minor, line.gross_minor


# -- examples --------------------------------------------------------------------------------------------
def test_a_price_that_includes_its_tax_is_divided_into_net_and_tax() -> None:
    [line] = amounts_of([Priced(1, 11900, VAT)], PriceRules())
    assert figures(line) == (10000, (1900,), 11900)


def test_a_price_without_tax_gets_it_on_top_each_part_rounded() -> None:
    [line] = amounts_of([Priced(1, 1050, GST)], EXCLUDED)
    assert figures(line) == (1050, (95, 95), 1240)  # 94.5 each, half away from zero


def test_by_line_and_by_rate_may_differ_and_each_adds_up() -> None:
    three = [Priced(1, 99, VAT)] * 3
    assert sum(one.tax_minor[0] for one in amounts_of(three, PriceRules())) == 48  # 15.81 three times
    by_rate = amounts_of(three, BY_RATE)
    assert [one.tax_minor[0] for one in by_rate] == [16, 16, 15]  # 47.42 on all, the rest to the earlier ones
    assert [one.gross_minor for one in by_rate] == [99, 99, 99]


def test_the_own_discount_comes_first_and_that_of_the_whole_leaves_deposits_alone() -> None:
    lines = [
        Priced(2, 5000, VAT, Discount(percent=100_000)),
        Priced(1, 1000, REDUCED),
        Priced(1, 9000, UNTAXED, is_discountable=False),
    ]
    made = amounts_of(lines, PriceRules(), Discount(minor=1000))
    assert [one.discount_minor for one in made] == [1900, 100, 0]
    assert [one.gross_minor for one in made] == [8100, 900, 9000]


def test_who_is_exempt_pays_the_net_of_a_price_that_includes_tax() -> None:
    [line] = amounts_of([Priced(1, 11900, VAT)], PriceRules(is_exempt=True))
    assert figures(line) == (10000, (0,), 10000)
    [line] = amounts_of([Priced(1, 10000, VAT)], PriceRules(includes_tax=False, is_exempt=True))
    assert figures(line) == (10000, (0,), 10000)


def test_the_tax_table_is_the_sum_of_the_lines() -> None:
    lines = [Priced(1, 1050, GST), Priced(3, 333, GST), Priced(1, 500, REDUCED)]
    made = amounts_of(lines, EXCLUDED)
    table = tax_table([(line.tax, one) for line, one in zip(lines, made, strict=True)])
    assert [(row.part.name, row.net_minor, row.tax_minor) for row in table] == [
        ("CGST", 2049, 185),
        ("SGST", 2049, 185),
        ("VAT", 500, 35),
    ]


@pytest.mark.parametrize(
    ("minor", "step", "due"),
    [(1002, 5, 1000), (1003, 5, 1005), (1025, 50, 1050), (1024, 50, 1000), (7, 1, 7), (7, 0, 7)],
)
def test_cash_is_rounded_to_the_coins_that_there_are(minor: int, step: int, due: int) -> None:
    assert rounded_cash(minor, step) == due


def test_change_is_of_cash_and_only_what_the_others_leave_is_rounded() -> None:
    assert settle(1003, 500, 1000, step=5) == Settled(1005, 495, 2, 0)
    assert settle(1003, 1003, None, step=5) == Settled(1003, 0, 0, 0)
    assert settle(1003, 0, 500, step=5) == Settled(500, 0, 0, 503)
    with pytest.raises(DomainError) as refused:
        settle(1003, 1004, None)
    assert refused.value.code == "tender_too_much"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Priced(0, 100), "quantity_invalid"),
        (Priced(-1, 100), "quantity_invalid"),
        (Priced(100_001, 100), "quantity_invalid"),
        (Priced(1, -1), "price_invalid"),
        (Priced(1000, 10**9), "price_invalid"),
        (Priced(1, 100, VAT, Discount(minor=101)), "discount_invalid"),
        (Priced(1, 100, VAT, Discount(percent=1_000_001)), "discount_invalid"),
        (Priced(1, 100, VAT, Discount(minor=-1)), "discount_invalid"),
        (Priced(1, 100, VAT, Discount(minor=1, percent=1)), "discount_invalid"),
    ],
)
def test_nonsense_is_refused(line: Priced, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        amounts_of([line], PriceRules())
    assert refused.value.code == code


def test_a_line_is_given_back_piece_by_piece_to_the_last_unit() -> None:
    [line] = amounts_of([Priced(3, 3333, VAT, Discount(minor=1))], PriceRules())
    before, given = Refunded(tax_minor=(0,)), []
    for _ in range(3):
        part = refund_units(line, 3, before, 1)
        given.append(part.gross_minor)
        before = Refunded(
            before.units + 1,
            before.gross_minor + part.gross_minor,
            (before.tax_minor[0] + part.tax_minor[0],),
        )
    assert given == [3333, 3332, 3333]
    assert (before.gross_minor, before.tax_minor) == (line.gross_minor, line.tax_minor)
    with pytest.raises(DomainError) as refused:
        refund_units(line, 3, before, 1)
    assert refused.value.code == "refund_too_much"


# -- random carts ----------------------------------------------------------------------------------------
TAXES = st.sampled_from(
    [UNTAXED, VAT, REDUCED, GST, Tax("QST", (TaxPart("GST", 50_000), TaxPart("QST", 99_750)))]
)
DISCOUNTS = st.one_of(st.just(NOTHING_OFF), st.builds(Discount, percent=st.integers(0, 1_000_000)))
LINES = st.lists(
    st.builds(
        Priced,
        st.integers(1, 50),
        st.integers(0, 2_000_000),
        TAXES,
        DISCOUNTS,
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)
RULES = st.builds(PriceRules, st.booleans(), st.sampled_from(list(TaxRounding)), st.booleans())


@given(LINES, RULES, DISCOUNTS)
def test_net_and_taxes_make_gross_and_discounts_take_what_they_say(
    lines: list[Priced], rules: PriceRules, discount: Discount
) -> None:
    made = amounts_of(lines, rules, discount)
    for line, one in zip(lines, made, strict=True):
        assert one.net_minor + sum(one.tax_minor) == one.gross_minor
        assert one.priced_minor == line.quantity * line.unit_minor
        assert 0 <= one.discount_minor <= one.priced_minor
        assert min(one.net_minor, one.gross_minor, *one.tax_minor, 0) == 0
        charged = one.priced_minor - one.discount_minor
        if not rules.is_exempt:
            assert (one.gross_minor if rules.includes_tax else one.net_minor) == charged
        if line.tax == UNTAXED:
            assert one.gross_minor == charged
    table = tax_table([(line.tax, one) for line, one in zip(lines, made, strict=True)])
    assert sum(row.tax_minor for row in table) == sum(sum(one.tax_minor) for one in made)


@given(LINES, RULES)
def test_by_rate_each_rate_is_rounded_once(lines: list[Priced], rules: PriceRules) -> None:
    rules = PriceRules(rules.includes_tax, TaxRounding.RATE)
    made = amounts_of(lines, rules)
    for tax in {line.tax for line in lines}:
        charged = sum(
            one.priced_minor - one.discount_minor
            for line, one in zip(lines, made, strict=True)
            if line.tax == tax
        )
        for place, part in enumerate(tax.parts):
            exact = charged * part.rate / (1_000_000 + (tax.rate if rules.includes_tax else 0))
            total = sum(
                one.tax_minor[place] for line, one in zip(lines, made, strict=True) if line.tax == tax
            )
            assert abs(total - exact) <= 0.5 + 1e-6


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any))
def test_what_is_shared_out_adds_up_and_nobody_gets_more_than_one_unit_too_much(
    total: int, weights: list[int]
) -> None:
    shares = spread(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert total * weight // sum(weights) <= share <= total * weight // sum(weights) + 1


@example(total=150, others=0, cash=151, step=100)
@example(total=150, others=0, cash=150, step=100)
@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 2 * 10**6),
    st.sampled_from([0, 5, 10, 50, 100]),
)
def test_tenders_less_change_and_rounding_and_what_is_owed_make_the_total(
    total: int, others: int, cash: int, step: int
) -> None:
    others = min(others, total)
    done = settle(total, others, cash, step=step)
    assert done.paid_minor == others + cash - done.change_minor
    assert done.paid_minor - done.rounding_minor + done.owed_minor == total
    assert min(done.change_minor, done.owed_minor) >= 0
    assert not (done.change_minor and done.owed_minor)


def test_the_parts_of_a_tax_never_take_more_than_goes_back() -> None:
    [line] = amounts_of([Priced(1, 100, GST)], EXCLUDED)
    before, given_back = Refunded(tax_minor=(0, 0)), []
    for minor in (6, 1, 1, 110):
        [part] = refund_amount([(line, before)], minor)
        given_back.append((part.net_minor, part.tax_minor))
        so_far = tuple(map(sum, zip(before.tax_minor, part.tax_minor, strict=True)))
        before = Refunded(0, before.gross_minor + minor, so_far)
    assert given_back == [(6, (0, 0)), (0, (1, 0)), (0, (0, 1)), (94, (8, 8))]
    assert (before.net_minor, before.tax_minor) == (line.net_minor, line.tax_minor)


@example(
    [Priced(1, 118, GST)],
    PriceRules(),
    NOTHING_OFF,
    [(False, 0, 6), (False, 0, 1)],
)
@given(
    LINES,
    RULES,
    DISCOUNTS,
    st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.integers(1, 10**7)), max_size=12),
)
def test_refunds_never_exceed_a_line_and_giving_back_everything_ends_at_zero(
    lines: list[Priced], rules: PriceRules, discount: Discount, steps: list[tuple[bool, int, int]]
) -> None:
    made = amounts_of(lines, rules, discount)
    given_back = [Refunded(tax_minor=(0,) * len(one.tax_minor)) for one in made]

    def note(place: int, part: Refunded) -> None:
        before = given_back[place]
        assert part.gross_minor == part.net_minor + sum(part.tax_minor)
        assert min(part.gross_minor, part.net_minor, *part.tax_minor, 0) == 0
        given_back[place] = Refunded(
            before.units + part.units,
            before.gross_minor + part.gross_minor,
            tuple(map(sum, zip(before.tax_minor, part.tax_minor, strict=True))),
        )
        assert given_back[place].net_minor <= made[place].net_minor

    for by_units, place, size in steps:
        left = sum(one.gross_minor - so_far.gross_minor for one, so_far in zip(made, given_back, strict=True))
        if by_units:
            place %= len(lines)
            units = min(size, lines[place].quantity - given_back[place].units)
            if units:
                note(place, refund_units(made[place], lines[place].quantity, given_back[place], units))
        elif left:
            parts = refund_amount(list(zip(made, given_back, strict=True)), min(size, left))
            assert sum(part.gross_minor for part in parts) == min(size, left)
            for number, part in enumerate(parts):
                note(number, part)
    left = sum(one.gross_minor - so_far.gross_minor for one, so_far in zip(made, given_back, strict=True))
    if left:
        for number, part in enumerate(refund_amount(list(zip(made, given_back, strict=True)), left)):
            note(number, part)
    for one, so_far in zip(made, given_back, strict=True):
        assert so_far.gross_minor == one.gross_minor
        assert so_far.tax_minor == one.tax_minor
        assert so_far.net_minor == one.net_minor
