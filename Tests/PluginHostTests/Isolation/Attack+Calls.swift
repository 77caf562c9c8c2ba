extension Attack {
  /// Against the network, other programs and the machine.
  static let calls: [Attack] =
    [
      "socket(AF_INET, SOCK_STREAM, 0)", "socket(AF_INET6, SOCK_DGRAM, 0)", "socket(AF_UNIX, SOCK_STREAM, 0)",
      "socket(AF_UNIX, SOCK_DGRAM, 0)", "socket(AF_NETLINK, SOCK_RAW, 0)", "socket(AF_PACKET, SOCK_RAW, 0)",
      "socket(AF_ALG, SOCK_SEQPACKET, 0)", "socketpair(AF_UNIX, SOCK_DGRAM, 0, ends)",
      "sendto(3, \"x\", 1, 0, (struct sockaddr *)&(struct sockaddr_un){AF_UNIX, \"SECRET\"}, sizeof(struct sockaddr_un))",
      "sendto(2, \"x\", 1, 0, NULL, 0)", "sendmsg(3, &(struct msghdr){0}, 0)",
      "recvmsg(3, &(struct msghdr){0}, MSG_DONTWAIT)",
      "connect(3, (struct sockaddr *)&(struct sockaddr_un){AF_UNIX, \"SECRET\"}, sizeof(struct sockaddr_un))",
      "bind(3, (struct sockaddr *)&(struct sockaddr_un){AF_UNIX, \"mine\"}, sizeof(struct sockaddr_un))",
      "listen(3, 1)", "accept(3, NULL, NULL)", "setsockopt(3, SOL_SOCKET, SO_SNDBUF, &(int){1}, 4)",
      "getsockopt(3, SOL_SOCKET, SO_PEERCRED, (char[12]){0}, &(socklen_t){12})",
      "syscall(SYS_io_uring_setup, 8, (char[120]){0})", "syscall(SYS_io_uring_enter, 3, 1, 0, 0, 0, 0)",
      "ioctl(3, 0x8901 /* FIOSETOWN */, &(int){1})",
    ].map { Attack("network", $0, before: "int ends[2] = {0}; (void)ends;") }
    + [
      "fork()", "vfork()", "system(\"true\") ? -1 : 0", "execl(\"/bin/true\", \"true\", (char *)0)",
      "execl(\"/usr/lib/entente-none\", \"none\", (char *)0)", "execl(own, own, (char *)0)",
      "execl(\"/lib64/ld-linux-x86-64.so.2\", \"ld\", (char *)0)",
      "syscall(SYS_execveat, AT_FDCWD, \"/bin/true\", NULL, NULL, 0)",
      "syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)", "syscall(SYS_clone3, (uint64_t[8]){0}, 64)",
      "popen(\"true\", \"r\") ? 0 : -1", "wait(NULL)", "syscall(SYS_unshare, 0x10000000)",
      "syscall(SYS_setns, 3, 0)", "fexecve(open(own, O_RDONLY), (char *[]){\"x\", 0}, (char *[]){0}) ",
    ].map { Attack("programs", $0) }
    + [
      "chroot(\"/tmp\")", "chroot(\".\")", "mount(\"none\", \"/tmp\", \"tmpfs\", 0, NULL)",
      "umount2(\"/\", MNT_DETACH)",
      "syscall(SYS_pivot_root, \".\", \".\")", "syscall(SYS_bpf, 0, 0, 0)",
      "syscall(SYS_keyctl, 0, 0, 0, 0, 0)",
      "syscall(SYS_add_key, \"user\", \"a\", \"b\", 1, -3)",
      "syscall(SYS_perf_event_open, (char[128]){0}, 0, -1, -1, 0)",
      "syscall(SYS_userfaultfd, 0)", "syscall(SYS_settimeofday, NULL, NULL)", "sethostname(\"x\", 1)",
      "syscall(SYS_syslog, 10, NULL, 0)", "setuid(0)", "setgid(0)", "syscall(SYS_capset, 0, 0)",
      "setgroups(0, NULL)",
      "prctl(PR_SET_PDEATHSIG, 0)", "prctl(PR_SET_DUMPABLE, 0)", "prctl(PR_SET_SECCOMP, 1)",
      "prctl(PR_CAP_AMBIENT, 2, 0, 0, 0)",
      "syscall(SYS_seccomp, 1, 0, 0)", "syscall(SYS_landlock_create_ruleset, NULL, 0, 1)",
      "mknod(\"disk\", S_IFBLK | 0600, makedev(8, 0))",
      "mknod(\"null\", S_IFCHR | 0666, makedev(1, 3))",
      "setrlimit(RLIMIT_AS, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY})",
      "syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &(struct rlimit){1, 1}, NULL)",
      "syscall(SYS_quotactl, 0, 0, 0, 0)",
      "shmget(IPC_PRIVATE, 4096, 0600)", "semget(IPC_PRIVATE, 1, 0600)", "msgget(IPC_PRIVATE, 0600)",
      "syscall(SYS_mq_open, \"a\", O_CREAT, 0600, NULL)", "syscall(SYS_acct, NULL)", "personality(0x0040000)",
      "syscall(SYS_inotify_init1, 0)", "syscall(SYS_fanotify_init, 0, 0)", "syscall(999)",
    ].map { Attack("machine", $0) }

  /// Those for which a worker is ended at once.
  static let fatal = [
    "syscall(SYS_reboot, 0, 0, 0, 0)", "syscall(SYS_delete_module, \"none\", 0)",
    "syscall(SYS_swapoff, \"none\")",
  ]

  /// Against other processes and the terminal.
  static let processes: [Attack] =
    [
      "kill(getppid(), 0)", "kill(-1, 0)", "kill(1, 0)", "kill(0, 0)", "kill(-getpid(), 0)",
      "syscall(SYS_tkill, getppid(), 0)", "syscall(SYS_tgkill, getppid(), getppid(), 0)",
      "syscall(SYS_rt_sigqueueinfo, getppid(), 0, (char[128]){0})", "syscall(434, getppid(), 0)",
      "syscall(424, 3, 0, 0, 0)", "ptrace(PTRACE_ATTACH, getppid(), 0, 0)", "ptrace(PTRACE_TRACEME, 0, 0, 0)",
      "process_vm_readv(getppid(), NULL, 0, NULL, 0, 0)", "process_vm_writev(getppid(), NULL, 0, NULL, 0, 0)",
      "fcntl(3, F_SETOWN, getppid())", "fcntl(3, F_SETSIG, SIGKILL)",
      "syscall(SYS_fcntl, 3, 15, (int[2]){1, 1})",
      "sched_setaffinity(getppid(), 8, (char[8]){1})", "sched_setaffinity(0, 8, (char[8]){1})",
      "sched_setscheduler(getppid(), SCHED_IDLE, &(struct sched_param){0})",
      "syscall(SYS_sched_setattr, getppid(), (char[48]){48}, 0)",
      "syscall(SYS_ioprio_set, 1, getppid(), 3 << 13)",
      "setpriority(PRIO_PROCESS, getppid(), 19)", "setpriority(PRIO_PROCESS, 0, 19)", "setsid()",
      "setpgid(0, 0)",
      "syscall(SYS_kcmp, getpid(), getppid(), 0, 0, 0)", "syscall(SYS_process_madvise, 3, 0, 0, 0, 0)",
      "syscall(SYS_migrate_pages, getppid(), 0, 0, 0)", "syscall(SYS_get_robust_list, getppid(), 0, 0)",
      "timer_create(CLOCK_REALTIME, &(struct sigevent){.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL}, &timer)",
    ].map { Attack("processes", $0, before: "timer_t timer; (void)timer;") }
    + [
      "open(\"/dev/tty\", O_RDWR)", "open(\"/dev/console\", O_RDWR)", "open(\"/dev/pts/0\", O_RDWR)",
      "open(\"/dev/ptmx\", O_RDWR)",
      "isatty(0) || isatty(1) || isatty(2) ? 0 : -1", "ioctl(2, TIOCSTI, \"x\")", "ioctl(0, TIOCSTI, \"x\")",
      "ioctl(2, TIOCLINUX, \"\\3\")", "ioctl(2, TIOCSPGRP, &(int){getpid()})", "ioctl(2, TIOCSCTTY, 1)",
      "tcsetpgrp(2, getpid())", "tcsetattr(2, TCSANOW, &(struct termios){0})",
      "ioctl(2, TIOCSWINSZ, (short[4]){1, 1})",
      "own_terminal() == 0 ? -1 : 0",
    ].map { Attack("terminal", $0) }

  /// Against memory, threads and the scratch folder.
  static let resources: [Attack] =
    [
      "syscall(SYS_memfd_create, \"m\", 0)", "syscall(447, 0)",
      "open(\"/dev/shm/m\", O_CREAT | O_RDWR, 0600)",
      "mlockall(MCL_CURRENT)", "shm_open(\"/m\", O_CREAT | O_RDWR, 0600)",
      "mmap(NULL, UINT64_C(3) << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0",
      "mmap(NULL, UINT64_C(3) << 30, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0",
    ].map { Attack("memory", $0) }
    + [Attack("threads", "many_threads() <= 64 ? -1 : 0")]
    + [Attack("scratch folder", "filled() <= 260 << 20 ? -1 : 0")]

  /// What the host has of its own.
  static let environment: [Attack] = [
    "getenv(\"ENTENTE_TEST_SECRET\") ? 0 : -1", "getenv(\"LC_ALL\") ? 0 : -1",
    "getenv(\"LD_LIBRARY_PATH\") ? 0 : -1", "getenv(\"PATH\") ? 0 : -1", "getenv(\"USER\") ? 0 : -1",
    "fcntl(4, F_GETFD)", "fcntl(5, F_GETFD)", "fcntl(100, F_GETFD)", "first_open(4)",
  ].map { Attack("environment", $0) }
}
