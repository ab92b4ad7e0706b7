"""The first schema

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("link_stamp", sa.String(length=32), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
    )
    op.create_table(
        "attempt",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("window_number", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", "window_number", name=op.f("pk_attempt")),
    )
    op.create_table(
        "index_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_change")),
    )
    with op.batch_alter_table("index_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_index_change_module_id"), ["module_id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("unique_key", sa.String(length=120), nullable=True),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=60), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_job_unique_key")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_waiting", ["finished_at", "run_at"], unique=False)

    op.create_table(
        "occupation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("isco", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("description_nl", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("broader_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("uri", sa.String(length=200), nullable=True),
        sa.Column("label_nl", sa.String(length=300), nullable=False),
        sa.Column("label_en", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["broader_id"], ["occupation.id"], name=op.f("fk_occupation_broader_id_occupation"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
        sa.UniqueConstraint("uid", name=op.f("uq_occupation_uid")),
        sa.UniqueConstraint("uri", name=op.f("uq_occupation_uri")),
    )
    with op.batch_alter_table("occupation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occupation_broader_id"), ["broader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_occupation_isco"), ["isco"], unique=False)

    op.create_table(
        "occupation_group",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("uri", sa.String(length=200), nullable=False),
        sa.Column("label_nl", sa.String(length=300), nullable=False),
        sa.Column("label_en", sa.String(length=300), nullable=False),
        sa.Column("broader_code", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_occupation_group")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("slug", name=op.f("uq_place_slug")),
    )
    op.create_table(
        "postcode",
        sa.Column("digits", sa.String(length=4), nullable=False),
        sa.Column("place_name", sa.String(length=80), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("digits", "place_name", name=op.f("pk_postcode")),
    )
    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postcode_place_name"), ["place_name"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=True),
        sa.Column("permissions", sa.UnicodeText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("skill", "knowledge", "group", name="skillkind", native_enum=False, length=24), nullable=False),
        sa.Column("reuse_level", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("description_nl", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("uri", sa.String(length=200), nullable=True),
        sa.Column("label_nl", sa.String(length=300), nullable=False),
        sa.Column("label_en", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("uid", name=op.f("uq_skill_uid")),
        sa.UniqueConstraint("uri", name=op.f("uq_skill_uri")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label_nl", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        sa.Column("summary_nl", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("slug", name=op.f("uq_theme_slug")),
    )
    op.create_table(
        "version",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_version")),
    )
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_account_role_role_id_role"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "role_id", name=op.f("pk_account_role")),
    )
    op.create_table(
        "hub",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("summary_nl", sa.String(length=500), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_hub_place_id_place")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_hub_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hub")),
        sa.UniqueConstraint("slug", name=op.f("uq_hub_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_hub_uid")),
    )
    op.create_table(
        "occupation_alias",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["occupation_id"], ["occupation.id"], name=op.f("fk_occupation_alias_occupation_id_occupation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("occupation_id", "language", "text", name=op.f("pk_occupation_alias")),
    )
    op.create_table(
        "occupation_skill",
        sa.Column("occupation_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("importance", sa.Enum("essential", "optional", name="importance", native_enum=False, length=24), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occupation_id"], ["occupation.id"], name=op.f("fk_occupation_skill_occupation_id_occupation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_occupation_skill_skill_id_skill"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("occupation_id", "skill_id", name=op.f("pk_occupation_skill")),
    )
    with op.batch_alter_table("occupation_skill", schema=None) as batch_op:
        batch_op.create_index("ix_occupation_skill_skill_id", ["skill_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "kind", sa.Enum("mbo", "hbo", "wo", "company", "private", name="organisationkind", native_enum=False, length=24), nullable=False
        ),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("brin", sa.String(length=6), nullable=False),
        sa.Column("kvk", sa.String(length=8), nullable=False),
        sa.Column("column_mapping", sa.JSON(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_organisation_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_uid")),
    )
    op.create_table(
        "skill_alias",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_alias_skill_id_skill"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("skill_id", "language", "text", name=op.f("pk_skill_alias")),
    )
    op.create_table(
        "skill_collection",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_collection_skill_id_skill"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("skill_id", "name", name=op.f("pk_skill_collection")),
    )
    op.create_table(
        "skill_relation",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["skill.id"], name=op.f("fk_skill_relation_other_id_skill"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_skill_relation_skill_id_skill"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("skill_id", "other_id", "kind", name=op.f("pk_skill_relation")),
    )
    with op.batch_alter_table("skill_relation", schema=None) as batch_op:
        batch_op.create_index("ix_skill_relation_other_id", ["other_id"], unique=False)

    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_web_session_account_id_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_session_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "hub_partner",
        sa.Column("hub_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_hub_partner_hub_id_hub"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hub_partner_organisation_id_organisation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hub_id", "organisation_id", name=op.f("pk_hub_partner")),
    )
    op.create_table(
        "membership",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "organisation_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "module",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("entry_text", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "mbo-1",
                "mbo-2",
                "mbo-3",
                "mbo-4",
                "associate-degree",
                "hbo-bachelor",
                "hbo-master",
                "wo-bachelor",
                "wo-master",
                "none",
                name="level",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "module",
                "micro-intervention",
                "cblc",
                "certificate-programme",
                "workshop",
                "e-learning",
                "on-the-job",
                "non-formal",
                name="kind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "credential",
            sa.Enum(
                "diploma",
                "mbo-certificaat",
                "mbo-verklaring",
                "certificate",
                "microcredential",
                "badge",
                "none",
                name="credential",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("workload_hours", sa.Double(), nullable=True),
        sa.Column("load_unit", sa.Enum("hours", "SBU", "EC", name="loadunit", native_enum=False, length=24), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column(
            "status", sa.Enum("draft", "in-review", "published", "withdrawn", name="status", native_enum=False, length=24), nullable=False
        ),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.CheckConstraint("workload_hours >= 0", name=op.f("ck_module_workload_hours")),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.id"], name=op.f("fk_module_hub_id_hub")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_module_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_module_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("organisation_id", "external_id", name="uq_module_organisation_external"),
        sa.UniqueConstraint("slug", name=op.f("uq_module_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_module_uid")),
    )
    with op.batch_alter_table("module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_hub_id"), ["hub_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_module_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_module_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_module_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "stack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "credential",
            sa.Enum(
                "diploma",
                "mbo-certificaat",
                "mbo-verklaring",
                "certificate",
                "microcredential",
                "badge",
                "none",
                name="credential",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_stack_organisation_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stack")),
        sa.UniqueConstraint("slug", name=op.f("uq_stack_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_stack_uid")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column(
            "start_type",
            sa.Enum("fixed", "direct", "agreed", "rolling", "when-enrolled", name="starttype", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("start_every_weeks", sa.Integer(), nullable=True),
        sa.Column("start_when_enrolled", sa.Integer(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column(
            "format", sa.Enum("on-site", "online", "blended", "workplace", name="format", native_enum=False, length=24), nullable=False
        ),
        sa.Column("day_parts", sa.JSON(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("minimum_group", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_edition_price")),
        sa.CheckConstraint("weeks >= 1", name=op.f("ck_edition_weeks")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_edition_module_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_edition_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("uid", name=op.f("uq_edition_uid")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_edition_place_id"), ["place_id"], unique=False)

    op.create_table(
        "module_skill",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("is_recognised", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_module_skill_module_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_module_skill_skill_id_skill")),
        sa.PrimaryKeyConstraint("module_id", "skill_id", "role", name=op.f("pk_module_skill")),
    )
    with op.batch_alter_table("module_skill", schema=None) as batch_op:
        batch_op.create_index("ix_module_skill_skill_id", ["skill_id"], unique=False)

    op.create_table(
        "stack_step",
        sa.Column("stack_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_stack_step_module_id_module"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["stack_id"], ["stack.id"], name=op.f("fk_stack_step_stack_id_stack"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("stack_id", "position", name=op.f("pk_stack_step")),
    )
    with op.batch_alter_table("stack_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stack_step_module_id"), ["module_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stack_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stack_step_module_id"))

    op.drop_table("stack_step")
    with op.batch_alter_table("module_skill", schema=None) as batch_op:
        batch_op.drop_index("ix_module_skill_skill_id")

    op.drop_table("module_skill")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_place_id"))
        batch_op.drop_index(batch_op.f("ix_edition_module_id"))

    op.drop_table("edition")
    op.drop_table("stack")
    with op.batch_alter_table("module", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_module_theme_id"))
        batch_op.drop_index(batch_op.f("ix_module_status"))
        batch_op.drop_index(batch_op.f("ix_module_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_module_hub_id"))

    op.drop_table("module")
    op.drop_table("membership")
    op.drop_table("hub_partner")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_expires_at"))
        batch_op.drop_index(batch_op.f("ix_web_session_account_id"))

    op.drop_table("web_session")
    with op.batch_alter_table("skill_relation", schema=None) as batch_op:
        batch_op.drop_index("ix_skill_relation_other_id")

    op.drop_table("skill_relation")
    op.drop_table("skill_collection")
    op.drop_table("skill_alias")
    op.drop_table("organisation")
    with op.batch_alter_table("occupation_skill", schema=None) as batch_op:
        batch_op.drop_index("ix_occupation_skill_skill_id")

    op.drop_table("occupation_skill")
    op.drop_table("occupation_alias")
    op.drop_table("hub")
    op.drop_table("account_role")
    op.drop_table("version")
    op.drop_table("theme")
    op.drop_table("skill")
    op.drop_table("role")
    with op.batch_alter_table("postcode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postcode_place_name"))

    op.drop_table("postcode")
    op.drop_table("place")
    op.drop_table("occupation_group")
    with op.batch_alter_table("occupation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occupation_isco"))
        batch_op.drop_index(batch_op.f("ix_occupation_broader_id"))

    op.drop_table("occupation")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_waiting")

    op.drop_table("job")
    with op.batch_alter_table("index_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_index_change_module_id"))

    op.drop_table("index_change")
    op.drop_table("attempt")
    op.drop_table("account")
