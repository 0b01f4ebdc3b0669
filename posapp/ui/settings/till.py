"""This till: its name, how large and how dark, touch, scanner, keys, sound."""

from typing import Any

from PySide6.QtWidgets import QWidget

from posapp.domain.base.codes import other_layout
from posapp.domain.base.errors import DomainError
from posapp.till_settings import SCANNER_GAPS_MS, UI_SCALES
from posapp.ui.fields import LabeledField, TextField
from posapp.ui.presenter import sentence_of
from posapp.ui.scanner import WINDOW_MS, Scanner
from posapp.ui.scanner_keys import is_usable, key_in
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.printers import Outcome
from posapp.ui.settings.saving_form import Failed, SavingForm
from posapp.ui.settings.scanner_test import ScannerTest
from posapp.ui.settings.section import Section, captioned, group, stacked
from posapp.ui.settings.whole import WholeField
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")


def read_till_name(text: str) -> str:
    """A till's name in its stored form, or a `DomainError` till_name."""
    name = " ".join(text.split())
    if not name or len(name) > 40 or not name.isprintable():
        raise DomainError("till_name", _tr("Enter a name of at most 40 characters."), field="name")
    return name


def _read_mark(text: str) -> str:
    mark = text.strip()
    if not is_usable(mark):
        words = _tr("Enter at most 8 characters, or a key such as <F9> or <STX>.")
        raise DomainError("scanner_mark", words, field="scanner_prefix")
    return mark


class _TestField(LabeledField):
    def __init__(self, text: str, editor: ScannerTest) -> None:
        super().__init__("scanner_test", text, editor)

    def value(self) -> str:
        return ""


class TillSection(Section):
    """Kept in a file of this computer; other tills are not touched."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("This till"), presenter, shell)
        self.form = TillForm(presenter)
        self.add_scrolled(self.form)

    def refresh(self) -> None:
        """Show what is stored, and let the scanner know."""
        self.form.show_stored()
        self.form.show_choices()
        scanner = self.shell.beside(Scanner)
        if scanner is not None:
            till = self.session.till
            scanner.set_habits(
                gap_ms=till.scanner_gap_ms, prefix=till.scanner_prefix, suffix=till.scanner_suffix
            )

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
                    [(self.gap, None), (self.prefix, self.suffix), (self.test,), (self.heard,)],
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
        self.prefix = TextField("scanner_prefix", self.tr("Scans begin with"), read=_read_mark)
        self.suffix = TextField("scanner_suffix", self.tr("Scans end with"), read=_read_mark)
        self._keep_text(
            self.name, self.tr("Name of the till saved"), self.tr("Printed on slips and kept in the records.")
        )
        self._keep_text(self.gap, self.tr("Gap saved"), self.tr("The field below finds it."))
        self._keep_text(
            self.prefix, self.tr("Beginning of scans saved"), self.tr("Empty where the scanner adds nothing.")
        )
        self._keep_text(self.suffix, self.tr("End of scans saved"), self.tr("Empty for Enter or Tab."))

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
        self.heard.say(sentence_of(error, self.tr("This could not be saved.")), "danger")

    # -- scanner ---------------------------------------------------------------------------------------
    def _make_scanner(self) -> None:
        editor = ScannerTest()
        editor.setPlaceholderText(self.tr("Put the cursor here and scan any code"))
        self.test = _TestField(self.tr("Try the scanner"), editor)
        editor.scanned.connect(self._heard)
        self.heard = Outcome()

    def _heard(self, text: str, gap: int, key: str) -> None:
        """Say how the scan came, and learn the gap and the key before it where they are new."""
        till = self._presenter.session.till
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        learnt = self._learnt(text, gap, key)
        if other_layout(text):
            words = self.tr(
                "“{text}” came under another keyboard layout. Set the scanner to the keyboard of this "
                "computer with the codes in its manual."
            )
            self.heard.say(words.format(text=shown), "warning")
        elif gap > WINDOW_MS:
            words = self.tr(
                "“{text}” came with gaps of up to {gap} ms: as slow as typing. A scanner is faster."
            )
            self.heard.say(words.format(text=shown, gap=gap), "warning")
        elif learnt:
            self._save(self.tr("Scanner learnt"), self._unwritable, **learnt)
            words = self.tr("Scanned “{text}”, gaps of up to {gap} ms. This till knows the scanner now.")
            self.heard.say(words.format(text=shown, gap=gap), "success")
        elif not self._begins_right(text, key):
            words = self.tr("“{text}” does not begin with “{prefix}”, so it counts as typed.")
            self.heard.say(words.format(text=shown, prefix=till.scanner_prefix), "warning")
        else:
            code = text.removeprefix(till.scanner_prefix)
            words = self.tr("Scanned “{text}”, gaps of up to {gap} ms. The scanner works.")
            self.heard.say(words.format(text=code if len(code) <= 40 else shown, gap=gap), "success")

    def _begins_right(self, text: str, key: str) -> bool:
        prefix = self._presenter.session.till.scanner_prefix
        return key_in(key) == key_in(prefix) if key_in(prefix) else text.startswith(prefix)

    def _learnt(self, text: str, gap: int, key: str) -> dict[str, Any]:
        """What this scan teaches; a single character has no gap to learn from."""
        till = self._presenter.session.till
        found: dict[str, Any] = {}
        if len(text) > 1 and till.scanner_gap_ms < gap <= WINDOW_MS:
            found["scanner_gap_ms"] = min(WINDOW_MS, -(-gap * 5 // 20) * 5)  # a quarter more, in steps of 5
        if key and key_in(key) != key_in(till.scanner_prefix) and is_usable(key):
            found["scanner_prefix"] = key
        return found
