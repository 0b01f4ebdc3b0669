"""Folding: which names a typed text finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.folding import fold, latin, query_words, search_words


@pytest.mark.parametrize(
    ("name", "folded", "extra"),
    [
        ("Anna-Lena  BERG", "anna lena berg", ""),
        ("Łukasz Øre", "lukasz ore", ""),
        ("Müller", "muller", ""),
        ("Straße", "strasse", ""),
        ("O’Brien d'Arc ʻOkina", "obrien darc okina", ""),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi", ""),
        ("Ðorđe Þór Œuvre Ǿ", "dorde thor oeuvre o", ""),
        ("Nguyễn Thị", "nguyen thi", ""),
        ("ﬁnn ①", "finn 1", ""),
        ("Ελένη Κατσαρός", "ελενη κατσαροσ", "eleni katsaros"),
        ("Йосиф Ёлкин", "иосиф елкин", "iosif elkin"),
        ("नेहा", "नेहा", "neha"),
        ("张敏", "张 敏", "zhang min"),
        ("박민준", "박 민 준", "bag min jun"),
        ("佐藤 ｹﾝ", "佐 藤 ケ ン", "zuo teng ke n"),
        ("مريم", "مريم", "mrym"),
        ("🙂 <b>", "b", ""),
        ("1️⃣", "1", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_searched_folded_and_in_latin_letters(name: str, folded: str, extra: str) -> None:
    assert search_words(name) == (folded, extra)


def test_words_of_scripts_with_marks_stay_whole() -> None:
    assert query_words("नेहा शर्मा") == ["नेहा", "शर्मा"]
    assert query_words("क्‍ष") == ["क्ष"]  # a joiner inside a word does not part it


def test_a_voiced_kana_is_one_word() -> None:
    assert fold("がカ\u3099") == "が ガ"


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert "  " not in folded
    assert folded == folded.strip()


@given(st.text())
def test_the_latin_spelling_is_plain_ascii_words(text: str) -> None:
    spelling = latin(text)
    assert spelling.isascii()
    assert fold(spelling) == spelling == latin(fold(text))


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text: str) -> None:
    assert fold(text) == fold(text + "🙂")


def test_a_pasted_page_makes_a_short_query() -> None:
    assert len(query_words("ab " * 10_000)) < 70
