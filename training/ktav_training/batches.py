"""Batches of feedback as they lie in a folder or a bucket: found, checked against their names, taken apart into lines.

DuckDB does the reading, so that the very same queries run over `/srv/inbox` and over `s3://bucket`, here or on an engine
beside the bucket.
"""

from __future__ import annotations

import importlib.util
import os
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

PLACE = re.compile(r"feedback/([^/]+)/(\d{4}-\d{2}-\d{2})/([0-9a-f]{64})\.ndjson$")
"""Where a target keeps a batch, whatever stands before it."""

LARGEST_BATCH = 16 << 20
"""Bytes of a batch as it lies there. Senders stop at 2 MB; what is eight times as large is none of ours."""

LARGEST_LINE = 16 << 20
"""Bytes of one line, expanded: a gzip of one endless line ends here, and not at the end of memory."""

MOST_LINES = 20_000
"""Of one batch, expanded: a gzip of empty records ends here."""


@dataclass(frozen=True)
class Batch:
    """name: SHA-256 of its bytes. date: of sealing, as its path says. gzip: by its first bytes, never by its name."""

    path: str
    app: str
    date: str
    name: str
    gzip: bool


@dataclass(frozen=True)
class Refused:
    """A batch that is not read at all. reason: misplaced, too-large, hash-mismatch, unreadable, too-many-lines."""

    path: str
    reason: str
    detail: str


def connect(origin: str, database: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A connection that reads `origin`. For s3:// it takes keys and endpoint from the usual AWS_* variables.
    Raises duckdb.Error where a bucket is asked for and DuckDB's httpfs can neither be found nor fetched."""
    connection = duckdb.connect(database)
    if origin.startswith("s3://"):
        _reach_buckets(connection)
    return connection


def _reach_buckets(connection: duckdb.DuckDBPyConnection) -> None:
    """httpfs from its PyPI package where that is installed (no download at run time), else from DuckDB's own site."""
    found = importlib.util.find_spec("duckdb_extension_httpfs")
    if found is not None and found.origin is not None:
        file = next(Path(found.origin).parent.glob("extensions/*/httpfs.duckdb_extension"))
        connection.execute(f"LOAD '{file}'")
    else:
        connection.execute("INSTALL httpfs; LOAD httpfs")
    settings = {"TYPE": "s3", "PROVIDER": "config"}
    known = {
        "KEY_ID": "AWS_ACCESS_KEY_ID",
        "SECRET": "AWS_SECRET_ACCESS_KEY",
        "SESSION_TOKEN": "AWS_SESSION_TOKEN",
        "REGION": "AWS_REGION",
    }
    settings |= {key: os.environ[name] for key, name in known.items() if os.environ.get(name)}
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        scheme, _, host = endpoint.partition("://")
        settings |= {"ENDPOINT": host.rstrip("/"), "URL_STYLE": "path", "USE_SSL": str(scheme == "https").lower()}
    words = ", ".join(f"{key} '{value.replace(chr(39), chr(39) * 2)}'" for key, value in settings.items())
    connection.execute(f"CREATE OR REPLACE SECRET bucket ({words})")


def find_batches(
    connection: duckdb.DuckDBPyConnection, origin: str, app: str = "*"
) -> tuple[list[Batch], list[Refused]]:
    """Every batch below origin/feedback, in the order of date and name, once each; what lies there under a name that is
    not the hash of its bytes is refused."""
    pattern = f"{origin.rstrip('/')}/feedback/{app}/*/*.ndjson"
    if connection.execute("SELECT count(*) FROM glob(?)", [pattern]).fetchone() == (0,):
        return [], []
    rows = connection.execute(
        """
        SELECT filename, size, sha256(content), content[1:2] = '\\x1F\\x8B'::BLOB
        FROM read_blob(?) ORDER BY filename
        """,
        [pattern],
    ).fetchall()
    batches: dict[str, Batch] = {}
    refused: list[Refused] = []
    for path, size, digest, gzip in rows:
        place = PLACE.search(path.replace("\\", "/"))
        if place is None:
            refused.append(Refused(path, "misplaced", "not feedback/<app>/<yyyy-mm-dd>/<sha256>.ndjson"))
        elif size > LARGEST_BATCH:
            refused.append(Refused(path, "too-large", f"{size} bytes"))
        elif digest != place[3]:
            refused.append(Refused(path, "hash-mismatch", f"its bytes have the hash {digest}"))
        else:
            found = Batch(path, place[1], place[2], place[3], bool(gzip))
            # The same bytes under two dates are one batch: the earlier date is when it was sealed.
            earlier = batches.get(found.name)
            if earlier is None or found.date < earlier.date:
                batches[found.name] = found
    return sorted(batches.values(), key=lambda one: (one.date, one.name)), refused


def keep_lines(connection: duckdb.DuckDBPyConnection, batches: list[Batch]) -> list[Refused]:
    """Fills the table `lines` (batch: its place in the list; number: of the line in it, from 1, empty ones not counted;
    json: NULL where a line is no JSON). Of a batch that cannot be read to its end nothing is kept; it comes back."""
    connection.execute("CREATE TABLE lines (batch INTEGER, number INTEGER, json VARCHAR)")
    refused = []
    for place, batch in enumerate(batches):
        problem = _keep(connection, place, batch)
        if problem is not None:
            connection.execute("DELETE FROM lines WHERE batch = ?", [place])
            refused.append(problem)
    return refused


def _keep(connection: duckdb.DuckDBPyConnection, place: int, batch: Batch) -> Refused | None:
    compression = "gzip" if batch.gzip else "uncompressed"
    try:
        inserted = connection.execute(
            """
            INSERT INTO lines SELECT ?, row_number() OVER (), json FROM (
              SELECT json FROM read_ndjson_objects(?, compression = ?, ignore_errors = true, maximum_object_size = ?)
              LIMIT ?)
            """,
            [place, batch.path, compression, LARGEST_LINE, MOST_LINES + 1],
        ).fetchone()
    except duckdb.Error as error:
        return Refused(batch.path, "unreadable", str(error).splitlines()[0][:200])
    if inserted is not None and inserted[0] > MOST_LINES:
        return Refused(batch.path, "too-many-lines", f"more than {MOST_LINES}")
    return None
