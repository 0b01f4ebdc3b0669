"""This till: its name, how large and how dark, touch, scanner, keys, sound."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from posapp.domain.errors import DomainError
from posapp.till_settings import SCANNER_GAPS_MS, UI_SCALES
from posapp.ui.fields import LabeledField, TextField
from posapp.ui.scanner import FEWEST, Scanner
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.printers import Outcome
from posapp.ui.settings.saving_form import Failed, SavingForm
from posapp.ui.settings.scanner_test import ScannerTest
from posapp.ui.settings.section import Section, captioned, group, stacked
from posapp.ui.settings.whole import WholeField
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label

if TYPE_CHECKING:
    from posapp.ui.main_window import MainWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)


def read_till_name(text: str) -> str:
    """A till's name in its stored form, or a `DomainError` till_name."""
    name = " ".join(text.split())
    if not name or len(name) > 40 or not name.isprintable():
        raise DomainError("till_name", _tr("Enter a name of at most 40 characters."), field="name")
    return name


def _read_prefix(text: str) -> str:
    prefix = text.strip()
    if len(prefix) > 8 or not prefix.isprintable():
        raise DomainError("prefix_long", _tr("Enter at most 8 characters."), field="scanner_prefix")
    return prefix


class _TestField(LabeledField):
    def __init__(self, text: str, editor: ScannerTest) -> None:
        super().__init__("scanner_test", text, editor)

    def value(self) -> str:
        return ""


class TillSection(Section):
    """Kept in a file of this computer; other tills are not touched."""

    def __init__(self, presenter: SettingsPresenter, shell: "MainWindow") -> None:
        super().__init__(_tr("This till"), presenter, shell)
        self.form = TillForm(presenter)
        self.add_scrolled(self.form)

    def refresh(self) -> None:
        """Show what is stored, and let the scanner know."""
        self.form.show_stored()
        self.form.show_choices()
        scanner = self.shell.findChild(Scanner)
        if scanner is not None:
            till = self.session.till
            scanner.set_habits(gap_ms=till.scanner_gap_ms, prefix=till.scanner_prefix)

    def leaving(self) -> None:
        """What is typed is saved."""
        self.form.save_changes()

    def first_field(self) -> QWidget | None:
        """The name."""
        return self.form.name.editor


