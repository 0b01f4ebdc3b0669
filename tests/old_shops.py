"""Shops that older programs wrote (`storage/old_shops`), put where a shop is looked for."""

import gzip
from pathlib import Path

from sqlalchemy import create_engine

STORED = Path(__file__).parent / "storage" / "old_shops"
REVISIONS = sorted(file.name.removesuffix(".db.gz") for file in STORED.glob("*.db.gz"))


def lay_down(place: str, revision: str) -> None:
    """Put a stored shop where a shop is looked for."""
    if "://" not in place:
        Path(place).write_bytes(gzip.decompress((STORED / f"{revision}.db.gz").read_bytes()))
        Path(place).chmod(0o600)
        return
    written = gzip.decompress((STORED / f"{revision}.sql.gz").read_bytes()).decode()
    statements = "\n".join(line for line in written.splitlines() if not line.startswith("\\"))
    engine = create_engine(place, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statements.replace("%", "%%"))
    engine.dispose()
