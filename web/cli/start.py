"""`start`: everything a fresh machine needs, then the server. What `make run` calls."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from catalogue.modules import count_modules
from catalogue.search.indexing import rebuild
from seed.files import read
from seed.load import load_seed
from web.cli.progress import shown_progress
from web.counting import write
from web.migrations.upgrade import upgrade
from web.server import serve
from web.wiring import Services, services


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Instead of the setting PORT.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@with_appcontext
def start(port: int | None, workers: int) -> None:
    """Prepares what is missing (schema, example catalogue, index) and serves until stopped."""
    parts = services()
    prepare(parts)
    address = f"127.0.0.1:{port or parts.settings.port}"
    click.echo(f"Leerwijzer: http://{address}   (stop with Ctrl+C)")
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    parts.database.close()  # connections do not survive the fork into workers
    serve(app, address, workers, warm_up=parts.warm_up, wind_up=lambda: write(parts.counter))


def prepare(parts: Services) -> None:
    """Brings schema, data and index to where they can be served; quick when all is there."""
    parts.settings.instance_dir.mkdir(parents=True, exist_ok=True)
    upgrade(parts.settings.resolved_database_url)
    with shown_progress() as progress:
        with parts.database.reading() as session:
            is_empty = count_modules(session) == 0
        if is_empty:
            with parts.database.writing() as session:
                load_seed(session, read(), parts.now(), progress)
        if is_empty or not parts.search.is_ready():
            rebuild(parts.database, parts.search, progress)
            parts.meanings.fill(progress=progress)
        if is_empty:
            parts.skills.prepare(progress)
