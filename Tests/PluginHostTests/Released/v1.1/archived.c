/* Built once against entente_plugin.h of version 1.1 and never again:
 *   clang -std=c99 -O2 -s -shared -fPIC -I. -o archived-x86_64.so archived.c
 * It uses what version 1.1 added: conditions, times of a relation's own, evidence, a second table, columns known when it
 * runs, parameters that are booleans and files. */
#include "entente_plugin.h"

#include <string.h>

#define TEXT(words) ((entente_text){words, sizeof(words) - 1})

static const char manifest[] =
    "{ \"contract\": 1, \"name\": \"archived\", \"version\": \"1.1.0\", \"summary\": \"Of version 1.1\", \"analyses\": [ {"
    " \"name\": \"archived\", \"summary\": \"What version 1.1 added\", \"parameters\": ["
    " { \"name\": \"strict\", \"type\": \"boolean\", \"default\": [\"yes\"], \"summary\": \"whether\" },"
    " { \"name\": \"data\", \"type\": \"file\", \"summary\": \"a file\" } ],"
    " \"columns\": [ { \"name\": \"what\", \"type\": \"text\", \"summary\": \"a text\" } ], \"addsColumns\": true,"
    " \"tables\": [ { \"name\": \"more\", \"summary\": \"more\", \"columns\": ["
    "   { \"name\": \"place\", \"type\": \"key\", \"summary\": \"where\" } ],"
    "   \"view\": { \"kind\": \"map\", \"columns\": [\"place\"] } } ] } ] }";

static entente_cell text_cell(uint32_t type, entente_text text) {
  entente_cell cell;
  memset(&cell, 0, sizeof cell);
  cell.type = type;
  cell.value.text = text;
  return cell;
}

static int32_t read_members(const entente_host *host, entente_call *call, entente_cell *row) {
  entente_text wanted[] = {TEXT("member"), TEXT("statement")};
  entente_cell values[2];
  memset(values, 0, sizeof values);
  values[0].type = ENTENTE_DATE;
  values[0].value.date.edtf = TEXT("2020");
  entente_condition conditions[] = {{TEXT("start_earliest"), ENTENTE_AT_LEAST, 0, values, 1},
                                    {TEXT("member"), ENTENTE_NOT_IN, 0, values + 1, 1}};
  entente_query query;
  memset(&query, 0, sizeof query);
  query.size = sizeof query;
  query.relation = TEXT("memberships");
  query.columns = wanted;
  query.column_count = 2;
  query.conditions = conditions;
  query.condition_count = 2;
  query.own_times = ENTENTE_OWN_ON | ENTENTE_OWN_RECORDED_BY;
  query.on = values[0];
  query.recorded_by = TEXT("t7");
  entente_cursor *cursor;
  const entente_cell *cells;
  uint64_t rows;
  int32_t status = host->open(call, &query, &cursor);
  while (!status && !(status = host->next(call, cursor, &cells, &rows)) && rows)
    for (uint64_t i = 0; i < rows && !status; i++) {
      row[0] = text_cell(ENTENTE_TEXT, cells[2 * i].value.text);
      row[2] = cells[2 * i + 1];
      status = host->emit(call, row, 1);
    }
  if (!status) host->close(call, cursor);
  return status;
}

static int32_t run(const entente_host *host, entente_call *call, const entente_plugin *plugin,
                   const entente_request *request) {
  (void)plugin;
  if (!ENTENTE_HAS(entente_host, host, table)) return ENTENTE_FAILED;
  entente_column columns[] = {{TEXT("what"), ENTENTE_TEXT, 0}, {TEXT("count"), ENTENTE_INTEGER, 0},
                              {TEXT("*"), ENTENTE_TEXT, ENTENTE_COLUMN_EVIDENCE}};
  entente_column place[] = {{TEXT("place"), ENTENTE_KEY, 0}};
  entente_cell row[3];
  memset(row, 0, sizeof row);
  row[1].type = ENTENTE_INTEGER;
  int32_t status = host->columns(call, columns, 3);
  for (uint64_t i = 0; i < request->argument_count && !status; i++) {
    row[0] = text_cell(ENTENTE_TEXT, request->arguments[i].name);
    row[1].value.integer = (int64_t)request->arguments[i].count;
    status = host->emit(call, row, 1);
  }
  if (!status) status = read_members(host, call, row);
  if (!status) status = host->table(call, TEXT("more"), place, 1);
  entente_cell where = text_cell(ENTENTE_KEY, TEXT("JPN"));
  return status ? status : host->emit(call, &where, 1);
}

int32_t entente_plugin_init_v1(const entente_host *host, entente_plugin *plugin) {
  (void)host;
  plugin->size = sizeof *plugin < plugin->size ? sizeof *plugin : plugin->size;
  plugin->needs_minor = 1;
  plugin->needs_features = ENTENTE_FEATURE_CONDITIONS | ENTENTE_FEATURE_TIMES | ENTENTE_FEATURE_TABLES | ENTENTE_FEATURE_EVIDENCE;
  plugin->manifest = TEXT(manifest);
  plugin->run = run;
  return ENTENTE_OK;
}
