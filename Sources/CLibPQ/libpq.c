#include "CLibPQ.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char problem[256] = "";

const char *clibpq_problem(void) { return problem; }

static const char *const library_name = "libpq.so.5";

/* What is asked of the library: its result, its name there without `PQ`, its parameters, and what is handed on. */
#define FUNCTIONS(each)                                                                                              \
  each(clibpq_connection *, connectdbParams, (const char *const *k, const char *const *v, int e), (k, v, e))         \
  each(int, status, (const clibpq_connection *c), (c))                                                               \
  each(int, transactionStatus, (const clibpq_connection *c), (c))                                                    \
  each(int, socket, (const clibpq_connection *c), (c))                                                               \
  each(int, serverVersion, (const clibpq_connection *c), (c))                                                        \
  each(int, backendPID, (const clibpq_connection *c), (c))                                                           \
  each(char *, user, (const clibpq_connection *c), (c))                                                              \
  each(char *, errorMessage, (const clibpq_connection *c), (c))                                                      \
  each(int, sendQuery, (clibpq_connection *c, const char *s), (c, s))                                                \
  each(int, sendQueryParams,                                                                                         \
       (clibpq_connection *c, const char *s, int i, const unsigned *t, const char *const *v, const int *l,           \
        const int *f, int r),                                                                                        \
       (c, s, i, t, v, l, f, r))                                                                                     \
  each(int, sendPrepare, (clibpq_connection *c, const char *n, const char *s, int i, const unsigned *t),             \
       (c, n, s, i, t))                                                                                              \
  each(int, sendQueryPrepared,                                                                                       \
       (clibpq_connection *c, const char *n, int i, const char *const *v, const int *l, const int *f, int r),        \
       (c, n, i, v, l, f, r))                                                                                        \
  each(int, consumeInput, (clibpq_connection *c), (c))                                                               \
  each(int, isBusy, (clibpq_connection *c), (c))                                                                     \
  each(clibpq_result *, getResult, (clibpq_connection *c), (c))                                                      \
  each(int, enterPipelineMode, (clibpq_connection *c), (c))                                                          \
  each(int, exitPipelineMode, (clibpq_connection *c), (c))                                                           \
  each(int, pipelineSync, (clibpq_connection *c), (c))                                                               \
  each(int, resultStatus, (const clibpq_result *r), (r))                                                             \
  each(char *, resultErrorField, (const clibpq_result *r, int f), (r, f))                                            \
  each(char *, resultErrorMessage, (const clibpq_result *r), (r))                                                    \
  each(int, ntuples, (const clibpq_result *r), (r))                                                                  \
  each(int, nfields, (const clibpq_result *r), (r))                                                                  \
  each(char *, fname, (const clibpq_result *r, int c), (r, c))                                                       \
  each(int, getisnull, (const clibpq_result *r, int i, int c), (r, i, c))                                            \
  each(char *, getvalue, (const clibpq_result *r, int i, int c), (r, i, c))                                          \
  each(int, getlength, (const clibpq_result *r, int i, int c), (r, i, c))                                            \
  each(char *, cmdTuples, (clibpq_result *r), (r))                                                                   \
  each(int, putCopyData, (clibpq_connection *c, const char *b, int n), (c, b, n))                                    \
  each(int, putCopyEnd, (clibpq_connection *c, const char *p), (c, p))

#define ACTIONS(each)                                      \
  each(finish, (clibpq_connection *c), (c))                \
  each(clear, (clibpq_result *r), (r))

typedef struct pg_cancel cancel_key;
typedef void (*notice_processor)(void *, const char *);

#define DECLARE(type, name, parameters, given) type(*name) parameters;
#define DECLARE_ACTION(name, parameters, given) void(*name) parameters;
static struct {
  FUNCTIONS(DECLARE)
  ACTIONS(DECLARE_ACTION)
  cancel_key *(*getCancel)(clibpq_connection *);
  int (*cancel)(cancel_key *, char *, int);
  void (*freeCancel)(cancel_key *);
  notice_processor (*setNoticeProcessor)(clibpq_connection *, notice_processor, void *);
} call;
static bool is_loaded = false;

static bool find(void *library, const char *name, void *place) {
  void *found = dlsym(library, name);
  if (!found) {
    snprintf(problem, sizeof problem, "%s has no %s: version 14 or later is needed", library_name, name);
    return false;
  }
  memcpy(place, &found, sizeof found);
  return true;
}

int clibpq_load(void) {
  if (is_loaded) return 0;
  void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *words = dlerror();
    snprintf(problem, sizeof problem, "%s", words ? words : "it cannot be opened");
    return 1;
  }
#define FIND(type, name, parameters, given) \
  if (!find(library, "PQ" #name, &call.name)) return 1;
#define FIND_ACTION(name, parameters, given) FIND(void, name, parameters, given)
  FUNCTIONS(FIND)
  ACTIONS(FIND_ACTION)
  FIND(, getCancel, , )
  FIND(, cancel, , )
  FIND(, freeCancel, , )
  FIND(, setNoticeProcessor, , )
  is_loaded = true;
  return 0;
}

#define DEFINE(type, name, parameters, given) \
  type clibpq_##name parameters { return call.name given; }
#define DEFINE_ACTION(name, parameters, given) \
  void clibpq_##name parameters { call.name given; }
FUNCTIONS(DEFINE)
ACTIONS(DEFINE_ACTION)

void clibpq_cancelQuery(clibpq_connection *connection) {
  cancel_key *key = call.getCancel(connection);
  if (!key) return;
  char words[256];
  call.cancel(key, words, sizeof words);
  call.freeCancel(key);
}

static void be_quiet(void *context, const char *words) {
  (void)context;
  (void)words;
}

void clibpq_beQuiet(clibpq_connection *connection) { call.setNoticeProcessor(connection, be_quiet, NULL); }
