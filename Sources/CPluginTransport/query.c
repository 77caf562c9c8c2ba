#include "plugin_transport.h"

const char *pt_take_query(const entente_query *query, entente_query *whole) {
  if (!query || query->size < PT_LEAST_QUERY) return "it called `open` without a query, a cursor or the query's size";
  memset(whole, 0, sizeof *whole);
  memcpy(whole, query, query->size < sizeof *whole ? query->size : sizeof *whole);
  if (whole->column_count > 1000 || whole->filter_count > 1000 || whole->condition_count > 1000 ||
      (whole->column_count && !whole->columns) || (whole->filter_count && !whole->filters) ||
      (whole->condition_count && !whole->conditions))
    return "it asked for columns, filters or conditions that are not there";
  if (whole->reserved || whole->own_times > (ENTENTE_OWN_ON | ENTENTE_OWN_PUBLISHED_BY | ENTENTE_OWN_RECORDED_BY))
    return "it opened a relation with own times that are not known";
  return NULL;
}
