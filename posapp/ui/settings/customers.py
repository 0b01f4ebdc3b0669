"""What holds for customers: how they come in at the kiosk, and how long papers keep a name."""

from posapp.domain.customers.privacy import MOST_TAX_YEARS
from posapp.ui.layout import rows
from posapp.ui.settings.fields import WholeField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.saving_form import SavingForm
from posapp.ui.settings.section import group


class CustomersForm(SavingForm):
    """The fields of the kiosk and of privacy."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter.of_customers)
        words = self.tr("A number that nobody has yet waits for the clerk's nod")
        self.nod = self.keep_box("kiosk_nod", words, self.tr("Kiosk saved"))
        about = self.tr("Without the nod whoever types a new number is a customer at once.")
        self.years = self.keep(
            WholeField("tax_years", self.tr("Tax papers keep the name, in years"), 0, MOST_TAX_YEARS),
            self.tr("Years saved"),
            self.tr("From the end of the year. Then the papers of anonymised people are emptied."),
        )
        privacy = group(self.tr("When somebody is forgotten"), [(self.years, None)])
        self.setLayout(rows(group(self.tr("At the kiosk"), [(self.nod,)], about), privacy, gap=24))