class TillForm(SavingForm):
    """The fields of this till."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._make_fields()
        self._make_choices()
        self._make_scanner()
        self.setLayout(
            stacked(
                group("", [(self.name, None)]),
                group(
                    self.tr("Looks"),
                    [
                        (captioned(self.tr("Size of everything"), self.scale),),
                        (captioned(self.tr("Theme"), self.theme_choice),),
                        (self.touch,),
                    ],
                ),
                group(
                    self.tr("Scanner"),
                    [(self.gap, self.prefix), (self.test,), (self.heard,)],
                    self.tr("A scanner types like a keyboard, only faster."),
                ),
                group(self.tr("Keys and sound"), [(self.plain_keys,), (self.sound,)]),
                label(
                    self.tr("These settings stay on this computer. Other tills keep their own."),
                    "small",
                    tone="text2",
                ),
            )
        )

    def show_choices(self) -> None:
        """Groups and boxes as they are stored."""
        till = self._presenter.session.till
        self.scale.set_current(str(till.ui_scale))
        self.theme_choice.set_current(till.theme)
        for name, box in self._boxes.items():
            box.setChecked(bool(getattr(till, name)))

    # -- fields ----------------------------------------------------------------------------------------
    def _make_fields(self) -> None:
        self.name = TextField("name", self.tr("Name of this till"), read=read_till_name)
        least, most = SCANNER_GAPS_MS.start, SCANNER_GAPS_MS.stop - 1
        self.gap = WholeField("scanner_gap_ms", self.tr("Longest gap between keys, in ms"), least, most)
        self.prefix = TextField("scanner_prefix", self.tr("Scans begin with"), read=_read_prefix)
        self._keep_text(
            self.name, self.tr("Name of the till saved"), self.tr("Printed on slips and kept in the records.")
        )
        self._keep_text(self.gap, self.tr("Gap saved"), self.tr("Most scanners need 35 or less."))
        self._keep_text(
            self.prefix, self.tr("Beginning of scans saved"), self.tr("Empty where the scanner adds nothing.")
        )

    def _keep_text(self, field: LabeledField, said: str, hint: str) -> None:
        name = field.name
        self.keep(
            field,
            stored=lambda: getattr(self._presenter.session.till, name),
            put=lambda value: field.set_text(str(value)),
            save=lambda value, failed: self._save(said, failed, **{name: value}),
            hint=lambda: hint,
        )

    def _save(self, said: str, failed: Failed, **changes: Any) -> None:
        self._presenter.save_till(said, failed, **changes)

    # -- choices ---------------------------------------------------------------------------------------
    def _make_choices(self) -> None:
        self.scale = Segmented([Choice(str(scale), f"{scale} %") for scale in UI_SCALES])
        self.theme_choice = Segmented(
            [
                Choice("system", self.tr("As the system")),
                Choice("light", self.tr("Light")),
                Choice("dark", self.tr("Dark")),
            ]
        )
        self.touch = CheckBox(self.tr("Larger targets for fingers"))
        self.plain_keys = CheckBox(self.tr("Single letters work in the calendar (A arrived, N did not come)"))
        self.sound = CheckBox(self.tr("A soft sound when a code is scanned"))
        self._boxes = {"touch": self.touch, "plain_keys": self.plain_keys, "sound": self.sound}
        self.scale.chosen.connect(
            lambda key: self._chosen(self.tr("Size {percent} %").format(percent=key), ui_scale=int(key))
        )
        self.theme_choice.chosen.connect(lambda key: self._chosen(self.tr("Theme saved"), theme=key))
        self.touch.clicked.connect(lambda on: self._chosen(self.tr("Touch targets saved"), touch=on))
        self.plain_keys.clicked.connect(lambda on: self._chosen(self.tr("Letter keys saved"), plain_keys=on))
        self.sound.clicked.connect(lambda on: self._chosen(self.tr("Sound saved"), sound=on))

    def _chosen(self, said: str, **changes: Any) -> None:
        till = self._presenter.session.till
        if any(getattr(till, name) != value for name, value in changes.items()):
            self._save(said, self._unwritable, **changes)

    def _unwritable(self, error: Exception) -> None:
        self.show_choices()
        self.heard.say(getattr(error, "sentence", self.tr("This could not be saved.")), "danger")

    # -- scanner ---------------------------------------------------------------------------------------
    def _make_scanner(self) -> None:
        editor = ScannerTest()
        editor.setPlaceholderText(self.tr("Put the cursor here and scan any code"))
        self.test = _TestField(self.tr("Try the scanner"), editor)
        editor.scanned.connect(self._heard)
        self.heard = Outcome()

    def _heard(self, text: str, gap: int) -> None:
        till = self._presenter.session.till
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        if len(text) < FEWEST:
            self.heard.say(self.tr("“{text}” is too short for a scan.").format(text=shown), "warning")
        elif gap > till.scanner_gap_ms:
            words = self.tr("“{text}” came with gaps of up to {gap} ms: slower than the limit of {limit} ms.")
            self.heard.say(words.format(text=shown, gap=gap, limit=till.scanner_gap_ms), "warning")
        elif till.scanner_prefix and not text.startswith(till.scanner_prefix):
            words = self.tr("“{text}” does not begin with “{prefix}”, so it counts as typed.")
            self.heard.say(words.format(text=shown, prefix=till.scanner_prefix), "warning")
        else:
            code = text.removeprefix(till.scanner_prefix)
            words = self.tr("Scanned “{text}”, gaps of up to {gap} ms. The scanner works.")
            self.heard.say(words.format(text=code if len(code) <= 40 else shown, gap=gap), "success")
