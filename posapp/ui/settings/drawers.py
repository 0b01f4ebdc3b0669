"""How the shop takes money: what is asked when a drawer is closed."""

from posapp.ui.layout import rows
from posapp.ui.settings.fields import MinorField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.saving_form import SavingForm
from posapp.ui.settings.section import group


class DrawersForm(SavingForm):
    """The fields of drawers."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter.of_drawers)
        words = self.tr("A note is needed above a difference of")
        field = MinorField("difference_minor", words, presenter.wording, empty=0, hides_zero=True)
        self.difference = self.keep(
            field, self.tr("Difference saved"), self.tr("Short or over. Empty asks for no note.")
        )
        about = self.tr("The drawer is counted before anybody sees what should be in it.")
        self.setLayout(rows(group(self.tr("Closing a shift"), [(self.difference, None)], about), gap=24))
