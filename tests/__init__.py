"""Tests of everything."""

import os

# Before numpy is imported: its threads and a fork of the same process can wait for each other for ever.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
