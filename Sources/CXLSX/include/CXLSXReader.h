/* Parts of workbooks of Excel, read by minizip and expat, which are looked for when one is first read. One thread at a
 * time. */
#ifndef CXLSX_READER_H
#define CXLSX_READER_H

#include <stdbool.h>
#include <stdint.h>

enum {
  CXLSX_READ_OK = 0,
  /* A library is not on this machine, or was not when the program was built. */
  CXLSX_READ_MISSING = 1,
  /* There is no such part. */
  CXLSX_READ_ABSENT = 2,
  /* The part is larger than was asked for. */
  CXLSX_READ_LARGE = 3,
  /* A handler wanted no more. */
  CXLSX_READ_STOPPED = 4,
  /* It is damaged, or no workbook; `cxlsx_read_problem` says why. */
  CXLSX_READ_FAILED = 5
};

/* What is told of a part, in order. `begin` and `end` return whether they want more; attributes are names and values in
 * turn, and end with nothing. */
typedef struct cxlsx_handlers {
  bool (*begin)(void *context, const char *name, const char *const *attributes);
  bool (*end)(void *context, const char *name);
  void (*text)(void *context, const char *text, int length);
} cxlsx_handlers;

/* Why the last call failed. */
const char *cxlsx_read_problem(void);

/* Reads a part of the workbook at a path, which unpacked has at most so many bytes. */
int cxlsx_read(const char *path, const char *part, uint64_t most, const cxlsx_handlers *handlers, void *context);

#endif
