/* The filter of system calls: an allow-list, so that a call that the next kernel brings is refused. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "calls.h"
#include "worker.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

/* The filter while it is written. */
typedef struct filter {
  struct sock_filter lines[1024];
  unsigned short count;
} filter;

enum { REFUSE = SECCOMP_RET_ERRNO | EPERM };

static void put(filter *filter, uint16_t code, uint32_t number, uint8_t yes, uint8_t no) {
  filter->lines[filter->count++] = (struct sock_filter){code, yes, no, number};
}
static void load(filter *filter, size_t place) { put(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)place, 0, 0); }
static void answer(filter *filter, uint32_t what) { put(filter, BPF_RET | BPF_K, what, 0, 0); }
static void load_call(filter *filter) { load(filter, offsetof(struct seccomp_data, nr)); }
/* The lower or upper half of an argument; little-endian. */
static void load_low(filter *filter, int argument) { load(filter, offsetof(struct seccomp_data, args[argument])); }
static void load_high(filter *filter, int argument) { load(filter, offsetof(struct seccomp_data, args[argument]) + 4); }

/* Answers the call of a number; what was loaded is the call's number, before and after. */
static void answer_call(filter *filter, int call, uint32_t what) {
  put(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
  answer(filter, what);
}

/* Begins what is said of a call, which `end` ends: what stands between is passed over for other calls. */
static unsigned short begin(filter *filter, int call) {
  put(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 0);
  return (unsigned short)(filter->count - 1);
}
static void end(filter *filter, unsigned short start, uint32_t otherwise) {
  answer(filter, otherwise);
  filter->lines[start].jf = (uint8_t)(filter->count - start - 1);
}

/* What was loaded must be this, or the call is refused. */
static void want(filter *filter, uint32_t number) {
  put(filter, BPF_JMP | BPF_JEQ | BPF_K, number, 1, 0);
  answer(filter, REFUSE);
}

/* A call of which one argument must be one of some numbers; the kernel looks at its lower half only. */
static void judge(filter *filter, int call, int argument, const uint32_t *numbers, size_t count) {
  unsigned short start = begin(filter, call);
  load_low(filter, argument);
  for (size_t i = 0; i < count; i++) answer_call(filter, (int)numbers[i], SECCOMP_RET_ALLOW);
  end(filter, start, REFUSE);
}

/* Opening: a file that is opened to be read is not cut off by it, which Landlock refuses only from its third version. */
static void judge_opening(filter *filter, int call, int flags) {
  unsigned short start = begin(filter, call);
  load_low(filter, flags);
  put(filter, BPF_ALU | BPF_AND | BPF_K, O_ACCMODE | O_TRUNC, 0, 0);
  put(filter, BPF_JMP | BPF_JEQ | BPF_K, O_RDONLY | O_TRUNC, 0, 1);
  answer(filter, REFUSE);
  end(filter, start, SECCOMP_RET_ALLOW);
}

/* Speaking with the host: on its descriptor, and to nobody by an address. */
static void judge_speaking(filter *filter, int call) {
  unsigned short start = begin(filter, call);
  load_low(filter, 0), want(filter, HOST);
  load_low(filter, 4), want(filter, 0);
  load_high(filter, 4), want(filter, 0);
  end(filter, start, SECCOMP_RET_ALLOW);
}

/* Threads of this process, but no processes; or neither, as if there were no room for more. */
static void judge_threads(filter *filter, bool allows) {
  /* It hides its flags; the C library falls back to clone. */
  answer_call(filter, __NR_clone3, SECCOMP_RET_ERRNO | ENOSYS);
  unsigned short start = begin(filter, __NR_clone);
  load_low(filter, 0);
  put(filter, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
  answer(filter, REFUSE);
  put(filter, BPF_JMP | BPF_JSET | BPF_K,
      CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET |
          CLONE_PTRACE,
      0, 1);
  answer(filter, REFUSE);
  end(filter, start, allows ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EAGAIN);
}

static void judge_arguments(filter *filter) {
  uint32_t own = (uint32_t)getpid();
  static const uint32_t descriptors[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL};
  /* None of them reaches a terminal or changes what a file is. */
  static const uint32_t controls[] = {FIOCLEX, FIONCLEX, FIONREAD, FIONBIO};
  static const uint32_t settings[] = {PR_SET_NAME, PR_GET_NAME, 0x53564d41 /* PR_SET_VMA */};
  judge(filter, __NR_fcntl, 1, descriptors, sizeof descriptors / sizeof *descriptors);
  judge(filter, __NR_ioctl, 1, controls, sizeof controls / sizeof *controls);
  judge(filter, __NR_prctl, 0, settings, sizeof settings / sizeof *settings);
  judge(filter, __NR_kill, 0, &own, 1);
  judge(filter, __NR_tgkill, 0, &own, 1);
  /* Limits may be asked for, not set: the new ones are the third argument. */
  unsigned short limits = begin(filter, __NR_prlimit64);
  load_low(filter, 2), want(filter, 0);
  load_high(filter, 2), want(filter, 0);
  load_low(filter, 0);
  answer_call(filter, (int)own, SECCOMP_RET_ALLOW);
  want(filter, 0);
  end(filter, limits, SECCOMP_RET_ALLOW);
#ifdef __NR_open
  judge_opening(filter, __NR_open, 1);
#endif
  judge_opening(filter, __NR_openat, 2);
  judge_speaking(filter, __NR_sendto);
  judge_speaking(filter, __NR_recvfrom);
}

/* Another program only by the one name that the worker has for it. */
static void judge_execution(filter *filter, const char *program) {
  if (!program) return;
  unsigned short start = begin(filter, __NR_execve);
  load_low(filter, 0), want(filter, (uint32_t)(uintptr_t)program);
  load_high(filter, 0), want(filter, (uint32_t)((uint64_t)(uintptr_t)program >> 32));
  end(filter, start, SECCOMP_RET_ALLOW);
}

bool filter_calls(bool threads, const char *program) {
  static filter all;
  load(&all, offsetof(struct seccomp_data, arch));
  put(&all, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  answer(&all, SECCOMP_RET_KILL_PROCESS);
  load_call(&all);
#ifdef __x86_64__
  /* The x32 numbers, which would lead around what follows. */
  put(&all, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
  answer(&all, SECCOMP_RET_KILL_PROCESS);
#endif
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) answer_call(&all, allowed[i], SECCOMP_RET_ALLOW);
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) answer_call(&all, fatal[i], SECCOMP_RET_KILL_PROCESS);
  judge_threads(&all, threads);
  judge_arguments(&all);
  judge_execution(&all, program);
  answer(&all, REFUSE);
  struct sock_fprog program_of = {all.count, all.lines};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program_of) == 0;
}

#else

bool filter_calls(bool threads, const char *program) { return threads && program && false; }

#endif
