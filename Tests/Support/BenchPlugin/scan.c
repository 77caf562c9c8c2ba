#include "BenchPlugin.h"

#include <sqlite3.h>
#include <stddef.h>

int64_t bench_scan(const char *file, const char *setup, const char *query, uint64_t *bytes) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  int64_t rows = -1;
  if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_exec(db, setup, NULL, NULL, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2(db, query, -1, &statement, NULL) == SQLITE_OK) {
    int columns = sqlite3_column_count(statement);
    for (rows = 0; sqlite3_step(statement) == SQLITE_ROW; rows++)
      for (int i = 0; i < columns; i++)
        if (sqlite3_column_text(statement, i)) *bytes += (uint64_t)sqlite3_column_bytes(statement, i);
    sqlite3_finalize(statement);
  }
  sqlite3_close(db);
  return rows;
}
