"""The papers of customers."""

from posapp.domain.customers.papers import PersonDataPaper
from posapp.printing.base.part import Papers, roll_or_page
from posapp.printing.customers.person_data import PagePersonData

PAPERS: Papers = {PersonDataPaper: roll_or_page(PagePersonData, PagePersonData)}
