"""The contract of `SearchEngine`: what every engine does, held against the memory engine where answers are large."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue.search.memory import MemoryEngine
from catalogue.search.port import FACETS, EditionDocument, ModuleDocument, Query, Result, SearchEngine, SearchUnavailable, Sort
from catalogue.search.whoosh_engine import WhooshEngine
from catalogue.vocabulary import Format
from tests.contracts.search_documents import PLACES, TODAY, document, edition, generated_documents, generated_queries

BREDA, EINDHOVEN = PLACES["breda"], PLACES["eindhoven"]
HOSTILE = (
    "?*", "*", "a*b*", "title:x", "module:1", "NOT warmtepomp", "warmtepomp OR", "((((", '"', "[a TO z]", "^99", "~2", "%_%",
    "\x00warmtepomp\x00", "\u202egnitsaw\u202c", "a" * 100_000, "a " * 100_000, "-" * 5000, "'" * 5000, "\ud800", "💡💡", "١٢٣", "ﬁ ß İ",
    "; DROP TABLE module",
)  # fmt: skip


@pytest.fixture(params=["memory", "whoosh", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    if request.param == "postgresql":
        value: SearchEngine = request.getfixturevalue("postgresql_engine")
        return value
    return MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")


def ids(result: Result) -> list[int]:
    return [hit.module_id for hit in result.hits]


def found(engine: SearchEngine, text: str = "", **values: Any) -> list[int]:
    return ids(engine.search(Query(today=TODAY, text=text, **values)))


def assert_same(mine: Result, reference: Result, query: Query) -> None:
    """Which modules, totals, facets, shown editions and distances; order where scores are apart."""
    assert mine.total == reference.total, query
    assert mine.facets == reference.facets, query
    assert mine.did_you_mean == reference.did_you_mean, query
    assert [hit.score for hit in mine.hits] == pytest.approx([hit.score for hit in reference.hits], rel=1e-5), query
    theirs = {hit.module_id: hit for hit in reference.hits}
    for hit in mine.hits:
        if hit.module_id in theirs:  # a tie at the edge of a page may fall either way, up to rounding
            assert hit.edition == theirs[hit.module_id].edition, query
            assert hit.distance_km == pytest.approx(theirs[hit.module_id].distance_km), query
    assert len({hit.module_id for hit in mine.hits} ^ theirs.keys()) <= 2, query


def test_generated_queries_get_the_answers_of_the_memory_engine(engine: SearchEngine) -> None:
    documents = generated_documents(300, seed=1)
    reference = MemoryEngine()
    for one in (engine, reference):
        assert one.rebuild(documents) == 300
    for query in generated_queries(250, seed=2):
        assert_same(engine.search(query), reference.search(query), query)


def test_the_same_after_changes_in_many_commits(engine: SearchEngine) -> None:
    reference = MemoryEngine()
    documents, others = generated_documents(120, seed=3), generated_documents(160, seed=4)
    for one in (engine, reference):
        one.rebuild(documents)
        for first in range(0, 160, 20):
            one.update(others[first : first + 20], removed=[others[first].module_id, documents[-1 - first // 20].module_id])
    assert engine.module_ids() == reference.module_ids()
    for query in generated_queries(120, seed=5):
        mine, theirs = engine.search(query), reference.search(query)
        if mine.did_you_mean == theirs.did_you_mean:  # words of removed modules may still win a tie between corrections
            assert_same(mine, theirs, query)


def test_filters_on_editions_hold_for_one_and_the_same_edition(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(1, "Een", edition("2027-02-01", "breda", price_eur=900.0), edition("2027-09-01", "eindhoven", price_eur=100.0)),
            document(2, "Twee", edition("2027-02-01", "breda", price_eur=100.0)),
        ]
    )
    in_breda = {"place": frozenset(["breda"])}
    assert found(engine, filters=in_breda) == [1, 2]
    assert found(engine, filters=in_breda, max_price_eur=200.0) == [2]
    assert found(engine, filters={"place": frozenset(["eindhoven"])}, start_before=date(2027, 3, 1)) == []
    assert found(engine, near=EINDHOVEN, radius_km=10.0, start_before=date(2027, 3, 1)) == []
    assert found(engine, near=EINDHOVEN, radius_km=10.0, max_price_eur=200.0) == [1]


def test_facets_ignore_their_own_filter_and_count_a_module_once(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(1, "Een", edition(place="breda"), edition("agreed", place="breda"), edition(place="eindhoven", price_eur=900.0)),
            document(2, "Twee", edition(place="eindhoven"), facets={"level": "mbo-4", "theme": "", "provider": "avans"}),
            document(3, "Drie"),
        ]
    )
    result = engine.search(Query(today=TODAY, filters={"place": frozenset(["breda"])}, max_price_eur=500.0))
    assert (result.total, ids(result)) == (1, [1])
    assert result.facets["place"] == {"breda": 1, "eindhoven": 1}
    assert result.facets["level"] == {"mbo-3": 1}
    assert set(result.facets) == set(FACETS)
    everything = engine.search(Query(today=TODAY))
    assert everything.facets["theme"] == {"energie": 2}
    assert everything.facets["place"] == {"breda": 1, "eindhoven": 2}


def test_place_and_moment_hold_for_the_same_edition(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(1, "Lassen", edition(place="breda", moment="evening"), edition(place="eindhoven", moment="daytime")),
            document(2, "Lassen", edition(place="breda", moment="daytime"), edition(place="eindhoven", moment="evening")),
            document(3, "Lassen", edition(place="breda", moment="daytime+evening")),
            document(4, "Lassen", edition(place="breda")),
        ]
    )
    result = engine.search(Query(today=TODAY, text="lassen", filters={"place": frozenset(["breda"]), "moment": frozenset(["evening"])}))
    assert (ids(result), result.facets["moment"]) == ([1], {"daytime": 1, "evening": 1, "daytime+evening": 1})
    assert result.facets["place"] == {"breda": 1, "eindhoven": 1}


def test_past_editions_count_only_where_nothing_else_is_left(engine: SearchEngine) -> None:
    past = edition("2026-01-12", "breda")
    engine.rebuild([document(1, "Lassen", past, edition("direct", "eindhoven")), document(2, "Lassen", past)])
    assert found(engine, filters={"place": frozenset(["breda"])}) == [2]
    assert found(engine, "lassen") == [1, 2]


def test_open_ranks_above_waiting_above_closed_and_relevance_above_all(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(1, "Lassen", edition("2026-01-12")),
            document(2, "Lassen", edition("when 8 enrolled")),
            document(3, "Lassen", edition("2027-02-01")),
            document(4, "Timmeren", edition("direct"), description="En een keer iets met lassen."),
        ]
    )
    assert found(engine, "lassen") == [3, 2, 1, 4]


def test_without_text_the_soonest_start_comes_first_then_the_title(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(1, "Zagen", edition("2027-02-01")),
            document(2, "École", edition("direct")),
            document(3, "Boren", edition("direct")),
            document(4, "Aarden", edition("2026-01-12")),
            document(5, "Frezen", edition("agreed")),
        ]
    )
    for text in ("", "   ", "de het een", "?!"):
        assert found(engine, text) == [3, 2, 1, 5, 4], text


@pytest.mark.parametrize(
    ("sort", "order"), [(Sort.START, [3, 1, 2, 4]), (Sort.PRICE, [2, 1, 3, 4]), (Sort.DISTANCE, [1, 2, 3, 4]), (Sort.HOURS, [4, 2, 1, 3])]
)
def test_orders(engine: SearchEngine, sort: Sort, order: list[int]) -> None:
    engine.rebuild(
        [
            document(1, "Een", edition("every 4 weeks from 2026-12-07", "breda", price_eur=50.0), hours=40.0),
            document(2, "Twee", edition("2027-02-01", "eindhoven", price_eur=0.0), hours=8.0),
            document(3, "Drie", edition("direct", "groningen", price_eur=None), edition("agreed", "groningen", price_eur=75.0), hours=None),
            document(4, "Vier", edition("agreed", "", Format.ONLINE.value, price_eur=None), hours=2.0),
        ]
    )
    result = engine.search(Query(today=TODAY, sort=sort, near=BREDA))
    assert ids(result) == order
    if sort is Sort.PRICE:
        assert {hit.module_id: hit.edition for hit in result.hits}[3] == 1


def test_a_point_gives_distances_and_a_radius_keeps_online_editions(engine: SearchEngine) -> None:
    engine.rebuild(
        [
            document(1, "Een", edition(place="eindhoven")),
            document(2, "Twee", edition(format_=Format.ONLINE.value)),
            document(3, "Drie", EditionDocument(edition().start, Format.ON_SITE.value, "nowhere")),
            document(4, "Vier"),
        ]
    )
    near = engine.search(Query(today=TODAY, near=BREDA))
    assert near.total == 4
    assert {hit.module_id: hit.distance_km for hit in near.hits} == {1: pytest.approx(50.9, abs=1.5), 2: None, 3: None, 4: None}
    assert sorted(found(engine, near=BREDA, radius_km=60.0)) == [1, 2]
    assert found(engine, near=BREDA, radius_km=20.0) == [2]


def test_all_words_first_then_corrected_words_then_any_word(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Zonnepanelen leggen"), document(2, "Vloer leggen"), document(3, "Warmtepomp")])
    assert found(engine, "zonnepanelen leggen") == [1]
    corrected = engine.search(Query(today=TODAY, text="zonnepanele leggen"))
    assert (ids(corrected), corrected.did_you_mean) == ([1], "zonnepanelen leggen")
    either = engine.search(Query(today=TODAY, text="vloer warmtepomp"))
    assert (set(ids(either)), either.total, either.did_you_mean) == ({2, 3}, 2, None)
    nothing = engine.search(Query(today=TODAY, text="xylofoonconcert"))
    assert (nothing.total, list(nothing.hits)) == (0, [])


def test_an_evident_typing_error_is_corrected_although_its_parts_are_words(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Zonnepanelen leggen"), document(2, "Veilig in elke zone", description="Panelen en zones.")])
    result = engine.search(Query(today=TODAY, text="zonepanelen"))
    assert (ids(result), result.did_you_mean) == ([1, 2], "zonnepanelen")
    assert engine.search(Query(today=TODAY, text="zone panelen")).did_you_mean is None


def test_few_modules_are_joined_by_those_with_a_part_of_a_compound_but_not_of_the_query(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Vloerverwarming in Breda"), document(2, "Verwarming in Breda"), document(3, "Verwarming in Tilburg")])
    assert found(engine, "vloerverwarming breda") == [1, 2]
    engine.update([document(number, f"Vloerverwarming in Breda, deel {number}") for number in (4, 5)])
    assert sorted(found(engine, "vloerverwarming breda")) == [1, 4, 5]


def test_an_everyday_word_finds_what_modules_call_it_after_the_word_itself(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Schilderen voor starters"), document(2, "Een muur verven"), document(3, "Lassen")])
    assert found(engine, "verven") == [2, 1]
    assert found(engine, "schilderen") == [1]
    assert found(engine, "een site wil ik graag bouwen") == []
    engine.update([document(4, "HTML en CSS")])
    assert found(engine, "een site wil ik graag bouwen") == [4]


def test_a_module_is_found_by_the_occupations_it_leads_to(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Bedrading trekken", occupations=["elektromonteur"]), document(2, "Elektromonteur worden")])
    assert found(engine, "elektromonteur") == [2, 1]


def test_what_is_near_in_meaning_joins_a_few_and_lifts_the_many(engine: SearchEngine) -> None:
    engine.rebuild([document(number, f"Lassen deel {number}") for number in range(1, 5)] + [document(5, "Solderen"), document(6, "Boren")])
    assert found(engine, "lassen", alike={5: 0.9, 4: 0.5, 99: 1.0}) == [4, 1, 2, 3]
    assert found(engine, "solderen", alike={1: 0.9, 99: 1.0}) == [5, 1]
    nothing = engine.search(Query(today=TODAY, text="xylofoonconcert", alike={5: 0.9, 1: 0.6}))
    assert (nothing.total, ids(nothing), nothing.did_you_mean) == (2, [5, 1], None)
    assert found(engine, "xylofoonconcert", alike={5: 0.9, 1: 0.6}, filters={"level": frozenset(["mbo-4"])}) == []
    assert len(found(engine, "", alike={5: 0.9})) == 6


def test_only_the_facets_that_are_asked_are_counted(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Een", edition(place="breda"))])
    assert engine.search(Query(today=TODAY, facets=("place",))).facets == {"place": {"breda": 1}}
    assert engine.search(Query(today=TODAY, facets=())).facets == {}


def test_a_filter_never_changes_what_words_mean(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Zonnepanelen leggen", edition(place="breda")), document(2, "Vloer leggen", edition(place="eindhoven"))])
    result = engine.search(Query(today=TODAY, text="zonnepanelen leggen", filters={"place": frozenset(["eindhoven"])}))
    assert result.total == 0
    assert result.facets["place"] == {"breda": 1}


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("warmtepompinstallatie", "Installatie van warmtepompen"),
        ("installatie van warmtepompen", "Warmtepompinstallaties"),
        ("cafe", "Werken in het café"),
        ("CAFÉ", "Werken in het cafe"),
        ("pv", "Zonnepanelen"),
        ("zonnepaneel", "PV op het dak"),
        ("den bosch", "In 's-Hertogenbosch"),
        ("s hertogenbosch", "In Den Bosch"),
        ("‘s-hertogenbosch", "In Den Bosch"),
        ("elearning", "Een e-learning"),
        ("accu's", "De accu"),
        ("mbo 4", "Voor mbo-4"),
        ("ik wil leren lassen", "De lasser"),
    ],
)
def test_dutch_in_documents_and_queries(engine: SearchEngine, query: str, title: str) -> None:
    engine.rebuild([document(1, title), document(2, "Heel iets anders")])
    assert found(engine, query) == [1]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(engine: SearchEngine, text: str) -> None:
    engine.rebuild([document(1, "Warmtepomp"), document(2, "Boren")])
    result = engine.search(Query(today=TODAY, text=text))
    assert 0 <= result.total <= 2


def test_pages_hold_everything_once(engine: SearchEngine) -> None:
    documents = generated_documents(53, seed=8)
    engine.rebuild(documents)
    pages = [found(engine, page=page, per_page=10) for page in range(1, 7)]
    assert [len(page) for page in pages] == [10, 10, 10, 10, 10, 3]
    assert sorted(module_id for page in pages for module_id in page) == sorted(one.module_id for one in documents)
    assert found(engine, page=99) == []


def test_updates_and_removals_are_visible_at_once(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Lassen"), document(2, "Boren")])
    engine.update([document(1, "Frezen"), document(3, "Lassen voor gevorderden")], removed=[2])
    assert found(engine, "lassen") == [3]
    assert found(engine, "frezen") == [1]
    assert found(engine, "boren") == []
    assert engine.module_ids() == {1, 3}


def test_a_module_that_is_removed_and_given_is_replaced(engine: SearchEngine) -> None:
    engine.rebuild([document(1, "Lassen")])
    engine.update([document(1, "Frezen")], removed=[1])
    assert (found(engine, "frezen"), engine.module_ids()) == ([1], {1})


def test_a_rebuild_that_fails_leaves_everything_as_it_was(engine: SearchEngine) -> None:
    def broken() -> Iterator[ModuleDocument]:
        yield document(7, "Half werk")
        raise LookupError("the database went away")

    engine.rebuild([document(1, "Lassen")])
    with pytest.raises(LookupError):
        engine.rebuild(broken())
    with pytest.raises(LookupError):
        engine.update(broken())
    assert (engine.module_ids(), found(engine, "lassen"), found(engine, "half werk")) == ({1}, [1], [])


def test_searches_during_rebuilds_and_updates_are_never_empty(engine: SearchEngine) -> None:
    documents = [document(number, f"Lassen deel {number}") for number in range(1, 21)]
    engine.rebuild(documents)
    wrong: list[object] = []
    stop = threading.Event()

    def keep_searching() -> None:
        while not stop.is_set():
            try:
                total = engine.search(Query(today=TODAY, text="lassen")).total
            except SearchUnavailable as error:
                wrong.append(error)
            else:
                if total != 20:
                    wrong.append(total)

    threads = [threading.Thread(target=keep_searching) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(6):
        engine.rebuild(documents)
        engine.update([documents[number]])
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong
