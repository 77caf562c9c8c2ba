/* What the worker's filter of system calls answers, call by call, with the numbers of this machine or of arm64. The filter
 * is made by its own source and carried out here, not by the kernel: so the numbers of the other machine can be tried.
 *
 * numbers.h (made by probe.sh) has the numbers, and NAMES of them. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct sock_fprog made;

/* What the filter is handed to. */
static int take(int what, ...) {
  va_list more;
  va_start(more, what);
  (void)va_arg(more, int);
  made = *va_arg(more, struct sock_fprog *);
  va_end(more);
  return 0;
}
#define prctl take

#include "numbers.h"
#include "../../../Sources/entente-worker/filter.c"

static uint32_t carry_out(const struct seccomp_data *call) {
  uint32_t held = 0;
  for (size_t at = 0; at < made.len; at++) {
    struct sock_filter line = made.filter[at];
    bool yes;
    switch (line.code) {
      case BPF_LD | BPF_W | BPF_ABS: memcpy(&held, (const char *)call + line.k, 4); continue;
      case BPF_ALU | BPF_AND | BPF_K: held &= line.k; continue;
      case BPF_RET | BPF_K: return line.k;
      case BPF_JMP | BPF_JEQ | BPF_K: yes = held == line.k; break;
      case BPF_JMP | BPF_JGE | BPF_K: yes = held >= line.k; break;
      case BPF_JMP | BPF_JSET | BPF_K: yes = held & line.k; break;
      default: fprintf(stderr, "an instruction that is not known: %x\n", line.code), exit(1);
    }
    at += yes ? line.jt : line.jf;
  }
  fprintf(stderr, "the filter has no end\n"), exit(1);
}

static void tell(const char *name, int number, uint32_t architecture, const char *how, const uint64_t *arguments) {
  struct seccomp_data call = {.nr = number, .arch = architecture};
  memcpy(call.args, arguments, sizeof call.args);
  uint32_t said = carry_out(&call);
  if (said == SECCOMP_RET_ALLOW) printf("%s\t%s\tallowed\n", name, how);
  else if (said == SECCOMP_RET_KILL_PROCESS) printf("%s\t%s\tkilled\n", name, how);
  else printf("%s\t%s\t%u\n", name, how, said & SECCOMP_RET_DATA);
}

int main(int count, char **words) {
  static const char program[] = "/bin/true";
  bool threads = count > 1 && strcmp(words[1], "threads") == 0;
  if (!filter_calls(threads, program)) return 1;
  uint64_t own = (uint64_t)getpid(), place = (uint64_t)(uintptr_t)program, high = UINT64_C(1) << 32;
  const struct {
    const char *how;
    uint64_t arguments[6];
  } ways[] = {
      {"nothing", {0}},
      {"ones", {1, 1, 1, 1, 1, 1}},
      {"all bits", {~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull}},
      {"itself", {own, own, 0, own, 0, 0}},
      {"itself, with more", {own, 0, high, 0, 0, 0}},
      {"the host's line", {3, 0, 0, 0, 0, 0}},
      {"the host's line, to an address", {3, 0, 0, 0, high, 0}},
      {"the program", {place, 0, 0, 0, 0, 0}},
      {"beside the program", {place + 1, 0, 0, 0, 0, 0}},
      {"the program, lower half", {place & 0xffffffff, 0, 0, 0, 0, 0}},
      {"a thread", {CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, 0, 0, 0, 0, 0}},
      {"a thread with users of its own", {CLONE_THREAD | CLONE_NEWUSER, 0, 0, 0, 0, 0}},
      {"a process", {SIGCHLD, 0, 0, 0, 0, 0}},
      {"cut off", {0, O_RDONLY | O_TRUNC, O_RDONLY | O_TRUNC, 0, 0, 0}},
      {"written", {0, O_RDWR | O_CREAT | O_TRUNC, O_RDWR | O_CREAT | O_TRUNC, 0, 0, 0}},
      {"an owner", {3, F_SETOWN, 1, 0, 0, 0}},
      {"to another file", {3, F_DUPFD_CLOEXEC, 5, 0, 0, 0}},
      {"typed", {0, TIOCSTI, 0, 0, 0, 0}},
      {"how much", {0, FIONREAD, 0, 0, 0, 0}},
      {"a name", {PR_SET_NAME, 0, 0, 0, 0, 0}},
  };
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    for (size_t j = 0; j < sizeof names / sizeof *names; j++)
      tell(names[j].name, names[j].number, ARCHITECTURE, ways[i].how, ways[i].arguments);
    tell("no call", 1023, ARCHITECTURE, ways[i].how, ways[i].arguments);
    tell("an older call", names[0].number, AUDIT_ARCH_I386, ways[i].how, ways[i].arguments);
    tell("an older call of arm", names[0].number, AUDIT_ARCH_ARM, ways[i].how, ways[i].arguments);
  }
  return 0;
}
