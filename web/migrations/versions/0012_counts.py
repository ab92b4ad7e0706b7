"""Counts of modules and of what was asked in vain, and forecasts

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "module_count",
        sa.Column("module_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("edition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("module_id", "day", "event", "edition_id", name=op.f("pk_module_count")),
    )
    with op.batch_alter_table("module_count", schema=None) as batch_op:
        batch_op.create_index("ix_module_count_day", ["day"], unique=False)
    op.create_table(
        "vain_count",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("vain", sa.String(length=24), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("theme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sector", sa.String(length=8), nullable=False),
        sa.Column("skill_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occupation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("visitors", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week", "vain", "region", "theme_id", "sector", "skill_id", "occupation_id", name=op.f("pk_vain_count")),
    )
    op.create_table(
        "forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("source_url", sa.String(length=500), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("horizon_year", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=24), nullable=False),
        sa.Column("confidence", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_forecast_skill_id_skill"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
    )
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forecast_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_forecast_skill_id"), ["skill_id"], unique=False)


def downgrade() -> None:
    op.drop_table("forecast")
    op.drop_table("vain_count")
    op.drop_table("module_count")
