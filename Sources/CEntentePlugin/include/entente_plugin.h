/* entente_plugin.h: the contract between Entente and an analysis plugin, version 1.0, frozen.
 *
 * A plugin is a shared library that exports one function, entente_plugin_init_v1. It describes its analyses in a
 * manifest and, when one is run, reads relations of the registry through the host and emits a table. C99 and C++17.
 *
 * WHAT STAYS. The entry symbol carries the major version; a plugin built against v1.m loads in every host of v1.n
 * with n >= needs_minor, whatever compiler built either. Nothing here is ever changed or taken away, only appended:
 * tables that start with `size` grow at their end, and a field is read only where the other side's size covers it
 * (ENTENTE_HAS). entente_text, entente_cell, entente_date, entente_list, entente_column, entente_argument and
 * entente_filter are elements of arrays and never grow. New values of an enumeration, relations and columns come with
 * a feature bit or a minor version. `flags` and `reserved` are 0; a host refuses others. Product versions are never
 * compared. 64-bit platforms only.
 *
 * WHERE IT RUNS. In the host's process, or in a process of its own (entente-worker) that is fed by the host; a plugin
 * cannot tell which, and need not. In a worker it has no network, cannot start other programs, writes nowhere but in
 * the folder that TMPDIR names, and has as much memory as the user allows.
 *
 * OWNERSHIP. Nobody frees the other's memory. What is passed to a function is borrowed for that call: the callee
 * copies what it keeps. Cells that `next` gives live until `next` or `close` is called on the same cursor. What a
 * request points to lives until `run` returns. What the plugin table points to lives as long as the process; a library
 * is never unloaded.
 *
 * THREADS. init runs on one thread at a time and may run again in the same process, with the same outcome. Calls of
 * `run` may overlap on different threads. Everything that belongs to one entente_call happens on the thread that
 * `run` was called on, and ends when `run` returns; a plugin may compute on threads of its own in between.
 *
 * ERRORS. Functions return an entente_status. The first failure of a call is the one that is shown; afterwards every
 * function returns its status again, so a plugin may simply return what it got. Never let a C++ exception or a
 * longjmp cross the boundary. Standard output belongs to the host: write to `log`, never to stdout.
 *
 * CANCELLATION is cooperative at first: `open`, `next`, `columns`, `emit`, `progress` and `note` return
 * ENTENTE_CANCELLED once the user (Ctrl-C) or a deadline has ended the call, and `run` then returns soon. Call
 * `progress` in computations that neither read nor emit for more than about 50 ms. A worker that does not return is
 * killed.
 */
#ifndef ENTENTE_PLUGIN_H
#define ENTENTE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* This header's version. The major version is also in the entry's name. */
#define ENTENTE_CONTRACT_MAJOR 1u
#define ENTENTE_CONTRACT_MINOR 0u

/* Whether the table at `pointer` is large enough to hold `field`. */
#define ENTENTE_HAS(type, pointer, field) \
  ((pointer)->size >= offsetof(type, field) + sizeof(((type *)0)->field))

/* Limits of version 1. A host may allow more rows; what goes beyond fails the call with a message. */
enum {
  ENTENTE_MAX_COLUMNS = 256,
  ENTENTE_MAX_ROWS = 1000000,          /* of one result; the rows of a relation are not limited */
  ENTENTE_MAX_TEXT_BYTES = 1048576,    /* of one text */
  ENTENTE_MAX_LIST_CELLS = 100000,     /* of one list */
  ENTENTE_MAX_MANIFEST_BYTES = 1048576
};

/* What a function answers. A plugin never makes up other values. */
enum {
  ENTENTE_OK = 0,
  ENTENTE_CANCELLED = 1, /* the user or a deadline ended the call: return */
  ENTENTE_FAILED = 2,    /* the call has failed, and the host knows why: return */
  ENTENTE_UNSUPPORTED = 3 /* from init only: this host lacks what the plugin needs */
};

/* UTF-8 without a terminating zero. `bytes` may be NULL where `length` is 0. */
typedef struct entente_text {
  const char *bytes;
  uint64_t length;
} entente_text;

