"""The most recently used of what is costly to make again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """At most `most` values, for any number of threads: each step is one operation of the dictionary."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """The value of `key`, which is then the most recent one; None when there is none."""
        value = self._values.get(key)
        if value is not None:
            with suppress(KeyError):  # Another thread may have just let it go.
                self._values.move_to_end(key)
        return value

    def keep(self, key: Key, value: Value) -> None:
        """Remembers `value`, and lets go of what was not asked for longest."""
        self._values[key] = value
        while len(self._values) > self._most:
            try:
                self._values.popitem(last=False)
            except KeyError:
                return  # Other threads have let go of all.
