"""Modules with several owners, and with an origin

Revision ID: 0014
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "module_owner",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_module_owner_module_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_module_owner_organisation_id_organisation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("module_id", "organisation_id", name=op.f("pk_module_owner")),
    )
    with op.batch_alter_table("module_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_owner_organisation_id"), ["organisation_id"], unique=False)
    op.create_table(
        "module_origin",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_module_origin_module_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_id"], ["module.id"], name=op.f("fk_module_origin_origin_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("module_id", name=op.f("pk_module_origin")),
    )
    with op.batch_alter_table("module_origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_origin_origin_id"), ["origin_id"], unique=False)


def downgrade() -> None:
    op.drop_table("module_origin")
    op.drop_table("module_owner")
