#include "entente_plugin.h"

/* The layout that plugins in the field rely on: whoever changes one of these breaks them. */
_Static_assert(sizeof(void *) == 8, "the contract is for 64-bit platforms");
_Static_assert(sizeof(entente_text) == 16, "entente_text is an element of arrays");
_Static_assert(sizeof(entente_date) == 32, "entente_date is part of entente_cell");
_Static_assert(sizeof(entente_cell) == 40, "entente_cell is an element of arrays");
_Static_assert(sizeof(entente_column) == 24, "entente_column is an element of arrays");
_Static_assert(sizeof(entente_argument) == 32, "entente_argument is an element of arrays");
_Static_assert(sizeof(entente_filter) == 32, "entente_filter is an element of arrays");

/* Tables grow at their end: the last field of version 1.0 keeps its place. */
_Static_assert(offsetof(entente_host, fail) == 88, "entente_host, version 1.0");
_Static_assert(offsetof(entente_plugin, problem) == 56, "entente_plugin, version 1.0");
_Static_assert(offsetof(entente_query, filter_count) == 48, "entente_query, version 1.0");
_Static_assert(offsetof(entente_request, snapshot) == 144, "entente_request, version 1.0");
_Static_assert(sizeof(entente_plugin) >= 72, "entente_plugin, version 1.0");

/* And that of version 1.1. */
_Static_assert(sizeof(entente_condition) == 40, "entente_condition is an element of arrays");
_Static_assert(offsetof(entente_host, table) == 96, "entente_host, version 1.1");
_Static_assert(offsetof(entente_query, recorded_by) == 160, "entente_query, version 1.1");
