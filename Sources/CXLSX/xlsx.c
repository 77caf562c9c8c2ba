#include "CXLSX.h"

#include <stdio.h>
#include <string.h>

static _Thread_local char problem[256] = "";

const char *cxlsx_problem(void) { return problem; }

#if __has_include(<xlsxwriter.h>)

#include <dlfcn.h>
#include <stdlib.h>
#include <xlsxwriter.h>

/* The version whose headers these are made for: a library of another one has another name. */
static const char *const library_name = "libxlsxwriter.so.4";

/* What is asked of the library, by the names that it has there. */
#define FUNCTIONS(each)                                                                                              \
  each(workbook_new) each(workbook_add_worksheet) each(workbook_add_format) each(workbook_close)                     \
      each(worksheet_write_string) each(worksheet_write_number) each(worksheet_write_datetime)                       \
          each(worksheet_set_column) each(worksheet_freeze_panes) each(worksheet_autofilter) each(format_set_bold)   \
              each(format_set_num_format) each(format_set_text_wrap) each(format_set_align) each(lxw_strerror)

#define DECLARE(name) __typeof__(&name) name##_;
static struct {
  FUNCTIONS(DECLARE)
} call;
static bool is_loaded = false;

/* The formats of numbers that a workbook has so far. */
#define MOST_FORMATS 200

struct cxlsx_book {
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *bold;
  lxw_format *plain;
  lxw_format *day;
  struct {
    char words[64];
    lxw_format *format;
  } formats[MOST_FORMATS];
  int format_count;
};

static bool find(void *library, const char *name, void *place) {
  void *found = dlsym(library, name);
  if (!found) {
    snprintf(problem, sizeof problem, "%s has no %s", library_name, name);
    return false;
  }
  memcpy(place, &found, sizeof found);
  return true;
}

static int load(void) {
  if (is_loaded) return CXLSX_OK;
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *words = dlerror();
    snprintf(problem, sizeof problem, "%s", words ? words : "it cannot be opened");
    return CXLSX_MISSING;
  }
#define FIND(name) \
  if (!find(library, #name, &call.name##_)) return CXLSX_MISSING;
  FUNCTIONS(FIND)
  is_loaded = true;
  return CXLSX_OK;
}

static int told(lxw_error error) {
  if (error == LXW_NO_ERROR) return CXLSX_OK;
  const char *words = call.lxw_strerror_(error);
  snprintf(problem, sizeof problem, "%s", words ? words : "it gave up");
  return CXLSX_FAILED;
}

static lxw_format *new_format(cxlsx_book *book, const char *words) {
  lxw_format *format = call.workbook_add_format_(book->book);
  if (!format) return NULL;
  call.format_set_align_(format, LXW_ALIGN_VERTICAL_TOP);
  if (words) call.format_set_num_format_(format, words);
  return format;
}

cxlsx_book *cxlsx_open(const char *path, int *status) {
  *status = load();
  if (*status != CXLSX_OK) return NULL;
  *status = CXLSX_FAILED;
  snprintf(problem, sizeof problem, "there is no memory for it");
  cxlsx_book *book = calloc(1, sizeof *book);
  if (!book) return NULL;
  book->book = call.workbook_new_(path);
  if (!book->book) {
    free(book);
    return NULL;
  }
  book->bold = new_format(book, NULL);
  book->plain = new_format(book, NULL);
  book->day = new_format(book, "yyyy-mm-dd");
  if (book->bold) call.format_set_bold_(book->bold);
  if (book->plain) call.format_set_text_wrap_(book->plain);
  *status = CXLSX_OK;
  return book;
}

int cxlsx_sheet(cxlsx_book *book, const char *name) {
  book->sheet = call.workbook_add_worksheet_(book->book, name);
  if (book->sheet) return CXLSX_OK;
  snprintf(problem, sizeof problem, "it takes no sheet called so");
  return CXLSX_FAILED;
}

void cxlsx_width(cxlsx_book *book, uint16_t column, double width) {
  call.worksheet_set_column_(book->sheet, column, column, width, NULL);
}

int cxlsx_heading(cxlsx_book *book, uint16_t column, const char *text) {
  return told(call.worksheet_write_string_(book->sheet, 0, column, text, book->bold));
}

int cxlsx_text(cxlsx_book *book, uint32_t row, uint16_t column, const char *text) {
  return told(call.worksheet_write_string_(book->sheet, row, column, text, book->plain));
}

static lxw_format *number_format(cxlsx_book *book, const char *words) {
  for (int place = 0; place < book->format_count; place++)
    if (!strcmp(book->formats[place].words, words)) return book->formats[place].format;
  if (book->format_count == MOST_FORMATS || strlen(words) >= sizeof book->formats[0].words) return book->plain;
  strcpy(book->formats[book->format_count].words, words);
  return book->formats[book->format_count++].format = new_format(book, words);
}

int cxlsx_number(cxlsx_book *book, uint32_t row, uint16_t column, double number, const char *format) {
  return told(call.worksheet_write_number_(book->sheet, row, column, number, number_format(book, format)));
}

int cxlsx_day(cxlsx_book *book, uint32_t row, uint16_t column, int year, int month, int day) {
  lxw_datetime date = {.year = year, .month = month, .day = day};
  return told(call.worksheet_write_datetime_(book->sheet, row, column, &date, book->day));
}

void cxlsx_finish_sheet(cxlsx_book *book, uint32_t rows, uint16_t columns, uint16_t frozen) {
  call.worksheet_freeze_panes_(book->sheet, 1, frozen);
  if (rows > 0 && columns > 0) call.worksheet_autofilter_(book->sheet, 0, 0, rows, columns - 1);
}

int cxlsx_close(cxlsx_book *book) {
  int status = told(call.workbook_close_(book->book));
  free(book);
  return status;
}

#else

struct cxlsx_book {
  int none;
};

cxlsx_book *cxlsx_open(const char *path, int *status) {
  (void)path;
  snprintf(problem, sizeof problem, "Entente was built without it");
  *status = CXLSX_UNBUILT;
  return NULL;
}
int cxlsx_sheet(cxlsx_book *book, const char *name) { return (void)book, (void)name, CXLSX_UNBUILT; }
void cxlsx_width(cxlsx_book *book, uint16_t column, double width) { (void)book, (void)column, (void)width; }
int cxlsx_heading(cxlsx_book *book, uint16_t column, const char *text) {
  return (void)book, (void)column, (void)text, CXLSX_UNBUILT;
}
int cxlsx_text(cxlsx_book *book, uint32_t row, uint16_t column, const char *text) {
  return (void)book, (void)row, (void)column, (void)text, CXLSX_UNBUILT;
}
int cxlsx_number(cxlsx_book *book, uint32_t row, uint16_t column, double number, const char *format) {
  return (void)book, (void)row, (void)column, (void)number, (void)format, CXLSX_UNBUILT;
}
int cxlsx_day(cxlsx_book *book, uint32_t row, uint16_t column, int year, int month, int day) {
  return (void)book, (void)row, (void)column, (void)year, (void)month, (void)day, CXLSX_UNBUILT;
}
void cxlsx_finish_sheet(cxlsx_book *book, uint32_t rows, uint16_t columns, uint16_t frozen) {
  (void)book, (void)rows, (void)columns, (void)frozen;
}
int cxlsx_close(cxlsx_book *book) { return (void)book, CXLSX_UNBUILT; }

#endif
