"""Scripts that Qt shapes: outlines are there, joined and in the right order, on any machine."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops

from posapp.domain.papers.documents import PaperSize
from posapp.printing.base.fonts import Weight
from posapp.printing.base.shaped_text import break_lines, shape
from posapp.printing.render import render_pdf
from posapp.services.care.demo_names import ABROAD, HOME, Tongue
from tests.printing.samples import SLIP, picture

TONGUES = (HOME, *ABROAD)
NAMES = {
    "devanagari": "नेहा शर्मा",
    "bengali": "সুমিতা সেন",
    "gujarati": "નેહા પટેલ",
    "tamil": "நேஹா குமார்",
    "telugu": "నేహా రెడ్డి",
    "arabic": "محمد علي السيد",
    "hebrew": "דוד כהן",
    "chinese": "陈小明",
    "japanese": "山田さくら",
    "thai": "สมชาย ใจดี",
    "georgian": "ნინო ბერიძე",
    "armenian": "Անի Պետրոսյան",
    "hangul": "김민준",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_letter_of_a_name_has_a_font(name: str) -> None:
    for weight in Weight:
        made = shape(name, weight, right_to_left=False)
        assert made.missing == 0
        assert made.width > 0
        assert made.above > 30


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_leaves_ink_on_the_paper(name: str) -> None:
    page, nobody = picture(replace(SLIP, customer_name=name)), picture(replace(SLIP, customer_name=""))
    height = min(page.height, nobody.height)
    changed = ImageChops.difference(page.crop((0, 0, 640, height)), nobody.crop((0, 0, 640, height)))
    assert changed.point([0] * 64 + [255] * 192).getbbox() is not None


@pytest.mark.parametrize("tongue", TONGUES, ids=[one.code for one in TONGUES])
def test_every_letter_of_the_demo_shop_has_a_font(tongue: Tongue) -> None:
    letters = sorted(set("".join((*tongue.given, *tongue.family))))
    assert all(shape(letter, Weight.SEMIBOLD, right_to_left=False).missing == 0 for letter in letters)


def test_a_script_with_one_weight_only_is_made_bold() -> None:
    regular = shape("สมชาย", Weight.REGULAR, right_to_left=False)
    bold = shape("สมชาย", Weight.BOLD, right_to_left=False)
    assert bold.code != regular.code
    assert bold.width >= regular.width


def test_devanagari_is_joined() -> None:
    """The sign of i is drawn before its consonant, and a conjunct is narrower than its parts."""
    whole = shape("क्षि", Weight.REGULAR, right_to_left=False).width
    assert whole < sum(shape(part, Weight.REGULAR, right_to_left=False).width for part in ("क", "ष", "ि"))


def test_arabic_letters_join() -> None:
    """The same letters with a joiner's opposite between them take other forms."""
    joined = shape("محمد", Weight.REGULAR, right_to_left=True)
    apart = shape("\u200c".join("محمد"), Weight.REGULAR, right_to_left=True)
    assert joined.code != apart.code


def test_the_direction_of_the_paragraph_orders_its_words() -> None:
    right = shape("محمد 42 Ana", Weight.REGULAR, right_to_left=True)
    left = shape("محمد 42 Ana", Weight.REGULAR, right_to_left=False)
    assert right.code != left.code
    assert right.width == pytest.approx(left.width, abs=1)


def test_a_letter_that_no_font_has_is_counted() -> None:
    assert shape("नेहा \ue123", Weight.REGULAR, right_to_left=False).missing == 1


def test_shaped_text_is_kept_for_the_next_print() -> None:
    assert shape("नेहा", Weight.BOLD, right_to_left=False) is shape("नेहा", Weight.BOLD, right_to_left=False)


def test_programs_that_know_actual_text_find_the_whole_name(tmp_path: Path) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("poppler-utils is not installed")
    file = tmp_path / "slip.pdf"
    file.write_bytes(render_pdf(replace(SLIP, customer_name="नेहा शर्मा 42"), PaperSize.ROLL_80))
    done = subprocess.run([reader, "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True)
    assert "नेहा शर्मा 42" in done.stdout.decode()


def test_a_process_without_a_window_or_a_screen_prints_all_scripts() -> None:
    """What the command line does: nobody has made an application object, and there is no display."""
    script = (
        "from dataclasses import replace\n"
        "from posapp.domain.papers.documents import PaperSize\n"
        "from posapp.printing.render import render_pdf\n"
        "from tests.printing.samples import SLIP\n"
        "print(len(render_pdf(replace(SLIP, customer_name='नेहा محمد 陈'), PaperSize.A4)))\n"
    )
    blind = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=blind, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10_000


@pytest.mark.parametrize(
    "blocks", [(0x0700, 0x07BF), (0x0A00, 0x0B7F), (0x0C80, 0x0DFF), (0x0E80, 0x109F), (0x1780, 0x17FF)]
)
def test_letters_and_marks_of_scripts_without_a_font_are_boxes_and_end_nothing(
    blocks: tuple[int, int],
) -> None:
    """Qt 6.11 ends the program when it is asked for the glyphs of such a letter."""
    for code in range(*blocks):
        for text in (chr(code), f"Anna {chr(code)}\u200d{chr(code)} 1"):
            assert shape(text, Weight.BOLD, right_to_left=False).missing <= len(text)
            assert "".join(break_lines(text, Weight.REGULAR, 150, right_to_left=True)) == text
