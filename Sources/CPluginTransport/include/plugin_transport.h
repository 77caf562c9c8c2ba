/* How cells and calls travel between the host and entente-worker, and how either loads a plugin's library: one code for
 * both, so that both mean the same. Host and worker are always of one build; this is no contract with plugins.
 *
 * A cell is its type (1 byte) and then: nothing (empty); 8 bytes (integer, boolean, real); a length (4 bytes) and its
 * bytes (text, key, decimal); two days (8 bytes each), a length and its bytes (date); a count (4 bytes) and that many
 * cells (list). A frame is the length of its payload (4 bytes), its kind (4 bytes) and the payload. Little-endian. */
#ifndef PLUGIN_TRANSPORT_H
#define PLUGIN_TRANSPORT_H

#include <stdbool.h>
#include <string.h>

#include "entente_plugin.h"

/* Bytes that grow. `failed` once memory was refused; nothing is added from then on. `items` counts the cells of lists in
 * rows that were put or checked, which take a host more than their bytes. */
typedef struct pt_buffer {
  uint8_t *bytes;
  uint64_t length;
  uint64_t capacity;
  uint64_t items;
  bool failed;
} pt_buffer;

/* Makes room for `more` bytes behind those that are there. */
bool pt_reserve(pt_buffer *buffer, uint64_t more);
void pt_free(pt_buffer *buffer);

static inline void pt_put(pt_buffer *buffer, const void *bytes, uint64_t count) {
  if (count == 0 || (buffer->capacity - buffer->length < count && !pt_reserve(buffer, count))) return;
  memcpy(buffer->bytes + buffer->length, bytes, count);
  buffer->length += count;
}
static inline void pt_put_u8(pt_buffer *buffer, uint8_t number) { pt_put(buffer, &number, 1); }
static inline void pt_put_u32(pt_buffer *buffer, uint32_t number) { pt_put(buffer, &number, 4); }
static inline void pt_put_u64(pt_buffer *buffer, uint64_t number) { pt_put(buffer, &number, 8); }
/* A length and its bytes. */
static inline void pt_put_bytes(pt_buffer *buffer, const void *bytes, uint64_t count) {
  pt_put_u32(buffer, (uint32_t)count);
  pt_put(buffer, bytes, count);
}
/* Cells, by their parts. */
static inline void pt_put_empty(pt_buffer *buffer) { pt_put_u8(buffer, ENTENTE_EMPTY); }
static inline void pt_put_text(pt_buffer *buffer, uint32_t type, const void *bytes, uint64_t count) {
  pt_put_u8(buffer, (uint8_t)type);
  pt_put_bytes(buffer, bytes, count);
}
static inline void pt_put_number(pt_buffer *buffer, uint32_t type, int64_t number) {
  pt_put_u8(buffer, (uint8_t)type);
  pt_put_u64(buffer, (uint64_t)number);
}
static inline void pt_put_real(pt_buffer *buffer, double number) {
  pt_put_u8(buffer, ENTENTE_REAL);
  pt_put(buffer, &number, 8);
}
static inline void pt_put_date(pt_buffer *buffer, int64_t first, int64_t last, const void *bytes, uint64_t count) {
  pt_put_number(buffer, ENTENTE_DATE, first);
  pt_put_u64(buffer, (uint64_t)last);
  pt_put_bytes(buffer, bytes, count);
}

/* What is wrong with a cell. */
enum {
  PT_SOUND = 0,
  PT_WRONG_TYPE,   /* `found` in a column of `wanted` */
  PT_UNKNOWN_TYPE, /* `found` */
  PT_FLAGS,        /* `found` are not 0 */
  PT_TEXT_TOO_LONG,
  PT_NO_TEXT,      /* a length without bytes */
  PT_NO_UTF8,
  PT_NO_KEY,       /* `excerpt` */
  PT_NOT_FINITE,
  PT_NO_DECIMAL,   /* `excerpt` */
  PT_NO_DATE,
  PT_NO_LIST,
  PT_NESTED_LIST,
  PT_CUT_OFF,      /* the bytes are not the cells that they should be */
  PT_NO_MEMORY,
  PT_NO_EDTF,      /* `excerpt`: the text of a date */
  PT_WRONG_DAYS    /* `excerpt`: the text of a date that means other days */
};
typedef struct pt_fault {
  uint32_t kind;
  uint32_t found;
  uint32_t wanted;
  uint32_t excerpt_length;
  uint64_t index; /* of the cell */
  char excerpt[80];
} pt_fault;

