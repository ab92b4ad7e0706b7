"""What a theme is about, in English too

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("theme", sa.Column("summary_en", sa.String(length=300), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("theme", "summary_en")
