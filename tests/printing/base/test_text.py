"""Text made clean, measured, broken and fitted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.printing.base.fonts import Weight, is_plain
from posapp.printing.base.text import SMALLEST, Style, clean, fit, measure, reads_right_to_left, wrap

BODY = Style(24)
anything = st.text(max_size=60)
scripts = st.text(st.sampled_from("aéЖΩ नेहमक्षीาสวัดี陈小明محمدעל 42-😀\n"), max_size=80)


@pytest.mark.parametrize(
    "text", ["Marta Kowalczyk", "Łukasz Žižek", "Ελένη", "Олександр", "€139.00 – ½ × “x”"]
)
def test_latin_greek_and_cyrillic_are_plain(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize("text", ["नेहा", "محمد", "שלום", "陈小明", "สวัสดี", "한국어", "😀", "x\u0323"])
def test_all_else_is_shaped(text: str) -> None:
    assert not is_plain(text)
    assert measure(text, BODY).outlines is not None


def test_letters_with_accents_typed_apart_are_put_together() -> None:
    assert clean("Zoe\u0308") == "Zoë"
    assert is_plain(clean("Zoe\u0308"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  a \t\u00a0\u202f b ", "a b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00\x1b\x07b", "ab"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\ud83d", ""),
        ("x" + "\u0323" * 50, "x" + "\u0323" * 4),
    ],
)
def test_what_cannot_be_printed_is_left_out(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@pytest.mark.parametrize(
    ("text", "turned"),
    [("محمد Ana", True), ("Ana محمد", False), ("42 שלום", True), ("42", False), ("", False), ("नेहा", False)],
)
def test_the_first_strong_letter_gives_the_direction(text: str, turned: bool) -> None:
    assert reads_right_to_left(text) is turned


@given(st.one_of(anything, scripts), st.integers(40, 400))
def test_no_line_is_wider_than_its_column_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, BODY, width)
    assert all(line.width <= width + 0.01 for line in lines)
    assert "".join("".join(line.text for line in lines).split()) == "".join(clean(text).split())


@given(st.one_of(anything, scripts), st.integers(60, 400), st.integers(1, 3))
def test_fitting_keeps_to_its_lines_and_to_readable_sizes(text: str, width: int, most: int) -> None:
    lines = fit(text, Style(28, Weight.BOLD), width, most)
    assert len(lines) <= most
    assert all(line.width <= width + 0.01 for line in lines)
    assert all(line.style.size >= SMALLEST for line in lines)


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = fit("Wolfeschlegelsteinhausenbergerdorff " * 6, BODY, 300)
    assert len(lines) == 2
    assert lines[-1].text.endswith("…")
    assert lines[0].style.size == SMALLEST


def test_a_text_that_nearly_fits_is_set_smaller() -> None:
    whole = "Maximiliane Featherstonehaugh-Cholmondeley"
    width = measure(whole, Style(20)).width
    (line,) = fit(whole, BODY, width + 1, lines=1)
    assert line.text == whole
    assert line.style.size < BODY.size


def test_tall_scripts_get_the_room_that_their_ink_needs() -> None:
    low, tall = measure("Ana", BODY), measure("བསྒྲུབས", BODY)
    assert tall.height >= low.height


def test_empty_lines_of_a_note_are_kept_but_never_many() -> None:
    assert [line.text for line in wrap("a\n\n\n\n\nb\nc", BODY, 300)] == ["a", "", "b", "c"]


def test_chinese_and_thai_break_without_spaces() -> None:
    assert len(wrap("请带上充电器和密码手机屏幕左半边没有反应", BODY, 200)) > 1
    assert len(wrap("กรุณานำที่ชาร์จและรหัสผ่านมาด้วย", BODY, 200)) > 1
