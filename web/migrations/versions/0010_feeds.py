"""Feeds of organisations

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2048), nullable=False),
        sa.Column("file_format", sa.String(length=8), nullable=False),
        sa.Column("every_hours", sa.Integer(), nullable=False),
        sa.Column("is_publishing", sa.Boolean(), nullable=False),
        sa.Column("most_gone_percent", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.String(length=500), nullable=False),
        sa.Column("last_modified", sa.String(length=100), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("good_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=False),
        sa.Column("difference", sa.JSON(), nullable=False),
        sa.Column("accepted_gone", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_feed_organisation_id_organisation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("organisation_id", "url", name="uq_feed_organisation_url"),
    )
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feed_next_at"), ["next_at"], unique=False)
    op.create_table(
        "feed_module",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_module_feed_id_feed"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_feed_module_module_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "module_id", name=op.f("pk_feed_module")),
    )
    with op.batch_alter_table("feed_module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_module_module_id"), ["module_id"], unique=False)


def downgrade() -> None:
    op.drop_table("feed_module")
    op.drop_table("feed")
