/// The dialect of SQL in which the store writes: what, beyond the common ground of SQL, an engine has to understand, or to say
/// in words of its own where it prepares a statement.
///
/// It is SQLite's, of which the store uses what is listed here and no more.
package enum Dialect {
  /// The functions that it calls, with what each gives.
  package static let functions: [String: String] = [
    "abs": "a number without its sign",
    "alphabetical": "a text by which names are sorted (`alphabeticalKey`)",
    "char": "the character of a code",
    "coalesce": "the first that is not NULL",
    "count": "how many",
    "date": "the day of a number of seconds (`'unixepoch'`), as `2026-01-31`",
    "folded": "a text by which names are compared (`foldedName`)",
    "group_concat": "texts joined, in the order of the rows",
    "instr": "where a text stands in another",
    "json_array": "a list in JSON",
    "json_array_length": "how long a list in JSON is",
    "json_each": "the elements of a list or an object in JSON, as rows of `key` and `value`",
    "json_extract": "an element of JSON",
    "json_insert": "JSON with an element more",
    "lag": "the value of the row before, in a window",
    "length": "how many characters a text has",
    "likelihood": "its first argument; the second tells the planner how often it is true",
    "lower": "a text in lower case",
    "max": "the largest of rows, or of several values; NULL where one of these is",
    "min": "the smallest, likewise",
    "nullif": "NULL where two values are equal, else the first",
    "period_end": "when a period ends, in EDTF",
    "period_seen": "when it was seen going on, in EDTF",
    "period_start": "when it begins, in EDTF",
    "readings_of": "the readings of a cell, in JSON (``SQLEngine/add(readings:)``)",
    "replace": "a text with parts of it replaced",
    "searched": "a text as the full text has it (`searchedText`)",
    "substr": "a part of a text",
    "sum": "the sum of rows, NULL of none",
  ]

  /// What else it says, with what that means.
  package static let phrases: [String: String] = [
    "->>": "an element of JSON as a value",
    "?1": "a parameter by its number, which may stand several times; `?` is the next",
    "AS MATERIALIZED": "a query that is carried out once",
    "CROSS JOIN": "a join whose sides are read in the order in which they stand",
    "CREATE TEMP": "a table or view of this session alone",
    "INDEXED BY": "the index by which a table is read",
    "INSERT OR IGNORE": "rows that are there already are passed over",
    "INSERT OR REPLACE": "rows that are there already are replaced",
    "IS ?": "equality by which NULL equals NULL; `IS NOT` its contrary, of any two values",
    "LIMIT -1": "no limit, and a query that is not merged into the one around it",
    "MATCH": "the full text that has some words",
    "NOT INDEXED": "a table that is read in the order of its rows",
    "ON CONFLICT": "what becomes of a row that is there already",
    "SAVEPOINT": "a part of a transaction, ended by `RELEASE` or `ROLLBACK TO`",
    "USING fts5": "an index of the words of texts",
    "WITH RECURSIVE": "a query that goes on from its own rows",
    "WITHOUT ROWID": "a table that is stored in the order of its key",
    "main.": "what all sessions share",
    "rowid": "the number of a row that has no other",
    "temp.": "what is of this session alone",
  ]
}
