"""Revisions and next versions of modules

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

STATUS = sa.Enum("draft", "in-review", "published", "withdrawn", name="status", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_revision_module_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("module_id", "number", name="uq_revision_module_number"),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_module_id"), ["module_id"], unique=False)
    op.create_table(
        "next_version",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_next_version_module_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("module_id", name=op.f("pk_next_version")),
    )
    op.create_table(
        "revision_author",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_revision_author_account_id_account"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_author_revision_id_revision"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_revision_author")),
    )
    with op.batch_alter_table("revision_author", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_author_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("revision_author")
    op.drop_table("next_version")
    op.drop_table("revision")
