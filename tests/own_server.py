"""A PostgreSQL server that a test may stop and start, as a shop's server is: the others keep theirs."""

import os
import pwd
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

ANN, BOB = "ann", "bob"
"""ann needs a password, bob is not let in from this computer."""
PASSWORD = "right"


@dataclass(frozen=True, slots=True)
class OwnServer:
    """A running server; `url` is the address of its superuser's empty database."""

    url: str
    data: Path
    programs: Path

    @classmethod
    def at(cls, url: str) -> "OwnServer":
        """Take over a server that was just started, and give it two more roles."""
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            data = Path(str(connection.execute(text("SHOW data_directory")).scalar()))
            connection.execute(text(f"CREATE ROLE {ANN} LOGIN PASSWORD '{PASSWORD}'"))
            connection.execute(text(f"CREATE ROLE {BOB} LOGIN"))
        engine.dispose()
        [command] = shlex.split((data / "postmaster.opts").read_text())[:1]
        server = cls(url, data, Path(command).parent)
        server.stop()
        rules = data / "pg_hba.conf"
        doors = f"host all {ANN} 127.0.0.1/32 scram-sha-256\nhost all {BOB} 127.0.0.1/32 reject\n"
        rules.write_text(doors + rules.read_text())
        server.start()
        return server

    def stop(self) -> None:
        """Shut it down at once, as for a restart: whoever is connected is cut off."""
        self._control("stop", "-m", "fast")

    def start(self) -> None:
        """Start it again, with the settings it had, and wait until it answers."""
        _, *options = shlex.split((self.data / "postmaster.opts").read_text())
        options = options[options.index(str(self.data)) + 1 :] if str(self.data) in options else options
        self._control("start", "-l", str(self.data / "own.log"), "-o", shlex.join(options))

    def address(self, **parts: Any) -> str:
        """The address with another user, password, port or database."""
        return make_url(self.url).set(**parts).render_as_string(hide_password=False)

    def _control(self, *words: str) -> None:
        command = [str(self.programs / "pg_ctl"), "-D", str(self.data), "-w", *words]
        user: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwuid(self.data.stat().st_uid)
            user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **user)
