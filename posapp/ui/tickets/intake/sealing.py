"""What of an intake may touch the disk: its passcodes sealed, its technician by name."""

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from posapp import paths
from posapp.domain.base.errors import EnvironmentFault
from posapp.services.base.passcodes import Passcodes

if TYPE_CHECKING:
    from posapp.ui.session import Session

_CONTEXT = "draft"


class Sealing:
    """Both ways, for `KeptForms`: a key may mean somebody else in a restored shop, a name does not."""

    def __init__(self, session: "Session") -> None:
        self._session, self._passcodes = session, Passcodes(paths.data_dir())

    def seal(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """For the disk."""
        names = self._names()
        devices = [
            {
                **device,
                "passcode": "",
                "sealed": self._sealed(str(device.get("passcode") or "")),
                "technician_name": names.get(device.get("technician") or 0, ""),
            }
            for device in values["devices"]
        ]
        return {**values, "devices": devices}

    def unseal(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """From the disk, without what cannot be opened, and without who is not here by that name."""
        names, found = self._names(), values.get("devices")
        devices = [dict(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        for device in devices:
            device["passcode"] = self._opened(str(device.pop("sealed", "") or ""))
            name = device.pop("technician_name", "")
            if not name or names.get(int(device.get("technician") or 0)) != name:
                device["technician"] = None
        return {**values, "devices": devices}

    def _names(self) -> dict[int, str]:
        return {one.id: one.name for one in self._session.catalogue.resources}

    def _sealed(self, passcode: str) -> str:
        return base64.b64encode(self._passcodes.seal(passcode, _CONTEXT)).decode() if passcode else ""

    def _opened(self, sealed: str) -> str:
        try:
            return self._passcodes.open(base64.b64decode(sealed), _CONTEXT) if sealed else ""
        except (ValueError, EnvironmentFault):
            return ""  # its key is gone; the clerk asks the customer again
