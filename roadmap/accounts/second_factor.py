"""Time codes and spare codes; the shared secret is kept sealed under a key drawn from the application's."""

import base64
import hashlib
import secrets
from datetime import datetime
from hmac import compare_digest

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from markupsafe import Markup

from roadmap.accounts.keys import digest

STEP = 30
SPARE_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Vault:
    """Seals and opens secrets of the second factor."""

    def __init__(self, secret_key: str) -> None:
        key = hashlib.sha256(b"second factor" + secret_key.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret; "" where the seal is not ours."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeError):
            return ""


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """The otpauth address that an authenticator application reads."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="SolidAction"))


def picture_of(address: str) -> Markup:
    """The address as a QR code: inline SVG without style, so that it shows under the strict policy."""
    svg = segno.make(address, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(svg)  # noqa: S704  made by the library from an address that holds no markup


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute for which the six digits are right, one either side allowed; None where they are wrong."""
    if not secret:
        return None
    present = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def tidy(code: str) -> str:
    """A code as typed, without blanks and dashes."""
    return "".join(character for character in code.casefold() if character.isalnum())


def new_spare_codes() -> list[str]:
    """Ten codes for the day the device is lost, to be shown once."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
        for _ in range(SPARE_CODES)
    ]


def spare_digest(account: int, code: str) -> str:
    """What is stored of a spare code."""
    return digest(f"{account}:{tidy(code)}")
