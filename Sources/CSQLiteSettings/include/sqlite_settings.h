/* Settings of SQLite that Swift cannot make, since their function takes any number of arguments. */
#ifndef SQLITE_SETTINGS_H
#define SQLITE_SETTINGS_H

/* SQLite counts no more how much memory it has taken, for which it would lock with every piece. To be called before
 * anything is opened; does nothing afterwards. */
void sqlite_settings_count_no_memory(void);

struct sqlite3;
/* What lies in the log stays there when this connection closes, though it be the last one. */
void sqlite_settings_leave_log(struct sqlite3 *connection);

#endif