/* Whether a text is a date of EDTF level 1, and the first and last day that it can mean: the host's own rule, asked of
 * what is more than a plain day. Without a rule (NULL) only the order of the days is looked at. */
typedef bool (*pt_date_rule)(const uint8_t *bytes, uint64_t length, int64_t *first, int64_t *last);

/* Copies cells that somebody lends, believing no more of them than that pointers lead to as many bytes as they say. */
bool pt_put_cells(pt_buffer *buffer, const entente_cell *cells, uint64_t count, pt_fault *fault);
/* The same for rows of a result, whose cells must fit the types of the columns: all of them or none. */
bool pt_put_rows(pt_buffer *buffer, const entente_cell *cells, const uint32_t *types, uint64_t width, uint64_t rows,
                 pt_date_rule rule, pt_fault *fault);

/* Cells that another process sent. */
typedef struct pt_checked {
  uint64_t length; /* how many bytes the cells take */
  uint64_t items;  /* how many cells their lists hold */
} pt_checked;
/* Whether bytes begin with `rows` rows of `width` cells that fit the types of the columns; NULL lets any type be. */
bool pt_check(const uint8_t *bytes, uint64_t length, const uint32_t *types, uint64_t width, uint64_t rows,
              pt_date_rule rule, pt_checked *checked, pt_fault *fault);
/* What texts must be: UTF-8, a key, a decimal. */
bool pt_is_key(const uint8_t *bytes, uint64_t length);
bool pt_is_decimal(const uint8_t *bytes, uint64_t length);
bool pt_is_utf8(const uint8_t *bytes, uint64_t length);
/* A date as `2026-02-04`, and which day that is. */
bool pt_is_day(const uint8_t *bytes, uint64_t length, int64_t *day);
/* Whether a text means exactly these days. */
bool pt_is_date(const uint8_t *bytes, uint64_t length, int64_t first, int64_t last, pt_date_rule rule, uint64_t index,
                pt_fault *fault);
/* Says of a text what is wrong with it, and how it begins; false. */
bool pt_refuse_text(pt_fault *fault, uint32_t kind, uint64_t index, const uint8_t *bytes, uint64_t length);

/* Cells whose texts lie in the bytes that they were read from. */
typedef struct pt_cells {
  entente_cell *cells;
  uint64_t count;
  uint64_t capacity;
  entente_cell *items; /* of lists */
  uint64_t item_capacity;
} pt_cells;
/* Reads `count` cells; answers how many bytes they took, or 0 where they are cut off (or none was asked for). */
uint64_t pt_read_cells(const uint8_t *bytes, uint64_t length, uint64_t count, pt_cells *out);
void pt_free_cells(pt_cells *cells);

/* Where the value of JSON (RFC 8259) ends that begins at `start`, or 0 where none does: at most so deep that no line
 * exhausts the stack, and without memory of its own. The bytes are UTF-8. */
uint64_t pt_json_end(const uint8_t *bytes, uint64_t length, uint64_t start);
/* What `\\u` and its digits stand for, with the second half of a pair; answers how many bytes that takes, or 0. */
uint64_t pt_json_scalar(const uint8_t *bytes, uint64_t length, uint32_t *scalar);

/* Why a library is no plugin that can be used. */
enum {
  PT_LOADED = 0,
  PT_LOAD_FAILED,      /* `words` of the dynamic loader */
  PT_ENTRY_MISSING,
  PT_MAJOR_NEWER,      /* `number` */
  PT_MINOR_NEWER,      /* `number` */
  PT_INIT_FAILED,      /* `number` is the status, `words` the plugin's own */
  PT_TABLE_SIZE,       /* `number` */
  PT_FEATURES_MISSING, /* `number`: the bits */
  PT_RUN_MISSING,
  PT_MANIFEST_MISSING
};
typedef struct pt_load_problem {
  uint32_t kind;
  uint64_t number;
  char words[1000];
} pt_load_problem;

