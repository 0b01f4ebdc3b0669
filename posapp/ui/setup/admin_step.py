"""Who signs in: the first ADMIN of the shop, or nobody yet."""

from PySide6.QtWidgets import QWidget

from posapp.domain.base.names import check_name
from posapp.domain.people.secrets import USUAL_PIN_LENGTH, check_pin
from posapp.domain.people.users import Role
from posapp.services.people.users import SaveUser
from posapp.ui.fields import AgainField, Form, PhoneField, SecretField, TextField
from posapp.ui.layout import held, rows
from posapp.ui.settings.section import Captioned, group
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import remark

_SIGN_IN, _WITHOUT = "sign_in", "without"


class AdminStep(Form):
    """Name, phone and PIN of who may do everything; hidden while the shop works without users."""

    def __init__(self, region: str) -> None:
        super().__init__()
        tr, add = self.tr, self.add_field
        choices = [Choice(_SIGN_IN, tr("Everybody signs in")), Choice(_WITHOUT, tr("Work without users"))]
        self.way = Captioned(tr("At the tills"), Segmented(choices))
        self.way.setParent(self)  # before the fields below it, for Tab
        self.way.put(_SIGN_IN)
        self.way.part.chosen.connect(lambda _key: self._way_chosen())
        self.name = add(TextField("admin", tr("Your name"), read=check_name))
        self.phone = add(PhoneField("phone", tr("Phone, if you like"), region=region, required=False))
        digits = tr("PIN, {count} digits").format(count=USUAL_PIN_LENGTH)
        self.pin = add(SecretField("pin", digits, read=self._read_pin, missing=tr("Choose a PIN.")))
        differs = tr("The two PINs differ. Type the second one again.")
        self.again = add(AgainField("again", tr("The same PIN again"), self.pin, differs))
        lines: list[tuple[QWidget | None, ...]] = [(self.name, self.phone), (self.pin, self.again)]
        about = tr("You are the ADMIN: you may do everything, and add the others in Settings, Users.")
        self.asked = held(group("", lines, about))
        self.without = remark(
            tr("Whoever is at the till may do everything. The first user is made in Settings, Users.")
        )
        rows(self.way, self.asked, self.without, gap=16, host=self)
        self._show_way()

    @property
    def is_wanted(self) -> bool:
        """Whether there will be a user."""
        return self.way.value() == _SIGN_IN

    def work_without(self) -> None:
        """No users; what was typed stays for whoever thinks better of it."""
        self.way.put(_WITHOUT)
        self._way_chosen()

    def command(self) -> SaveUser | None:
        """The ADMIN, None for none; every field is right by now."""
        if not self.is_wanted:
            return None
        return SaveUser(
            name=self.name.value(), role=Role.ADMIN, phone=self.phone.value(), pin=self.pin.value()
        )

    def name_of(self, value: str) -> str:
        """What the desk calls the name is no shop's name here."""
        about = value.removeprefix("admin.")
        return "admin" if about == "name" else about

    def snapshot(self) -> dict[str, object]:
        """The choice as well; never the PIN."""
        kept = super().snapshot()
        return kept if self.is_wanted else {**kept, "way": _WITHOUT}

    def restore_all(self, kept: dict[str, object]) -> None:
        """Put a draft back."""
        self.restore({name: value for name, value in kept.items() if name != "way"})
        self.way.put(_WITHOUT if kept.get("way") == _WITHOUT else _SIGN_IN)
        self._show_way()

    def _read_pin(self, pin: str) -> str:
        number = self.phone.number
        return check_pin(pin, USUAL_PIN_LENGTH, phone=number.key if number is not None else "")

    def _way_chosen(self) -> None:
        self._show_way()
        self.clear_problems()
        self.edited.emit()

    def _show_way(self) -> None:
        self.asked.setVisible(self.is_wanted)
        self.without.setVisible(not self.is_wanted)
