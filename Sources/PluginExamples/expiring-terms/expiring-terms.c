#include "entente_plugin.h"

#include <string.h>

#define TEXT(words) ((entente_text){words, sizeof(words) - 1})

static const char manifest[] =
    "{ \"contract\": 1, \"name\": \"expiring-terms\", \"version\": \"1.0.0\", \"summary\": \"What ends soon\","
    "  \"analyses\": [ { \"name\": \"expiring-terms\","
    "    \"summary\": \"Which terms, memberships and whatever else has an end run out between two dates\","
    "    \"parameters\": ["
    "      { \"name\": \"since\", \"type\": \"date\", \"default\": [\"today\"], \"summary\": \"from this date\" },"
    "      { \"name\": \"until\", \"type\": \"date\", \"default\": [\"today + 1 year\"], \"summary\": \"to this date\" },"
    "      { \"name\": \"properties\", \"type\": \"property\", \"isList\": true, \"summary\": \"only of these\" } ],"
    "    \"columns\": ["
    "      { \"name\": \"subject\", \"type\": \"key\", \"summary\": \"of what\" },"
    "      { \"name\": \"property\", \"type\": \"key\", \"summary\": \"holder, member ...\" },"
    "      { \"name\": \"value\", \"type\": \"text\", \"summary\": \"who or what\" },"
    "      { \"name\": \"ends_earliest\", \"type\": \"date\", \"summary\": \"the first day on which it may end\" },"
    "      { \"name\": \"ends_latest\", \"type\": \"date\", \"summary\": \"the last such day\" },"
    "      { \"name\": \"days\", \"type\": \"integer\", \"summary\": \"from the first day asked for to the last such day\" } ],"
    "    \"view\": { \"kind\": \"timeline\", \"columns\": [\"value\", \"ends_earliest\", \"ends_latest\"] },"
    "    \"examples\": [ { \"command\": \"expiring-terms since 2026-01 until 2026-12\", \"summary\": \"of one year\","
    "        \"fixture\": \"fixture.ent\", \"expected\": \"expected.tsv\" } ] } ] }";

enum { SUBJECT, PROPERTY, VALUE, EARLIEST, LATEST, ID, READ };

static entente_cell cell(uint32_t type) {
  entente_cell made;
  memset(&made, 0, sizeof made);
  made.type = type;
  return made;
}

/* The argument of a name, or NULL where none was given. */
static const entente_argument *argument(const entente_request *request, const char *name) {
  for (uint64_t i = 0; i < request->argument_count; i++) {
    entente_text found = request->arguments[i].name;
    if (found.length == strlen(name) && memcmp(found.bytes, name, found.length) == 0) return &request->arguments[i];
  }
  return NULL;
}

static int32_t emit(const entente_host *host, entente_call *call, const entente_cell *read, int64_t since) {
  entente_cell row[7], id = read[ID];
  memcpy(row, read, 5 * sizeof *row);
  row[5] = cell(ENTENTE_INTEGER);
  row[5].value.integer = read[LATEST].value.date.last_day - since;
  row[6] = cell(ENTENTE_LIST);
  row[6].value.list = (entente_list){&id, 1};
  return host->emit(call, row, 1);
}

static int32_t run(const entente_host *host, entente_call *call, const entente_plugin *plugin,
                   const entente_request *request) {
  (void)plugin;
  entente_column columns[] = {
      {TEXT("subject"), ENTENTE_KEY, 0},        {TEXT("property"), ENTENTE_KEY, 0},
      {TEXT("value"), ENTENTE_TEXT, 0},         {TEXT("ends_earliest"), ENTENTE_DATE, 0},
      {TEXT("ends_latest"), ENTENTE_DATE, 0},   {TEXT("days"), ENTENTE_INTEGER, 0},
      {TEXT("*"), ENTENTE_LIST, ENTENTE_COLUMN_EVIDENCE}};
  int32_t status = host->columns(call, columns, 7);
  if (status) return status;

  entente_text wanted[READ] = {TEXT("subject"),      TEXT("property"),   TEXT("value"),
                               TEXT("end_earliest"), TEXT("end_latest"), TEXT("id")};
  entente_cell yes = cell(ENTENTE_BOOLEAN);
  yes.value.integer = 1;
  entente_filter filters[2] = {{TEXT("chosen"), &yes, 1}};
  const entente_argument *only = argument(request, "properties");
  const entente_cell *since = argument(request, "since")->values;
  if (only) filters[1] = (entente_filter){TEXT("property"), only->values, only->count};
  /* What may end within: not certainly before, and not certainly after. */
  entente_condition conditions[] = {
      {TEXT("end_latest"), ENTENTE_AT_LEAST, 0, since, 1},
      {TEXT("end_earliest"), ENTENTE_AT_MOST, 0, argument(request, "until")->values, 1}};

  entente_query query;
  memset(&query, 0, sizeof query);
  query.size = sizeof query;
  query.relation = TEXT("statements");
  query.columns = wanted;
  query.column_count = READ;
  query.filters = filters;
  query.filter_count = only ? 2 : 1;
  query.conditions = conditions;
  query.condition_count = 2;
  /* A term that ends after the date asked for is still of interest; what is chosen is so of all time. */
  query.own_times = ENTENTE_OWN_ON;

  entente_cursor *cursor;
  const entente_cell *cells;
  uint64_t rows, found = 0;
  if ((status = host->open(call, &query, &cursor))) return status;
  while (!(status = host->next(call, cursor, &cells, &rows)) && rows)
    for (uint64_t row = 0; row < rows; row++, found++)
      if ((status = emit(host, call, cells + row * READ, since->value.date.first_day))) return status;
  host->close(call, cursor);
  if (!status && !found) status = host->note(call, TEXT("nothing is stated to end then, which does not mean that nothing does"));
  return status;
}

int32_t entente_plugin_init_v1(const entente_host *host, entente_plugin *plugin) {
  uint64_t needed = ENTENTE_FEATURE_CONDITIONS | ENTENTE_FEATURE_TIMES | ENTENTE_FEATURE_EVIDENCE;
  if ((host->features & needed) != needed) {
    plugin->problem = TEXT("it needs a host of contract 1.1");
    return ENTENTE_UNSUPPORTED;
  }
  plugin->size = sizeof *plugin < plugin->size ? sizeof *plugin : plugin->size;
  plugin->needs_minor = 1;
  plugin->needs_features = needed;
  plugin->manifest = TEXT(manifest);
  plugin->run = run;
  return ENTENTE_OK;
}
