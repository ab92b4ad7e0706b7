"""The public address of this site, for links in mail."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import has_request_context, request

from web.wiring import services

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def site_address() -> str:
    """Address without a slash at its end: the setting BASE_URL, else this machine.

    Never the `Host` that a request claims, unless that is this machine itself: somebody who asks for another person's link with a
    forged host would have it sent to his own site.
    """
    settings = services().settings
    if settings.base_url:
        return settings.base_url.rstrip("/")
    if has_request_context() and urlsplit(request.host_url).hostname in LOOPBACK:
        return request.host_url.rstrip("/")
    return f"http://127.0.0.1:{settings.port}"
