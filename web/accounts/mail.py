"""Delivers a letter: to a mail server, or without one into a folder where it can be opened."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from web.settings import Settings

TIMEOUT_SECONDS = 20
_STAMP = "%Y%m%d-%H%M%S"
"""The moment of sending begins a letter's file name, in UTC, so that names sort by age."""


class MailNotSafe(ConnectionError):
    """The mail server wants a password, but offers no encryption to send it over."""


def deliver(settings: Settings, payload: Mapping[str, Any], now: datetime) -> None:
    """Sends one letter. Sending it again is the same letter: its id stays, and so does its file.

    Args:
        settings: `smtp_url`, `mail_from` and `instance_dir` count.
        payload: `id`, `to`, `subject` and `text`, all str; `unsubscribe`, the address of RFC 8058, where one click stops such letters.
        now: the letter's date.

    Raises:
        OSError, smtplib.SMTPException: the server is not there or refuses; the job is tried again.
        ValueError: an address or subject that would add a line to the head of the letter.
    """
    message = letter(settings.mail_from, payload, now)
    if url := settings.smtp_url.get_secret_value():
        _send(url, message)
    else:
        message.set_content(payload["text"], cte="8bit")  # whoever opens the file reads whole lines
        _keep(settings.instance_dir, payload["to"], payload["id"], now, message)


def letter(sender: str, payload: Mapping[str, Any], now: datetime) -> EmailMessage:
    """The letter as it goes over the line. Raises ValueError for line breaks in its head."""
    message = EmailMessage(policy=SMTP)
    from_address, to_address = Address(addr_spec=sender), Address(addr_spec=payload["to"])
    message["From"], message["To"] = Address("Leerwijzer", addr_spec=str(from_address)), to_address
    message["Subject"], message["Date"] = payload["subject"], now
    message["Message-ID"] = f"<{payload['id']}@{from_address.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if address := payload.get("unsubscribe"):
        message["List-Unsubscribe"], message["List-Unsubscribe-Post"] = f"<{address}>", "List-Unsubscribe=One-Click"
    message.set_content(payload["text"])
    return message


def letters_to(instance_dir: Path, email: str) -> Iterator[Path]:
    """The letters to somebody in the folder."""
    return mail_folder(instance_dir).glob(f"*-{_short_hash(email)}-*.eml")


def letters_by_id(instance_dir: Path, letter_id: str) -> Iterator[Path]:
    """The file of one letter in the folder; none where it went to a mail server, or waits."""
    return mail_folder(instance_dir).glob(f"*-{letter_id}.eml")


def forget_old_letters(instance_dir: Path, before: datetime) -> None:
    """Deletes the letters in the folder that were sent before a moment: their links work no more."""
    for path in mail_folder(instance_dir).glob("*.eml"):
        if path.name < f"{before:{_STAMP}}":
            path.unlink(missing_ok=True)


def mail_folder(instance_dir: Path) -> Path:
    """Where letters are kept when there is no mail server."""
    return instance_dir / "mail"


def _keep(instance_dir: Path, to: str, letter_id: str, now: datetime, message: EmailMessage) -> None:
    folder = mail_folder(instance_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{now:{_STAMP}}-{_short_hash(to)}-{letter_id}.eml"
    for earlier in letters_by_id(instance_dir, letter_id):
        earlier.unlink()
    path.write_bytes(message.as_bytes())
    path.chmod(0o600)


def _send(url: str, message: EmailMessage) -> None:
    server = urlsplit(url)
    context = ssl.create_default_context()
    host = server.hostname or "localhost"
    if server.scheme == "smtps":
        line: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        line = smtplib.SMTP(host, server.port or 25, timeout=TIMEOUT_SECONDS)
    with line:
        line.ehlo()
        is_safe = server.scheme == "smtps"
        if not is_safe and line.has_extn("starttls"):
            line.starttls(context=context)
            is_safe = True
        if server.username:
            if not is_safe:
                raise MailNotSafe(f"{host} offers no encryption")
            line.login(unquote(server.username), unquote(server.password or ""))
        line.send_message(message)


def _short_hash(email: str) -> str:
    return hashlib.sha256(email.lower().encode()).hexdigest()[:16]
