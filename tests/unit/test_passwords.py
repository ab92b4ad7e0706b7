"""Which passwords are refused. Hashing is tested with the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import app_in
from web.accounts.passwords import MAX_CHARS, Fault, fault

EMAIL = "fatima.elamrani@example.org"
GOOD = [
    "fiets lamp tuin maan",
    "een warme zomer in Breda",
    "kR7#vqPz",
    "ひらがなのパスワード",
    "aap noot mies wim zus",
    "👩🏽‍🔧 repareert daken",
    "x" * 3 + "qvwzrtplm",
    "Tr1ck-or-Tr33t-2026-Utrecht",
]
COMMON = [
    "password",
    "P@ssw0rd1",
    "wachtwoord123",
    "Welkom01!",
    "voetbal1",
    "sunshine99",
    "aaaaaaaaaa",
    "12345678",
    "87654321",
    "qwertyuiop",
    "leerwijzer2026",
    "abababababab",
    "!!!!!!!!!!!!",
    "zonnebloem",
]


@pytest.fixture(autouse=True)
def _in_app(tmp_path: Path) -> Iterator[None]:
    with app_in(tmp_path).app_context():
        yield


@pytest.mark.parametrize("password", GOOD)
def test_good_ones_pass(password: str) -> None:
    assert fault(password, EMAIL) is None


@pytest.mark.parametrize("password", COMMON)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert fault(password, EMAIL) is Fault.COMMON


def test_length_is_the_only_rule_of_form() -> None:
    assert fault("kR7#vqP", EMAIL) is Fault.SHORT
    assert fault("aap noot mies " * 10, EMAIL) is Fault.LONG
    assert fault(("aap noot mies " * 10)[:MAX_CHARS], EMAIL) is None


@pytest.mark.parametrize("password", [EMAIL, "fatima.elamrani", "Fatima.Elamrani1", "example.org"])
def test_the_own_address_is_refused(password: str) -> None:
    assert fault(password, EMAIL) is Fault.OWN_ADDRESS
