"""A PDF as pictures."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from posapp.domain.papers.documents import PaperSize
from posapp.printing.base.preview import page_images, page_sizes
from posapp.printing.render import render_pdf
from tests.printing.samples import SLIP


def test_a_roll_has_a_pixel_for_each_dot_of_the_paper() -> None:
    for paper, dots in ((PaperSize.ROLL_80, 640), (PaperSize.ROLL_58, 464)):
        ((width, height, rows),) = page_images(render_pdf(SLIP, paper))
        assert width == dots
        assert len(rows) == width * height * 4


@pytest.mark.parametrize("dpi", [40, 96, 143.5, 300])
def test_any_zoom_gives_opaque_rows_without_gaps(dpi: float) -> None:
    ((width, height, rows),) = page_images(render_pdf(SLIP, PaperSize.A4), dpi)
    assert width == pytest.approx(210 / 25.4 * dpi, abs=2)
    assert len(rows) == width * height * 4
    assert set(rows[3::4]) == {255}
    assert rows[:4] == b"\xff\xff\xff\xff"


def test_sizes_are_told_in_millimetres() -> None:
    ((width, height),) = page_sizes(render_pdf(SLIP, PaperSize.LETTER))
    assert (width, height) == pytest.approx((215.9, 279.4), abs=0.1)


def test_several_threads_may_make_papers_and_pictures_at_once() -> None:
    def make(number: int) -> bytes:
        paper = list(PaperSize)[number % 4]
        return page_images(render_pdf(SLIP, paper), 60)[0][2]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(make, range(16)))
    assert all(found[i] == found[i % 4] for i in range(16))
