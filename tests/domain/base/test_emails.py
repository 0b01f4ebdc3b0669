"""E-mail addresses, by form."""

import pytest

from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import DomainError


@pytest.mark.parametrize(
    ("typed", "address"),
    [(" Ana@Example.COM ", "ana@example.com"), ("", ""), (" \t", ""), ("José@exämple.de", "josé@exämple.de")],
)
def test_an_address_is_kept_in_lower_case(typed: str, address: str) -> None:
    assert check_email(typed) == address


@pytest.mark.parametrize(
    "typed", ["ana", "ana@", "@example.com", "a b@example.com", "a@b@c.com", "a" * 10_000 + "@x.de"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match=r"such as ana@example\.com") as refused:
        check_email(typed)
    assert (refused.value.code, refused.value.field) == ("email_invalid", "email")
