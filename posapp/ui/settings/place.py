"""Where the open shop lies: for people, and for a command that works on the same database."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posapp.services.desks import Shop


def child_place(shop: "Shop") -> str:
    """The path or address with everything that is needed to open it, password included."""
    return shown_place(shop, hide_password=False)


def shown_place(shop: "Shop", *, hide_password: bool = True) -> str:
    """The same without the password."""
    database = shop.store.database
    file = database.file
    return str(file) if file is not None else database.url.render_as_string(hide_password=hide_password)
