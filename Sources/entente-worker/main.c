/* entente-worker [--memory BYTES] [--processor SECONDS] [--quota BYTES] [--scratch DIR] [--read PATH]... [--list DIR] --parent PID
 *                [--group 1|2] [--weak yes | --unconfined yes] (--probe yes | --library PATH | --program PATH [ARGUMENT]...)
 *
 * The host speaks on descriptor 3. A library is loaded once nothing is left that it could harm; a program takes the
 * worker's place, with the host on its standard input and output. Ends with the host, whatever the plugin does.
 * `--probe` confines itself as for a library, and says what came of it.
 *
 * Tests say by `--without PARTS` and `--landlock VERSION` what an older kernel would lack. The command line is the host's
 * alone: nothing that a plugin is or says is part of it but the path of its file. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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

/* Reads one option; false where there is none of this name. */
static bool take(options *options, const char *name, const char *value) {
  if (strcmp(name, "--memory") == 0) options->memory = strtoull(value, NULL, 10);
  else if (strcmp(name, "--processor") == 0) options->processor = strtoull(value, NULL, 10);
  else if (strcmp(name, "--quota") == 0) options->quota = strtoull(value, NULL, 10);
  else if (strcmp(name, "--scratch") == 0) options->scratch = value;
  else if (strcmp(name, "--library") == 0) options->library = value;
  else if (strcmp(name, "--group") == 0) options->grouped = strcmp(value, "2") == 0 ? GROUP | THREADS : GROUP;
  else if (strcmp(name, "--probe") == 0) options->probes = true;
  else if (strcmp(name, "--weak") == 0) options->weak = true;
  else if (strcmp(name, "--unconfined") == 0) options->unconfined = true;
  else if (strcmp(name, "--without") == 0) options->without = (unsigned)strtoul(value, NULL, 10);
  else if (strcmp(name, "--landlock") == 0) options->abi = (int)strtol(value, NULL, 10);
  else if (strcmp(name, "--list") == 0) options->listed = value;
  else if (strcmp(name, "--read") == 0 && options->readable_count < MOST_READABLE)
    options->readable[options->readable_count++] = value;
  else return false;
  return true;
}

int main(int count, char **arguments) {
  static options options;
  long parent = 0;
  for (int i = 1; i + 1 < count && !options.program; i += 2) {
    if (strcmp(arguments[i], "--program") == 0) options.program = arguments + i + 1;
    else if (strcmp(arguments[i], "--parent") == 0) parent = strtol(arguments[i + 1], NULL, 10);
    else if (!take(&options, arguments[i], arguments[i + 1])) complain("it is started by entente, not by hand");
  }
  bool probes = options.probes;
  if (!probes && !options.library == !options.program) complain("it is started by entente, not by hand");
  follow_host(parent);
  if (!probes) close_doors(options.program != NULL);
  /* Who debugs a plugin trusts it, and the debugger needs more than a plugin may. */
  if (options.unconfined && options.scratch && chdir(options.scratch) != 0) complain("its folder is not there");
  confinement held = options.unconfined && !probes ? (confinement){0, 0} : confine(&options);
  if (probes) {
    printf("%u %d\n", held.parts, held.abi);
    return fflush(stdout) == 0 ? 0 : 1;
  }
  if (!is_strong(held) && !options.weak && !options.unconfined) _exit(TOO_WEAK);
  if (options.library) serve_library(options.library);
  if (options.program[0]) execv(options.program[0], options.program);
  fprintf(stderr, "entente-worker: %s: %s\n", options.program[0], strerror(errno));
  return 127;
}
