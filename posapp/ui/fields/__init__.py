"""Fields of forms, and the form. A field has a label, an editor, a message; `value()` parses or explains.

Each is loaded when it is first asked for: the search line of the first frame needs none of the others.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from posapp.ui.fields.edits import Combo, LineEdit, NoteEdit
    from posapp.ui.fields.form import Form
    from posapp.ui.fields.labeled import LabeledField
    from posapp.ui.fields.moments import DayField, DayPopup, MinutesField, TimeField
    from posapp.ui.fields.money import MoneyField
    from posapp.ui.fields.phone import PhoneField
    from posapp.ui.fields.search_field import SearchField
    from posapp.ui.fields.secret import AgainField, SecretField
    from posapp.ui.fields.text import ComboField, NoteField, TextField

__all__ = [
    "AgainField",
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
    "SecretField",
    "TextField",
    "TimeField",
]
_HOMES = {
    "edits": ("Combo", "LineEdit", "NoteEdit"),
    "form": ("Form",),
    "labeled": ("LabeledField",),
    "moments": ("DayField", "DayPopup", "MinutesField", "TimeField"),
    "money": ("MoneyField",),
    "phone": ("PhoneField",),
    "search_field": ("SearchField",),
    "secret": ("AgainField", "SecretField"),
    "text": ("ComboField", "NoteField", "TextField"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(name)
