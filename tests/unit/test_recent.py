"""What was asked for longest ago goes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from catalogue.search.recent import Recent


def test_the_one_asked_for_longest_ago_goes_first() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.keep("a", 1)
    recent.keep("b", 2)
    assert recent.get("a") == 1
    recent.keep("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)


def test_room_for_none_keeps_none() -> None:
    recent: Recent[str, int] = Recent(0)
    recent.keep("a", 1)
    assert recent.get("a") is None


def test_threads_share_one() -> None:
    recent: Recent[int, int] = Recent(10)

    def use(first: int) -> list[int]:
        found = []
        for key in range(first, first + 2_000):
            recent.keep(key % 50, key % 50)
            found.append((recent.get(key % 37) or key % 37) - key % 37)
        return found

    with ThreadPoolExecutor(8) as pool:
        assert not any(any(found) for found in pool.map(use, range(8)))
