"""Names, notes and addresses as they are stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, clean_name, clean_text, same_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Anna \t Berg\r\n", "Anna Berg"),
        ("Anna\u00a0\u3000Berg\x00\x1b", "Anna Berg"),
        ("Jose\u0301", "José"),
        ("=1+1", "=1+1"),
        ('O\'Brien "Bob" <b>', 'O\'Brien "Bob" <b>'),
        ("مريم الحسن", "مريم الحسن"),
        ("👩‍🔧 Ana", "👩‍🔧 Ana"),
        ("half \ud83d pair", "half � pair"),
        ("\u2028 \x07", ""),
        ("\u202eAnna Berg", "Anna Berg"),
        ("Anna \u2067Berg\u2069\u202c", "Anna Berg"),
        ("\u202d \u2066", ""),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\u0936\u0930\u094d\u200d\u092e\u093e", "\u0936\u0930\u094d\u200d\u092e\u093e"),
        ("C\u200e \u05d0\u05d1\u05d2\u200f", "C\u200e \u05d0\u05d1\u05d2\u200f"),
    ],
)
def test_a_name_loses_only_what_cannot_be_seen(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    note = clean_text(text, 10_000, "note")
    assert clean_text(note, 10_000, "note") == note


def test_names_are_the_same_in_any_case() -> None:
    assert same_name("STRASSE  Ann", "straße ann")
    assert not same_name("Jose", "José")


@pytest.mark.parametrize("typed", ["", "   ", "\t\n", "\u200b\u200e", "\x00"])
def test_a_name_of_nothing_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match="Enter a name") as refused:
        check_name(typed, field="contact")
    assert (refused.value.code, refused.value.field) == ("name_missing", "contact")


def test_a_name_of_ten_thousand_characters_is_refused() -> None:
    with pytest.raises(DomainError, match="10,000 characters") as refused:
        check_name("a" * 10_000)
    assert (refused.value.code, refused.value.field) == ("name_too_long", "name")
    assert check_name("a" * 200) == "a" * 200


def test_a_note_keeps_its_lines() -> None:
    assert clean_text(" a\r\n\tb \x07c  \u2028d\n\n", 20, "note") == "a\n b  c\nd"
    assert clean_text("a\u202e\nb\u2066", 20, "note") == "a\nb"
    with pytest.raises(DomainError) as refused:
        clean_text("x" * 21, 20, "note")
    assert (refused.value.code, refused.value.field) == ("text_too_long", "note")
