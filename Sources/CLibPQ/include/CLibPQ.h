#ifndef CLIBPQ_H
#define CLIBPQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libpq, PostgreSQL's client library, opened when a registry on a server is: linked, it would cost every start 4 ms. What
 * is declared here has the names and meanings that it has there, with `clibpq_` in place of `PQ`. */

typedef struct pg_conn clibpq_connection;
typedef struct pg_result clibpq_result;

/* Opens the library. Returns 0, or 1 where it is missing: clibpq_problem() then says why. */
int clibpq_load(void);
const char *clibpq_problem(void);

/* Results' statuses, transactions' statuses, and fields of errors, as libpq numbers them. */
enum {
  CLIBPQ_EMPTY_QUERY = 0,
  CLIBPQ_COMMAND_OK = 1,
  CLIBPQ_TUPLES_OK = 2,
  CLIBPQ_COPY_OUT = 3,
  CLIBPQ_COPY_IN = 4,
  CLIBPQ_FATAL_ERROR = 7,
  CLIBPQ_SINGLE_TUPLE = 9,
  CLIBPQ_PIPELINE_SYNC = 10,
  CLIBPQ_PIPELINE_ABORTED = 11
};
enum { CLIBPQ_TRANSACTION_IDLE, CLIBPQ_TRANSACTION_ACTIVE, CLIBPQ_TRANSACTION_OPEN, CLIBPQ_TRANSACTION_FAILED };
enum { CLIBPQ_CONNECTION_OK = 0 };
enum { CLIBPQ_SQLSTATE = 'C', CLIBPQ_MESSAGE = 'M' };

clibpq_connection *clibpq_connectdbParams(const char *const *keywords, const char *const *values, int expand);
void clibpq_finish(clibpq_connection *);
int clibpq_status(const clibpq_connection *);
int clibpq_transactionStatus(const clibpq_connection *);
int clibpq_socket(const clibpq_connection *);
int clibpq_serverVersion(const clibpq_connection *);
int clibpq_backendPID(const clibpq_connection *);
char *clibpq_user(const clibpq_connection *);
char *clibpq_errorMessage(const clibpq_connection *);

/* Each hands a statement over; its results are waited for with the last three. */
int clibpq_sendQuery(clibpq_connection *, const char *sql);
int clibpq_sendQueryParams(clibpq_connection *, const char *sql, int count, const unsigned *types,
                           const char *const *values, const int *lengths, const int *formats, int result_format);
int clibpq_sendPrepare(clibpq_connection *, const char *name, const char *sql, int count, const unsigned *types);
int clibpq_sendQueryPrepared(clibpq_connection *, const char *name, int count, const char *const *values,
                             const int *lengths, const int *formats, int result_format);
int clibpq_consumeInput(clibpq_connection *);
int clibpq_isBusy(clibpq_connection *);
clibpq_result *clibpq_getResult(clibpq_connection *);

int clibpq_enterPipelineMode(clibpq_connection *);
int clibpq_exitPipelineMode(clibpq_connection *);
int clibpq_pipelineSync(clibpq_connection *);

int clibpq_resultStatus(const clibpq_result *);
char *clibpq_resultErrorField(const clibpq_result *, int field);
char *clibpq_resultErrorMessage(const clibpq_result *);
int clibpq_ntuples(const clibpq_result *);
int clibpq_nfields(const clibpq_result *);
char *clibpq_fname(const clibpq_result *, int column);
int clibpq_getisnull(const clibpq_result *, int row, int column);
char *clibpq_getvalue(const clibpq_result *, int row, int column);
int clibpq_getlength(const clibpq_result *, int row, int column);
char *clibpq_cmdTuples(clibpq_result *);
void clibpq_clear(clibpq_result *);

int clibpq_putCopyData(clibpq_connection *, const char *bytes, int count);
int clibpq_putCopyEnd(clibpq_connection *, const char *problem);

/* Asks the server to give up what it does for a connection. May be called while another thread waits for it. */
void clibpq_cancelQuery(clibpq_connection *);

/* Lets go what the server remarks. */
void clibpq_beQuiet(clibpq_connection *);

#endif
