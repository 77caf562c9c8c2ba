/* Workbooks of Excel by libxlsxwriter, which is looked for when one is first written: linked, it and the libraries that it
 * brings would cost every start of the program. One thread at a time. */
#ifndef CXLSX_H
#define CXLSX_H

#include "CXLSXReader.h"

#include <stdbool.h>
#include <stdint.h>

enum {
  CXLSX_OK = 0,
  /* It is not on this machine. */
  CXLSX_MISSING = 1,
  /* It was not there when the program was built. */
  CXLSX_UNBUILT = 2,
  /* It gave up; `cxlsx_problem` says why. */
  CXLSX_FAILED = 3
};

typedef struct cxlsx_book cxlsx_book;

/* Why the last call failed. */
const char *cxlsx_problem(void);

/* A new workbook that is to lie at a path; nothing where that cannot be, and then `status` says why. */
cxlsx_book *cxlsx_open(const char *path, int *status);

/* Begins the next sheet, in which the calls below write. */
int cxlsx_sheet(cxlsx_book *book, const char *name);

/* The width of a column, in characters. */
void cxlsx_width(cxlsx_book *book, uint16_t column, double width);

/* The heading of a column, in the first row. */
int cxlsx_heading(cxlsx_book *book, uint16_t column, const char *text);

/* A text, which is never read as a formula or an address. */
int cxlsx_text(cxlsx_book *book, uint32_t row, uint16_t column, const char *text);

/* A number in a format of Excel. */
int cxlsx_number(cxlsx_book *book, uint32_t row, uint16_t column, double number, const char *format);

/* A day. */
int cxlsx_day(cxlsx_book *book, uint32_t row, uint16_t column, int year, int month, int day);

/* Keeps the first row and the first `columns` in sight, and lets the rows be filtered. */
void cxlsx_finish_sheet(cxlsx_book *book, uint32_t rows, uint16_t columns, uint16_t frozen);

/* Writes the workbook and lets it go, whether that succeeds or not. */
int cxlsx_close(cxlsx_book *book);

#endif
