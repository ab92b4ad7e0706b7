"""Which file or feed a change of a module came with

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

WAY = sa.Enum("hand", "file", "feed", name="way", native_enum=False, length=24)


def upgrade() -> None:
    # Columns are added one by one and no table is made anew: SQLite would empty the tables that refer to it.
    op.add_column("revision", sa.Column("way", WAY, nullable=False, server_default="hand"))
    op.add_column("revision", sa.Column("before", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "feed_revision",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_revision_feed_id_feed"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_feed_revision_revision_id_revision"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_feed_revision")),
    )
    op.create_index(op.f("ix_feed_revision_feed_id"), "feed_revision", ["feed_id"], unique=False)
    op.add_column("next_version", sa.Column("overtaken", sa.JSON(), nullable=False, server_default="[]"))
    # Until now only people and feeds took steps, and a person's bears a name.
    op.execute("UPDATE revision SET way = 'feed' WHERE status = 'withdrawn' AND id NOT IN (SELECT revision_id FROM revision_author)")


def downgrade() -> None:
    op.drop_column("next_version", "overtaken")
    op.drop_table("feed_revision")
    op.drop_column("revision", "before")
    op.drop_column("revision", "way")
