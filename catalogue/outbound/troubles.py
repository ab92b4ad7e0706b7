"""What can go wrong when another site is asked: codes and values. `web` makes sentences of them."""

from __future__ import annotations

from enum import StrEnum

MOST_VALUE_CHARS = 200


class Trouble(StrEnum):
    """Why nothing was fetched."""

    ADDRESS_NOT_ALLOWED = "address-not-allowed"
    HOST_NOT_ALLOWED = "host-not-allowed"
    HOST_UNKNOWN = "host-unknown"
    NOT_PUBLIC = "not-public"
    NOT_REACHED = "not-reached"
    CERTIFICATE = "certificate"
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-large"
    CUT_OFF = "cut-off"
    NO_LENGTH = "no-length"
    PACKED_WRONG = "packed-wrong"
    NOT_HTTP = "not-http"
    REDIRECTS = "redirects"
    WEB_PAGE = "web-page"
    BUSY = "busy"
    STATUS = "status"


class OutboundFailed(Exception):
    """Nothing was fetched.

    Attributes:
        trouble: why.
        value: what it is about: an address, a host, a status or a limit.
        retry_after: what the other site says about trying again, as it writes it; "" where it says nothing.
    """

    def __init__(self, trouble: Trouble, value: str = "", retry_after: str = "") -> None:
        super().__init__(f"{trouble}: {value}" if value else trouble)
        self.trouble, self.value, self.retry_after = trouble, value[:MOST_VALUE_CHARS], retry_after
