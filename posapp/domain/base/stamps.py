"""Who made a record and when, who changed it last and when: what every record of a shop carries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamps:
    """Who made a record and when, who changed it last and when, and how often (`version`)."""

    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    version: int = 1
