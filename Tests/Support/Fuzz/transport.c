/* The C that reads what strangers write, for libFuzzer, or with -DREPLAY for the kept files and what becomes of them by a
 * chance that is the same at each run: transport FILE... */
#include <stdio.h>
#include <stdlib.h>

#include "plugin_transport.h"

static bool any_date(const uint8_t *bytes, uint64_t length, int64_t *first, int64_t *last) {
  *first = *last = length ? bytes[0] : 0;
  return true;
}

static void read_cells(const uint8_t *bytes, uint64_t length) {
  if (length < 10) return;
  uint64_t width = bytes[0] % 8 + 1, rows = bytes[9];
  uint32_t types[8];
  for (uint64_t i = 0; i < width; i++) types[i] = bytes[1 + i] % 9;
  pt_fault fault;
  pt_checked checked;
  pt_check(bytes + 10, length - 10, types, width, rows, any_date, &checked, &fault);
  pt_check(bytes + 10, length - 10, NULL, 1, rows, NULL, &checked, &fault);
  /* What can be read can be put, and comes to what it was. */
  pt_cells cells = {0};
  uint64_t taken = pt_read_cells(bytes + 10, length - 10, rows, &cells);
  pt_buffer copy = {0};
  if (taken && pt_put_rows(&copy, cells.cells, NULL, 1, rows, NULL, &fault) &&
      (copy.length != taken || memcmp(copy.bytes, bytes + 10, taken) != 0))
    abort();
  pt_free(&copy);
  pt_free_cells(&cells);
}

static void read_json(const uint8_t *bytes, uint64_t length) {
  uint32_t scalar;
  int64_t day;
  for (uint64_t start = 0; start < length && start < 64; start++) {
    uint64_t end = pt_json_end(bytes, length, start);
    if (end > length || (end && end <= start)) abort();
    pt_json_scalar(bytes + start, length - start, &scalar);
    pt_is_day(bytes + start, length - start < 10 ? length - start : 10, &day);
  }
  if (pt_is_utf8(bytes, length)) pt_is_key(bytes, length);
  pt_is_decimal(bytes, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
  /* A copy that ends where it ends, so that what is read behind it is found. */
  uint8_t *copy = malloc(length ? length : 1);
  if (!copy) return 0;
  memcpy(copy, bytes, length);
  read_cells(copy, length);
  read_json(copy, length);
  free(copy);
  return 0;
}

#ifdef REPLAY
int main(int count, char **names) {
  uint64_t state = 7;
  for (int i = 1; i < count; i++) {
    FILE *file = fopen(names[i], "rb");
    static uint8_t bytes[1 << 16];
    if (!file) return 2;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (int turn = 0; turn < 3000; turn++) {
      LLVMFuzzerTestOneInput(bytes, length);
      state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
      if (!length) continue;
      size_t place = (state >> 33) % length;
      bytes[place] = turn % 3 ? (uint8_t)(state >> 24) : turn % 2 ? 0xff : 0x7f;
      if (turn % 97 == 0) length = length - length / 8;
    }
  }
  return 0;
}
#endif
