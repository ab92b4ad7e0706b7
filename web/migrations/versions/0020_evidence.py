"""Several pieces of evidence for a claim of what was learned before

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

PROOF = sa.Enum("work", "diploma", "course", "product", "volunteering", "reference", name="proof", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "dossier_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("proof", PROOF, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["dossier_claim.id"], name=op.f("fk_dossier_evidence_claim_id_dossier_claim"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_evidence")),
    )
    op.create_index(op.f("ix_dossier_evidence_claim_id"), "dossier_evidence", ["claim_id"])
    op.execute("INSERT INTO dossier_evidence (claim_id, proof, year, text) SELECT id, proof, year, text FROM dossier_claim")
    for column in ("proof", "year", "text"):
        op.drop_column("dossier_claim", column)


def downgrade() -> None:
    """Keeps of each claim the first piece of evidence."""
    op.add_column("dossier_claim", sa.Column("proof", PROOF, nullable=False, server_default="work"))
    op.add_column("dossier_claim", sa.Column("year", sa.Integer(), nullable=True))
    op.add_column("dossier_claim", sa.Column("text", sa.Text(), nullable=False, server_default=""))
    for column in ("proof", "year", "text"):
        first = "SELECT min(id) FROM dossier_evidence WHERE claim_id = dossier_claim.id"
        op.execute(f"UPDATE dossier_claim SET {column} = (SELECT {column} FROM dossier_evidence WHERE id = ({first}))")  # noqa: S608 - own names
    op.drop_table("dossier_evidence")
