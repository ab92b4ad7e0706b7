"""Entry point of servers and of `flask --app wsgi`."""

from web.app import create_app
from web.settings import Settings

app = create_app(Settings.from_env())
