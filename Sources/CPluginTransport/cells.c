#include <math.h>
#include <stdlib.h>

#include "plugin_transport.h"

bool pt_reserve(pt_buffer *buffer, uint64_t more) {
  if (buffer->failed) return false;
  uint64_t capacity = buffer->capacity ? buffer->capacity : 4096;
  /* What nothing can hold is refused before it is added up. */
  bool fits = more < UINT64_C(1) << 48 && buffer->length < UINT64_C(1) << 48;
  while (fits && capacity < buffer->length + more) capacity *= 2;
  uint8_t *bytes = fits ? realloc(buffer->bytes, capacity) : NULL;
  if (!bytes) {
    buffer->failed = true;
    return false;
  }
  buffer->bytes = bytes;
  buffer->capacity = capacity;
  return true;
}

void pt_free(pt_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (pt_buffer){0};
}

static bool refuse(pt_fault *fault, uint32_t kind, uint64_t index, uint32_t found) {
  *fault = (pt_fault){.kind = kind, .index = index, .found = found};
  return false;
}

/* What a text must be by its type. */
static bool is_fit(uint32_t type, entente_text text, pt_fault *fault, uint64_t index) {
  const uint8_t *bytes = (const uint8_t *)text.bytes;
  if (!pt_is_utf8(bytes, text.length)) return refuse(fault, PT_NO_UTF8, index, 0);
  if (type == ENTENTE_KEY && !pt_is_key(bytes, text.length))
    return pt_refuse_text(fault, PT_NO_KEY, index, bytes, text.length);
  if (type == ENTENTE_DECIMAL && !pt_is_decimal(bytes, text.length))
    return pt_refuse_text(fault, PT_NO_DECIMAL, index, bytes, text.length);
  return true;
}

static bool is_lent(entente_text text, pt_fault *fault, uint64_t index) {
  if (text.length > ENTENTE_MAX_TEXT_BYTES) return refuse(fault, PT_TEXT_TOO_LONG, index, 0);
  if (text.length && !text.bytes) return refuse(fault, PT_NO_TEXT, index, 0);
  return true;
}

static bool put_cell(pt_buffer *buffer, const entente_cell *cell, uint64_t index, bool in_list, pt_date_rule rule,
                     pt_fault *fault) {
  if (cell->flags) return refuse(fault, PT_FLAGS, index, cell->flags);
  switch (cell->type) {
    case ENTENTE_EMPTY: pt_put_empty(buffer); return true;
    case ENTENTE_TEXT:
    case ENTENTE_KEY:
    case ENTENTE_DECIMAL:
      if (!is_lent(cell->value.text, fault, index) || !is_fit(cell->type, cell->value.text, fault, index)) return false;
      pt_put_text(buffer, cell->type, cell->value.text.bytes, cell->value.text.length);
      return true;
    case ENTENTE_INTEGER:
    case ENTENTE_BOOLEAN: pt_put_number(buffer, cell->type, cell->value.integer); return true;
    case ENTENTE_REAL:
      if (!isfinite(cell->value.real)) return refuse(fault, PT_NOT_FINITE, index, 0);
      pt_put_real(buffer, cell->value.real);
      return true;
    case ENTENTE_DATE: {
      entente_date date = cell->value.date;
      if (!is_lent(date.edtf, fault, index) || !is_fit(ENTENTE_TEXT, date.edtf, fault, index)) return false;
      if (!pt_is_date((const uint8_t *)date.edtf.bytes, date.edtf.length, date.first_day, date.last_day, rule, index, fault))
        return false;
      pt_put_date(buffer, date.first_day, date.last_day, date.edtf.bytes, date.edtf.length);
      return true;
    }
    case ENTENTE_LIST: {
      entente_list list = cell->value.list;
      if (in_list) return refuse(fault, PT_NESTED_LIST, index, 0);
      if (list.count > ENTENTE_MAX_LIST_CELLS || (list.count && !list.cells))
        return refuse(fault, PT_NO_LIST, index, 0);
      pt_put_u8(buffer, ENTENTE_LIST);
      pt_put_u32(buffer, (uint32_t)list.count);
      buffer->items += list.count;
      for (uint64_t item = 0; item < list.count; item++)
        if (!put_cell(buffer, list.cells + item, index, true, rule, fault)) return false;
      return true;
    }
    default: return refuse(fault, PT_UNKNOWN_TYPE, index, cell->type);
  }
}

