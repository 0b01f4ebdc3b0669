"""What many prices become, shown before it is done: by a percentage, or from a file."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.repair_prices import PriceStep, parse_change
from posapp.services.repairs.repair_prices import ChangePrices, PriceImport
from posapp.ui.fields import Form, LabeledField, LineEdit, TextField
from posapp.ui.layout import columns, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.fields import MinorField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.labels import label, remark
from posapp.ui.wording import shown_count, translator

_tr = translator("Settings")
_ASK_AFTER_MS = 200


class PercentField(LabeledField):
    """By how much per cent: more, or with a minus less."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text, LineEdit())

    def value(self) -> int:
        """In millionths; raises `DomainError` percent_invalid."""
        return parse_change(self.text(), field=self.name)


def _short(step: PriceStep) -> str:
    """Of which price; the make goes without saying where there is a model, for the sheet is narrow."""
    one = step.price
    return f"{one.model}: {one.fault}" if one.model else one.name


class PercentForm(Form):
    """A percentage, a step to round to, words; below it each price before and after."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.percent = self.add_field(PercentField("percent", _tr("By per cent")))
        self.percent.say(_tr("Such as 5, or -2.5 for less."))
        self.step = self.add_field(
            MinorField("step", _tr("Round to"), presenter.wording, empty=0, hides_zero=True)
        )
        self.step.say(_tr("Such as 0.50 or 1."))
        self.words = self.add_field(TextField("words", _tr("Only prices with these words")))
        self.told = label("", "body", wrap=True)
        self.table = EditTable(_tr("What becomes of the prices"), self._columns())
        self.table.show_few([])
        self._asked: ChangePrices | None = None
        self._shown: ChangePrices | None = None
        self._soon = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._soon.timeout.connect(self.ask)
        self.edited.connect(self._changed)
        fields = columns(wide(self.percent), wide(self.step), gap=10)
        rows(fields, self.words, self.told, self.table, gap=12, host=self)

    def _columns(self) -> tuple[Column, ...]:
        price = self._presenter.wording.price
        arrow = _tr("{before} → {after}")
        return (
            Column(_tr("Price of"), _short),
            Column(
                _tr("Before and after"),
                lambda row: arrow.format(before=price(row.price.price_minor), after=price(row.after_minor)),
                is_figure=True,
            ),
        )

    def _changed(self) -> None:
        self._shown = None
        self._soon.start()

    def ask(self) -> None:
        """Show what would become of the prices, once all of it is typed."""
        try:
            command = ChangePrices(
                percent=self.percent.value(), step_minor=self.step.value(), words=self.words.value()
            )
        except DomainError:
            self._show(None, [], "")
            return
        self._asked = command
        self._presenter.read(
            lambda shop, actor: shop.repair_prices.preview(actor, command),
            lambda steps: self._arrived(command, steps),
            lambda error: self._show(None, [], sentence_of(error)),
            topic="percent",
        )

    def _arrived(self, command: ChangePrices, steps: Sequence[PriceStep]) -> None:
        count = shown_count(len(steps), _tr("price changes"), _tr("prices change"))
        self._show(command, steps, f"{count}." if steps else _tr("No price would change."))

    def _show(self, command: ChangePrices | None, steps: Sequence[PriceStep], said: str) -> None:
        seen = tuple((one.price.id, one.price.stamps.version) for one in steps)
        is_whole = command is not None and bool(steps)
        self._shown = (
            ChangePrices(
                percent=command.percent, step_minor=command.step_minor, words=command.words, seen=seen
            )
            if is_whole and command is not None
            else None
        )
        self.told.setText(said)
        self.table.show_few(steps)

    def submit(self) -> bool:
        """Nothing is changed that was not shown."""
        if all(field.problem() is None for field in self.fields()) and self._shown is None:
            self.ask()
            return False
        return super().submit()

    def command(self) -> ChangePrices | None:
        """The change as it was shown; None while it was not."""
        return self._shown


class ImportForm(Form):
    """What a file would bring, and why a row of it is not taken."""

    def __init__(self, name: str, found: PriceImport) -> None:
        super().__init__()
        self.found = found
        refused = len(found.refused)
        figures = (
            (found.added, _tr("new")),
            (found.changed, _tr("changed")),
            (found.same, _tr("as they are")),
            (refused, _tr("refused")),
        )
        count = shown_count(found.rows, _tr("row"), _tr("rows"))
        self.told = label(", ".join(f"{number} {word}" for number, word in figures), "strong", wrap=True)
        head = remark(_tr("{name} has {rows}.").format(name=name, rows=count))
        self.table = EditTable(_tr("Rows that are refused"), self._columns())
        self.table.show_few(found.refused)
        why = remark(_tr("Refused rows change nothing. Mend them in the file and import it again."))
        why.setVisible(bool(refused))
        rows(head, self.told, self.table, why, gap=12, host=self)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_tr("Why"), lambda row: row.sentence),
            Column(_tr("Row"), lambda row: str(row.line), is_figure=True),
        )

    @property
    def brings_something(self) -> bool:
        """Whether there is anything to import."""
        return bool(self.found.added or self.found.changed)