#define PT_FEATURES                                                                                             \
  (ENTENTE_FEATURE_FILTERS | ENTENTE_FEATURE_LISTS | ENTENTE_FEATURE_CONDITIONS | ENTENTE_FEATURE_TIMES |       \
   ENTENTE_FEATURE_TABLES | ENTENTE_FEATURE_EVIDENCE)
enum { PT_FEATURE_BITS = 63 }; /* the same, as a number that Swift can read */
/* sizeof(entente_plugin) and sizeof(entente_query) of version 1.0 */
#define PT_LEAST_PLUGIN UINT64_C(72)
#define PT_LEAST_QUERY UINT64_C(56)

/* A query of today's size, of one that may be of an earlier version: what that has not is empty. Answers what is wrong
 * with it, or NULL. */
const char *pt_take_query(const entente_query *query, entente_query *whole);

/* Loads a library and has it fill `plugin`. The image stays for as long as the process. */
bool pt_load(const char *path, const entente_host *host, entente_plugin *plugin, pt_load_problem *problem);

/* What Swift does not see of the C library. A pipe that no other process gets; what has a process start in a session of
 * its own; the file that has a symbol of this process, or NULL; whether an extended attribute of a file is 1. */
bool pt_pipe(int ends[2]);
enum { PT_SPAWN_SESSION = 0x80 };
const char *pt_library_with(const char *symbol);
bool pt_is_marked(const char *path, const char *attribute);
/* A process to be started in a session of its own, within a group of processes. Answers its number; where that is negative
 * or `failure` is set, it was not started (then whoever is told of a number waits for it). */
typedef struct pt_birth {
  const char *path;
  char *const *arguments;
  char *const *environment;
  int host;   /* what its descriptor 3 is */
  int errors; /* what its standard output and error are: none of the first four */
  int group;  /* the open folder of a cgroup v2 */
  volatile int failure;
} pt_birth;
int pt_bear(pt_birth *birth);
/* Ends this process where its parent does. */
void pt_follow(void);

/* Frames, host to worker. */
enum {
  PT_RUN = 1,    /* analysis, arguments (count; each a name, a count and cells), today (i64), on and published by (two
                    cells), recorded by, snapshot (texts) */
  PT_OPENED,     /* a cursor (u32) */
  PT_ROWS,       /* rows (u32), cells; no rows at the end */
  PT_STATUS      /* i32: the call has failed or was cancelled */
};
/* Frames, worker to host. */
enum {
  PT_READY = 101, /* the manifest, as it stands */
  PT_REFUSED,     /* kind (u32), number (u64), words */
  PT_OPEN,        /* relation, columns (u32, texts), filters (u32; each a column, a count (u32) and cells), conditions
                     (u32; each a column, a comparison (u32), a count (u32) and cells), own times (u32), on and published
                     by (two cells), recorded by */
  PT_NEXT,        /* a cursor */
  PT_CLOSE,       /* a cursor */
  PT_COLUMNS,     /* u32; each a name, a type (u32) and flags (u32) */
  PT_EMIT,        /* rows (u64), cells */
  PT_PROGRESS,    /* a fraction (f64) and words */
  PT_NOTE,        /* the words, as they stand */
  PT_LOG,         /* the words, as they stand */
  PT_FAIL,        /* code, message, hint */
  PT_MISUSE,      /* what the plugin did, as it stands */
  PT_CELL,        /* a pt_fault: a cell that cannot be taken, with its place in the rows emitted since the last frame */
  PT_DONE,        /* i32: what `run` returned */
  PT_TABLE        /* a name, and columns as PT_COLUMNS has them */
};
/* No frame is larger, and none that a worker sends. */
#define PT_MOST_PAYLOAD UINT64_C(0x20000000)
#define PT_MOST_SENT UINT64_C(0x4000000)
/* The signal that asks a worker to end its run. */
#define PT_CANCEL_SIGNAL 10 /* SIGUSR1 */

#endif