bool pt_put_rows(pt_buffer *buffer, const entente_cell *cells, const uint32_t *types, uint64_t width, uint64_t rows,
                 pt_date_rule rule, pt_fault *fault) {
  uint64_t before = buffer->length, items = buffer->items, index = 0;
  for (uint64_t row = 0; row < rows; row++)
    for (uint64_t column = 0; column < width; column++, index++) {
      const entente_cell *cell = cells + index;
      uint32_t wanted = types ? types[column] : ENTENTE_EMPTY;
      bool sound = wanted == ENTENTE_EMPTY || cell->type == wanted || cell->type == ENTENTE_EMPTY;
      if (!sound) {
        refuse(fault, cell->type > ENTENTE_LIST ? PT_UNKNOWN_TYPE : PT_WRONG_TYPE, index, cell->type);
        fault->wanted = wanted;
      } else if ((sound = put_cell(buffer, cell, index, false, rule, fault)) && buffer->failed) {
        sound = refuse(fault, PT_NO_MEMORY, index, 0);
      }
      if (!sound) {
        buffer->length = before;
        buffer->items = items;
        return false;
      }
    }
  return true;
}

bool pt_put_cells(pt_buffer *buffer, const entente_cell *cells, uint64_t count, pt_fault *fault) {
  return pt_put_rows(buffer, cells, NULL, 1, count, NULL, fault);
}

/* Where reading has come. */
typedef struct reader {
  const uint8_t *at;
  const uint8_t *end;
} reader;

static bool take(reader *from, void *to, uint64_t count) {
  if ((uint64_t)(from->end - from->at) < count) return false;
  memcpy(to, from->at, count);
  from->at += count;
  return true;
}

static bool take_text(reader *from, entente_text *text) {
  uint32_t length;
  if (!take(from, &length, 4) || (uint64_t)(from->end - from->at) < length) return false;
  *text = (entente_text){(const char *)from->at, length};
  from->at += length;
  return true;
}

/* Reads one cell; the cells of a list are put at `*items`, which moves behind them. */
static bool read_cell(reader *from, entente_cell *cell, entente_cell **items) {
  uint8_t type;
  if (!take(from, &type, 1)) return false;
  memset(cell, 0, sizeof *cell);
  cell->type = type;
  switch (type) {
    case ENTENTE_EMPTY: return true;
    case ENTENTE_TEXT:
    case ENTENTE_KEY:
    case ENTENTE_DECIMAL: return take_text(from, &cell->value.text);
    case ENTENTE_INTEGER:
    case ENTENTE_BOOLEAN:
    case ENTENTE_REAL: return take(from, &cell->value, 8);
    case ENTENTE_DATE:
      return take(from, &cell->value.date.first_day, 8) && take(from, &cell->value.date.last_day, 8) &&
             take_text(from, &cell->value.date.edtf);
    case ENTENTE_LIST: {
      uint32_t count;
      if (!items || !take(from, &count, 4)) return false;
      entente_cell *first = *items;
      for (uint32_t item = 0; item < count; item++)
        if (!read_cell(from, first + item, NULL)) return false;
      *items += count;
      cell->value.list = (entente_list){first, count};
      return true;
    }
    default: return false;
  }
}

/* How many cells the lists among `count` cells hold; false where they are cut off. */
static bool count_items(const uint8_t *bytes, uint64_t length, uint64_t count, uint64_t *items) {
  reader from = {bytes, bytes + length};
  uint64_t left = count;
  *items = 0;
  while (left--) {
    entente_cell cell;
    uint32_t listed;
    if (from.at < from.end && *from.at == ENTENTE_LIST) {
      from.at++;
      if (!take(&from, &listed, 4) || listed > ENTENTE_MAX_LIST_CELLS) return false;
      *items += listed;
      for (uint32_t item = 0; item < listed; item++)
        if (!read_cell(&from, &cell, NULL)) return false;
    } else if (!read_cell(&from, &cell, NULL)) {
      return false;
    }
  }
  return true;
}

static bool grow(entente_cell **cells, uint64_t *capacity, uint64_t needed) {
  if (needed <= *capacity) return true;
  if (needed > UINT64_C(1) << 40) return false;
  entente_cell *more = realloc(*cells, needed * sizeof **cells);
  if (!more) return false;
  *cells = more;
  *capacity = needed;
  return true;
}

uint64_t pt_read_cells(const uint8_t *bytes, uint64_t length, uint64_t count, pt_cells *out) {
  uint64_t items = 0;
  out->count = 0;
  /* Each takes a byte at least, so that no more is reserved than can be there. */
  if (count == 0 || count > length) return 0;
  if (memchr(bytes, ENTENTE_LIST, length) && !count_items(bytes, length, count, &items)) return 0;
  if (!grow(&out->cells, &out->capacity, count) || !grow(&out->items, &out->item_capacity, items)) return 0;
  reader from = {bytes, bytes + length};
  entente_cell *place = out->items;
  for (; out->count < count; out->count++)
    if (!read_cell(&from, out->cells + out->count, &place)) return 0;
  return (uint64_t)(from.at - bytes);
}

void pt_free_cells(pt_cells *cells) {
  free(cells->cells);
  free(cells->items);
  *cells = (pt_cells){0};
}
