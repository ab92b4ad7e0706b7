"""Files in a dossier. Functions take the session and the dossier and never commit; who calls them writes the entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, undefer

from web.advisor.guidance_model import Attachment
from web.advisor.model import Dossier
from web.fields import clean
from web.passport.evidence import ENDINGS, media_type

MOST_FILES = 20
MOST_NAME_CHARS = 120
_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg")


class FilesFull(ValueError):
    """The dossier holds MOST_FILES files."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is told of a file without reading it."""

    uid: str
    name: str
    media_type: str
    size_bytes: int
    added_at: datetime
    actor: str


def files_of(session: Session, dossier: Dossier) -> Sequence[FileFacts]:
    """The files of a dossier, the newest first, without what is in them."""
    facts = (Attachment.uid, Attachment.name, Attachment.media_type, func.length(Attachment.content), Attachment.added_at, Attachment.actor)
    found = session.execute(select(*facts).where(Attachment.dossier_id == dossier.id).order_by(Attachment.id.desc()))
    return [FileFacts(*row) for row in found]


def file_of(session: Session, dossier: Dossier, uid: str) -> Attachment | None:
    """One file of a dossier with what is in it."""
    which = (Attachment.dossier_id == dossier.id, Attachment.uid == uid)
    return session.scalar(select(Attachment).where(*which).options(undefer(Attachment.content)))


def add_file(session: Session, dossier: Dossier, name: str, content: bytes, actor: str, now: datetime) -> None:
    """Keeps a file under the name that it came with; its ending says what is really in it. Raises FilesFull."""
    count = session.scalar(select(func.count()).select_from(Attachment).where(Attachment.dossier_id == dossier.id)) or 0
    if count >= MOST_FILES:
        raise FilesFull
    kind = media_type(content)
    session.add(Attachment(dossier_id=dossier.id, name=file_name(name, kind), media_type=kind, content=content, added_at=now, actor=actor))


def drop_file(session: Session, dossier: Dossier, uid: str) -> bool:
    """Deletes a file; False where the dossier has no such file."""
    gone = session.execute(delete(Attachment).where(Attachment.dossier_id == dossier.id, Attachment.uid == uid))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def file_name(given: str, kind: str) -> str:
    """A name to show and to save under: no folders, no control characters, and the ending of what is in it.

    Args:
        given: as a browser tells it, perhaps with the folders of somebody's computer.
        kind: the media type.
    """
    ending = f".{ENDINGS[kind]}"
    bare = PurePosixPath(clean(given).replace("\\", "/")).name
    while bare.lower().endswith(_ENDINGS):
        bare = bare.rpartition(".")[0]
    bare = bare.strip(". ")[: MOST_NAME_CHARS - len(ending)]
    return (bare or "bestand") + ending
