#include <stdlib.h>

#include "worker.h"

/* Emitted rows are handed over once so many bytes are there. */
enum { BATCH = 128 * 1024 };
/* The values that the filters of one query may name. */
enum { MOST_VALUES = 1000000 };

struct entente_cursor {
  uint32_t id;
  uint64_t width;
  pt_buffer bytes;
  pt_cells cells;
  struct entente_cursor *next;
};

struct entente_call {
  int32_t status;
  uint32_t types[ENTENTE_MAX_COLUMNS];
  uint64_t width;
  uint64_t rows; /* in `emitted` */
  pt_buffer emitted;
  pt_buffer scratch;
  entente_cursor *cursors;
};

volatile sig_atomic_t is_cancelled;

/* The call's status, which is cancelled once the host wants that. */
static int32_t status_of(entente_call *call) {
  if (call->status == ENTENTE_OK && is_cancelled) call->status = ENTENTE_CANCELLED;
  return call->status;
}

static void flush(entente_call *call) {
  if (!call->rows) return;
  memcpy(call->emitted.bytes, &call->rows, 8);
  send_frame(PT_EMIT, call->emitted.bytes, call->emitted.length);
  call->emitted.length = 8;
  call->rows = 0;
}

/* What was emitted before comes before. */
static void send_ordered(entente_call *call, uint32_t kind, const void *payload, uint64_t length) {
  flush(call);
  send_frame(kind, payload, length);
}

static int32_t misuse(entente_call *call, const char *words) {
  send_ordered(call, PT_MISUSE, words, strlen(words));
  return call->status = ENTENTE_FAILED;
}

static int32_t out_of_memory(entente_call *call) {
  static const char words[] = "it left no memory to pass on what it asked for";
  send_frame(PT_MISUSE, words, sizeof words - 1);
  return call->status = ENTENTE_FAILED;
}

static void put_text(pt_buffer *buffer, entente_text text) {
  bool sound = text.length <= ENTENTE_MAX_TEXT_BYTES && (!text.length || text.bytes);
  pt_put_bytes(buffer, sound ? text.bytes : "\xff", sound ? text.length : 1);
}

/* Waits for the answer to what was asked; an answer of the status ends the call. */
static bool await(entente_call *call, uint32_t wanted, pt_buffer *payload) {
  uint32_t kind;
  if (!receive_frame(&kind, payload)) {
    call->status = ENTENTE_CANCELLED;
    return false;
  }
  if (kind == wanted && payload->length >= 4) return true;
  call->status = ENTENTE_FAILED;
  if (kind == PT_STATUS && payload->length == 4) memcpy(&call->status, payload->bytes, 4);
  return false;
}

/* Values that a relation is filtered by, of which `*before` came before; what is wrong with them, or NULL. */
static const char *put_values(pt_buffer *out, const entente_cell *values, uint64_t count, uint64_t *before) {
  pt_fault fault;
  if (count > ENTENTE_MAX_LIST_CELLS || (*before += count) > MOST_VALUES || (count && !values))
    return "it filtered by values that are not there, or by too many";
  pt_put_u32(out, (uint32_t)count);
  return pt_put_cells(out, values, count, &fault) ? NULL : "it filtered by a value that cannot be taken";
}

/* The times of a query; what is wrong with them, or NULL. */
static const char *put_times(pt_buffer *out, const entente_query *query) {
  pt_fault fault;
  entente_cell times[2] = {query->on, query->published_by};
  if (!(query->own_times & ENTENTE_OWN_ON)) times[0].type = times[0].flags = 0;
  if (!(query->own_times & ENTENTE_OWN_PUBLISHED_BY)) times[1].type = times[1].flags = 0;
  pt_put_u32(out, query->own_times);
  if (!pt_put_cells(out, times, 2, &fault)) return "it opened a relation with a time that cannot be taken";
  put_text(out, query->own_times & ENTENTE_OWN_RECORDED_BY ? query->recorded_by : (entente_text){0});
  return NULL;
}

static const char *put_query(pt_buffer *out, const entente_query *query) {
  const char *wrong = NULL;
  uint64_t values = 0;
  put_text(out, query->relation);
  pt_put_u32(out, (uint32_t)query->column_count);
  for (uint64_t i = 0; i < query->column_count; i++) put_text(out, query->columns[i]);
  pt_put_u32(out, (uint32_t)query->filter_count);
  for (uint64_t i = 0; i < query->filter_count && !wrong; i++) {
    put_text(out, query->filters[i].column);
    wrong = put_values(out, query->filters[i].values, query->filters[i].count, &values);
  }
  pt_put_u32(out, (uint32_t)query->condition_count);
  for (uint64_t i = 0; i < query->condition_count && !wrong; i++) {
    entente_condition condition = query->conditions[i];
    put_text(out, condition.column);
    pt_put_u32(out, condition.flags ? UINT32_MAX : condition.comparison);
    wrong = put_values(out, condition.values, condition.count, &values);
  }
  return wrong ? wrong : put_times(out, query);
}

