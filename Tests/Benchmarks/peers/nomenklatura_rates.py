"""How many statements a second nomenklatura writes to SQLite: by its own writer, and its table by executemany.

usage: nomenklatura_rates.py FOLDER COUNT; prints the two rates, a line each.
"""

import sys
import time
from pathlib import Path

from followthemoney import Dataset, Statement
from nomenklatura.db import get_engine
from nomenklatura.resolver import Linker
from nomenklatura.store.sql import SQLStore


def statements(count):
    for number in range(count):
        entity = f"d{number // 5}-deal"
        prop, value = [
            ("name", f"Deal {number}"), ("summary", f"about {number % 97}"), ("country", "us"),
            ("startDate", f"{1960 + number % 66}"), ("status", "active"),
        ][number % 5]
        yield Statement(
            entity_id=entity, prop=prop, schema="Organization" if prop != "startDate" else "Ownership",
            value=value, dataset="big", first_seen="2024-05-01T00:00:00", last_seen="2024-05-01T00:00:00")


def timed(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


def main(folder, count):
    dataset = Dataset({"name": "big", "title": "Big"})

    def store(name):
        path = Path(folder) / name
        return SQLStore(dataset, Linker({}), get_engine(f"sqlite:///{path}"))

    made = [s for s in statements(count) if s.prop in ("name", "summary", "country", "status")]
    own = store("writer.db")

    def write():
        with own.writer() as writer:
            for statement in made:
                writer.add_statement(statement)

    print(len(made) / timed(write))
    bare = store("bare.db")
    rows = [s.to_db_row() for s in made]

    def insert():
        with bare.engine.begin() as connection:
            connection.execute(bare.table.insert(), rows)

    print(len(made) / timed(insert))


main(sys.argv[1], int(sys.argv[2]))
