"""This till: its name, how large and how dark, touch, scanner, keys, sound."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from posapp.domain.base.codes import other_layout
from posapp.domain.base.errors import DomainError
from posapp.till_settings import LOCK_MINUTES, NAME_LIMIT, SCANNER_GAPS_MS, UI_SCALES, is_name
from posapp.ui.fields import LabeledField, TextField
from posapp.ui.fields.edits import LineEdit
from posapp.ui.layout import rows
from posapp.ui.scanner import WINDOW_MS, Scanner
from posapp.ui.scanner_fields import KEEPS_KEYS
from posapp.ui.scanner_keys import (
    SHIFTS,
    is_character,
    is_command,
    is_enter_or_tab,
    is_usable,
    key_in,
    key_name,
    moment_of,
)
from posapp.ui.settings.fields import WholeField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.printers import Outcome
from posapp.ui.settings.saving_form import FormSection, SavingForm
from posapp.ui.settings.section import Captioned, group
from posapp.ui.widgets.choices import Choice
from posapp.ui.widgets.labels import label
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")


def read_till_name(text: str) -> str:
    """A till's name in its stored form, or a `DomainError` till_name."""
    name = " ".join(text.split())
    if not is_name(name):
        sentence = _tr("Enter a name of at most {most} characters.").format(most=NAME_LIMIT)
        raise DomainError("till_name", sentence, field="name")
    return name


def _read_mark(text: str) -> str:
    mark = text.strip()
    if not is_usable(mark):
        words = _tr("Enter at most 8 characters, or a key such as <F9> or <STX>.")
        raise DomainError("scanner_mark", words, field="scanner_prefix")
    return mark


FORGET_MS = 1500


class ScannerTest(LineEdit):
    """Emits `scanned(text, widest_gap_ms, key)` at Enter or Tab; what is scanned here opens nothing.

    `key` is the key that came before the characters, as the setting writes it: `<F9>`, or "".
    """

    scanned = Signal(str, int, str)

    def __init__(self) -> None:
        super().__init__("scan-barcode")
        self.setProperty(KEEPS_KEYS, True)
        self._typed, self._key = "", ""
        self._last, self._widest = 0, 0

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A half-typed text means nothing."""
        super().focusOutEvent(event)
        self._forget()

    def event(self, event: QEvent) -> bool:
        """Tab ends a scan here; without one before it, it goes to the next field."""
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() == QEvent.Type.KeyPress and self._typed:
            self.keyPressEvent(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Characters, their end, and a key before them are measured; all other keys go their way."""
        if is_enter_or_tab(event) and self._typed:
            self._tell()
        elif is_character(event):
            self._count(event)
        elif is_command(event) and not self._typed:
            self._key = f"<{key_name(event)}>"
            self._last = moment_of(event)
        elif event.key() not in SHIFTS:
            super().keyPressEvent(event)

    def _count(self, event: QKeyEvent) -> None:
        at = moment_of(event)
        if (self._typed or self._key) and at - self._last > FORGET_MS:
            self._forget()
        if self._typed:
            self._widest = max(self._widest, at - self._last)
        self._typed += event.text()
        self._last = at
        self.setText(self._typed)

    def _tell(self) -> None:
        typed, widest, key = self._typed, self._widest, self._key
        self._forget()
        self.scanned.emit(typed, widest, key)

    def _forget(self) -> None:
        self._typed, self._key, self._widest = "", "", 0
        self.setText("")  # which leaves nothing for Ctrl+Z to bring back


class _TestField(LabeledField):
    def __init__(self, text: str, editor: ScannerTest) -> None:
        super().__init__("scanner_test", text, editor)

    def value(self) -> str:
        return ""


