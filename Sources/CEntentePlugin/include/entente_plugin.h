/* entente_plugin.h: the contract between Entente and an analysis plugin, version 1.1. What 1.0 had is frozen.
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
#define ENTENTE_CONTRACT_MINOR 1u

/* Whether the table at `pointer` is large enough to hold `field`. */
#define ENTENTE_HAS(type, pointer, field) \
  ((pointer)->size >= offsetof(type, field) + sizeof(((type *)0)->field))

/* Limits of version 1. A host may allow more rows; what goes beyond fails the call with a message. */
enum {
  ENTENTE_MAX_COLUMNS = 256,
  ENTENTE_MAX_ROWS = 1000000,          /* of one result; the rows of a relation are not limited */
  ENTENTE_MAX_TEXT_BYTES = 1048576,    /* of one text */
  ENTENTE_MAX_LIST_CELLS = 100000,     /* of one list */
  ENTENTE_MAX_MANIFEST_BYTES = 1048576,
  ENTENTE_MAX_TABLES = 100,            /* of one result, since 1.1 */
  ENTENTE_MAX_FILE_BYTES = 33554432    /* of a file that is an argument, since 1.1 */
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
  uint32_t flags; /* 0, or ENTENTE_COLUMN_EVIDENCE where the host has ENTENTE_FEATURE_EVIDENCE */
} entente_column;

/* Since 1.1. The column is not shown: its cells are texts, or lists of texts, the ids of the statements behind what the
 * row says in the shown column of the same name, or behind the whole row where the name is `*`. `why row 3 jaccard`,
 * and `why row 3`, then show claims, quotes and sources. Its type is ENTENTE_TEXT, ENTENTE_LIST or ENTENTE_EMPTY (any). */
#define ENTENTE_COLUMN_EVIDENCE 1u

/* The values given for one parameter, checked against the manifest and with defaults filled in. A parameter that is
 * left out and has no default has no argument. Types: entities, types and properties ENTENTE_KEY, numbers
 * ENTENTE_DECIMAL, integers ENTENTE_INTEGER, texts and choices ENTENTE_TEXT, dates ENTENTE_DATE, booleans
 * ENTENTE_BOOLEAN. Of a file, which the host opened and read: its path as the user wrote it, then its content (UTF-8, of
 * at most 32 MiB) in pieces of at most ENTENTE_MAX_TEXT_BYTES, all ENTENTE_TEXT; the pieces joined are the content. */
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

/* Since 1.1, where the host has ENTENTE_FEATURE_CONDITIONS: keeps the rows in which `column` compares so.
 *
 * ENTENTE_IN is what a filter is; ENTENTE_NOT_IN keeps exactly the rows that ENTENTE_IN would leave out, those where
 * nothing is stated among them unless an empty value is among the values. The others take one value and keep no row where
 * nothing is stated: numbers by what they are, texts and keys by their bytes. Of dates a row is kept where it can be so,
 * by the days that its date can mean: with 2026-02, at least 2026-02-10, above 2026-02-10 and below 2026-02-10; the row has
 * these days, to look closer. A value that is itself more than a day is at least its first, at most its last day. */
enum {
  ENTENTE_IN = 0,
  ENTENTE_NOT_IN = 1,
  ENTENTE_AT_LEAST = 2,
  ENTENTE_AT_MOST = 3,
  ENTENTE_ABOVE = 4,
  ENTENTE_BELOW = 5
};
typedef struct entente_condition {
  entente_text column;
  uint32_t comparison;
  uint32_t flags; /* 0 */
  const entente_cell *values;
  uint64_t count;
} entente_condition;

/* Since 1.1, where the host has ENTENTE_FEATURE_TIMES: which of a query's own times count in place of the call's. */
enum { ENTENTE_OWN_ON = 1, ENTENTE_OWN_PUBLISHED_BY = 2, ENTENTE_OWN_RECORDED_BY = 4 };

