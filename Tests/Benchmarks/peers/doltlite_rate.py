"""How many rows a second DoltLite takes, which keeps the history of a table: a flat table with three indexes and one commit.

usage: doltlite_rate.py FLAT.csv FOLDER; the rows are subject, property, value, source. Prints the rate.
"""

import csv
import sys
import time
from pathlib import Path

import doltlite  # Puts its library in the place of SQLite's.
import sqlite3

TABLE = """
CREATE TABLE flat(subject TEXT, property TEXT, value TEXT, source TEXT);
CREATE INDEX flat_subject ON flat(subject, property);
CREATE INDEX flat_value ON flat(property, value);
CREATE INDEX flat_source ON flat(source);
"""


def main(flat, folder):
    connection = sqlite3.connect(Path(folder) / "doltlite.db", isolation_level=None)
    connection.executescript(TABLE)
    start = time.perf_counter()
    connection.execute("BEGIN")
    with open(flat, newline="", encoding="utf-8") as file:
        count = connection.executemany("INSERT INTO flat VALUES (?, ?, ?, ?)", csv.reader(file)).rowcount
    connection.execute("COMMIT")
    connection.execute("SELECT dolt_commit('-A', '-m', 'import')")
    print(count / (time.perf_counter() - start))


main(*sys.argv[1:])
