"""Passcodes of devices: encrypted with a key of the shop, shown on demand, never printed.

AES-256 in Galois/Counter Mode (NIST SP 800-38D), a fresh 96-bit nonce before each text, the job's key as
associated data, so that a cipher text moved to another job does not open. The key lies in `passcode.key`
in the data folder, readable by its owner alone; it is in no database and in no backup.
"""

import base64
import secrets
from dataclasses import dataclass
from pathlib import Path

from posapp import files
from posapp.domain.base.errors import DomainError, EnvironmentFault

KEY_BYTES, NONCE_BYTES = 32, 12
LONGEST = 60
_PREFIX = "posapp-passcode-key:"


@dataclass(frozen=True, slots=True)
class Passcodes:
    """The shop's key in a folder; it is made when the first passcode is kept."""

    folder: Path

    @property
    def file(self) -> Path:
        """Where the key lies."""
        return self.folder / "passcode.key"

    def seal(self, passcode: str, context: str) -> bytes:
        """The encrypted form of a passcode for one job or draft."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._key(make=True)).encrypt(nonce, passcode.encode(), context.encode())

    def open(self, sealed: bytes, context: str) -> str:
        """The passcode in clear text; refuses with the reason where it cannot be read."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self._key(make=False)
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()).decode()
        except (InvalidTag, ValueError) as error:  # ValueError: what is stored is cut short
            raise EnvironmentFault(
                "passcode_other_key",
                "This passcode was kept with another key. Bring the key of that till: posapp key import.",
            ) from error

    def _key(self, *, make: bool) -> bytes:
        try:
            key = self.file.read_bytes()
        except FileNotFoundError:
            if make:
                return self._made()
            raise EnvironmentFault(
                "passcode_key_missing",
                "This till has no passcode key, so the passcode cannot be shown. Bring the key of a till "
                "that has one: posapp key export there, posapp key import here.",
            ) from None
        except OSError as error:
            raise EnvironmentFault(
                "passcode_key_unread", "The passcode key of this till cannot be read. Check its permissions."
            ) from error
        if len(key) != KEY_BYTES:
            raise EnvironmentFault(
                "passcode_key_damaged",
                "The passcode key of this till is damaged. Import it from another till.",
            )
        return key

    def _made(self) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        self._write(key)
        # Another program may have been quicker: what lies in the file is the key of the shop.
        return self.file.read_bytes()

    def _write(self, key: bytes) -> None:
        try:
            files.make_folder(self.folder)
            files.keep(self.file, key, replace=False)
        except FileExistsError:
            return
        except OSError as error:
            raise EnvironmentFault(
                "passcode_key_unwritten", "The passcode key cannot be kept on this disk. Nothing was saved."
            ) from error

    def export(self) -> str:
        """The key as a line of text that another till can import."""
        return _PREFIX + base64.b32encode(self._key(make=True)).decode().rstrip("=")

    def bring(self, line: str) -> None:
        """Take over the key of another till; refuses while this till has another one."""
        text = line.strip().removeprefix(_PREFIX).upper()
        try:
            key = base64.b32decode(text + "=" * (-len(text) % 8))
        except ValueError as error:
            raise _no_key() from error
        if len(key) != KEY_BYTES:
            raise _no_key()
        if self._holds_other(key):
            raise DomainError(
                "passcode_key_exists",
                "This till already has another passcode key. Move that file away first if it is not needed.",
            )
        self._write(key)

    def _holds_other(self, key: bytes) -> bool:
        """Whether another key lies here; a damaged one is moved aside, for it opens nothing."""
        if not self.file.exists():
            return False
        try:
            return self._key(make=False) != key
        except EnvironmentFault as fault:
            if fault.code != "passcode_key_damaged":
                raise
        self.file.replace(self.file.with_suffix(".damaged"))
        return False


def _no_key() -> DomainError:
    return DomainError("passcode_key_invalid", "This is no passcode key. Export it again on the other till.")


def check_passcode(text: str) -> str:
    """A passcode as typed, or a pattern as digits 1 to 9 with dashes; refuses what no device takes."""
    if len(text) > LONGEST or not text.isprintable():
        raise DomainError("passcode_invalid", "Enter a passcode of at most 60 characters.", field="passcode")
    return text
