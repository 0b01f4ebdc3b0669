"""What of form and days is in sight: both where there is room, else one of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from posapp.ui.calendar.form import BookingForm
from posapp.ui.theme import theme

_FORM, _DAY, _WEEKDAY, _GAP = 396, 480, 150, 16
_ANY_WIDTH = (1 << 24) - 1


class Folding:
    """The form keeps its width beside the days; without room for both it lies over them like a sheet."""

    def __init__(self, page: QWidget, form: BookingForm, days: QWidget, *, new: QWidget) -> None:
        self._page, self._form, self._days, self._new = page, form, days, new
        self.is_folded = False
        """Whether the form is out of sight only for want of room."""

    def fold(self, *, is_week: bool, wants_days: bool, look_at_days: Callable[[], None]) -> None:
        """Where days would be narrow a week has the width to itself; a day brings the form back as it was."""
        is_tight = self._is_narrow_week() if is_week else wants_days and not self._has_room()
        if is_tight and not self._form.isHidden():
            self.is_folded = True
            had_focus = self._form.keeps_focus()
            self._form.hide()
            self._new.show()
            self.share()
            if had_focus:
                look_at_days()
        elif not is_tight and self.is_folded:
            self.is_folded = False
            self._form.show()
            self._new.hide()
        self.share()

    def share(self) -> None:
        """The form was shown or hidden: what else is in sight, and how wide it is."""
        is_alone, width = not self._has_room(), theme().px(_FORM)
        self._form.setMinimumWidth(width)
        self._form.setMaximumWidth(_ANY_WIDTH if is_alone else width)
        self._days.setVisible(self._form.isHidden() or not is_alone)

    def least(self) -> int:
        """The width that the wider one of both needs."""
        px = theme().px
        return max(px(_FORM), self._days.minimumSizeHint().width()) + 2 * px(_GAP)

    def _has_room(self) -> bool:
        px = theme().px
        return self._page.width() >= px(_FORM) + px(_DAY) + 3 * px(_GAP)

    def _is_narrow_week(self) -> bool:
        px = theme().px
        return (self._page.width() - px(_FORM) - 3 * px(_GAP)) / 7 < px(_WEEKDAY)
