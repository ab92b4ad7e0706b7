"""What a badge or microcredential says about its module

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


NAMES = ("assessment_form", "is_supervised", "is_identity_checked", "is_stackable", "quality_mark", "quality_url")


def upgrade() -> None:
    # Each column is added by itself: a table that is made anew would take its editions and skills along when the old one is dropped.
    forms = sa.Enum("test", "practice", "portfolio", "prior-learning", "unknown", name="assessmentform", native_enum=False, length=24)
    for column in (
        sa.Column("assessment_form", forms, nullable=False, server_default="unknown"),
        sa.Column("is_supervised", sa.Boolean(), nullable=True),
        sa.Column("is_identity_checked", sa.Boolean(), nullable=True),
        sa.Column("is_stackable", sa.Boolean(), nullable=True),
        sa.Column("quality_mark", sa.String(length=160), nullable=False, server_default=""),
        sa.Column("quality_url", sa.String(length=500), nullable=False, server_default=""),
    ):
        op.add_column("module", column)


def downgrade() -> None:
    for name in NAMES:
        op.drop_column("module", name)
