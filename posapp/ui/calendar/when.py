"""When and with whom: day, time, length, the next free times, what stands against it, and the people."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from posapp.domain.base.clock import is_doubled, resolve_wall
from posapp.domain.base.errors import DomainError
from posapp.ui.calendar.also import AlsoNote
from posapp.ui.calendar.clash import ClashBox
from posapp.ui.calendar.cursor import Wish
from posapp.ui.fields import ComboField, DayField, Form, LineEdit, MinutesField, TimeField
from posapp.ui.layout import STRETCH, columns, held, rows, top, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.choices import Chips, Choice, Segmented
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Resource
    from posapp.services.bookings.agenda import FreeTime

_FEWEST_TYPED = 3
_ROW_OF_SEGMENTS, _ROW_OF_FIELDS = 356, 360


class StartField(TimeField):
    """The time; in a doubled hour it is right only once it is said which of the two is meant."""

    is_open_question = False

    def value(self) -> time:
        """The time; raises `DomainError`, also time_doubled."""
        at = super().value()
        if self.is_open_question:
            sentence = self.tr("This time comes twice. Choose the first or the second.")
            raise DomainError("time_doubled", sentence, field=self.name)
        return at

    def typed_time(self) -> time | None:
        """What is typed so far, None while it is no time."""
        try:
            return super().value()
        except DomainError:
            return None


class WhenBox(QWidget):
    """Tells by `changed` whenever the wish is another one; the page brings objections and free times."""

    changed = Signal()
    rearranged = Signal()  # chips or buttons were made anew
    free_asked = Signal(object, int, object, object)  # day, minutes, resource or None, time or None
    day_chosen = Signal(object)  # date: the calendar shows it
    time_picked = Signal(object)  # datetime: one of those instead of one that is taken
    free_picked = Signal(object)  # FreeTime

    def __init__(self, wording: Wording, today: Callable[[], date]) -> None:
        super().__init__()
        self._names: dict[int, str] = {}
        self._wording, self._today = wording, today
        self._free: tuple[FreeTime, ...] = ()
        self._asked: tuple[date | None, int | None, int | None, time | None] | None = None
        self.is_auto = True
        self._is_day_chosen = False
        self._is_filling = False
        self._make()

    def _make(self) -> None:
        wording = self._wording
        self.day = DayField("day", self.tr("Date"), wording=wording, today=self._today)
        self.starts = StartField("starts", self.tr("From"), wording=wording)
        self.minutes = MinutesField("minutes", self.tr("Length"), is_narrow=True)
        self.free = Chips(name=self.tr("Next free times"))
        self.which = Chips(name=self.tr("Which of the two"))
        self.clash = ClashBox(wording)
        self.also = AlsoNote(wording)
        self.segments = Segmented(name=self.tr("With"))
        self.people = ComboField("with", self.tr("With"))
        self.day.edited.connect(self.changed)  # free times wait until the day is whole
        self.day.day_changed.connect(self._day_settled)
        self.starts.edited.connect(self._time_edited)
        self.starts.editor.left.connect(self._changed)
        self.minutes.edited.connect(self._changed)
        self.free.chosen.connect(self._pick_free)
        self.which.chosen.connect(self._changed)
        self.clash.time_taken.connect(self.time_picked)
        self.clash.anyway_changed.connect(self._changed)
        self.segments.chosen.connect(self._changed)
        self.people.edited.connect(self._changed)

    def _lay_out(self) -> None:
        px = theme().px
        shown = theme().metrics("field").horizontalAdvance(self._wording.time(time(22, 45)))
        self.starts.setFixedWidth(shown + px(28))
        self.minutes.setFixedWidth(px(96))
        self.free_label = label(self.tr("Next free"), "caption", tone="text2")
        with_label = label(self.tr("With"), "small", tone="text2", weight=500)
        self._with = held(rows(with_label, self.segments, gap=4))
        three = (self.day, self.starts, self.minutes)
        messages = rows(*(part.message_below() for part in three), gap=0)
        row = [top(part) for part in three]  # also beside a long message
        needed = self.day.editor.minimumSizeHint().width() + self.starts.width() + px(96 + 2 * 8)
        if needed <= px(_ROW_OF_FIELDS):
            fields: QLayout = columns(*row, gap=8)
        else:  # a clock that writes "10:45 pm": the day has a line of its own
            fields = rows(row[0], columns(*row[1:], STRETCH, gap=8), gap=8)
        chips = columns(self.free_label, wide(self.free), gap=6)
        upper = rows(fields, messages, gap=0)
        rows(upper, self.which, self.clash, self.also, chips, self._with, self.people, gap=10, host=self)
        self.which.hide()

    def join(self, form: Form) -> None:
        """Take the fields into a form, in the order of Enter, and lay them out here."""
        for part in (self.day, self.starts, self.minutes, self.clash.reason, self.people):
            form.add_field(part)
        self.clash.lay_out()
        self._lay_out()

    # -- people ------------------------------------------------------------------------------------
    def set_people(self, resources: "Sequence[Resource]") -> None:
        """Whom or what can be booked; few as segments, many as a list."""
        live = [one for one in resources if not one.is_archived]
        self._names = {one.id: one.name for one in live}
        choices = [("", self.tr("Anyone free")), *((str(one.id), one.name) for one in live)]
        kept = self.resource_id()
        metrics, px = theme().metrics("body", 600), theme().px
        width = sum(metrics.horizontalAdvance(words) + px(30) for _, words in choices) + px(22)
        has_segments = width <= px(_ROW_OF_SEGMENTS)
        self._with.setVisible(has_segments)
        self.people.setVisible(not has_segments)
        self.segments.set_choices([Choice(key, words) for key, words in choices])
        self.people.set_choices(choices)
        self.set_resource(kept)

    def resource_id(self) -> int | None:
        """The person or bench, None for anyone."""
        key = self.segments.current()
        if not self.people.isHidden():
            key = str(self.people.value()) if self.people.problem() is None else ""
        return int(key) if key else None

    def set_resource(self, resource_id: int | None) -> None:
        """Choose a person or bench."""
        key = "" if resource_id is None else str(resource_id)
        self.segments.set_current(key)
        self.people.combo.blockSignals(True)
        self.people.choose(key)
        self.people.combo.blockSignals(False)

    # -- the wish ----------------------------------------------------------------------------------
    def wish(self) -> Wish | None:
        """What is wanted, None while day, time or length cannot be read."""
        at, day, minutes = self.starts.typed_time(), self.typed_day(), self.typed_minutes()
        if at is None or day is None or minutes is None:
            return None
        wall = datetime.combine(day, at)
        return Wish(wall, minutes, self.resource_id(), self._offset(wall))

    def typed_day(self) -> date | None:
        """The day, None while it is none."""
        return self.day.value() if self.day.problem() is None else None

    def typed_minutes(self) -> int | None:
        """The length, None while it is none."""
        return self.minutes.value() if self.minutes.problem() is None else None

    def _offset(self, wall: datetime) -> timedelta | None:
        """From UTC, where the hour comes twice and one of the two was chosen."""
        if not is_doubled(wall, self._wording.zone) or not self.which.current():
            return None
        instant = resolve_wall(wall, self._wording.zone, fold=int(self.which.current()))
        return wall - instant.replace(tzinfo=None)

    def set_start(self, at: datetime, *, fold: int | None = None) -> None:
        """Take this time; it counts as chosen. `fold` says which of two doubled hours is meant."""
        self.is_auto = False
        self.starts.set_time(at.time())
        self.day.set_day(at.date())
        self._changed()
        if fold is not None and not self.which.isHidden():
            self.which.set_current(str(fold))
            self._changed()

    def set_day(self, day: date) -> None:
        """Another day was chosen; a time that nobody chose gives way to its first free one."""
        if self.is_auto:
            self.starts.set_text("")
        self.day.set_day(day)
        self._is_day_chosen = True
        self._changed()

    def reset(self, day: date, minutes: int) -> None:
        """A new booking on this day, as long as the service takes."""
        self.is_auto, self._is_day_chosen = True, False
        self.starts.set_text("")
        self.which.set_current("")
        self.set_resource(None)
        self.clash.show_error(None, (), None)
        self.minutes.set_minutes(minutes)
        self._is_filling = True
        self.day.set_day(day)
        self._is_filling = False
        self._asked = None
        self._changed()

    def _time_edited(self) -> None:
        self.is_auto = not self.starts.text().strip()
        self._changed()

    def _day_settled(self, day: date) -> None:
        if not self._is_filling:
            self._is_day_chosen = True
            self.day_chosen.emit(day)
        self._changed()

    def _changed(self, _value: object = None) -> None:
        self._ask_which()
        self._ask_free()
        self._mark_chip()
        self.changed.emit()

    def _ask_which(self) -> None:
        at, day = self.starts.typed_time(), self.typed_day()
        zone = self._wording.zone
        is_double = at is not None and day is not None and is_doubled(datetime.combine(day, at), zone)
        if is_double and at is not None and self.which.isHidden():
            shown = self._wording.time(at)
            first = Choice("0", self.tr("First {time} (summer time)").format(time=shown))
            self.which.set_choices((first, Choice("1", self.tr("Second {time}").format(time=shown))), "")
        elif not is_double:
            self.which.set_current("")
        self.which.setVisible(is_double)
        self.starts.is_open_question = is_double and not self.which.current()

    # -- free times --------------------------------------------------------------------------------
    def _ask_free(self) -> None:
        """Near the time that somebody chose; one of those that are shown needs no others."""
        day, minutes = self.typed_day(), self.typed_minutes()
        wanted = None if self.is_auto else self.starts.typed_time()
        is_half_typed = not self.is_auto and (wanted is None or self.is_being_typed())
        if day is None or minutes is None or (is_half_typed and self._asked is not None):
            return
        question = (day, minutes, self.resource_id())
        if self._asked is not None and self._asked[:3] == question:
            shown = [one.starts for one in self._free]
            is_shown = wanted is not None and datetime.combine(day, wanted) in shown
            if wanted == self._asked[3] or is_shown:
                return
        self._asked = (*question, wanted)
        self.free_label.setText(self.tr("Next free"))  # that there is none is known once it was looked for
        self.free_asked.emit(*self._asked)

    def ask_again(self) -> None:
        """Bookings changed: free times may be others."""
        self._asked = None
        self._ask_free()

    def show_free(self, found: "Sequence[FreeTime]") -> None:
        """The next free times; the first is taken while nobody chose a time."""
        self._free = tuple(found)
        none = self.tr("Nothing free in the next two weeks")
        self.free_label.setText(self.tr("Next free") if found else none)
        self.free.set_choices([Choice(self._key_of(one), self._chip_words(one)) for one in found])
        is_kept = self._is_day_chosen and bool(found) and found[0].starts.date() != self.typed_day()
        if self.is_auto and found and not is_kept and not self.day.editor.hasFocus():
            self._is_filling = True
            self.day.set_day(found[0].starts.date())
            self.starts.set_time(found[0].starts.time())
            self._is_filling = False
            if self.starts.editor.hasFocus() and isinstance(self.starts.editor, LineEdit):
                self.starts.editor.selectAll()  # what is typed now replaces it
            self._asked = (found[0].starts.date(), *(self._asked or (None, None, None, None))[1:])
            self._changed()
        self._mark_chip()
        self.rearranged.emit()

    def _pick_free(self, key: str) -> None:
        picked = next((one for one in self._free if self._key_of(one) == key), None)
        if picked is not None:
            self.free_picked.emit(picked)

    @staticmethod
    def _key_of(one: "FreeTime") -> str:
        return f"{one.starts.isoformat()} {one.resource.id}"

    def _chip_words(self, one: "FreeTime") -> str:
        """The time, with the day where it is another, and with whom where it is somebody else."""
        words = self._wording.time(one.starts.time())
        if one.starts.date() != self.typed_day():
            words = f"{self._wording.day(one.starts.date())[:3]} {one.starts.day} · {words}"
        return words if self.resource_id() in (None, one.resource.id) else f"{words} {one.resource.name}"

    def _mark_chip(self) -> None:
        wish, chosen = self.wish(), ""
        for one in self._free:
            if wish and wish.starts == one.starts and wish.resource_id in (None, one.resource.id):
                chosen = self._key_of(one)
        self.free.set_current(chosen)

    # -- objections --------------------------------------------------------------------------------
    def is_being_typed(self) -> bool:
        """Whether only the first figures of the time are there."""
        return self.starts.editor.hasFocus() and len(self.starts.text().strip()) < _FEWEST_TYPED

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        first, clash = (self.day, self.starts, self.minutes, self.which), self.clash
        against = (*clash.buttons(), clash.anyway, clash.reason)
        return [*first, *against, self.free, self.segments, self.people]

    def show_objection(self, error: DomainError | None) -> None:
        """What stands against the time; not while its first figures are being typed."""
        wish = self.wish()
        if error is not None and self.is_being_typed() and not self.clash.is_overridden():
            self.clash.show_error(None, (), None)
            return
        self.clash.show_error(error, self._instead(error), wish.starts if wish else None)
        self.rearranged.emit()

    def _instead(self, error: DomainError | None) -> list[datetime]:
        if error is None:
            return []
        if error.code == "time_skipped":
            return [at for name in ("earlier", "later") if isinstance(at := error.facts.get(name), datetime)]
        following = error.facts.get("next_free")
        if isinstance(following, datetime):
            return [following]
        wish = self.wish()
        later = [one.starts for one in self._free if wish is None or one.starts >= wish.starts]
        return (later or [one.starts for one in self._free])[:1]

    # -- drafts ------------------------------------------------------------------------------------
    def proposed(self) -> set[str]:
        """Names of the fields that nobody filled: they show the next free time."""
        if not self.is_auto:
            return set()
        return {self.starts.name} if self._is_day_chosen else {self.starts.name, self.day.name}

    def snapshot(self) -> dict[str, object]:
        """What the fields do not keep themselves."""
        key = self.resource_id()
        return {
            "resource": [key, self._names.get(key, "")] if key is not None else None,
            "is_auto": self.is_auto,
            "which": self.which.current(),
            "anyway": self.clash.snapshot(),
        }

    def restore(self, kept: dict[str, object]) -> str:
        """Put back what `snapshot` gave; returns who was meant if that is nobody here."""
        who, missing = None, ""
        match kept.get("resource"):
            case [int(key), str(name)]:
                who, missing = (key, "") if self._names.get(key) == name else (None, name)
        self.set_resource(who)
        self.is_auto = kept.get("is_auto") is True
        self._asked = None
        self._changed()
        self.which.set_current(str(kept.get("which") or ""))
        self._changed()
        return missing
