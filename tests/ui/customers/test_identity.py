"""Whose number is typed: what is said about it."""

from datetime import UTC, datetime

from posapp.domain.base.phone import phone_state
from posapp.domain.base.stamps import Stamps
from posapp.domain.customers.customers import Customer, CustomerCard, CustomerFacts, FormerOwner, PhoneOwner
from posapp.domain.customers.identity import identify
from posapp.domain.customers.pl_id import PlId
from posapp.ui.customers.identity import words_of
from posapp.ui.wording import Wording

AT = datetime(2025, 5, 3, 12, tzinfo=UTC)
MARTA = Customer(24, PlId(24), "Marta Kowalczyk", "", "", "", False, None, Stamps(AT, "Till 1", AT, "Till 1"))
KNOWN = PhoneOwner(CustomerCard(MARTA, CustomerFacts(0, 0)))
FORMER = PhoneOwner(None, (FormerOwner(7, PlId(7), "Chidi Okafor", AT),))
NOBODY = PhoneOwner(None)


def test_a_known_number_says_whose_it_is_and_that_no_second_record_is_made() -> None:
    words = words_of(identify(phone_state("087 914 0873", "IE"), KNOWN), Wording())
    assert words is not None
    assert f"{words.strong} {words.plain}" == (
        "This number belongs to PL24. The existing customer is selected. "
        "No second record is created. 0 visits."
    )


def test_a_former_number_says_until_when() -> None:
    words = words_of(identify(phone_state("087 914 0873", "IE"), FORMER), Wording())
    assert words is not None
    assert (words.strong, words.plain) == ("PL7 had this number until 3 May 2025.", "Chidi Okafor")


def test_a_plain_new_number_needs_no_words() -> None:
    assert words_of(identify(phone_state("087 914 0873", "IE"), NOBODY), Wording()) is None
