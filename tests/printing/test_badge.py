"""A badge in print: it can be read by a scanner and by people, and fits its card."""

from dataclasses import replace

import pytest

from posapp.domain.papers.documents import PaperSize, to_json
from posapp.domain.people.papers import Badge
from posapp.domain.people.secrets import new_badge, plain_badge
from posapp.printing.render import render_pdf
from tests.printing.samples import LONG, MARGIN, SHOP, codes_on, ink, pictures, text_of

BADGE = Badge(SHOP, "", "", "Grace Adeyemi", made_at="2026-03-12T14:36", made_by="Till 1")


def test_a_scanner_and_a_person_read_the_code_and_no_document_holds_it() -> None:
    code = new_badge()
    pdf = render_pdf(BADGE, PaperSize.BADGE, secret=code)
    [page] = pictures(pdf)
    assert codes_on(page) == {("QRCode", code)}
    said = text_of(pdf)
    assert "Grace Adeyemi" in said
    assert SHOP.name in said
    typed = said[said.index("BADGE-") :].partition("Found?")[0]
    assert plain_badge(typed) == code
    assert code not in to_json(BADGE)


@pytest.mark.parametrize("name", ["Grace Adeyemi", "Wolfeschlegelsteinhausenbergerdorff " * 3, "أحمد"])
def test_nothing_reaches_over_the_edge_of_the_card(name: str) -> None:
    long = replace(BADGE, shop=LONG.shop, customer_name=name)
    [page] = pictures(render_pdf(long, PaperSize.BADGE, secret=new_badge()))
    left, top, right, bottom = ink(page)
    edge = MARGIN[PaperSize.BADGE]
    assert left >= edge
    assert right <= page.width - edge + 1
    assert top >= edge
    assert bottom <= page.height - 20
