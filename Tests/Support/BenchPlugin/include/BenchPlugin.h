/* What the benchmarks run as a plugin, and the same loop over SQLite's own interface. */
#ifndef BENCH_PLUGIN_H
#define BENCH_PLUGIN_H

#include <stdint.h>

/* Steps through a query in a file, reads every column as SQLite has it, and answers the number of rows (or -1). */
int64_t bench_scan(const char *file, const char *setup, const char *query, uint64_t *bytes);

#endif
