"""Modules with several owners, with an origin, and merged; central teams of hubs

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


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
    op.create_table(
        "near_pair",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["module.id"], name=op.f("fk_near_pair_first_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_id"], ["module.id"], name=op.f("fk_near_pair_second_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_near_pair")),
    )
    with op.batch_alter_table("near_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_near_pair_second_id"), ["second_id"], unique=False)
    op.create_table(
        "settled_pair",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_settled_pair_organisation_id_organisation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["first_id"], ["module.id"], name=op.f("fk_settled_pair_first_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_id"], ["module.id"], name=op.f("fk_settled_pair_second_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organisation_id", "first_id", "second_id", name=op.f("pk_settled_pair")),
    )
    with op.batch_alter_table("settled_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settled_pair_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_settled_pair_second_id"), ["second_id"], unique=False)
    op.create_table(
        "merged_module",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_merged_module_module_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["into_id"], ["module.id"], name=op.f("fk_merged_module_into_id_module"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("module_id", name=op.f("pk_merged_module")),
    )
    with op.batch_alter_table("merged_module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merged_module_into_id"), ["into_id"], unique=False)
    op.create_table(
        "hub_team",
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("is_approving", sa.Boolean(), nullable=False),
        sa.Column("required", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_team_hub_id_hub"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hub_team_organisation_id_organisation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hub_id", name=op.f("pk_hub_team")),
    )
    with op.batch_alter_table("hub_team", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hub_team_organisation_id"), ["organisation_id"], unique=False)
    op.create_table(
        "hub_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_template_hub_id_hub"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub_template")),
        sa.UniqueConstraint("uid", name=op.f("uq_hub_template_uid")),
    )
    with op.batch_alter_table("hub_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hub_template_hub_id"), ["hub_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_approval_module_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_approval_hub_id_hub"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("module_id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_hub_id"), ["hub_id"], unique=False)


def downgrade() -> None:
    op.drop_table("approval")
    op.drop_table("hub_template")
    op.drop_table("hub_team")
    op.drop_table("merged_module")
    op.drop_table("settled_pair")
    op.drop_table("near_pair")
    op.drop_table("module_origin")
    op.drop_table("module_owner")
