"""Fields of forms, and the form. A field has a label, an editor, a message; `value()` parses or explains."""

from posapp.ui.fields.edits import Combo, LineEdit, NoteEdit
from posapp.ui.fields.form import Form
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.fields.moments import DayField, DayPopup, MinutesField, TimeField
from posapp.ui.fields.money import MoneyField
from posapp.ui.fields.phone import PhoneField
from posapp.ui.fields.search_field import SearchField
from posapp.ui.fields.text import ComboField, NoteField, TextField

__all__ = [
    "Combo",
    "ComboField",
    "DayField",
    "DayPopup",
    "Form",
    "LabeledField",
    "LineEdit",
    "MinutesField",
    "MoneyField",
    "NoteEdit",
    "NoteField",
    "PhoneField",
    "SearchField",
    "TextField",
    "TimeField",
]