/* What to read. Columns come in the order asked for; several filters and conditions must all hold. Relations come in no
 * promised order of rows. They are the views that `sql` reads, with the same names, rows and columns, the open
 * transaction's uncommitted changes included.
 *
 * TIMES. Every relation is read as of the times that the user gave: `on D` leaves what certainly or possibly held on D
 * and fills `certainty`; `published by D` leaves what the sources that were out by D said; `recorded by D` what the
 * registry contained then. Without `on`, rows are of all times and `certainty` is empty. Since 1.1 a query may have times
 * of its own, so that one call reads a series of years, or what changed between two; whose word counts (`according to`)
 * stays the call's. Several relations may be open at once, of different times too; the host then keeps the rest of the
 * one in memory while another is read.
 *
 * TYPES. A column has the type that is named below, or ENTENTE_EMPTY where nothing is stated: that is not zero and not
 * "no". A `date` is ENTENTE_DATE, or ENTENTE_TEXT where it is stated to be `unknown` or `none`; a `day` is ENTENTE_DATE
 * with first_day = last_day. Decimals are exact to 15 digits.
 *
 * With the clause `including groups`, `memberships` has the rows of `memberships_including_groups` too. Never add amounts
 * of different currencies, rungs or readings; of figures that are rivals, those with `chosen` count. Behind a relation's
 * name stand the times that change what is in it.
 *
 * relations
 *   initiatives (on, published by, recorded by): alliances, agreements and whatever else is an initiative, with chosen values
 *     key                    key     its identifier
 *     type                   key     its type
 *     name                   text    its name
 *     status                 text    as stated
 *     announced              date    a date
 *     launched               date    a date
 *     signed                 date    a date
 *     started                date    a date: of its start, launch or signing
 *     ended                  date    a date
 *     lead                   text    keys, joined by commas
 *   commitments (on, published by, recorded by): who gives what to whom
 *     key                    key     its identifier
 *     under                  text    the initiative
 *     giver                  text    keys, joined by commas
 *     receiver               text    keys, joined by commas
 *     rung                   text    from announced to delivered
 *     low                    decimal the amount, or its low end
 *     high                   decimal its high end
 *     currency               text    a code
 *     bound                  text    exact, at least ...
 *     reading                text    each, combined, unclear
 *     forecast               boolean 1 or 0
 *     due                    date    a date
 *     start_earliest         day     of the rung: the first day on which it may have been reached
 *     start_latest           day     the last such day
 *     end_earliest           day     the first day on which it may have ended
 *     end_latest             day     the last such day
 *     rung_statement         text    the id of what says the rung
 *     amount_statement       text    the id of what says the amount
 *     due_statement          text    the id of what says the date
 *     announced_earliest     day     the first day on which it may have been announced, whatever became of it later
 *     announced_latest       day     the last such day
 *     announced_statement    text    the id of what says that it was announced
 *     towards                text    keys, joined by commas: what it is meant for
 *     instrument             text    loan, equity, offtake ..., joined by commas
 *     statements             text    the ids of all that is chosen of it, joined by commas
 *   events (on, published by, recorded by): meetings and other events
 *     key                    key     its identifier
 *     type                   key     its type
 *     name                   text    its name
 *     date                   date    in EDTF
 *     place                  text    where
 *   offices (on, published by, recorded by): offices and who holds them: a row for each holder
 *     key                    key     its identifier
 *     name                   text    its name
 *     of                     text    what it is an office of
 *     holder                 key     a key
 *     start_earliest         day     a day, nothing where it is open
 *     end_latest             day     a day
 *     certainty              text    on the date asked for, certainly or possibly; without one possibly for what is only to come
 *     start_latest           day     the last day on which it may have begun
 *     end_earliest           day     the first on which it may have ended
 *     statement              text    the id of what says so
 *   figures (on, published by, recorded by): numbers, with the qualifiers that say of what
 *     subject                key     a key
 *     property               key     a property
 *     mineral                text    a key
 *     stage                  text    a step of the supply chain
 *     product                text    a key
 *     year                   text    of the data
 *     scope                  text    what is counted
 *     basis                  text    by what
 *     market                 text    where
 *     low                    decimal the number, or its low end
 *     high                   decimal its high end
 *     unit                   text    %, a currency ...
 *     bound                  text    exact, at least ...
 *     forecast               boolean 1 or 0
 *     chosen                 boolean 1 or 0
 *     source_count           integer how many sources claim it
 *     statement              text    the statement's id
 *   memberships (on, published by, recorded by): who belongs to what, by member and the properties that narrow it
 *     initiative             key     a key
 *     member                 key     a key
 *     property               key     member, signatory ...
 *     role                   text    the qualifier
 *     start_earliest         day     a day, nothing where it is open
 *     start_latest           day     a day
 *     end_earliest           day     a day
 *     end_latest             day     a day
 *     statement              text    the statement's id
 *     certainty              text    on the date asked for, certainly or possibly; without one possibly for what is only to come
 *   memberships_including_groups (on, published by, recorded by): as memberships, and who belongs to it through a group such as the EU while both hold
 *     initiative             key     a key
 *     member                 key     a key
 *     property               key     member, signatory ...
 *     role                   text    the qualifier
 *     start_earliest         day     a day, nothing where it is open
 *     start_latest           day     a day
 *     end_earliest           day     a day
 *     end_latest             day     a day
 *     statement              text    the id of what names the member, or its group
 *     certainty              text    on the date asked for, certainly or possibly; without one possibly for what is only to come
 *     through                text    the groups from the member's own on, joined by >; nothing where it is named itself
 *   group_closure (on, published by, recorded by): who is in which group, through whatever groups: a row for each way
 *     member                 key     who is in it
 *     reached                key     the group
 *     through                text    the groups from the member's own to the one that is reached, joined by >
 *     steps                  integer how many memberships lead there
 *     statements             text    the ids of these memberships, in their order, joined by commas
 *     start_earliest         day     the first day from which all of them may hold, nothing where that is open
 *     start_latest           day     the last such day
 *     end_earliest           day     the first day on which one of them may end
 *     end_latest             day     the last such day
 *     certainty              text    on the date asked for, certainly or possibly; without one possibly for what is only to come
 *   part_closure (on, published by, recorded by): what is part of what, near and far: a row for each way
 *     part                   key     what is part of it
 *     whole                  key     the whole that is reached
 *     property               key     the property that is followed, with what narrows it: part-of
 *     through                text    the wholes from the part's own to the one that is reached, joined by >
 *     steps                  integer how many statements lead there
 *     statements             text    the ids of these statements, in their order, joined by commas
 *     start_earliest         day     the first day from which all of them may hold, nothing where that is open
 *     start_latest           day     the last such day
 *     end_earliest           day     the first day on which one of them may end
 *     end_latest             day     the last such day
 *     certainty              text    on the date asked for, certainly or possibly; without one possibly for what is only to come
 *   entities (recorded by): everything that has a type
 *     key                    key     its identifier
 *     type                   key     its type
 *     name                   text    its chosen name, or the key
 *   names (recorded by): what things are called, aliases included
 *     entity                 key     the key
 *     name                   text    the name as it is written
 *     kind                   text    name, alias, or source alias, which counts where its source is cited
 *   statements (on, published by, recorded by): what is claimed or denied
 *     id                     text    the statement's id
 *     subject                key     a key
 *     property               key     a property
 *     value                  text    in words
 *     low                    decimal the number, or the low end of a range
 *     high                   decimal the high end
 *     unit                   text    %, a currency, a unit
 *     qualifiers             text    stage refining, year 2024
 *     validity               text    when it holds, in the language's words
 *     claimed                boolean 1 or 0
 *     denied                 boolean 1 or 0
 *     chosen                 boolean 1 where the rules chose it among its rivals
 *     recorded_tx            integer the transaction that recorded it
 *     certainty              text    on the date asked for, certainly or possibly, nothing for what was passed over; without one possibly for what is only to come
 *     evidence               text    certain or possible: whether a source was out by the date asked for
 *     object                 key     the key of a value that is an entity
 *     number                 decimal a single figure; nothing for a range
 *     bound                  text    exact, about, at least ...
 *     approximate            boolean 1 where about stands before a range or a bound
 *     reading                text    each, combined, unclear
 *     forecast               boolean 1 where it is said of what is to come
 *     date_earliest          day     the first day that a date can mean
 *     date_latest            day     the last day that it can mean
 *     start_earliest         day     the first day on which it may begin, nothing where that is open
 *     start_latest           day     the last such day
 *     end_earliest           day     the first day on which it may end
 *     end_latest             day     the last such day
 *     last_seen              day     the day on which it was seen going on
 *     sources                integer how many sources claim it, or deny it where none claims it
 *     origins                integer how many origins claim it: a source, or whom it quotes
 *     rank                   text    preferred, normal or deprecated among rivals
 *     starts                 date    when it begins, as its source has it, in EDTF
 *     ends                   date    when it ends: in until D, on the last day of through D
 *     seen                   date    when it was seen going on
 *     cited                  text    the sources that claim it, or deny it where none claims it, joined by commas
 *   qualifiers (on, published by, recorded by): what narrows a statement: of which mineral, stage, year; a row for each
 *     statement              text    the statement's id
 *     property               key     the qualifier's property
 *     value                  text    in words
 *     object                 key     the key of a value that is an entity
 *     low                    decimal the number, or the low end of a range
 *     high                   decimal the high end
 *     unit                   text    %, a currency, a unit
 *     bound                  text    exact, about, at least ...
 *     date_earliest          day     the first day that a date can mean
 *     date_latest            day     the last day that it can mean
 *   contested (on, published by, recorded by): every claim and denial of the cells in which the rules passed one over, or one is denied
 *     subject                key     a key
 *     property               key     a property
 *     cell                   text    which cell of it: the qualifiers that address it, or of what has many values the value
 *     statement              text    the statement's id
 *     value                  text    in words
 *     object                 key     the key of a value that is an entity
 *     low                    decimal the number, or the low end of a range
 *     high                   decimal the high end
 *     unit                   text    %, a currency, a unit
 *     date_earliest          day     the first day that a date can mean
 *     date_latest            day     the last day that it can mean
 *     qualifiers             text    stage refining, year 2024
 *     claimed                boolean 1 or 0
 *     denied                 boolean 1 or 0
 *     chosen                 boolean 1 where the rules chose it among its rivals
 *     rank                   text    preferred, normal or deprecated among rivals
 *     start_earliest         day     the first day on which it may begin, nothing where that is open
 *     start_latest           day     the last such day
 *     end_earliest           day     the first day on which it may end
 *     end_latest             day     the last such day
 *     certainty              text    on the date asked for, certainly or possibly, nothing for what was passed over; without one possibly for what is only to come
 *     sources                integer how many sources claim it, or deny it where none claims it
 *   readings (on, published by, recorded by): the ways in which what competing claims leave open can be read: each statement that a reading takes, at most 64 readings of a choice
 *     subject                key     a key
 *     property               key     a property
 *     choice                 integer which choice of this subject and property: one of its readings is taken, whatever is taken of others
 *     reading                integer which reading of it; 0 for the one that the rules choose
 *     preferred              text    the id of the statement that the reading takes to be right; nothing for the chosen one
 *     statement              text    the id of a statement that it takes
 *     value                  text    in words
 *     object                 key     the key of a value that is an entity
 *     low                    decimal the number, or the low end of a range
 *     high                   decimal the high end
 *     unit                   text    %, a currency, a unit
 *     date_earliest          day     the first day that a date can mean
 *     date_latest            day     the last day that it can mean
 *     qualifiers             text    stage refining, year 2024
 *     claimed                boolean 1 where the reading takes what is claimed
 *     denied                 boolean 1 where it takes what is denied
 *     certainty              text    by the reading, on the date asked for: certainly or possibly, nothing where it does not hold; without a date possibly for what is only to come
 *   contradictions (on, published by, recorded by): each two statements that differ, by what these two alone say, as the command conflicts tells them
 *     subject                key     a key
 *     property               key     a property
 *     cell                   text    which cell of it: the qualifiers that address it, or of what has many values the value
 *     kind                   text    conflict, denied, period, each-combined, superseded, different-precision ...
 *     one                    text    the id of a statement
 *     one_stance             text    claims or denies
 *     other                  text    the id of the other
 *     other_stance           text    claims or denies
 *     rivals                 boolean 1 where the cardinality makes them rivals; others stand beside each other
 *     excludes               boolean 1 where one of the two must be wrong
 *     alone                  boolean 1 where one and the same source says both
 *     origin                 text    whom both quote, so that one of the two misquotes
 *     counts                 boolean 1 for the pair as which its cell counts: the gravest
 *   origins (on, published by, recorded by): to whom a claim goes back: a row for each statement and each whom its sources quote, or else source
 *     statement              text    the statement's id
 *     subject                key     a key
 *     property               key     a property
 *     origin                 text    whom it goes back to: the folded name of who is quoted, or the key of the source
 *     name                   text    the same as it is written
 *     kind                   text    via or source
 *     only                   boolean 1 where nobody else claims it
 *     cited                  text    the sources through which, joined by commas
 *   citations (on, published by, recorded by): who says a statement, and where
 *     statement              text    the statement's id
 *     source                 key     a source's key
 *     via                    text    the speaker inside the source
 *     locator                text    the place in the source
 *     quote                  text    the source's words
 *     said                   text    its words for a date
 *     inferred               text    why we supplied what it lacks
 *     stance                 text    claims or denies
 *   sources (published by, recorded by): what is cited
 *     key                    key     its identifier
 *     title                  text    its title
 *     publisher              text    who published it
 *     published              date    when, in EDTF
 *     url                    text    where
 *     reliability            text    A to F
 *     language               text    a code
 *     published_earliest     day     the first day on which it can have come out
 *     published_latest       day     the last such day
 *     retrieved              date    when it was read, in EDTF
 *     note                   text    what is noted of it
 *     corrects               text    the sources whose errors it puts right
 *     facts                  integer how many statements cite it, or a source that was merged into it
 *   transactions (recorded by): the edits of this registry
 *     id                     integer 12 of t12
 *     at                     text    when, in UTC
 *     author                 text    who
 *     reason                 text    why
 *     tool                   text    the program
 *     reverts                integer the transaction that it undid
 *   types (recorded by): the types that were defined
 *     key                    key     the type
 *     parent                 key     the type it is a kind of
 *     plural                 text    what a list is called
 *     about                  text    what
 *   properties (recorded by): the properties that were defined
 *     key                    key     the property
 *     parent                 key     the property it narrows
 *     domain                 text    the types that have it
 *     range                  text    what its values are
 *     targets                text    the types or words of its values
 *     unit                   text    of a number
 *     cardinality            text    what makes two values rivals
 *     per                    text    the qualifiers that address a cell
 *     about                  text    what it says
 * end of relations
 *
 * Later hosts add relations and columns; they never take any away. */
