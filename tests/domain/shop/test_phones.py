"""The number of the shop itself."""

import pytest

from posapp.domain.base.phone import InvalidPhone
from posapp.domain.shop.phones import check_shop_phone


@pytest.mark.parametrize(
    "text", ["", "01 555 0100", "+353 1 555 0100", "01 555 0100, 087 123 4567", "01 555 0100 / 087 123 4567"]
)
def test_a_shop_writes_its_number_as_it_likes(text: str) -> None:
    assert check_shop_phone(f" {text} ", "IE") == text


@pytest.mark.parametrize("text", ["abc", "call us", "01 555 0100, abc", "000-000-0000", "12"])
def test_what_cannot_be_called_is_refused(text: str) -> None:
    with pytest.raises(InvalidPhone) as refused:
        check_shop_phone(text, "IE")
    assert refused.value.field == "phone"
