#include "CXLSXReader.h"

#include <stdio.h>
#include <string.h>

static _Thread_local char problem[256] = "";

const char *cxlsx_read_problem(void) { return problem; }

#if __has_include(<minizip/unzip.h>) && __has_include(<expat.h>)

#include <dlfcn.h>
#include <expat.h>
#include <minizip/unzip.h>
#include <stdlib.h>

static const char *const zip_name = "libminizip.so.1";
static const char *const xml_name = "libexpat.so.1";

/* What is asked of the libraries, by the names that it has there. */
#define ZIP_FUNCTIONS(each)                                                                                          \
  each(unzOpen64) each(unzClose) each(unzLocateFile) each(unzOpenCurrentFile) each(unzReadCurrentFile)               \
      each(unzCloseCurrentFile)
#define XML_FUNCTIONS(each)                                                                                          \
  each(XML_ParserCreate) each(XML_ParserFree) each(XML_Parse) each(XML_StopParser) each(XML_SetUserData)             \
      each(XML_SetElementHandler) each(XML_SetCharacterDataHandler) each(XML_SetDoctypeDeclHandler)                  \
          each(XML_GetErrorCode) each(XML_ErrorString)

#define DECLARE(name) __typeof__(&name) name##_;
static struct {
  ZIP_FUNCTIONS(DECLARE) XML_FUNCTIONS(DECLARE)
} call;
static bool is_loaded = false;

static bool find(void *library, const char *library_name, const char *name, void *place) {
  void *found = dlsym(library, name);
  if (!found) {
    snprintf(problem, sizeof problem, "%s has no %s", library_name, name);
    return false;
  }
  memcpy(place, &found, sizeof found);
  return true;
}

static void *opened(const char *name) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *words = dlerror();
    snprintf(problem, sizeof problem, "%s", words ? words : "it cannot be opened");
  }
  return library;
}

static int load(void) {
  if (is_loaded) return CXLSX_READ_OK;
  void *zip = opened(zip_name), *xml = zip ? opened(xml_name) : NULL;
  if (!xml) return CXLSX_READ_MISSING;
#define FIND_ZIP(name) \
  if (!find(zip, zip_name, #name, &call.name##_)) return CXLSX_READ_MISSING;
#define FIND_XML(name) \
  if (!find(xml, xml_name, #name, &call.name##_)) return CXLSX_READ_MISSING;
  ZIP_FUNCTIONS(FIND_ZIP) XML_FUNCTIONS(FIND_XML)
  is_loaded = true;
  return CXLSX_READ_OK;
}

struct parse {
  XML_Parser parser;
  const cxlsx_handlers *handlers;
  void *context;
  int status;
};

static void stop(struct parse *parse, int status) {
  parse->status = status;
  call.XML_StopParser_(parse->parser, XML_FALSE);
}

static void XMLCALL begins(void *data, const XML_Char *name, const XML_Char **attributes) {
  struct parse *parse = data;
  if (!parse->handlers->begin(parse->context, name, (const char *const *)attributes)) stop(parse, CXLSX_READ_STOPPED);
}

static void XMLCALL ends(void *data, const XML_Char *name) {
  struct parse *parse = data;
  if (!parse->handlers->end(parse->context, name)) stop(parse, CXLSX_READ_STOPPED);
}

static void XMLCALL says(void *data, const XML_Char *text, int length) {
  struct parse *parse = data;
  parse->handlers->text(parse->context, text, length);
}

/* No workbook has one, and what it declares could grow without end. */
static void XMLCALL declares(
    void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public_id, int has_subset) {
  (void)name, (void)system, (void)public_id, (void)has_subset;
  snprintf(problem, sizeof problem, "its XML declares a document type");
  stop(data, CXLSX_READ_FAILED);
}

static int read_part(unzFile book, struct parse *parse, uint64_t most) {
  char buffer[1 << 16];
  uint64_t taken = 0;
  while (parse->status == CXLSX_READ_OK) {
    int count = call.unzReadCurrentFile_(book, buffer, sizeof buffer);
    if (count < 0) {
      snprintf(problem, sizeof problem, "it is damaged");
      return CXLSX_READ_FAILED;
    }
    taken += (uint64_t)count;
    if (taken > most) return CXLSX_READ_LARGE;
    if (call.XML_Parse_(parse->parser, buffer, count, count == 0) == XML_STATUS_ERROR &&
        parse->status == CXLSX_READ_OK) {
      snprintf(
          problem, sizeof problem, "its XML is wrong: %s", call.XML_ErrorString_(call.XML_GetErrorCode_(parse->parser)));
      return CXLSX_READ_FAILED;
    }
    if (count == 0) break;
  }
  return parse->status;
}

int cxlsx_read(const char *path, const char *part, uint64_t most, const cxlsx_handlers *handlers, void *context) {
  int status = load();
  if (status != CXLSX_READ_OK) return status;
  unzFile book = call.unzOpen64_(path);
  if (!book) {
    snprintf(problem, sizeof problem, "it is no ZIP archive");
    return CXLSX_READ_FAILED;
  }
  /* Names of parts are the same in capitals and small letters. */
  if (call.unzLocateFile_(book, part, 2) != UNZ_OK) {
    call.unzClose_(book);
    snprintf(problem, sizeof problem, "it has no %.100s", part);
    return CXLSX_READ_ABSENT;
  }
  if (call.unzOpenCurrentFile_(book) != UNZ_OK) {
    call.unzClose_(book);
    snprintf(problem, sizeof problem, "%.100s cannot be opened", part);
    return CXLSX_READ_FAILED;
  }
  struct parse parse = {call.XML_ParserCreate_(NULL), handlers, context, CXLSX_READ_OK};
  if (!parse.parser) {
    status = CXLSX_READ_FAILED;
    snprintf(problem, sizeof problem, "there is no memory for it");
  } else {
    call.XML_SetUserData_(parse.parser, &parse);
    call.XML_SetElementHandler_(parse.parser, begins, ends);
    call.XML_SetCharacterDataHandler_(parse.parser, says);
    call.XML_SetDoctypeDeclHandler_(parse.parser, declares, NULL);
    status = read_part(book, &parse, most);
    call.XML_ParserFree_(parse.parser);
  }
  /* What was read whole must be what was written. */
  if (call.unzCloseCurrentFile_(book) == UNZ_CRCERROR && status == CXLSX_READ_OK) {
    snprintf(problem, sizeof problem, "it is damaged: %.100s is not what was written", part);
    status = CXLSX_READ_FAILED;
  }
  call.unzClose_(book);
  return status;
}

#else

int cxlsx_read(const char *path, const char *part, uint64_t most, const cxlsx_handlers *handlers, void *context) {
  (void)path, (void)part, (void)most, (void)handlers, (void)context;
  snprintf(problem, sizeof problem, "Entente was built without the headers of minizip and expat");
  return CXLSX_READ_MISSING;
}

#endif
