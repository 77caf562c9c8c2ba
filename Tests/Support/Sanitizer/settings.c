/* The settings of SQLite, watched by sanitizers: before and after anything is opened, and with a log that is to stay.
 * Its argument is a folder that it may write to. */
#include <stdio.h>
#include <unistd.h>

#include "CSQLite.h"

static int holds(sqlite3 *connection, const char *text) { return sqlite3_exec(connection, text, 0, 0, 0) == SQLITE_OK; }

/* Whether the log is there once the last connection has closed. */
static int has_log(const char *folder, const char *name, int leaves) {
  char path[4096], log[4200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  snprintf(log, sizeof log, "%s-wal", path);
  sqlite3 *connection = 0;
  if (sqlite3_open(path, &connection) != SQLITE_OK) return -1;
  if (leaves) sqlite_settings_leave_log(connection), sqlite_settings_leave_log(connection);
  if (!holds(connection, "PRAGMA journal_mode = wal; CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(1000000))"))
    return -1;
  if (sqlite3_close(connection) != SQLITE_OK) return -1;
  return access(log, F_OK) == 0;
}

/* Whether a name that is none, in double quotes, is taken for a text. */
static int takes_misspelt(int refuses) {
  sqlite3 *connection = 0;
  if (sqlite3_open(":memory:", &connection) != SQLITE_OK) return -1;
  if (refuses) sqlite_settings_quote_names_only(connection), sqlite_settings_quote_names_only(connection);
  if (!holds(connection, "CREATE TABLE t (\"a\"); SELECT \"a\" FROM t")) return -1;
  int takes = holds(connection, "SELECT \"b\" FROM t");
  return sqlite3_close(connection) == SQLITE_OK ? takes : -1;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  sqlite_settings_count_no_memory();
  sqlite_settings_count_no_memory();
  if (has_log(arguments[1], "left", 1) != 1) return 3;
  if (has_log(arguments[1], "taken in", 0) != 0) return 4;
  if (sqlite3_memory_used() != 0) return 5;
  if (takes_misspelt(0) != 1 || takes_misspelt(1) != 0) return 7;
  sqlite_settings_count_no_memory();
  return has_log(arguments[1], "later", 1) == 1 ? 0 : 6;
}
