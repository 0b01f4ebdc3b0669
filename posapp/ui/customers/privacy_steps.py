"""What the customer's sheet does about privacy: notes answers, writes the file, asks before it forgets."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.ui.alive import while_alive
from posapp.ui.customers.erase_steps import EraseSteps
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.customers.privacy import PrivacyPanel
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.presenter import code_of, sentence_of, why_not_saved
from posapp.ui.preview.paper_card import sheet_of
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Notices, Step
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.customers.consents import ConsentKind
    from posapp.domain.customers.customers import Customer

_tr = translator("Privacy")


class PrivacySteps:
    """Belongs to a sheet; `forgotten` is called once the person is."""

    def __init__(
        self,
        host: QWidget,
        presenter: CustomerPresenter,
        panel: PrivacyPanel,
        notice: NoticeBar,
        notices: Notices,
        forgotten: Callable[[], object],
    ) -> None:
        self._host, self._presenter, self._panel = host, presenter, panel
        self._notice, self._notices = notice, notices
        self._erasing = EraseSteps(host, presenter, notice, notices, forgotten, panel.erase.setDisabled)
        self._customer: Customer | None = None
        panel.answered.connect(self._answer)
        panel.data_asked.connect(self.ask_where)
        panel.erase_asked.connect(self.ask_erase)

    def show_customer(self, customer: "Customer") -> None:
        """It is about this customer now."""
        self._customer = customer
        self._panel.show_customer(customer)
        self._read()

    def _read(self) -> None:
        assert self._customer is not None
        self._presenter.consents(self._customer.id, while_alive(self._host, self._panel.show_consents))

    # -- consent -----------------------------------------------------------------------------------------
    def _answer(self, kind: "ConsentKind", is_given: bool) -> None:
        assert self._customer is not None
        self._presenter.set_consent(
            self._customer.id,
            kind,
            is_given,
            while_alive(self._host, self._panel.show_consents),
            while_alive(self._host, self._not_noted),
        )

    def _not_noted(self, error: Exception) -> None:
        self._notice.show_message(Message(why_not_saved(error), "danger"))
        self._read()

    # -- the file ----------------------------------------------------------------------------------------
    def ask_where(self) -> None:
        """Ctrl+E."""
        assert self._customer is not None
        kinds = ";;".join((_tr("PDF to read (*.pdf)"), _tr("JSON with the photos (*.json)")))
        usual = f"{self._customer.pl_id} data.pdf"
        name, _ = FileDialog.getSaveFileName(self._host, _tr("Data of this person"), usual, kinds)
        if name:
            self.write_to(Path(name), may_replace=True)  # the dialog has asked

    def write_to(self, path: Path, *, may_replace: bool = False) -> None:
        """Write all that the shop holds: JSON where the name says so, else a PDF."""
        assert self._customer is not None
        self._presenter.save_data(
            self._customer.id,
            path,
            sheet_of(self._presenter.session.region),
            replace=may_replace,
            done=while_alive(self._host, partial(self._written, path)),
            failed=while_alive(self._host, partial(self._not_written, path)),
        )

    def _written(self, path: Path, _customer: "Customer") -> None:
        self._notice.hide()
        self._notices.toast(_tr("Written to {name}").format(name=path.name))

    def _not_written(self, path: Path, error: Exception) -> None:
        steps = [Step(_tr("Choose again"), self.ask_where)]
        if code_of(error) == "file_exists":
            steps.append(Step(_tr("Replace it"), partial(self.write_to, path, may_replace=True)))
        sentence = sentence_of(error, _tr("The file could not be written."))
        self._notice.show_message(Message(sentence, "danger", tuple(steps)))

    # -- forgetting --------------------------------------------------------------------------------------
    def ask_erase(self) -> None:
        """Say what it would do, then ask."""
        assert self._customer is not None
        self._erasing.ask(self._customer.id, self._customer.shown_name(self._presenter.wording.region))