class TillSection(FormSection):
    """Kept in a file of this computer; other tills are not touched."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("This till"), TillForm, presenter, shell, has_head=False)

    def refresh(self) -> None:
        """Show what is stored, and let the scanner know."""
        super().refresh()
        scanner = self.shell.beside(Scanner)
        if scanner is not None:
            till = self.session.till
            scanner.set_habits(
                gap_ms=till.scanner_gap_ms, prefix=till.scanner_prefix, suffix=till.scanner_suffix
            )


class TillForm(SavingForm):
    """The fields of this till."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(presenter.of_till)
        self._presenter = presenter
        self._make_fields()
        self._make_choices()
        self._make_scanner()
        looks = [
            (Captioned(self.tr("Size of everything"), self.scale),),
            (Captioned(self.tr("Theme"), self.theme_choice),),
            (self.touch,),
        ]
        said = rows(self.heard, self.trouble)
        scanner = [(self.gap, None), (self.prefix, self.suffix), (self.test,), (said,)]
        keys = [(self.plain_keys,), (self.sound,)]
        lock = self.tr("Where people sign in, the screen is covered then. Work stays as it is.")
        only_here = self.tr("These settings stay on this computer. Other tills keep their own.")
        self.setLayout(
            rows(
                group("", [(self.name, None)]),
                group(self.tr("Looks"), looks),
                group(self.tr("Scanner"), scanner, self.tr("A scanner types like a keyboard, only faster.")),
                group(self.tr("Keys and sound"), keys),
                group(self.tr("Locking"), [(self.lock, None)], lock),
                label(only_here, "small", tone="text2"),
                gap=24,
            )
        )

    # -- fields ----------------------------------------------------------------------------------------
    def _make_fields(self) -> None:
        keep, tr = self.keep, self.tr
        self.name = keep(
            TextField("name", tr("Name of this till"), read=read_till_name),
            tr("Name of the till saved"),
            tr("Printed on slips and kept in the records."),
        )
        least, most = SCANNER_GAPS_MS.start, SCANNER_GAPS_MS.stop - 1
        gap = WholeField("scanner_gap_ms", tr("Longest gap between keys, in ms"), least, most)
        self.gap = keep(gap, tr("Gap saved"), tr("The field below finds it."))
        prefix = TextField("scanner_prefix", tr("Scans begin with"), read=_read_mark)
        hint = tr("Empty where the scanner adds nothing.")
        self.prefix = keep(prefix, tr("Beginning of scans saved"), hint)
        minutes = WholeField("lock_minutes", tr("Lock after minutes without a touch"), 0, LOCK_MINUTES[-1])
        self.lock = keep(minutes, tr("Locking saved"), tr("0 is never."))
        suffix = TextField("scanner_suffix", tr("Scans end with"), read=_read_mark)
        self.suffix = keep(suffix, tr("End of scans saved"), tr("Empty for Enter or Tab."))

    # -- choices ---------------------------------------------------------------------------------------
    def _make_choices(self) -> None:
        tr, box = self.tr, self.keep_box
        sizes = [Choice(str(scale), f"{scale} %") for scale in UI_SCALES]
        themes = [("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))]
        said = tr("Size {percent} %")
        self.scale = self.keep_choices("ui_scale", sizes, lambda key: said.format(percent=key), int)
        looks = [Choice(*one) for one in themes]
        self.theme_choice = self.keep_choices("theme", looks, lambda _key: tr("Theme saved"))
        self.touch = box("touch", tr("Larger targets for fingers"), tr("Touch targets saved"))
        words = tr("Single letters work in the calendar (A arrived, N did not come)")
        self.plain_keys = box("plain_keys", words, tr("Letter keys saved"))
        self.sound = box("sound", tr("A soft sound when a code is scanned"), tr("Sound saved"))

    # -- scanner ---------------------------------------------------------------------------------------
    def _make_scanner(self) -> None:
        editor = ScannerTest()
        editor.setPlaceholderText(self.tr("Put the cursor here and scan any code"))
        self.test = _TestField(self.tr("Try the scanner"), editor)
        editor.scanned.connect(self._heard)
        self.heard = Outcome()

    def _heard(self, text: str, gap: int, key: str) -> None:
        """Say how the scan came, and learn the gap and the key before it where they are new."""
        prefix = self._presenter.session.till.scanner_prefix
        words, tone, learnt = "", "warning", self._learnt(text, gap, key)
        if other_layout(text):
            words = self.tr(
                "“{text}” came under another keyboard layout. Set the scanner to the keyboard of this "
                "computer with the codes in its manual."
            )
        elif gap > WINDOW_MS:
            words = self.tr(
                "“{text}” came with gaps of up to {gap} ms: as slow as typing. A scanner is faster."
            )
        elif learnt:
            self._presenter.change_till(self.tr("Scanner learnt"), self.not_taken, **learnt)
            words, tone = (
                self.tr("Scanned “{text}”, gaps of up to {gap} ms. This till knows the scanner now."),
                "success",
            )
        elif not self._begins_right(text, key):
            words = self.tr("“{text}” does not begin with “{prefix}”, so it counts as typed.")
        else:
            code = text.removeprefix(prefix)
            text = code if len(code) <= 40 else text
            words, tone = self.tr("Scanned “{text}”, gaps of up to {gap} ms. The scanner works."), "success"
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        self.heard.say(words.format(text=shown, gap=gap, prefix=prefix), tone)

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
