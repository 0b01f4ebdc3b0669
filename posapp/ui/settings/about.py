"""About as a section of Settings."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from posapp.ui.help.about import AboutView, diagnostics_text
from posapp.ui.settings.place import child_place, shown_place
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section
from posapp.ui.window.shell import Shell


class AboutSection(Section):
    """Version, folders, licences, diagnostics."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(QCoreApplication.translate("Settings", "About"), presenter, shell)
        self.view = AboutView(shown_place(self.session.shop))
        self.view.diagnostics_asked.connect(self._examine)
        self.add_scrolled(self.view)

    def first_field(self) -> QWidget | None:
        """What support asks for."""
        return self.view.copy

    def _examine(self) -> None:
        place = child_place(self.session.shop)

        def work() -> str:
            from posapp.services.care.doctor import examine

            return diagnostics_text(examine(place))

        self.view.wait()
        # The paper lane: the doctor asks the print queue, which may take its time.
        self.session.lanes.paper.run(work, done=self._copied, failed=self._failed, topic="doctor")

    def _copied(self, text: str) -> None:
        self.view.show_diagnostics(text)
        self.shell.notices.toast(QCoreApplication.translate("Settings", "Diagnostics copied"))

    def _failed(self, error: Exception) -> None:
        self.view.failed()
        self.shell.notices.status(getattr(error, "sentence", str(error)), "danger", seconds=6)
