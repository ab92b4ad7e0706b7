"""Accounts: optional for learners, needed for hubs, advisors and administrators.

Flask-Security keeps what is security-critical: hashing, signed tokens, and who is signed in. The pages and their forms are our own.
"""

from __future__ import annotations

from flask import Flask
from flask.globals import app_ctx
from flask_security import Security, SQLAlchemySessionUserDatastore
from sqlalchemy.orm import scoped_session, sessionmaker

from web.accounts.models import Account, Role
from web.wiring import Services

CONFIG = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {  # what OWASP advises; the library's 64 MB a try would let a few guessers fill the memory
        "argon2__memory_cost": 19 * 1024,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},  # no second secret: with it, another SECRET_KEY would make every password wrong
    "SECURITY_CLI_USERS_NAME": None,  # `accounts` does what these would
    "SECURITY_CLI_ROLES_NAME": None,
}


def init_app(app: Flask) -> None:
    """Gives `app` accounts, and the pages to use them."""
    # Not above: views need `web.security`, which needs the models in this package.
    from web.accounts import invitation_views, own_views, views  # noqa: F401 - all add routes

    parts: Services = app.extensions["leerwijzer"]
    reading = scoped_session(
        sessionmaker(parts.database.engine, expire_on_commit=False),
        scopefunc=lambda: id(app_ctx._get_current_object()),  # type: ignore[attr-defined]
    )
    app.config.update(CONFIG)
    security = Security(app, SQLAlchemySessionUserDatastore(reading, Account, Role), register_blueprint=False)
    security.login_manager.request_loader(None)  # only a session signs in, no token in an address or a body
    security.principal.identity_loaders.clear()  # else each request for a file asks who is signed in
    app.register_blueprint(views.bp)
    app.register_blueprint(invitation_views.bp)

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        """Flask-Security only reads through this session: all writes are short transactions of their own, so that none waits for it."""
        reading.remove()
