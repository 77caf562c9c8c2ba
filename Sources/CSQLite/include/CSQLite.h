// SQLite's C library, and the settings that Swift cannot make, since their functions take any number of arguments.
#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>

// SQLite counts no more how much memory it has taken, for which it would lock with every piece. To be called before
// anything is opened; does nothing afterwards.
void sqlite_settings_count_no_memory(void);

// What lies in the log stays there when this connection closes, though it be the last one.
void sqlite_settings_leave_log(sqlite3 *connection);

// Double quotes enclose names only: a misspelt name is an error, and no text.
void sqlite_settings_quote_names_only(sqlite3 *connection);

// A question is planned whatever values it is asked with. Else SQLite makes its plan again for each value where a partial
// index holds one value of a column.
void sqlite_settings_plan_for_any_value(sqlite3 *connection);

#endif