/* The type of a cell, and of a column. */
enum {
  ENTENTE_EMPTY = 0,   /* nothing is stated; fits every column. As a column's type: any type */
  ENTENTE_TEXT = 1,    /* value.text */
  ENTENTE_KEY = 2,     /* value.text: the key of an entity, a type or a property, at most 200 bytes */
  ENTENTE_INTEGER = 3, /* value.integer */
  ENTENTE_REAL = 4,    /* value.real: finite. For measures; money and shares are decimals */
  ENTENTE_DECIMAL = 5, /* value.text: -?digits[.digits], at most 38 digits, exact */
  ENTENTE_DATE = 6,    /* value.date */
  ENTENTE_BOOLEAN = 7, /* value.integer: 0 or 1 */
  ENTENTE_LIST = 8     /* value.list: cells of any type but ENTENTE_LIST */
};

struct entente_cell;

/* A date as its source has it: EDTF level 1 text, and the first and last day that it can mean, as days since
 * 1970-01-01 in the proleptic Gregorian calendar. */
typedef struct entente_date {
  entente_text edtf;
  int64_t first_day;
  int64_t last_day;
} entente_date;

typedef struct entente_list {
  const struct entente_cell *cells;
  uint64_t count;
} entente_list;

typedef union entente_value {
  int64_t integer;
  double real;
  entente_text text;
  entente_date date;
  entente_list list;
} entente_value;

typedef struct entente_cell {
  uint32_t type;
  uint32_t flags; /* 0 */
  entente_value value;
} entente_cell;

/* A column of the result. */
typedef struct entente_column {
  entente_text name; /* lower-case words joined by underscores */
  uint32_t type;
  uint32_t flags; /* 0 */
} entente_column;

/* The values given for one parameter, checked against the manifest and with defaults filled in. A parameter that is
 * left out and has no default has no argument. Types: entities ENTENTE_KEY, numbers ENTENTE_DECIMAL, integers
 * ENTENTE_INTEGER, texts and choices ENTENTE_TEXT, dates ENTENTE_DATE. */
typedef struct entente_argument {
  entente_text name;
  const entente_cell *values;
  uint64_t count;
} entente_argument;

/* Keeps the rows in which `column` equals one of the values; none where there are no values. Keys and texts are
 * compared alike, by their bytes; dates by their EDTF text; an empty value finds the rows where nothing is stated. The
 * column need not be among those that are read. */
typedef struct entente_filter {
  entente_text column;
  const entente_cell *values;
  uint64_t count;
} entente_filter;

