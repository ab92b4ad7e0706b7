"""What can be wrong with a file that somebody brings: one error that says where, and why as a code."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a badge or a passport file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    NOT_A_BADGE = "not_a_badge"
    ONLY_A_DESCRIPTION = "only_a_description"
    ONLY_AN_ADDRESS = "only_an_address"
    MISSING = "missing"
    NOT_AN_OBJECT = "not_an_object"
    NOT_A_DATE = "not_a_date"
    PICTURE_BROKEN = "picture_broken"
    PICTURE_WITHOUT_BADGE = "picture_without_badge"
    UNSAFE = "unsafe"
    BAD_TOKEN = "bad_token"  # noqa: S105 - a code, no secret
    BAD_KEY = "bad_key"
    BAD_VALUE = "bad_value"
    TOO_MANY = "too_many"


class Unreadable(ValueError):
    """A file cannot be read; `field` names the place in it, with dots ("badge.name"), "" for the file as a whole."""

    def __init__(self, reason: Reason, field: str = "") -> None:
        super().__init__(f"{field or 'file'}: {reason}")
        self.reason, self.field = reason, field
