"""The papers of the catalogue."""

from posapp.domain.catalogue.papers import PriceLabels
from posapp.printing.base.part import Papers
from posapp.printing.catalogue.price_label import put_price_labels

PAPERS: Papers = {PriceLabels: lambda sheet, labels, _additions: put_price_labels(sheet, labels)}
