"""What the numbering plans say."""

import phonenumbers
import pytest

from posapp.domain.base.phone import PhoneNumber
from posapp.domain.base.phone_plans import forms


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_the_certain_forms_of_valid_numbers_read_back_as_the_same_number(region: str) -> None:
    for kind in phonenumbers.PhoneNumberType.values():
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        key = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        for text, is_certain in forms(key, region):
            if is_certain:
                assert PhoneNumber.parse(text, region=region).key == key
