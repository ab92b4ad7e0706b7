"""Guidance in a dossier: intake, the shared list, claims of what was learned before, reports and files

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

VERDICT = sa.Enum("maybe", "pinned", "rejected", name="verdict", native_enum=False, length=24)
PROOF = sa.Enum("work", "diploma", "course", "product", "volunteering", "reference", name="proof", native_enum=False, length=24)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "dossier_intake",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("talk", sa.JSON(), nullable=False),
        sa.Column("paths", sa.JSON(), nullable=False),
        sa.Column("compared", sa.JSON(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _of_dossier("dossier_intake"),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_dossier_intake")),
    )
    _table(
        "dossier_choice",
        sa.Column("module", sa.String(length=36), nullable=False),
        sa.Column("verdict", VERDICT, nullable=False),
        sa.Column("reason_for", sa.Text(), nullable=False),
        sa.Column("reason_against", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("dossier_id", "module", name=op.f("uq_dossier_choice_dossier_id")),
    )
    _table(
        "dossier_choice_change",
        sa.Column("module", sa.String(length=36), nullable=False),
        sa.Column("moment", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("change", sa.String(length=24), nullable=False),
    )
    _table(
        "dossier_claim",
        sa.Column("skill", sa.String(length=36), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("proof", PROOF, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.UniqueConstraint("dossier_id", "skill", name=op.f("uq_dossier_claim_dossier_id")),
    )
    _table(
        "dossier_report",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_dossier_report_dossier_id")),
    )
    _table(
        "dossier_file",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_dossier_file_uid")),
    )
    op.add_column("consent", sa.Column("longer_until", sa.Date(), nullable=True))
    op.add_column("consent", sa.Column("longer_asked_at", MOMENT, nullable=True))


def _of_dossier(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f(f"fk_{table}_dossier_id_dossier"), ondelete="CASCADE")


def _table(name: str, *parts: sa.Column[object] | sa.UniqueConstraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        *parts,
        _of_dossier(name),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_dossier_id"), name, ["dossier_id"])


def downgrade() -> None:
    for column in ("longer_asked_at", "longer_until"):
        op.drop_column("consent", column)
    for table in ("dossier_file", "dossier_report", "dossier_claim", "dossier_choice_change", "dossier_choice", "dossier_intake"):
        op.drop_table(table)
