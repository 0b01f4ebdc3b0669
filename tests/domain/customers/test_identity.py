"""Whose number is typed: every situation, from values alone."""

from datetime import UTC, datetime

import pytest

from posapp.domain.base.phone import phone_state
from posapp.domain.base.stamps import Stamps
from posapp.domain.customers.customers import Customer, CustomerCard, CustomerFacts, FormerOwner, PhoneOwner
from posapp.domain.customers.identity import Situation, identify
from posapp.domain.customers.pl_id import PlId

AT = datetime(2025, 5, 3, 12, tzinfo=UTC)
MARTA = Customer(24, PlId(24), "Marta Kowalczyk", "", "", "", False, None, Stamps(AT, "Till 1", AT, "Till 1"))
KNOWN = PhoneOwner(CustomerCard(MARTA, CustomerFacts(0, 0)))
FORMER = PhoneOwner(None, (FormerOwner(7, PlId(7), "Chidi Okafor", AT),))
NOBODY = PhoneOwner(None)


@pytest.mark.parametrize(
    ("typed", "owner", "situation"),
    [
        ("marta", None, Situation.NO_PHONE),
        ("PL24", None, Situation.NO_PHONE),
        ("087 91", None, Situation.INCOMPLETE),
        ("+999 123 4567", None, Situation.WRONG),
        ("087 914 0873", KNOWN, Situation.KNOWN),
        ("087 914 0873", FORMER, Situation.FORMER),
        ("087 914 0873", NOBODY, Situation.NEW),
        ("00353 87 9140873", KNOWN, Situation.KNOWN),
    ],
)
def test_a_typed_text_has_one_situation(typed: str, owner: PhoneOwner | None, situation: Situation) -> None:
    assert identify(phone_state(typed, "IE"), owner).situation is situation
