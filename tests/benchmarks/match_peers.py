"""What a developer would take instead of our matcher: pandas that merges and sorts, and one query to PostgreSQL.

Both get the same gap and the same hard constraints, and give the twenty modules that close the most weighted steps, cheapest first. They
give no other component, no reasons, no entry requirements and no counts of what was removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas
import psycopg

from matching.core.arrays import FIXED, Gap, Wishes
from matching.gather import Catalogue

BEST = 20
_TABLES = """
CREATE TABLE taught (module int, skill int, level int);
CREATE TABLE module (module int PRIMARY KEY, language int, level int);
CREATE TABLE edition (module int, format int, place int, is_online bool, price float8, start_day int, end_day float8, kind int);
CREATE TABLE place (place int PRIMARY KEY, latitude float8, longitude float8);
"""
_INDEXES = "CREATE INDEX ON taught (skill, module, level); CREATE INDEX ON edition (module); ANALYZE"
_QUERY = """
WITH goal AS (
    SELECT * FROM unnest(%(skill)s::int[], %(held)s::float8[], %(goal)s::float8[], %(weight)s::float8[]) AS g (skill, held, goal, weight)),
closed AS (
    SELECT module, sum(weight * (least(level, goal) - held)) AS steps FROM taught JOIN goal USING (skill)
    WHERE least(level, goal) > held GROUP BY module),
near AS (
    SELECT place, 2 * 6371 * asin(sqrt(least(1, power(sin(radians(latitude - %(latitude)s) / 2), 2) + cos(radians(latitude))
           * cos(radians(%(latitude)s)) * power(sin(radians(longitude - %(longitude)s) / 2), 2)))) AS km FROM place),
fit AS (
    SELECT module, min(price) AS price FROM edition LEFT JOIN near USING (place)
    WHERE module IN (SELECT module FROM closed) AND format = ANY(%(formats)s) AND (is_online OR km <= %(max_km)s) AND price <= %(budget)s
      AND NOT (kind = %(fixed)s AND start_day < %(earliest)s)
      AND greatest(start_day, %(earliest)s) + end_day <= %(finish_by)s GROUP BY module)
SELECT module FROM closed JOIN module USING (module) JOIN fit USING (module)
WHERE language = ANY(%(languages)s) AND level = ANY(%(levels)s) ORDER BY steps DESC, price, module LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Tables:
    """Modules, what they teach and their editions as tables that peers can load."""

    taught: pandas.DataFrame
    modules: pandas.DataFrame
    editions: pandas.DataFrame
    places: pandas.DataFrame

    @classmethod
    def of(cls, catalogue: Catalogue) -> Tables:
        """The tables of one state of the catalogue."""
        modules, editions = catalogue.modules, catalogue.editions
        cells = modules.taught.tocoo()
        days = np.ceil(np.nan_to_num(editions.weeks) * 7)
        return cls(
            taught=pandas.DataFrame({"module": cells.coords[0], "skill": cells.coords[1], "level": cells.data.astype(np.int64)}),
            modules=pandas.DataFrame({"module": np.arange(modules.n_modules), "language": modules.language, "level": modules.level}),
            editions=pandas.DataFrame(
                {
                    "module": editions.module,
                    "format": editions.format,
                    "place": editions.place,
                    "is_online": editions.is_online,
                    "price": np.nan_to_num(editions.price_eur),
                    "start_day": editions.start_on,
                    "end_day": days,
                    "kind": editions.start_type,
                }
            ),
            places=pandas.DataFrame(
                {"place": np.arange(len(editions.latitude)), "latitude": editions.latitude, "longitude": editions.longitude}
            ),
        )


class Pandas:
    """Merge, group, filter, sort."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._tables = Tables.of(catalogue)

    def best(self, gap: Gap, wishes: Wishes) -> list[int]:
        """The first rows for one learner."""
        columns = np.flatnonzero((gap.weight > 0) & (gap.goal > gap.held))
        goal = pandas.DataFrame({"skill": columns, "held": gap.held[columns], "goal": gap.goal[columns], "weight": gap.weight[columns]})
        steps = self._tables.taught.merge(goal, on="skill")
        steps["steps"] = steps["weight"] * (np.minimum(steps["level"], steps["goal"]) - steps["held"]).clip(lower=0)
        closed = steps.groupby("module", as_index=False)["steps"].sum().query("steps > 0").merge(self._tables.modules, on="module")
        closed = closed[closed["language"].isin(wishes.languages or ()) & closed["level"].isin(wishes.levels or ())]
        runs = self._tables.editions.merge(closed[["module"]], on="module")
        assert wishes.near
        distance = runs["place"].map(_place_km(self._tables.places, wishes.near)).where(~runs["is_online"], 0.0)
        is_past = (runs["kind"] == FIXED) & (runs["start_day"] < wishes.earliest)
        end = np.maximum(runs["start_day"], wishes.earliest) + runs["end_day"]
        fits = runs["format"].isin(wishes.formats or ()) & (distance <= wishes.max_km) & (runs["price"] <= wishes.budget_eur) & ~is_past
        cheapest = runs[fits & (end <= wishes.finish_by)].groupby("module", as_index=False)["price"].min()
        found = closed.merge(cheapest, on="module").sort_values(["steps", "price", "module"], ascending=[False, True, True])
        return [int(module) for module in found["module"].head(BEST)]


class Postgres:
    """One statement over indexed tables."""

    def __init__(self, url: str, catalogue: Catalogue) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        tables = Tables.of(catalogue)
        self._connection.execute(_TABLES)
        for name, frame in (("taught", tables.taught), ("module", tables.modules), ("edition", tables.editions), ("place", tables.places)):
            with self._connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in frame.itertuples(index=False):
                    copy.write_row(row)
        self._connection.execute(_INDEXES)

    def best(self, gap: Gap, wishes: Wishes) -> list[int]:
        """The first rows for one learner."""
        columns = np.flatnonzero((gap.weight > 0) & (gap.goal > gap.held))
        values: Mapping[str, Any] = {
            "skill": columns.tolist(),
            "held": gap.held[columns].tolist(),
            "goal": gap.goal[columns].tolist(),
            "weight": gap.weight[columns].tolist(),
            "latitude": wishes.near[0] if wishes.near else None,
            "longitude": wishes.near[1] if wishes.near else None,
            "max_km": wishes.max_km,
            "budget": wishes.budget_eur,
            "formats": sorted(wishes.formats or ()),
            "languages": sorted(wishes.languages or ()),
            "levels": sorted(wishes.levels or ()),
            "fixed": FIXED,
            "earliest": wishes.earliest,
            "finish_by": wishes.finish_by,
        }
        return [row[0] for row in self._connection.execute(_QUERY, values)]


def _place_km(places: pandas.DataFrame, near: tuple[float, float]) -> Any:
    north, east = np.radians(places["latitude"]), np.radians(places["longitude"])
    home_north, home_east = np.radians(near[0]), np.radians(near[1])
    chord = np.sin((north - home_north) / 2) ** 2 + np.cos(north) * np.cos(home_north) * np.sin((east - home_east) / 2) ** 2
    return 2 * 6371 * np.arcsin(np.sqrt(chord.clip(upper=1)))
