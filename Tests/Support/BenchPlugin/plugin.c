#define _POSIX_C_SOURCE 199309L
#include <entente_plugin.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#define TEXT(words) ((entente_text){words, sizeof(words) - 1})

static const char manifest[] =
    "{ \"contract\": 1, \"name\": \"bench\", \"version\": \"1\", \"summary\": \"s\", \"analyses\": ["
    "  { \"name\": \"emit\", \"summary\": \"s\", \"parameters\": ["
    "      { \"name\": \"rows\", \"type\": \"integer\", \"isPositional\": true, \"isRequired\": true, \"summary\": \"s\" },"
    "      { \"name\": \"batch\", \"type\": \"integer\", \"default\": [\"1\"], \"summary\": \"s\" } ],"
    "    \"columns\": [ { \"name\": \"a\", \"type\": \"key\", \"summary\": \"s\" }, { \"name\": \"b\", \"type\": \"text\","
    "      \"summary\": \"s\" }, { \"name\": \"c\", \"type\": \"integer\", \"summary\": \"s\" }, { \"name\": \"d\","
    "      \"type\": \"real\", \"summary\": \"s\" } ] },"
    "  { \"name\": \"scan\", \"summary\": \"s\","
    "    \"columns\": [ { \"name\": \"rows\", \"type\": \"integer\", \"summary\": \"s\" }, { \"name\": \"bytes\","
    "      \"type\": \"integer\", \"summary\": \"s\" } ] } ] }";

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* What a call costs that does nothing. */
static int32_t nothing(entente_call *call, const entente_cell *cells, uint64_t rows) {
  (void)call;
  return cells == NULL && rows == 0;
}
int32_t (*volatile bare)(entente_call *, const entente_cell *, uint64_t) = nothing;

static int32_t note(const entente_host *host, entente_call *call, const char *what, double each) {
  char words[80];
  int length = snprintf(words, sizeof words, "%s %.2f", what, each);
  return host->note(call, (entente_text){words, (uint64_t)length});
}

static int32_t emit(const entente_host *host, entente_call *call, const entente_request *request) {
  enum { MOST = 512 };
  static entente_cell cells[4 * MOST];
  uint64_t rows = (uint64_t)request->arguments[0].values->value.integer;
  uint64_t batch = (uint64_t)request->arguments[1].values->value.integer;
  entente_column columns[] = {{TEXT("a"), ENTENTE_KEY, 0}, {TEXT("b"), ENTENTE_TEXT, 0},
                              {TEXT("c"), ENTENTE_INTEGER, 0}, {TEXT("d"), ENTENTE_REAL, 0}};
  int32_t status = host->columns(call, columns, 4);
  if (batch > MOST) batch = MOST;
  for (uint64_t row = 0; row < batch; row++) {
    entente_cell *first = cells + 4 * row;
    first[0] = (entente_cell){ENTENTE_KEY, 0, {.text = TEXT("pax-silica")}};
    first[1] = (entente_cell){ENTENTE_TEXT, 0, {.text = TEXT("South Korea")}};
    first[2] = (entente_cell){ENTENTE_INTEGER, 0, {.integer = (int64_t)row}};
    first[3] = (entente_cell){ENTENTE_REAL, 0, {.real = 0.5}};
  }
  double start = now();
  for (uint64_t row = 0; row < rows && !status; row += batch)
    status = host->emit(call, cells, rows - row < batch ? rows - row : batch);
  double emitted = now();
  for (uint64_t row = 0; row < rows; row++) status |= bare(call, cells, 1);
  double called = now();
  if (status || !rows) return status;
  status = note(host, call, "emit", (emitted - start) / (double)rows);
  return status ? status : note(host, call, "call", (called - emitted) / (double)rows);
}

static int32_t scan(const entente_host *host, entente_call *call) {
  entente_text wanted[] = {TEXT("initiative"), TEXT("member"), TEXT("property"), TEXT("start_earliest"), TEXT("statement")};
  entente_query query = {sizeof query, TEXT("memberships"), wanted, 5, NULL, 0};
  entente_column columns[] = {{TEXT("rows"), ENTENTE_INTEGER, 0}, {TEXT("bytes"), ENTENTE_INTEGER, 0}};
  entente_cursor *cursor;
  const entente_cell *cells;
  uint64_t rows, total = 0, bytes = 0;
  int32_t status = host->open(call, &query, &cursor);
  if (status) return status;
  while (!(status = host->next(call, cursor, &cells, &rows)) && rows) {
    total += rows;
    for (uint64_t i = 0; i < 5 * rows; i++)
      if (cells[i].type) bytes += cells[i].type == ENTENTE_DATE ? cells[i].value.date.edtf.length : cells[i].value.text.length;
  }
  if (status) return status;
  host->close(call, cursor);
  entente_cell row[2];
  memset(row, 0, sizeof row);
  row[0].type = row[1].type = ENTENTE_INTEGER;
  row[0].value.integer = (int64_t)total;
  row[1].value.integer = (int64_t)bytes;
  status = host->columns(call, columns, 2);
  return status ? status : host->emit(call, row, 1);
}

static int32_t run(const entente_host *host, entente_call *call, const entente_plugin *plugin,
                   const entente_request *request) {
  (void)plugin;
  return request->analysis.length == 4 && memcmp(request->analysis.bytes, "emit", 4) == 0 ? emit(host, call, request)
                                                                                          : scan(host, call);
}

int32_t entente_plugin_init_v1(const entente_host *host, entente_plugin *plugin) {
  (void)host;
  plugin->manifest = TEXT(manifest);
  plugin->run = run;
  return ENTENTE_OK;
}
