"""Feeds: addresses where an organisation keeps its modules, for us to fetch now and then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.organisation import Organisation


class Feed(Base):
    """An address that is fetched every so many hours, and how that went.

    The columns of its file are understood as in every import of the organisation (`Organisation.column_mapping`).
    """

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("organisation_id", "url", name="uq_feed_organisation_url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(2048))
    file_format: Mapped[str] = mapped_column(String(8))
    """A `catalogue.exchange.feeds.FeedKind`."""
    every_hours: Mapped[int]
    is_publishing: Mapped[bool]
    """Whether its modules go online, or wait as drafts."""
    most_gone_percent: Mapped[int]
    """When a larger share of its modules is gone all at once, nothing is changed."""
    created_at: Mapped[datetime]

    etag: Mapped[str] = mapped_column(String(500), default="")
    last_modified: Mapped[str] = mapped_column(String(100), default="")
    next_at: Mapped[datetime] = mapped_column(index=True)
    claimed_until: Mapped[datetime | None]
    """A worker is at it until then."""
    tried_at: Mapped[datetime | None]
    good_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    """In a row; a try that has begun counts until it ends well."""
    problem: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What went wrong last: see `catalogue.exchange.feed_problems`; empty when nothing did."""
    difference: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the last file that was read would change, or did: see `catalogue.exchange.feed_runs`."""
    accepted_gone: Mapped[int] = mapped_column(default=0)
    """So many modules may be gone the next time, whatever their share: somebody said so."""

    organisation: Mapped[Organisation] = relationship()


class FeedModule(Base):
    """A module that a feed brought when it was last read."""

    __tablename__ = "feed_module"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id", ondelete="CASCADE"), primary_key=True, index=True)


class FeedRevision(Base):
    """A change of a module that came with a feed."""

    __tablename__ = "feed_revision"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"), index=True)