/* What to read. Columns come in the order asked for; several filters must all hold. Relations come in no promised
 * order of rows. They are the views that `sql` reads, with the same names, rows and columns, the open transaction's
 * uncommitted changes included.
 *
 * TIMES. Every relation is read as of the times that the user gave: `on D` leaves what certainly or possibly held on D
 * and fills `certainty`; `published by D` leaves what the sources that were out by D said; `recorded by D` what the
 * registry contained then. Without `on`, rows are of all times and `certainty` is empty.
 *
 * TYPES. A column has the type that is named below, or ENTENTE_EMPTY where nothing is stated: that is not zero and not
 * "no". A date column holds ENTENTE_TEXT where it is stated to be `unknown` or `none`. Days have first_day = last_day.
 * Decimals are exact to 15 digits.
 *
 *   memberships   who belongs to what; a row is a statement, so whoever several statements name has several rows
 *     initiative member property   keys; property is `member` or what narrows it, such as `signatory`
 *     role                         text: as what, in the source's words
 *     start_earliest start_latest end_earliest end_latest   dates: the days between which it began, and ended; empty
 *                                  where that is open
 *     statement                    text: the statement's id
 *     certainty                    text: `certainly` or `possibly` in on the date asked for; empty without one
 *   memberships_including_groups   the same and who is in through a group, while both hold; the columns of memberships,
 *     through                      text: the groups from the member's own on, joined by ` > `; empty where it is named
 *                                  itself
 *                 With the clause `including groups`, `memberships` has these rows too.
 *   initiatives   alliances, agreements, projects, with the values that the rules chose among rivals
 *     key type name status         keys and texts; status as stated: `proposed`, `active` ...
 *     announced launched signed started ended   dates
 *     lead                         text: keys joined by `, `
 *   commitments   who gives what to whom. Never add amounts of different currencies, rungs or readings
 *     key under                    key; text: the key of the initiative
 *     giver receiver               texts: keys joined by `, `
 *     rung                         text: how far it has come, from `announced` to `delivered`
 *     low high                     decimals: the amount, or the ends of a range, in whole units of `currency`
 *     currency                     text: a code of ISO 4217
 *     bound reading                texts: `exact`, `about`, `at least` ...; `each`, `combined` or `unclear`
 *     forecast                     boolean
 *     due                          date
 *     start_earliest start_latest end_earliest end_latest   dates: when it reached the rung, and left it
 *     rung_statement amount_statement due_statement   texts: the statements' ids
 *   figures       numbers with what they are of, rivals included: those to count once have `chosen`
 *     subject property             keys: `CHN`, `share`
 *     mineral stage product year scope basis market   texts: the qualifiers; empty where not stated
 *     low high                     decimals: the number, or the ends of a range, in `unit`
 *     unit                         text: `%` (62 is 62 %), a currency, `t`, `weeks` ...; empty for plain numbers
 *     bound                        text: `exact`, `about`, `at least` ...
 *     forecast chosen              booleans
 *     source_count                 integer: how many sources claim it
 *     statement                    text: the statement's id
 *   events        key type name (keys, text), date (date), place (text)
 *   offices       a row for each holder: key name of holder (keys, texts), start_earliest end_latest (dates), certainty,
 *                 start_latest end_earliest (dates), statement (text: its id)
 *   entities      key type name: everything that has a type
 *   names         entity (key), name (text), kind (text: `name` or `alias`)
 *   statements    id (text), subject property (keys), value (text: in words), low high (decimals), unit qualifiers
 *                 validity (texts), claimed denied chosen (booleans), recorded_tx (integer), certainty evidence (texts),
 *                 object (key: a value that is an entity), number (decimal: one that is no range), bound (text),
 *                 approximate (boolean), reading (text), forecast (boolean), date_earliest date_latest (dates: the days
 *                 that a date can mean), start_earliest start_latest end_earliest end_latest (dates: of its period),
 *                 last_seen (date: when it was seen going on), sources origins (integers: who claims it), rank (text:
 *                 `preferred`, `normal`, `deprecated`)
 *   qualifiers    a row for each qualifier: statement (text), property (key), value (text: in words), object (key), low
 *                 high (decimals), unit bound (texts), date_earliest date_latest (dates)
 *   citations     statement (text), source (key), via locator quote said inferred (texts), stance (text: `claims` or
 *                 `denies`)
 *   sources       key (key), title publisher (texts), published (date), url reliability language (texts),
 *                 published_earliest published_latest retrieved (dates), note corrects (texts), facts (integer: how many cite it)
 *   transactions  id (integer), at author reason tool (texts), reverts (integer)
 *   types         key parent (keys), plural about (texts)
 *   properties    key parent (keys; the parent is what it narrows: `member` of `signatory`), domain range targets unit
 *                 cardinality per about (texts)
 *
 * Later hosts add relations and columns; they never take any away. */
typedef struct entente_query {
  uint64_t size; /* sizeof(entente_query) */
  entente_text relation;
  const entente_text *columns;
  uint64_t column_count;
  const entente_filter *filters;
  uint64_t filter_count;
} entente_query;

/* What is asked of `run`. */
typedef struct entente_request {
  uint64_t size; /* sizeof(entente_request) as the host was built */
  entente_text analysis;
  const entente_argument *arguments;
  uint64_t argument_count;
  int64_t today;              /* days since 1970-01-01: the session's clock, which a user can pin */
  entente_cell on;            /* the date asked for, ENTENTE_DATE, or empty */
  entente_cell published_by;  /* the same */
  entente_text recorded_by;   /* `t12` or a date, or empty */
  entente_text snapshot;      /* what is read, in words: the last transaction, and whether changes are uncommitted */
} entente_request;

/* One run, and one relation being read; both opaque and the host's. */
typedef struct entente_call entente_call;
typedef struct entente_cursor entente_cursor;

/* Levels of `log`. */
enum { ENTENTE_LOG_DEBUG = 0, ENTENTE_LOG_INFO = 1, ENTENTE_LOG_WARNING = 2 };

/* Feature bits of a host. */
#define ENTENTE_FEATURE_FILTERS (UINT64_C(1) << 0) /* entente_query.filters are applied */
#define ENTENTE_FEATURE_LISTS (UINT64_C(1) << 1)   /* ENTENTE_LIST may be emitted */

