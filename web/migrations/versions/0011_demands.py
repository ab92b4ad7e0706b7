"""Learning demands

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

STATUS = sa.Enum("draft", "open", "picked-up", "answered", "closed", "withdrawn", name="demandstatus", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("company", sa.String(length=160), nullable=False),
        sa.Column("is_company_shown", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("max_km", sa.Integer(), nullable=True),
        sa.Column("is_online_ok", sa.Boolean(), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("budget_cents", sa.Integer(), nullable=True),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_demand_people")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_demand_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["occupation_id"], ["occupation.id"], name=op.f("fk_demand_occupation_id_occupation")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_demand_theme_id_theme")),
        sa.ForeignKeyConstraint(["helper_id"], ["organisation.id"], name=op.f("fk_demand_helper_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
        sa.UniqueConstraint("uid", name=op.f("uq_demand_uid")),
    )
    with op.batch_alter_table("demand", schema=None) as batch_op:
        for column in ("organisation_id", "theme_id", "region", "status", "helper_id"):
            batch_op.create_index(batch_op.f(f"ix_demand_{column}"), [column], unique=False)
    op.create_table(
        "demand_skill",
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level_now", sa.Integer(), nullable=False),
        sa.Column("level_wanted", sa.Integer(), nullable=False),
        sa.CheckConstraint("level_wanted > level_now", name=op.f("ck_demand_skill_levels")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_skill_demand_id_demand"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_demand_skill_skill_id_skill")),
        sa.PrimaryKeyConstraint("demand_id", "skill_id", name=op.f("pk_demand_skill")),
    )
    with op.batch_alter_table("demand_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_skill_skill_id"), ["skill_id"], unique=False)
    op.create_table(
        "demand_answer",
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_answer_demand_id_demand"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_demand_answer_module_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("demand_id", "module_id", name=op.f("pk_demand_answer")),
    )
    with op.batch_alter_table("demand_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_answer_module_id"), ["module_id"], unique=False)
    op.create_table(
        "demand_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("status", STATUS, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_step_demand_id_demand"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_demand_step_organisation_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_step")),
    )
    with op.batch_alter_table("demand_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_step_demand_id"), ["demand_id"], unique=False)
    op.create_table(
        "demand_owner",
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_owner_demand_id_demand"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_demand_owner_account_id_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("demand_id", name=op.f("pk_demand_owner")),
    )
    with op.batch_alter_table("demand_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_owner_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    for table in ("demand_owner", "demand_step", "demand_answer", "demand_skill", "demand"):
        op.drop_table(table)
