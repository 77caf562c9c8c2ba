/* entente-worker [--memory BYTES] [--processor SECONDS] [--scratch DIR] [--read PATH]... --parent PID
 *                (--library PATH | --program PATH [ARGUMENT]...)
 * entente-worker --probe
 *
 * The host speaks on descriptor 3. A library is loaded once nothing is left that it could harm; a program takes the
 * worker's place, with the host on its standard input and output. Ends with the host, whatever the plugin does. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker.h"

static void cancel(int signal) {
  (void)signal;
  is_cancelled = 1;
}

static _Noreturn void complain(const char *what) {
  fprintf(stderr, "entente-worker: %s\n", what);
  exit(2);
}

/* Ends with the host: by a signal where it dies, and at the end of what it says. */
static void follow(long parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (parent && getppid() != parent) _exit(0);
}

/* Standard output belongs to nobody; what the host has open beside descriptor 3 is none of a plugin's business. */
static void close_doors(bool runs_program) {
  dup2(runs_program ? HOST : STDERR_FILENO, STDOUT_FILENO);
  if (runs_program) dup2(HOST, STDIN_FILENO);
  unsigned first = runs_program ? HOST : HOST + 1;
  if (syscall(__NR_close_range, first, ~0u, 0) != 0)
    for (int descriptor = (int)first; descriptor < 65536; descriptor++) close(descriptor);
}

static void confine(const options *options) {
  limit(options);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  confine_files(options);
  confine_calls(options->runs_program);
}

static _Noreturn void refuse(const pt_load_problem *problem) {
  pt_buffer out = {0};
  pt_put_u32(&out, problem->kind);
  pt_put_u64(&out, problem->number);
  pt_put_bytes(&out, problem->words, strlen(problem->words));
  send_frame(PT_REFUSED, out.bytes, out.length);
  _exit(0);
}

static _Noreturn void serve_library(const char *path) {
  static entente_plugin plugin;
  static pt_load_problem problem;
  struct sigaction action = {.sa_handler = cancel};
  sigaction(PT_CANCEL_SIGNAL, &action, NULL);
  if (!pt_load(path, &worker_host, &plugin, &problem)) refuse(&problem);
  send_frame(PT_READY, plugin.manifest.bytes, plugin.manifest.length);
  pt_buffer request = {0};
  uint32_t kind;
  /* A run that was cancelled is this worker's last. */
  while (receive_frame(&kind, &request))
    if (kind == PT_RUN) serve(&plugin, &request);
  _exit(0);
}

int main(int count, char **arguments) {
  options options = {0};
  long parent = 0;
  const char *readable[64], *library = NULL;
  char **program = NULL;
  options.readable = readable;
  if (count == 2 && strcmp(arguments[1], "--probe") == 0) {
    printf("%d\n", probe());
    return 0;
  }
  for (int i = 1; i + 1 < count && !program; i += 2) {
    const char *name = arguments[i], *value = arguments[i + 1];
    if (strcmp(name, "--memory") == 0) options.memory = strtoull(value, NULL, 10);
    else if (strcmp(name, "--processor") == 0) options.processor = strtoull(value, NULL, 10);
    else if (strcmp(name, "--parent") == 0) parent = strtol(value, NULL, 10);
    else if (strcmp(name, "--scratch") == 0) options.scratch = value;
    else if (strcmp(name, "--library") == 0) library = value;
    else if (strcmp(name, "--program") == 0) program = arguments + i + 1;
    else if (strcmp(name, "--read") == 0 && options.readable_count < 64) readable[options.readable_count++] = value;
    else complain("it is started by entente, not by hand");
  }
  if (!library == !program) complain("it is started by entente, not by hand");
  options.runs_program = program != NULL;
  follow(parent);
  if (options.scratch && chdir(options.scratch) != 0) complain("its folder is not there");
  close_doors(options.runs_program);
  confine(&options);
  if (library) serve_library(library);
  execv(program[0], program);
  fprintf(stderr, "entente-worker: %s: %s\n", program[0], strerror(errno));
  return 127;
}