/* What the host gives. Lives as long as the process, and is the same for every call. */
typedef struct entente_host {
  uint64_t size; /* sizeof(entente_host) as the host was built */
  uint32_t major;
  uint32_t minor;
  uint64_t features;

  /* Opens a relation. On ENTENTE_OK `*cursor` is set, and is to be closed; the host closes what is left open. */
  int32_t (*open)(entente_call *call, const entente_query *query, entente_cursor **cursor);
  /* The next rows: `*rows` times the number of columns cells, row by row. `*rows` is 0 at the end. */
  int32_t (*next)(entente_call *call, entente_cursor *cursor, const entente_cell **cells, uint64_t *rows);
  void (*close)(entente_call *call, entente_cursor *cursor);

  /* Says the columns of the result; once, before the first `emit`. A run that emits no row says them too. */
  int32_t (*columns)(entente_call *call, const entente_column *columns, uint64_t count);
  /* Adds rows: `rows` times the number of columns cells, row by row. Batches of some hundred rows are cheapest. */
  int32_t (*emit)(entente_call *call, const entente_cell *cells, uint64_t rows);

  /* How far the run is, from 0 to 1, or below 0 where that is not known. Also asks whether to go on. */
  int32_t (*progress)(entente_call *call, double fraction, entente_text message);
  /* A sentence for the reader of the result, shown beside the table: what was left out, which formula was used. */
  int32_t (*note)(entente_call *call, entente_text sentence);
  /* A line for whoever looks into the plugin's working. */
  void (*log)(entente_call *call, int32_t level, entente_text line);
  /* Ends the call: a stable code (words joined by hyphens), what is wrong, and what to do about it (may be empty).
   * Returns ENTENTE_FAILED, to be returned from `run`. */
  int32_t (*fail)(entente_call *call, entente_text code, entente_text message, entente_text hint);
} entente_host;

/* What the plugin gives. The host zeroes it and sets `size` to its own; init fills what fits into that, and sets
 * `size` to the size it was built with or the host's, whichever is smaller. */
typedef struct entente_plugin {
  uint64_t size;
  uint32_t needs_minor; /* the lowest minor version of the contract that the plugin can work with */
  uint32_t reserved;    /* 0 */
  uint64_t needs_features;
  entente_text manifest; /* JSON; see below */
  void *context;         /* the plugin's own; the host leaves it alone */
  /* Runs an analysis. ENTENTE_OK, or a status that a host function gave. */
  int32_t (*run)(const entente_host *host, entente_call *call, const struct entente_plugin *plugin,
                 const entente_request *request);
  entente_text problem; /* why init did not succeed, as a sentence */
} entente_plugin;

/* The manifest, also read from NAME.entente-plugin.json beside the library, so that nothing is loaded to be listed:
 *   { "contract": 1, "name": "membership", "version": "1.0.0", "summary": "...", "library": "libMembership.so",
 *     "analyses": [ { "name": "overlap", "summary": "...",
 *       "parameters": [ { "name": "...", "summary": "...", "type": "entity|number|integer|text|date|choice",
 *                         "of": "initiative", "isList": true, "isPositional": true, "isRequired": true,
 *                         "minimumCount": 2, "default": ["..."], "choices": ["..."],
 *                         "minimum": 0, "maximum": 100 } ],
 *       "columns": [ { "name": "...", "type": "text|key|integer|real|decimal|date|boolean|list|any",
 *                      "summary": "..." } ],
 *       "view": { "kind": "bar|timeline|matrix|network", "columns": ["...", "..."] },
 *       "examples": [ { "command": "...", "summary": "..." } ] } ] }
 * `library` is for the file only: by default NAME.entente-plugin.json describes libNAME.so. `view` is a hint of how the
 * result is best drawn, with the columns to draw: label and number (bar), label, start and end (timeline), row, column
 * and value (matrix), from, to and weight (network). What a host does not know in a manifest it passes over. */

/* The entry: ENTENTE_OK, or ENTENTE_FAILED or ENTENTE_UNSUPPORTED with `problem` set. */
typedef int32_t (*entente_plugin_init)(const entente_host *host, entente_plugin *plugin);
#define ENTENTE_PLUGIN_ENTRY "entente_plugin_init_v1"

#ifndef __swift__ /* Swift plugins define it by @c(entente_plugin_init_v1). */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
int32_t entente_plugin_init_v1(const entente_host *host, entente_plugin *plugin);
#endif

#ifdef __cplusplus
}
#endif
#endif
