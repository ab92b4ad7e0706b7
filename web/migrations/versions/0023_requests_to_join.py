"""Requests of organisations that want to offer modules

Revision ID: 0023
Revises: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

KIND = sa.Enum("mbo", "hbo", "wo", "company", "private", name="organisationkind", native_enum=False, length=24)
ANSWER = sa.Enum("accepted", "declined", name="answer", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("kvk", sa.String(length=8), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", ANSWER, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_join_request_organisation_id_organisation"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_join_request_token_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_join_request_uid")),
    )
    op.create_index(op.f("ix_join_request_email"), "join_request", ["email"])


def downgrade() -> None:
    op.drop_table("join_request")
