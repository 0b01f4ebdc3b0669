"""What `verify` asks about the price list of repairs: devices and faults are named, and found so."""

from posapp.domain.base.folding import fold
from posapp.domain.base.money import LIMIT
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.repair_prices import MOST_MINUTES, key_of_device
from posapp.storage.base.verify_base import Asking, Finding, Sift

_KINDS = ", ".join(f"'{one.value}'" for one in DeviceKind)
_ROWS = Sift(
    "repair_price p",
    "p.id",
    (
        ("price {0} is for no kind of device that there is", f"p.kind NOT IN ('', {_KINDS})"),
        ("price {0} names no device", "p.kind = '' AND trim(p.make) = ''"),
        ("price {0} names a model without its make", "p.model <> '' AND trim(p.make) = ''"),
        ("price {0} names no fault", "trim(p.fault) = ''"),
        ("price {0} is out of range", f"p.price_minor NOT BETWEEN 0 AND {LIMIT - 1}"),
        ("price {0} takes no time that there is", f"p.minutes NOT BETWEEN 0 AND {MOST_MINUTES}"),
        ("price {0} was archived in the future", "p.archived_at > {soon}"),
    ),
)


def price_list(asking: Asking) -> Finding:
    """Every price can be asked for, and is found by what it says."""
    found = Finding(asking.count("SELECT count(*) FROM repair_price"))
    asking.put(found, _ROWS)
    for key, make, model, device_key, fault, fault_key in asking.tuples(
        "SELECT id, make, model, device_key, fault, fault_key FROM repair_price"
    ):
        if key_of_device(make, model) != device_key or fold(fault) != fault_key:
            found.blame([f"price {key} is found by another name"])
    return found
