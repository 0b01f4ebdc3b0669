"""What a shop sees every day: kinds of devices, usual faults, and what is left with them."""

from posapp.domain.repairs.devices import DeviceKind
from posapp.ui.wording import translator

_tr = translator("Intake")

K = DeviceKind
ICONS = {
    K.PHONE: "smartphone",
    K.TABLET: "tablet",
    K.LAPTOP: "laptop",
    K.DESKTOP: "monitor",
    K.CONSOLE: "gamepad-2",
    K.WATCH: "watch",
    K.OTHER: "ellipsis",
}


def kind_words(kind: DeviceKind) -> str:
    """What the tile of that kind says."""
    return {
        K.PHONE: _tr("Phone"),
        K.TABLET: _tr("Tablet"),
        K.LAPTOP: _tr("Laptop"),
        K.DESKTOP: _tr("Desktop"),
        K.CONSOLE: _tr("Console"),
        K.WATCH: _tr("Watch"),
        K.OTHER: _tr("Other"),
    }[kind]


def usual_faults(kind: DeviceKind) -> list[str]:
    """Faults that come every day, the commonest first."""
    held = [
        _tr("Cracked screen"),
        _tr("Touch fails"),
        _tr("Battery"),
        _tr("Charging port"),
        _tr("Camera"),
        _tr("Liquid"),
        _tr("No power"),
    ]
    computer = [
        _tr("No power"),
        _tr("Cracked screen"),
        _tr("Keyboard"),
        _tr("Battery"),
        _tr("Liquid"),
        _tr("Slow"),
        _tr("Noise"),
    ]
    return {
        K.PHONE: held,
        K.TABLET: held,
        K.LAPTOP: computer,
        K.DESKTOP: [_tr("No power"), _tr("No picture"), _tr("Slow"), _tr("Noise"), _tr("Network")],
        K.CONSOLE: [
            _tr("No picture"),
            _tr("No power"),
            _tr("Disc drive"),
            _tr("Controller"),
            _tr("Overheats"),
        ],
        K.WATCH: [_tr("Cracked glass"), _tr("Battery"), _tr("Buttons"), _tr("Strap"), _tr("Liquid")],
        K.OTHER: [_tr("No power"), _tr("Noise"), _tr("Broken part")],
    }[kind]


def usually_left(kind: DeviceKind) -> list[str]:
    """What customers leave with such a device."""
    return {
        K.PHONE: [_tr("Case"), _tr("SIM"), _tr("Memory card"), _tr("Charger"), _tr("Box")],
        K.TABLET: [_tr("Case"), _tr("SIM"), _tr("Pen"), _tr("Charger"), _tr("Box")],
        K.LAPTOP: [_tr("Charger"), _tr("Bag"), _tr("Mouse"), _tr("Memory stick")],
        K.DESKTOP: [_tr("Power cable"), _tr("Keyboard"), _tr("Mouse"), _tr("Memory stick")],
        K.CONSOLE: [_tr("Controller"), _tr("Power cable"), _tr("Game"), _tr("Box")],
        K.WATCH: [_tr("Strap"), _tr("Charger"), _tr("Box")],
        K.OTHER: [_tr("Charger"), _tr("Bag"), _tr("Box")],
    }[kind]


def why_no_serial() -> list[str]:
    """Usual reasons why no serial stands on the ticket."""
    return [_tr("Does not start"), _tr("Label worn off"), _tr("Read later on the bench")]
