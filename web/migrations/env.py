"""How Alembic reaches the database and the models."""

from __future__ import annotations

from alembic import context

import web.accounts.api_token_model
import web.accounts.demand_model
import web.accounts.invitation_model
import web.accounts.models
import web.advisor.model
import web.joining.model
import web.lists.model
import web.passport.model
import web.second_step.model
import web.security.attempt_model
import web.security.session_model
import web.shares.model  # noqa: F401 - these register their tables
from catalogue.database import Database
from catalogue.models import Base

database = Database(context.config.get_main_option("sqlalchemy.url") or "")
with database.engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite", compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.close()
