#!/usr/bin/env python3
"""Prepare .venv from the hashed lock and check the system libraries that Qt needs.

`make` calls it before each command; without make: `py packaging/bootstrap.py --dev` (Windows) or
`python3 packaging/bootstrap.py --dev`. Standard library only; Linux, macOS and Windows. Where nothing is
missing it ends at once: a stamp in .venv holds the hash of lock, pyproject and Python.

On Linux it loads every shared library that Qt links. What is missing is installed with apt-get when this runs
as root, and otherwise named in one line to copy. POSAPP_NO_APT=1 never installs system packages; --no-system
does not look at them either. Package names are those of Debian 12; newer releases provide the same names.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# shared library -> Debian package; the second part is for a real window, the first for every start
SYSTEM_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing_packages() -> list[str]:
    """The Debian packages whose libraries cannot be loaded."""
    missing = []
    for library, package in SYSTEM_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if importlib.util.find_spec("ensurepip") is None:  # Debian splits it off
        missing.append("python3-venv")
    return missing


def ensure_system_packages() -> None:
    """Install what is missing, or stop and name the command that does."""
    missing = missing_packages() if sys.platform.startswith("linux") else []
    if not missing:
        return
    command = "apt-get install --no-install-recommends " + " ".join(missing)
    may_install = os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get("POSAPP_NO_APT")
    if not may_install:
        sys.exit(
            "posapp needs system packages that this machine lacks. On Debian or Ubuntu run:\n"
            f"  sudo {command}\nThen run the same command again."
        )
    print("Installing system packages that posapp needs:", " ".join(missing), flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        if subprocess.run(
            ["apt-get", *step], env=environment, stdout=subprocess.DEVNULL, check=False
        ).returncode:
            sys.exit(f"That failed. Run it by hand, then try again:\n  {command}")


def lock_file(dev: bool) -> Path:
    """The lock with the tests' tools, or the one without."""
    return ROOT / "packaging" / ("requirements-dev.lock" if dev else "requirements.lock")


def fingerprint(lock: Path) -> str:
    """What the stamp of an up-to-date .venv says."""
    content = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def is_installed(lock: Path) -> bool:
    """Whether .venv holds exactly what `lock` names, as of the last time this ran."""
    stamp = VENV / f".{lock.stem}.stamp"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(lock)


def fits_this_python() -> bool:
    """Whether .venv exists and was made by a Python of the same minor version."""
    settings = VENV / "pyvenv.cfg"
    version = f"version = {sys.version_info.major}.{sys.version_info.minor}."
    return PYTHON.exists() and settings.exists() and version in settings.read_text()


def install(dev: bool) -> None:
    """Fill .venv from the lock; nothing that the lock does not name is ever downloaded."""
    if not fits_this_python():
        print("Setting up .venv (once) ...", flush=True)
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
    lock = lock_file(dev)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    steps = [[*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]]
    if dev:
        steps.append([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    for step in steps:
        if subprocess.run(step, check=False).returncode:
            sys.exit("The Python packages could not be installed. The lines above say why.")
    (VENV / f".{lock.stem}.stamp").write_text(fingerprint(lock))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="also install what the tests need")
    parser.add_argument("--no-system", action="store_true", help="do not check system packages")
    args = parser.parse_args()
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit(f"posapp needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")
    if not args.no_system:
        ensure_system_packages()
    # the tests' lock contains everything that running needs
    if not any(is_installed(lock_file(dev)) for dev in {args.dev, True}):
        install(args.dev)


if __name__ == "__main__":
    main()
