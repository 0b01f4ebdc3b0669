"""How many text messages some words take, by the alphabet of text messages."""

import pytest

from posapp.domain.repairs.informing import texts_of


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),  # each counts twice
        ("€" * 81, 2),
        ("مرحبا" * 14, 1),
        ("مرحبا" * 14 + "!", 2),
        ("😀" * 35, 1),  # two units each
        ("😀" * 36, 2),
        ("a" * 70 + "ł", 2),  # one other letter, and all are written longer
    ],
)
def test_text_messages_are_counted_by_their_alphabet(words: str, texts: int) -> None:
    assert texts_of(words) == texts