static int32_t host_open(entente_call *call, const entente_query *asked, entente_cursor **cursor) {
  if (status_of(call)) return call->status;
  entente_query query;
  const char *wrong = pt_take_query(cursor ? asked : NULL, &query);
  if (wrong) return misuse(call, wrong);
  pt_buffer *out = &call->scratch;
  out->length = 0;
  wrong = put_query(out, &query);
  if (wrong) return misuse(call, wrong);
  if (out->failed) return out_of_memory(call);
  send_ordered(call, PT_OPEN, out->bytes, out->length);
  if (!await(call, PT_OPENED, out)) return call->status;
  entente_cursor *opened = calloc(1, sizeof *opened);
  if (!opened) return out_of_memory(call);
  memcpy(&opened->id, out->bytes, 4);
  opened->width = query.column_count;
  opened->next = call->cursors;
  call->cursors = opened;
  *cursor = opened;
  return ENTENTE_OK;
}

static entente_cursor **place_of(entente_call *call, const entente_cursor *cursor) {
  entente_cursor **place = &call->cursors;
  while (*place && *place != cursor) place = &(*place)->next;
  return *place ? place : NULL;
}

static int32_t host_next(entente_call *call, entente_cursor *cursor, const entente_cell **cells, uint64_t *rows) {
  if (rows) *rows = 0;
  if (status_of(call)) return call->status;
  if (!cells || !rows) return misuse(call, "it called `next` without a place for cells or rows");
  if (!cursor || !place_of(call, cursor)) return misuse(call, "it read from a cursor that is closed or not its own");
  send_ordered(call, PT_NEXT, &cursor->id, sizeof cursor->id);
  if (!await(call, PT_ROWS, &cursor->bytes)) return call->status;
  uint32_t count;
  memcpy(&count, cursor->bytes.bytes, 4);
  if (count && !pt_read_cells(cursor->bytes.bytes + 4, cursor->bytes.length - 4, count * cursor->width, &cursor->cells))
    return out_of_memory(call);
  *cells = cursor->cells.cells;
  *rows = count;
  return ENTENTE_OK;
}

static void release(entente_cursor *cursor) {
  pt_free(&cursor->bytes);
  pt_free_cells(&cursor->cells);
  free(cursor);
}

static void host_close(entente_call *call, entente_cursor *cursor) {
  entente_cursor **place = cursor ? place_of(call, cursor) : NULL;
  if (!place) return;
  *place = cursor->next;
  send_ordered(call, PT_CLOSE, &cursor->id, sizeof cursor->id);
  release(cursor);
}

/* Says the columns of a table, behind what the frame begins with. */
static int32_t say_columns(entente_call *call, uint32_t kind, const entente_column *columns, uint64_t count) {
  pt_buffer *out = &call->scratch;
  bool sound = columns && count <= ENTENTE_MAX_COLUMNS;
  pt_put_u32(out, sound ? (uint32_t)count : 0);
  for (uint64_t i = 0; sound && i < count; i++) {
    put_text(out, columns[i].name);
    pt_put_u32(out, columns[i].type);
    pt_put_u32(out, columns[i].flags);
    call->types[i] = columns[i].type;
  }
  if (out->failed) return out_of_memory(call);
  send_ordered(call, kind, out->bytes, out->length);
  if (!sound || !count) return call->status = ENTENTE_FAILED;
  call->width = count;
  return ENTENTE_OK;
}

static int32_t host_columns(entente_call *call, const entente_column *columns, uint64_t count) {
  if (status_of(call)) return call->status;
  call->scratch.length = 0;
  bool are_said = call->width != 0;
  int32_t status = say_columns(call, PT_COLUMNS, columns, count);
  return are_said ? call->status = ENTENTE_FAILED : status;
}

static int32_t host_table(entente_call *call, entente_text name, const entente_column *columns, uint64_t count) {
  if (status_of(call)) return call->status;
  /* The rows before are of the table before. */
  flush(call);
  call->scratch.length = 0;
  put_text(&call->scratch, name);
  return say_columns(call, PT_TABLE, columns, count);
}

static int32_t refuse_cell(entente_call *call, pt_fault *fault) {
  /* The rows before count; the fault's place is behind them. */
  flush(call);
  send_frame(PT_CELL, fault, sizeof *fault);
  return call->status = ENTENTE_FAILED;
}

