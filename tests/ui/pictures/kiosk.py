"""The pages of the kiosk, drawn by touches on the same shop."""

from pathlib import Path

from tests.ui.pictures.artist import Artist


def draw_kiosk(place: Path, folder: Path, size: str, only: str) -> None:
    """Nobody, then the shop's first customer on every page; nothing for a checkout without a kiosk."""
    try:
        from posapp.ui.kiosk.presenter import KioskPresenter, Place
        from posapp.ui.kiosk.program import kiosk_of
        from posapp.ui.kiosk.window import KioskWindow
    except ImportError:
        return
    from posapp.bootstrap import open_shop
    from posapp.ui.background import Lanes

    shop, lanes = open_shop(place), Lanes()
    actor = shop.actor("Till 1")
    at = Place(shop, kiosk_of(actor), shop.businesses.get(actor))
    window = KioskWindow(KioskPresenter(at, lanes))
    window.resize(*map(int, size.split("x")))
    window.show()
    window.activateWindow()
    artist = Artist(window, folder, lambda: lanes.is_busy, only)
    customer = shop.customers.resolve(actor, "PL1").customer
    assert customer.phone is not None
    artist.shot("kiosk-start")
    artist.type(customer.phone.key)
    artist.press("Return")
    artist.type(shop.kiosk.give_code(actor, customer.id))
    for name in ("me", "booking", "order", "history", "arrive", "thanks", "leave"):
        window.go(name)
        artist.shot(f"kiosk-{name}")
    window.end()
    lanes.close()
    shop.close()
