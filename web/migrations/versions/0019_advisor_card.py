"""What advisors are called by their clients, who wrote a claim of what was learned before, and the links with which clients agreed

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "advisor_card",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_advisor_card_account_id_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_advisor_card")),
    )
    op.add_column("dossier_claim", sa.Column("written_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("dossier_claim", sa.Column("actor", sa.String(length=36), nullable=True))
    op.add_column("dossier", sa.Column("asked_hash", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_dossier_asked_hash"), "dossier", ["asked_hash"])


def downgrade() -> None:
    op.drop_index(op.f("ix_dossier_asked_hash"), "dossier")
    op.drop_column("dossier", "asked_hash")
    for column in ("actor", "written_at"):
        op.drop_column("dossier_claim", column)
    op.drop_table("advisor_card")
