from io import BytesIO

import pytest
from pypdf import PdfReader

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.papers.documents import PaperSize
from posapp.services.bookings.samples import print_sample, sample_paper
from posapp.services.papers.papers import Output
from posapp.till_settings import SLIP_PAPERS
from tests.factories import a_shop


@pytest.fixture
def business(tmp_path):
    shop = a_shop(tmp_path / "shop.db")
    yield shop.businesses.all()[0]
    shop.close()


@pytest.mark.parametrize("paper", [PaperSize(each) for each in SLIP_PAPERS])
def test_a_sample_has_the_head_of_the_shop_and_says_what_it_is(business, paper):
    made = sample_paper(business, "Till 1", paper, None)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages)
    assert business.name in text
    assert "sample" in text
    assert made.copies == 0


def test_a_sample_that_no_printer_takes_is_a_sentence(business):
    with pytest.raises(EnvironmentFault) as refused:
        print_sample(business, "Till 1", Output(paper=PaperSize.ROLL_80), None)
    assert refused.value.sentence
