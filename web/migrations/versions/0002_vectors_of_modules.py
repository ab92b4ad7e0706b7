"""Vectors of modules

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "module_vector",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_module_vector_module_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("module_id", name=op.f("pk_module_vector")),
    )
    with op.batch_alter_table("module_vector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_vector_number"), ["number"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("module_vector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_module_vector_number"))

    op.drop_table("module_vector")