static int32_t host_emit(entente_call *call, const entente_cell *cells, uint64_t rows) {
  if (status_of(call)) return call->status;
  if (!call->width) return misuse(call, "it emitted rows before it said its columns");
  if (!rows) return ENTENTE_OK;
  if (!cells) return misuse(call, "it emitted rows without cells");
  if (rows > ENTENTE_MAX_ROWS) {
    send_ordered(call, PT_EMIT, &rows, sizeof rows);
    return call->status = ENTENTE_FAILED;
  }
  for (uint64_t row = 0; row < rows; row++) {
    pt_fault fault;
    const entente_cell *first = cells + row * call->width;
    if (!pt_put_rows(&call->emitted, first, call->types, call->width, 1, NULL, &fault)) return refuse_cell(call, &fault);
    call->rows++;
    if (call->emitted.length > PT_MOST_SENT) return misuse(call, "it emitted a row of more than 64 MB");
    if (call->emitted.length >= BATCH) {
      flush(call);
      if (status_of(call)) return call->status;
    }
  }
  return ENTENTE_OK;
}

static int32_t host_progress(entente_call *call, double fraction, entente_text message) {
  if (status_of(call)) return call->status;
  pt_buffer *out = &call->scratch;
  out->length = 0;
  pt_put(out, &fraction, sizeof fraction);
  put_text(out, message);
  send_ordered(call, PT_PROGRESS, out->bytes, out->length);
  return status_of(call);
}

static int32_t send_words(entente_call *call, uint32_t kind, entente_text words) {
  pt_buffer *out = &call->scratch;
  out->length = 0;
  put_text(out, words);
  send_ordered(call, kind, out->bytes + 4, out->length - 4);
  return status_of(call);
}

static int32_t host_note(entente_call *call, entente_text sentence) {
  return status_of(call) ? call->status : send_words(call, PT_NOTE, sentence);
}

static void host_log(entente_call *call, int32_t level, entente_text line) {
  (void)level;
  send_words(call, PT_LOG, line);
}

static int32_t host_fail(entente_call *call, entente_text code, entente_text message, entente_text hint) {
  if (status_of(call)) return call->status;
  pt_buffer *out = &call->scratch;
  out->length = 0;
  put_text(out, code);
  put_text(out, message);
  put_text(out, hint);
  send_ordered(call, PT_FAIL, out->bytes, out->length);
  return call->status = ENTENTE_FAILED;
}

const entente_host worker_host = {
    .size = sizeof(entente_host),
    .major = ENTENTE_CONTRACT_MAJOR,
    .minor = ENTENTE_CONTRACT_MINOR,
    .features = PT_FEATURES,
    .open = host_open,
    .next = host_next,
    .close = host_close,
    .columns = host_columns,
    .emit = host_emit,
    .progress = host_progress,
    .note = host_note,
    .log = host_log,
    .fail = host_fail,
    .table = host_table,
};

/* Reads what stands in a request, which the host wrote: of the same build, so that it need not be doubted. */
static entente_text take_text(const uint8_t **at) {
  uint32_t length;
  memcpy(&length, *at, 4);
  entente_text text = {(const char *)*at + 4, length};
  *at += 4 + length;
  return text;
}

static uint32_t take_count(const uint8_t **at) {
  uint32_t count;
  memcpy(&count, *at, 4);
  *at += 4;
  return count;
}

void serve(const entente_plugin *plugin, const pt_buffer *payload) {
  const uint8_t *at = payload->bytes, *end = payload->bytes + payload->length;
  entente_request request = {.size = sizeof request, .analysis = take_text(&at)};
  uint32_t count = take_count(&at);
  entente_argument *arguments = calloc(count + 1, sizeof *arguments);
  pt_cells *values = calloc(count + 1, sizeof *values);
  entente_call call = {.status = ENTENTE_OK};
  int32_t status = ENTENTE_FAILED;
  pt_put_u64(&call.emitted, 0);
  if (arguments && values && !call.emitted.failed) {
    for (uint32_t i = 0; i < count; i++) {
      arguments[i].name = take_text(&at);
      arguments[i].count = take_count(&at);
      at += pt_read_cells(at, (uint64_t)(end - at), arguments[i].count, &values[i]);
      arguments[i].values = values[i].cells;
    }
    memcpy(&request.today, at, 8);
    at += 8;
    pt_cells *times = &values[count];
    at += pt_read_cells(at, (uint64_t)(end - at), 2, times);
    request.on = times->cells[0];
    request.published_by = times->cells[1];
    request.recorded_by = take_text(&at);
    request.snapshot = take_text(&at);
    request.arguments = arguments;
    request.argument_count = count;
    status = plugin->run(&worker_host, &call, plugin, &request);
  }
  flush(&call);
  send_frame(PT_DONE, &status, sizeof status);
  while (call.cursors) {
    entente_cursor *cursor = call.cursors;
    call.cursors = cursor->next;
    release(cursor);
  }
  for (uint32_t i = 0; values && i <= count; i++) pt_free_cells(&values[i]);
  free(values);
  free(arguments);
  pt_free(&call.emitted);
  pt_free(&call.scratch);
}