typedef struct entente_query {
  uint64_t size; /* sizeof(entente_query) */
  entente_text relation;
  const entente_text *columns;
  uint64_t column_count;
  const entente_filter *filters;
  uint64_t filter_count;

  /* Since 1.1; what `size` does not cover is empty. */
  const entente_condition *conditions;
  uint64_t condition_count;
  uint32_t own_times; /* ENTENTE_OWN_ON and so on: the fields below that count */
  uint32_t reserved;  /* 0 */
  entente_cell on;           /* ENTENTE_DATE, of which `edtf` counts, or empty for all time */
  entente_cell published_by; /* the same, empty for all sources */
  entente_text recorded_by;  /* `t12` or a date, empty for now */
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
/* Since 1.1. */
#define ENTENTE_FEATURE_CONDITIONS (UINT64_C(1) << 2) /* entente_query.conditions are applied */
#define ENTENTE_FEATURE_TIMES (UINT64_C(1) << 3)      /* entente_query.own_times is */
#define ENTENTE_FEATURE_TABLES (UINT64_C(1) << 4)     /* entente_host.table is there */
#define ENTENTE_FEATURE_EVIDENCE (UINT64_C(1) << 5)   /* ENTENTE_COLUMN_EVIDENCE is understood */

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

  /* Since 1.1. Begins another table of the result, with a name (lower-case words joined by hyphens) and columns of its
   * own; rows that are emitted from here on are its. The tables before are whole then. At most ENTENTE_MAX_TABLES. */
  int32_t (*table)(entente_call *call, entente_text name, const entente_column *columns, uint64_t count);
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
 *       "parameters": [ { "name": "...", "summary": "...",
 *                         "type": "entity|number|integer|text|date|choice|boolean|type|property|file",
 *                         "of": "initiative", "isList": true, "isPositional": true, "isRequired": true,
 *                         "minimumCount": 2, "default": ["..."], "choices": ["..."],
 *                         "minimum": 0, "maximum": 100 } ],
 *       "columns": [ { "name": "...", "type": "text|key|integer|real|decimal|date|boolean|list|any",
 *                      "summary": "..." } ],
 *       "addsColumns": true,
 *       "tables": [ { "name": "...", "summary": "...", "columns": [ ... ], "view": { ... } } ],
 *       "view": { "kind": "bar|timeline|matrix|network|map", "columns": ["...", "..."] },
 *       "examples": [ { "command": "...", "summary": "...", "fixture": "fixture.ent",
 *                       "expected": "expected.tsv" } ],
 *       "about": { "definition": "...", "formulas": ["..."], "sources": ["..."], "limits": ["..."],
 *                  "known": [ { "of": "...", "data": "...", "command": "...", "row": "...",
 *                               "column": "...", "value": "..." } ] } } ] }
 * `library` is for the file only: by default NAME.entente-plugin.json describes libNAME.so. What a host does not know in
 * a manifest it passes over. `fixture` and `expected` may be left out: files beside the plugin, commands that fill the
 * registry which the example is tested on, and the table that it gives there.
 *
 * Since 1.1: parameters of the types boolean (`yes` or `no`), type and property (of the registry's own definitions) and
 * file; lists of choices, types and properties; for dates a default such as `today` or `today - 90 days`. `addsColumns`:
 * some columns are known only when it runs; `columns` has the others, and may be empty. `tables`: what `table` may begin.
 * `about` is what the command of this name prints: what is computed, after which papers, published answers that the analysis
 * gives (in which row and column of what a command gives on some data), and what its numbers do not say.
 *
 * `view` is a hint of how a table is best drawn, with the columns to draw; those that it requires must be there, and be
 * of a type that it can draw, or the plugin is refused. A host that cannot draw a kind shows the table.
 *   bar       a label (any but a list), a number (integer, real, decimal)
 *   timeline  a label, a start and an end (dates, or integers that are years)
 *   matrix    a row, a column (any but lists), a value (any but a list)
 *   network   from, to (texts or keys); a weight (a number) may follow
 *   map       a place (a key: of a state, a place); a number may follow */

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
