"""Runs the kiosk on a shop that is open already."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from posapp import paths
from posapp.domain.base.actor import Actor, Permission
from posapp.services.people.sign_in import kiosk_actor
from posapp.ui.background import Lanes
from posapp.ui.crash_dialog import CrashHook
from posapp.ui.kiosk.presenter import KioskPresenter, Place
from posapp.ui.kiosk.window import KioskWindow
from posapp.ui.start.application import make_application
from posapp.ui.start.collector import Collector
from posapp.ui.start.ending import Ending
from posapp.ui.theme import Theme

if TYPE_CHECKING:
    from posapp.services.desks import Shop
    from posapp.till_settings import TillSettings

log = logging.getLogger(__name__)


class KioskHook(CrashHook):
    """What nobody expected is logged; the page begins anew instead of showing anything of the computer."""

    window: KioskWindow

    def _show(self, details: str) -> None:
        self.window.went_wrong()


def kiosk_of(actor: Actor) -> Actor:
    """The kiosk itself, opened by somebody who may serve it: it may let customers in, and nothing else.

    This is the one place where it is decided who may open a kiosk.
    """
    actor.require(Permission.KIOSK_SERVE)
    return kiosk_actor(actor.business, actor.till)


def run_kiosk(shop: "Shop", actor: Actor, till: "TillSettings") -> int:
    """Show the kiosk until somebody of the shop closes it; its exit status."""
    place = Place(shop, kiosk_of(actor), shop.businesses.get(actor))
    app = make_application()
    theme = Theme(choice=till.theme, scale=till.ui_scale, touch=True)
    theme.apply(app)
    lanes = Lanes()
    window = KioskWindow(KioskPresenter(place, lanes))
    hook = _watched(window)
    Ending(app, window, window.end)
    Collector(window)
    if QApplication.platformName() == "offscreen":
        window.show()
    else:
        window.showFullScreen()
    status = app.exec()
    hook.uninstall()
    lanes.close()
    return status


def _watched(window: KioskWindow) -> KioskHook:
    try:
        hook = KioskHook(paths.log_dir(), window=window)
    except OSError:
        hook = KioskHook(window=window)
    hook.window = window
    hook.install()
    return hook
