#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker.h"

/* Ends with the host: by a signal where it dies, and at the end of what it says. */
void follow_host(long parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (parent && getppid() != parent) _exit(0);
}

/* Standard output belongs to nobody; what the host has open beside descriptor 3 is none of a plugin's business. */
void close_doors(bool runs_program) {
  dup2(runs_program ? HOST : STDERR_FILENO, STDOUT_FILENO);
  if (runs_program) dup2(HOST, STDIN_FILENO);
  unsigned first = runs_program ? HOST : HOST + 1;
  if (syscall(__NR_close_range, first, ~0u, 0) != 0)
    for (int descriptor = (int)first; descriptor < 65536; descriptor++) close(descriptor);
}
