/* The system calls that a plugin's code, its language's runtime and the worker itself need. Everything that is not here
 * is refused. Numbers that only one machine has stand behind #ifdef: x86-64 kept the calls that arm64 never had. */
#ifndef CALLS_H
#define CALLS_H

#include <stdint.h>
#include <sys/syscall.h>

/* Allowed whatever their arguments are; those that are made most stand first. */
static const int allowed[] = {
    /* Reading and writing what is open. */
    __NR_read, __NR_write, __NR_futex, __NR_readv, __NR_writev, __NR_pread64, __NR_pwrite64, __NR_lseek, __NR_close,
    __NR_sendfile, __NR_dup, __NR_dup3, __NR_pipe2, __NR_fsync, __NR_fdatasync, __NR_ftruncate, __NR_fallocate,
    /* Memory. */
    __NR_mmap, __NR_munmap, __NR_mprotect, __NR_mremap, __NR_madvise, __NR_brk, __NR_membarrier,
    /* What files are: which ones is for the worker's root and Landlock to say. */
    __NR_fstat, __NR_newfstatat, __NR_statx, __NR_faccessat, __NR_readlinkat, __NR_getdents64, __NR_getcwd, __NR_chdir,
    __NR_fchdir, __NR_umask, __NR_fadvise64,
    /* Names in the scratch folder. */
    __NR_mkdirat, __NR_unlinkat, __NR_renameat2,
#ifdef __NR_renameat
    __NR_renameat,
#endif
    /* Waiting. */
    __NR_ppoll, __NR_pselect6, __NR_epoll_create1, __NR_epoll_ctl, __NR_epoll_pwait, __NR_eventfd2, __NR_timerfd_create,
    __NR_timerfd_settime, __NR_timerfd_gettime, __NR_nanosleep, __NR_clock_nanosleep, __NR_sched_yield,
    __NR_restart_syscall,
    /* Signals to itself. */
    __NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigreturn, __NR_rt_sigsuspend, __NR_sigaltstack, __NR_setitimer,
    __NR_getitimer,
    /* What time it is, who it is, how large the machine is. */
    __NR_clock_gettime, __NR_clock_getres, __NR_gettimeofday, __NR_times, __NR_getrusage, __NR_getpid, __NR_gettid,
    __NR_getppid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_uname, __NR_sysinfo, __NR_getrandom,
    __NR_getcpu, __NR_sched_getaffinity, __NR_getrlimit,
    /* Its own threads and end. */
    __NR_exit, __NR_exit_group, __NR_set_tid_address, __NR_set_robust_list,
#ifdef __NR_rseq
    __NR_rseq,
#endif
#ifdef __NR_faccessat2
    __NR_faccessat2,
#endif
#ifdef __x86_64__
    __NR_stat, __NR_lstat, __NR_access, __NR_readlink, __NR_mkdir, __NR_rmdir, __NR_unlink, __NR_rename, __NR_dup2,
    __NR_pipe, __NR_poll, __NR_select, __NR_epoll_wait, __NR_epoll_create, __NR_eventfd, __NR_pause, __NR_alarm,
    __NR_time, __NR_arch_prctl, __NR_creat,
#endif
};

/* Only ever attacks: the process is ended. */
static const int fatal[] = {
    __NR_init_module, __NR_finit_module, __NR_delete_module, __NR_kexec_load, __NR_reboot, __NR_swapon, __NR_swapoff,
#ifdef __NR_kexec_file_load
    __NR_kexec_file_load,
#endif
#ifdef __x86_64__
    __NR_iopl, __NR_ioperm, __NR_modify_ldt,
#endif
};

#endif
