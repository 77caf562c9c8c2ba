/* Built once against entente_plugin.h of version 1.0 and never again:
 *   clang -std=c99 -O2 -s -shared -fPIC -I. -o archived-x86_64.so archived.c
 * It uses every function of the host and every type of cell. */
#include "entente_plugin.h"

#include <string.h>

#define TEXT(words) ((entente_text){words, sizeof(words) - 1})

static const char manifest[] =
    "{ \"contract\": 1, \"name\": \"archived\", \"version\": \"1.0.0\", \"summary\": \"Of version 1.0\", \"analyses\": [ {"
    " \"name\": \"archived\", \"summary\": \"Everything that version 1.0 has\", \"parameters\": ["
    " { \"name\": \"who\", \"type\": \"entity\", \"of\": \"actor\", \"isPositional\": true, \"isRequired\": true, \"summary\": \"whom\" },"
    " { \"name\": \"least\", \"type\": \"integer\", \"minimum\": 1, \"maximum\": 9, \"default\": [\"2\"], \"summary\": \"a number\" } ],"
    " \"columns\": [ { \"name\": \"what\", \"type\": \"text\", \"summary\": \"a text\" },"
    " { \"name\": \"value\", \"type\": \"any\", \"summary\": \"a value\" } ],"
    " \"view\": { \"kind\": \"bar\", \"columns\": [\"what\", \"value\"] },"
    " \"examples\": [ { \"command\": \"archived japan\", \"summary\": \"everything\" } ] } ] }";

static int32_t give(const entente_host *host, entente_call *call, entente_text what, entente_cell value) {
  entente_cell row[2];
  memset(row, 0, sizeof row);
  row[0].type = ENTENTE_TEXT;
  row[0].value.text = what;
  row[1] = value;
  return host->emit(call, row, 1);
}

static entente_cell cell(uint32_t type) {
  entente_cell cell;
  memset(&cell, 0, sizeof cell);
  cell.type = type;
  return cell;
}

static entente_cell text_cell(uint32_t type, entente_text text) {
  entente_cell made = cell(type);
  made.value.text = text;
  return made;
}

static int32_t run(const entente_host *host, entente_call *call, const entente_plugin *plugin,
                   const entente_request *request) {
  entente_column columns[] = {{TEXT("what"), ENTENTE_TEXT, 0}, {TEXT("value"), ENTENTE_EMPTY, 0}};
  int32_t status = host->columns(call, columns, 2);
  entente_cell made = cell(ENTENTE_EMPTY);
  if (status) return status;
  for (uint64_t i = 0; i < request->argument_count; i++)
    if ((status = give(host, call, request->arguments[i].name, request->arguments[i].values[0]))) return status;
  made = cell(ENTENTE_INTEGER);
  made.value.integer = request->today;
  if ((status = give(host, call, TEXT("today"), made))) return status;
  if ((status = give(host, call, TEXT("on"), request->on))) return status;
  if ((status = give(host, call, TEXT("published by"), request->published_by))) return status;
  if ((status = give(host, call, TEXT("recorded by"), text_cell(ENTENTE_TEXT, request->recorded_by)))) return status;
  if ((status = give(host, call, TEXT("snapshot"), text_cell(ENTENTE_TEXT, request->snapshot)))) return status;

  made = cell(ENTENTE_REAL);
  made.value.real = 1.5;
  if ((status = give(host, call, TEXT("real"), made))) return status;
  if ((status = give(host, call, TEXT("decimal"), text_cell(ENTENTE_DECIMAL, TEXT("-8500000000.25"))))) return status;
  made = cell(ENTENTE_DATE);
  made.value.date.edtf = TEXT("2026-02");
  made.value.date.first_day = 20485;
  made.value.date.last_day = 20512;
  if ((status = give(host, call, TEXT("date"), made))) return status;
  made = cell(ENTENTE_BOOLEAN);
  made.value.integer = 1;
  if ((status = give(host, call, TEXT("boolean"), made))) return status;
  entente_cell items[2];
  items[0] = text_cell(ENTENTE_KEY, TEXT("JPN"));
  items[1] = cell(ENTENTE_EMPTY);
  made = cell(ENTENTE_LIST);
  made.value.list.cells = items;
  made.value.list.count = 2;
  if ((status = give(host, call, TEXT("list"), made))) return status;

  entente_text wanted[] = {TEXT("initiative"), TEXT("start_earliest")};
  entente_cell member = text_cell(ENTENTE_KEY, TEXT("JPN"));
  entente_filter filter = {TEXT("member"), &member, 1};
  entente_query query = {sizeof query, TEXT("memberships"), wanted, 2, &filter, 1};
  entente_cursor *cursor;
  const entente_cell *cells;
  uint64_t rows;
  if ((status = host->open(call, &query, &cursor))) return status;
  while (!(status = host->next(call, cursor, &cells, &rows)) && rows)
    for (uint64_t i = 0; i < rows; i++)
      if ((status = give(host, call, cells[2 * i].value.text, cells[2 * i + 1]))) return status;
  if (status) return status;
  host->close(call, cursor);

  if ((status = host->progress(call, 0.5, TEXT("half")))) return status;
  if ((status = host->note(call, TEXT("a note")))) return status;
  host->log(call, ENTENTE_LOG_INFO, TEXT("a line"));
  if (plugin->context != &manifest) return host->fail(call, TEXT("context"), TEXT("it is not mine"), TEXT("mend it"));
  return ENTENTE_OK;
}

int32_t entente_plugin_init_v1(const entente_host *host, entente_plugin *plugin) {
  if (host->major != ENTENTE_CONTRACT_MAJOR || !ENTENTE_HAS(entente_host, host, fail)) return ENTENTE_UNSUPPORTED;
  if (plugin->size > sizeof *plugin) plugin->size = sizeof *plugin;
  plugin->needs_minor = 0;
  plugin->needs_features = ENTENTE_FEATURE_FILTERS | ENTENTE_FEATURE_LISTS;
  plugin->manifest = TEXT(manifest);
  plugin->context = (void *)&manifest;
  plugin->run = run;
  return ENTENTE_OK;
}
