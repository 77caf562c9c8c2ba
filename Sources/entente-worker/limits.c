#define _GNU_SOURCE
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker.h"

/* What AddressSanitizer needs to know of memory lies in terabytes of address space: no limit would leave it any. */
#if defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#else
#define SANITIZED 0
#endif

static bool set_limit(int what, uint64_t most) {
  struct rlimit limit = {most, most};
  return setrlimit((__rlimit_resource_t)what, &limit) == 0;
}

void set_limits(const options *options) {
  set_limit(RLIMIT_CORE, 0);
  set_limit(RLIMIT_NOFILE, 256);
  set_limit(RLIMIT_SIGPENDING, 64);
  set_limit(RLIMIT_MSGQUEUE, 0);
  set_limit(RLIMIT_MEMLOCK, 0);
  if (options->quota) set_limit(RLIMIT_FSIZE, options->quota);
#if !SANITIZED
  if (options->memory) set_limit(RLIMIT_AS, options->memory);
#endif
  if (options->processor) set_limit(RLIMIT_CPU, options->processor);
}

/* The kernel counts the processes of a user within a user namespace on their own, but never root's. */
bool limit_threads(void) { return geteuid() != 0 && set_limit(RLIMIT_NPROC, MOST_THREADS); }

/* Root without capabilities is a user like others; nothing that is executed gets them back once there are no new
 * privileges. */
bool drop_privileges(void) {
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
  return syscall(__NR_capset, &head, none) == 0;
}
