"""Entry point of servers and of `flask --app wsgi`."""

import os

# Our matrices are small. With more threads numpy's BLAS takes three times the processor time for the same, and on a busy machine its
# threads wait for each other: a query's meaning then takes 200 ms instead of 2. It is read when numpy loads, so before all else.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from web.app import create_app
from web.settings import Settings

app = create_app(Settings.from_env())
