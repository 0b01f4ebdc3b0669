"""The kinds of lines and of tenders: each has its rules and its steps."""

from posapp.domain.selling.carts import LineKind, LineRules
from posapp.domain.selling.payments import CHOSEN, REFUNDED_TO, Tender, TenderRules
from posapp.services.selling.kinds.lines import LineSteps
from posapp.services.selling.kinds.table import LINES, TENDERS
from posapp.services.selling.kinds.tenders import TenderSteps


def test_every_kind_of_line_and_every_tender_has_rules_and_steps() -> None:
    for kind in LineKind:
        assert isinstance(kind.rules, LineRules)
        assert isinstance(LINES[kind], LineSteps)
    for tender in Tender:
        assert isinstance(tender.rules, TenderRules)
        assert isinstance(TENDERS[tender], TenderSteps)


def test_what_can_be_chosen_and_where_a_refund_goes_follows_from_the_rules() -> None:
    assert set(Tender) - set(CHOSEN) == {Tender.DEPOSIT}
    assert set(Tender) - set(REFUNDED_TO) == {Tender.ACCOUNT, Tender.QR, Tender.DEPOSIT}


def test_what_earns_nothing_is_owed_to_somebody_and_has_steps_of_its_own() -> None:
    promised = [kind for kind in LineKind if not kind.is_revenue]
    assert promised == [LineKind.DEPOSIT, LineKind.GIFT_CARD]
    assert all(type(LINES[kind]) is not LineSteps for kind in promised)
