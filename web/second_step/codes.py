"""Codes of an app (RFC 6238: six digits, every half minute another) and recovery codes. Nothing here asks the database.

No key is stored. It follows from a random seed beside the account and this site's `SECRET_KEY`: who steals the database alone can make no
code. With another `SECRET_KEY` the codes of all apps stop fitting; recovery codes go on working.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from flask import current_app

from web.qr import qr_code

ISSUER = "Leerwijzer"
STEP_SECONDS = 30
DRIFT_STEPS = 1
"""A clock may be wrong by so many steps, and typing may take as long."""

RECOVERY_CODES = 8
RECOVERY_GROUPS, GROUP_CHARS = 4, 4
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs that nobody mistakes for each other: 16 of them are 80 bits, too many to try even for who has the hashes."""


def new_seed() -> str:
    """A random seed for a key."""
    return secrets.token_hex(32)


def key_of(seed: str) -> str:
    """The key behind a seed, in base32 as apps take it: 160 bits, 32 signs."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return base64.b32encode(hmac.new(secret, f"second step {seed}".encode(), hashlib.sha256).digest()[:20]).decode()


def matching_step(seed: str, typed: str, now: datetime, after: int = -1) -> int | None:
    """The number of the half minute whose code was typed; None when it is wrong.

    Args:
        seed: of the account.
        typed: as somebody typed it; spaces do not count.
        now: the moment of asking.
        after: codes up to and including this half minute were used, and are wrong.
    """
    code, app = "".join(typed.split()), pyotp.TOTP(key_of(seed), interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    near = range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1)
    right = [step for step in near if hmac.compare_digest(app.generate_otp(step).encode(), code.encode())]
    return next((step for step in right if step > after), None)


def address_for_app(seed: str, email: str) -> str:
    """What the picture tells an app: `otpauth://...`."""
    return pyotp.TOTP(key_of(seed), interval=STEP_SECONDS, name=email, issuer=ISSUER).provisioning_uri()


def picture_for_app(seed: str, email: str) -> str:
    """The QR code of that address."""
    return qr_code(address_for_app(seed, email))


def grouped(key: str) -> str:
    """A key in groups of four, to type over."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def new_recovery_codes() -> list[str]:
    """Fresh codes, each like "7KQ2-M9XA-..."."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(GROUP_CHARS)) for _ in range(RECOVERY_CODES * RECOVERY_GROUPS))
    return ["-".join(next(groups) for _ in range(RECOVERY_GROUPS)) for _ in range(RECOVERY_CODES)]


def hash_of_recovery(typed: str) -> str:
    """What the database holds of a recovery code; spaces, dashes and small letters do not count."""
    return hashlib.sha256("".join(filter(str.isalnum, typed.upper())).encode()).hexdigest()
