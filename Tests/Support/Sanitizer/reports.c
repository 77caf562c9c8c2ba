/* Linked into a worker that sanitizers watch: where their reports go.
 *
 * A worker is confined, and what it writes to standard error is its host's: a report would be lost with it. So each is
 * also put into the file REPORTS (a string, set when it is compiled), which is mapped before anything is given up. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sanitizer/asan_interface.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOM = 1 << 20 };
static char *kept;

/* Put behind those that are there; a few bytes of two workers at once may mix, which is a report as well. */
static void keep(const char *words) {
  if (!kept) return;
  size_t taken = strnlen(kept, ROOM - 1), length = strlen(words);
  if (length > ROOM - 1 - taken) length = ROOM - 1 - taken;
  memcpy(kept + taken, words, length);
}

__attribute__((constructor)) static void open_reports(void) {
  int file = open(REPORTS, O_RDWR | O_CLOEXEC);
  if (file < 0) _exit(66);
  void *room = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (room == MAP_FAILED) _exit(66);
  kept = room;
  __asan_set_error_report_callback(keep);
}

/* What UndefinedBehaviorSanitizer found, told before the process ends. */
void __ubsan_get_current_report_data(const char **kind, const char **message, const char **file, unsigned *line,
                                     unsigned *column, char **address);
void __ubsan_on_report(void);
void __ubsan_on_report(void) {
  const char *kind = "", *message = "", *file = "";
  unsigned line = 0, column = 0;
  char *address = NULL, words[600];
  __ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
  snprintf(words, sizeof words, "%s:%u:%u: runtime error: %s: %s\n", file, line, column, kind, message);
  keep(words);
}

/* The environment of a worker is empty. Signals end it as they do without sanitizers; what cannot be allotted is refused
 * likewise; and nothing is started to find the names of functions, which is not allowed. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "detect_leaks=0:symbolize=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:"
         "allocator_may_return_null=1:allow_user_segv_handler=1:exitcode=86";
}
