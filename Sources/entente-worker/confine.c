#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <unistd.h>

#include "worker.h"

/* A copy of a path at an address drawn at random: the filter lets `execve` name a program from there alone, which is
 * gone once the program has taken the worker's place. */
static char *hide(const char *path) {
  uint64_t where = 0;
  size_t length = strlen(path) + 1;
  if (getrandom(&where, sizeof where, 0) != sizeof where) return NULL;
  uint64_t page = where % (UINT64_C(1) << 34) * 4096 + (UINT64_C(1) << 32);
  char *room = mmap((void *)page, 2 * 4096 + length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return room == MAP_FAILED ? NULL : memcpy(room + (where >> 40) % 4096, path, length);
}

confinement confine(options *options) {
  confinement held = {0, 0};
  set_limits(options);
  if (!(options->without & VIEW)) held.parts |= enter_view(options);
  held.parts |= options->grouped;
  if (options->without & THREADS) held.parts &= ~(unsigned)THREADS;
  if (options->scratch && chdir(options->scratch) != 0) _exit(TOO_WEAK);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (!(options->without & LANDLOCK)) held.abi = restrict_files(options);
  if (held.abi) held.parts |= LANDLOCK;
  if (!(options->without & PRIVILEGES) && drop_privileges()) held.parts |= PRIVILEGES;
  /* The kernel forgets it where privileges change. */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (options->program) options->program[0] = hide(options->program[0]);
  if (!(options->without & FILTER) &&
      filter_calls(held.parts & THREADS, options->program ? options->program[0] : NULL))
    held.parts |= FILTER;
  return held;
}

bool is_strong(confinement held) { return held.parts & (VIEW | LANDLOCK) && held.parts & FILTER; }
