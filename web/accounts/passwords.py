"""Passwords: which are allowed, hashing, checking.

Long is what counts: no rules about digits or signs. Refused are those that are guessed first: one common word with some signs around
it, rows of keys, repetitions, and one's own address. Common words come from the word frequencies that the search uses as well.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from flask import current_app
from flask_security import hash_password, verify_password
from sqlalchemy.orm import Session
from wordfreq import zipf_frequency

from web.accounts.models import Account
from web.accounts.people import account_by_email

MIN_CHARS, MAX_CHARS = 8, 128
FEWEST_DIFFERENT = 5
COMMON_ZIPF = 3.0
"""Words that occur at least once in a million: some 30,000 in each language."""
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "1qaz2wsx3edc4rfv")
SITE_WORDS = frozenset({"leerwijzer", "wachtwoord", "password", "qwerty", "welkom", "welcome", "admin", "beheerder", "letmein"})
LOOKALIKES = str.maketrans("01345@$!7", "oieasasit")


class Fault(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    OWN_ADDRESS = "own_address"


def fault(password: str, email: str) -> Fault | None:
    """Why this password is refused for the owner of `email`; None when it is good."""
    text = normalised(password).lower()
    if len(text) < MIN_CHARS:
        return Fault.SHORT
    if len(text) > MAX_CHARS:
        return Fault.LONG
    name = email.lower().partition("@")[0]
    if text in email.lower() or (len(name) > 3 and name in text and len(text) - len(name) < MIN_CHARS):
        return Fault.OWN_ADDRESS
    return Fault.COMMON if _is_guessed_first(text) else None


def normalised(password: str) -> str:
    """The same signs, however a keyboard makes them."""
    found: str = current_app.extensions["security"].password_util.normalize(password)
    return found


def hashed(password: str) -> str:
    """An argon2 hash to keep."""
    found: str = hash_password(normalised(password))
    return found


def is_right(password: str, account: Account | None) -> bool:
    """Whether this is the account's password. Takes as long for an account that does not exist or has none."""
    known = account.password if account is not None and account.active else None
    is_same: bool = verify_password(normalised(password[:MAX_CHARS]), known or _nobodys())
    return is_same and known is not None


def account_with(session: Session, email: str, password: str) -> Account | None:
    """The account that has this e-mail address and this password."""
    account = account_by_email(session, email)
    return account if is_right(password, account) else None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return hashed("the password of nobody")


def _is_guessed_first(text: str) -> bool:
    if len(set(text)) < FEWEST_DIFFERENT or any(text in 3 * row or text in 3 * row[::-1] for row in ROWS):
        return True
    core = text.strip("0123456789!@#$%^&*()-_=+.,?/ ")
    return any(
        not core or core in SITE_WORDS or (core.isalpha() and any(zipf_frequency(core, code) >= COMMON_ZIPF for code in ("nl", "en")))
        for core in (core, core.translate(LOOKALIKES))
    )
