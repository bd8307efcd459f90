"""Many lines of many batches → what holds of each record: its latest revision, if it was not taken back.

The merge is a query of DuckDB over the heads of lines, so that lines themselves are never all in memory at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np


@dataclass(frozen=True)
class Head:
    """batch: its place in the order of date and name. number: of the line in it. content: hash of what the line says,
    whatever the order of its keys."""

    batch: int
    number: int
    id: str
    revision: int
    withdrawn: bool
    content: str


@dataclass(frozen=True)
class Fate:
    """What became of one id. outcome: kept, withdrawn, or contradictory, where its latest revision says two things.
    batch and number: of its latest line. first: the batch that this id was sealed in first. lines: all it has."""

    id: str
    outcome: str
    batch: int
    number: int
    first: int
    lines: int


MERGE = """
WITH last AS (
  SELECT id, max(revision) AS revision, count(*) AS lines, arg_min(batch, (revision, batch, number)) AS first
  FROM heads GROUP BY id
)
SELECT
  last.id,
  CASE WHEN bool_or(withdrawn) THEN 'withdrawn'
       WHEN count(DISTINCT content) > 1 THEN 'contradictory'
       ELSE 'kept' END AS outcome,
  arg_min(batch, (NOT withdrawn, batch, number)) AS batch,
  arg_min(number, (NOT withdrawn, batch, number)) AS number,
  any_value(first) AS first,
  any_value(last.lines) AS lines
FROM last JOIN heads ON heads.id = last.id AND heads.revision = last.revision
GROUP BY last.id ORDER BY last.id
"""


def merge(connection: duckdb.DuckDBPyConnection, heads: list[Head]) -> list[Fate]:
    """One fate for each id, in the order of ids; the order of the lines changes nothing. A withdrawal outranks every
    revision up to its own, so a record can come back only with a higher one."""
    if not heads:
        return []
    columns = {  # DuckDB scans these arrays by the name of their table.
        "batch": np.array([head.batch for head in heads], np.int32),
        "number": np.array([head.number for head in heads], np.int32),
        "id": np.array([head.id for head in heads], object),
        "revision": np.array([head.revision for head in heads], np.int64),
        "withdrawn": np.array([head.withdrawn for head in heads], bool),
        "content": np.array([head.content for head in heads], object),
    }
    connection.register("heads", columns)
    try:
        return [Fate(*row) for row in connection.execute(MERGE).fetchall()]
    finally:
        connection.unregister("heads")
