"""The papers of selling."""

from posapp.domain.selling.papers import XReport, ZReport
from posapp.printing.base.part import Papers, roll_or_page
from posapp.printing.selling.shift_report import PageReport, RollReport

PAPERS: Papers = {
    XReport: roll_or_page(RollReport, PageReport),
    ZReport: roll_or_page(RollReport, PageReport),
}
