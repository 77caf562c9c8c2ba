/* A process that is born into a group of processes (cgroup v2): being moved there later would cost it many milliseconds.
 * What posix_spawn does of it is newer than the C libraries that there are. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "plugin_transport.h"

#if defined(__x86_64__) || defined(__aarch64__)

/* The kernel's struct clone_args up to `cgroup`, and its flags, which older headers lack. */
struct clone_arguments {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};
#define INTO_CGROUP UINT64_C(0x200000000)
enum { CLONE3 = 435 };

/* What the child does, beside a parent that waits in the same memory: nothing here allocates, locks or returns. */
static _Noreturn __attribute__((noinline)) void become(pt_birth *birth) {
  /* The kernel's own structure, all of it zero: the C library keeps two signals from its callers. */
  static const uint64_t usual[4] = {0};
  for (int number = 1; number <= 64; number++) syscall(SYS_rt_sigaction, number, usual, NULL, 8);
  setsid();
  /* The host's end may be one of the first three; what goes to standard error is none of them. */
  if (birth->host == 3 ? fcntl(3, F_SETFD, 0) == 0 : dup2(birth->host, 3) == 3) {
    if (dup2(birth->errors, 2) == 2 && dup2(birth->errors, 1) == 1) {
      int nothing = open("/dev/null", O_RDONLY);
      if (nothing > 0) dup2(nothing, 0), close(nothing);
      sigset_t none;
      sigemptyset(&none);
      sigprocmask(SIG_SETMASK, &none, NULL);
      execve(birth->path, birth->arguments, birth->environment);
    }
  }
  birth->failure = errno;
  _exit(127);
}

/* As vfork does: the child runs on this stack until it is another program. Nothing of this frame is used by the parent
 * afterwards but what the call answers. */
static __attribute__((noinline)) long bear(struct clone_arguments *arguments, pt_birth *birth) {
#if defined(__x86_64__)
  register long result __asm__("rax") = CLONE3;
  register void *first __asm__("rdi") = arguments;
  register long second __asm__("rsi") = sizeof *arguments;
  __asm__ volatile("syscall" : "+r"(result) : "r"(first), "r"(second) : "rcx", "r11", "memory", "cc");
#else
  register long number __asm__("x8") = CLONE3;
  register void *first __asm__("x0") = arguments;
  register long second __asm__("x1") = sizeof *arguments;
  long result;
  __asm__ volatile("svc #0" : "+r"(first) : "r"(second), "r"(number) : "memory", "cc");
  result = (long)first;
#endif
  if (result == 0) become(birth);
  return result;
}

int pt_bear(pt_birth *birth) {
  struct clone_arguments arguments = {
      .flags = CLONE_VM | CLONE_VFORK | INTO_CGROUP, .exit_signal = SIGCHLD, .cgroup = (uint64_t)birth->group};
  sigset_t all, before;
  /* A handler of ours must not run in the child, in our memory. */
  sigfillset(&all);
  birth->failure = 0;
  pthread_sigmask(SIG_SETMASK, &all, &before);
  long born = bear(&arguments, birth);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (born < 0) birth->failure = (int)-born;
  return (int)born;
}

#else

int pt_bear(pt_birth *birth) {
  birth->failure = ENOSYS;
  return -1;
}

#endif
