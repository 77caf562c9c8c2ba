#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker.h"

static void set_limit(int what, uint64_t most) {
  struct rlimit limit = {most, most};
  setrlimit((__rlimit_resource_t)what, &limit);
}

void limit(const options *options) {
  set_limit(RLIMIT_CORE, 0);
  set_limit(RLIMIT_NOFILE, 256);
  set_limit(RLIMIT_FSIZE, UINT64_C(1) << 30);
  if (options->memory) set_limit(RLIMIT_AS, options->memory);
  if (options->processor) set_limit(RLIMIT_CPU, options->processor);
}

/* Landlock, as the kernel's linux/landlock.h has it; written out, since the header of an older system knows less. */
enum { ABI_TRUNCATE = 3, ABI_NETWORK = 4, ABI_DEVICES = 5, ABI_SCOPES = 6 };
enum {
  EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIRECTORY = 1 << 3,
  EVERYTHING_OF_ABI_1 = (1 << 13) - 1, REFER = 1 << 13, TRUNCATE = 1 << 14, DEVICES = 1 << 15
};
struct ruleset {
  uint64_t files, network, scopes;
};
struct __attribute__((packed)) beneath {
  uint64_t allowed;
  int32_t folder;
};
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

static int landlock_version(void) {
  long version = syscall(__NR_landlock_create_ruleset, NULL, 0, 1);
  return version < 0 ? 0 : (int)version;
}

static uint64_t known_files(int version) {
  return EVERYTHING_OF_ABI_1 | (version >= 2 ? REFER : 0) | (version >= ABI_TRUNCATE ? TRUNCATE : 0) |
         (version >= ABI_DEVICES ? DEVICES : 0);
}

static void allow(long rules, const char *path, uint64_t allowed) {
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return;
  struct beneath beneath = {allowed, place};
  if (syscall(__NR_landlock_add_rule, rules, 1, &beneath, 0) != 0 && errno == EINVAL) {
    /* A plain file takes only what files have. */
    beneath.allowed &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICES;
    syscall(__NR_landlock_add_rule, rules, 1, &beneath, 0);
  }
  close(place);
}

static int enforced_by(int version) {
  return (version >= 1 ? CONFINES_FILES : 0) | (version >= ABI_SCOPES ? CONFINES_SIGNALS : 0);
}

int confine_files(const options *options) {
  int version = landlock_version();
  if (!version) return 0;
  struct ruleset wanted = {known_files(version), version >= ABI_NETWORK ? 3 : 0, version >= ABI_SCOPES ? 3 : 0};
  size_t size = version >= ABI_SCOPES ? 24 : version >= ABI_NETWORK ? 16 : 8;
  long rules = syscall(__NR_landlock_create_ruleset, &wanted, size, 0);
  if (rules < 0) return 0;
  for (int i = 0; i < options->readable_count; i++)
    allow(rules, options->readable[i], EXECUTE | READ_FILE | READ_DIRECTORY);
  allow(rules, "/dev/null", READ_FILE | WRITE_FILE);
  /* Of other processes nothing, of the machine how large it is. */
  const char *own[] = {"/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) allow(rules, own[i], READ_FILE | READ_DIRECTORY);
  if (options->scratch) allow(rules, options->scratch, known_files(version) & ~(uint64_t)(EXECUTE | DEVICES));
  bool done = syscall(__NR_landlock_restrict_self, rules, 0) == 0;
  close((int)rules);
  return done ? enforced_by(version) : 0;
}

int probe(void) {
  return enforced_by(landlock_version()) | (can_confine_calls() ? CONFINES_CALLS | CONFINES_NETWORK : 0);
}
