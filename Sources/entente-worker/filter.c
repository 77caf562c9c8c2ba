#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(what) BPF_STMT(BPF_RET | BPF_K, what)
#define REFUSE ANSWER(SECCOMP_RET_ERRNO | EPERM)
/* The call of this number: the next instruction, else the one after it. */
#define IS(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1)
#define NEVER(name) IS(__NR_##name), REFUSE
/* Low words of arguments; little-endian. */
#define ARGUMENT(n) args[n]

static const struct sock_filter head[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
#ifdef __x86_64__
    /* The x32 numbers, which would lead around what follows. */
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
#endif
    /* The network. Sockets that are there (the host's) work on; io_uring would lead around this. */
    NEVER(socket), NEVER(connect), NEVER(bind), NEVER(listen), NEVER(accept), NEVER(accept4), NEVER(io_uring_setup),
    NEVER(io_uring_enter), NEVER(io_uring_register),
    /* Other processes. */
    NEVER(ptrace), NEVER(process_vm_readv), NEVER(process_vm_writev), NEVER(pidfd_open), NEVER(pidfd_getfd),
    NEVER(pidfd_send_signal), NEVER(setsid), NEVER(setpgid), NEVER(unshare), NEVER(setns), NEVER(setpriority),
    NEVER(kcmp), NEVER(rt_sigqueueinfo), NEVER(rt_tgsigqueueinfo), NEVER(tkill),
    /* What files are, beside what is in them, which Landlock does not look at. */
#ifdef __x86_64__
    NEVER(chmod), NEVER(chown), NEVER(lchown), NEVER(utime), NEVER(utimes), NEVER(futimesat), NEVER(fork), NEVER(vfork),
#endif
    NEVER(fchmod), NEVER(fchmodat), NEVER(fchown), NEVER(fchownat), NEVER(utimensat), NEVER(setxattr), NEVER(lsetxattr),
    NEVER(fsetxattr), NEVER(removexattr), NEVER(lremovexattr), NEVER(fremovexattr),
    /* The machine. */
    NEVER(mount), NEVER(umount2), NEVER(pivot_root), NEVER(chroot), NEVER(open_tree), NEVER(move_mount), NEVER(fsopen),
    NEVER(fsmount), NEVER(fsconfig), NEVER(fspick), NEVER(mount_setattr), NEVER(open_by_handle_at), NEVER(fanotify_init),
    NEVER(bpf), NEVER(perf_event_open), NEVER(userfaultfd), NEVER(keyctl), NEVER(add_key), NEVER(request_key),
    NEVER(init_module), NEVER(finit_module), NEVER(delete_module), NEVER(kexec_load), NEVER(reboot), NEVER(swapon),
    NEVER(swapoff), NEVER(syslog), NEVER(acct), NEVER(settimeofday), NEVER(clock_settime), NEVER(adjtimex),
    NEVER(clock_adjtime), NEVER(sethostname), NEVER(setdomainname), NEVER(quotactl), NEVER(shmget), NEVER(msgget),
    NEVER(semget), NEVER(mq_open), NEVER(setrlimit),
    /* Threads, but no processes; clone3 hides its flags, and the C library falls back to clone. */
    IS(__NR_clone3), ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
};

static const struct sock_filter judged[] = {
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 4),
    LOAD(ARGUMENT(0)),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
    REFUSE,
    ANSWER(SECCOMP_RET_ALLOW),
    /* The end with the parent, once asked for, stays. */
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_prctl, 0, 4),
    LOAD(ARGUMENT(0)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_PDEATHSIG, 0, 1),
    REFUSE,
    ANSWER(SECCOMP_RET_ALLOW),
    /* Limits may be asked for, not set: the new ones are the third argument. */
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_prlimit64, 0, 6),
    LOAD(ARGUMENT(2)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2]) + 4),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
    ANSWER(SECCOMP_RET_ALLOW),
    REFUSE,
    /* No typing into the user's terminal. */
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_ioctl, 0, 5),
    LOAD(ARGUMENT(1)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI, 1, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCLINUX, 0, 1),
    REFUSE,
    ANSWER(SECCOMP_RET_ALLOW),
};

static bool install(bool runs_program) {
  uint32_t own = (uint32_t)getpid();
  const struct sock_filter rest[] = {
      /* Signals to itself only. */
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_kill, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_tgkill, 0, 4),
      LOAD(ARGUMENT(0)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, own, 0, 1),
      ANSWER(SECCOMP_RET_ALLOW),
      REFUSE,
      /* Other programs: a worker that has yet to become one may; forking is denied to it all the same. */
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_execve, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_execveat, 0, 1),
      ANSWER(runs_program ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EPERM),
      ANSWER(SECCOMP_RET_ALLOW),
  };
  struct sock_filter all[sizeof head / sizeof *head + sizeof judged / sizeof *judged + sizeof rest / sizeof *rest];
  memcpy(all, head, sizeof head);
  memcpy(all + sizeof head / sizeof *head, judged, sizeof judged);
  memcpy(all + sizeof head / sizeof *head + sizeof judged / sizeof *judged, rest, sizeof rest);
  struct sock_fprog program = {sizeof all / sizeof *all, all};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool can_confine_calls(void) {
  uint32_t action = SECCOMP_RET_ERRNO;
  return syscall(__NR_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool confine_calls(bool runs_program) { return install(runs_program); }

#else

bool can_confine_calls(void) { return false; }
bool confine_calls(bool runs_program) { return runs_program && false; }

#endif
