"""The papers of figures."""

from posapp.domain.figures.papers import ReportPaper
from posapp.printing.base.part import Papers
from posapp.printing.figures.report import put_report

PAPERS: Papers = {ReportPaper: put_report}
