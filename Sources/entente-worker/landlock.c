#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker.h"

/* Landlock, as the kernel's linux/landlock.h has it; written out, since the header of an older system knows less. */
enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NETWORK = 4, ABI_DEVICES = 5, ABI_SCOPES = 6 };
enum {
  EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_FOLDER = 1 << 3, REMOVE_FOLDER = 1 << 4,
  REMOVE_FILE = 1 << 5, MAKE_FOLDER = 1 << 7, MAKE_FILE = 1 << 8, EVERYTHING_OF_ABI_1 = (1 << 13) - 1,
  REFER = 1 << 13, TRUNCATE = 1 << 14, DEVICES = 1 << 15
};
/* What there is for files that are no folders. */
enum { OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICES };
/* What a plugin may do in its scratch folder: no links, devices, pipes or sockets, and nothing to execute. */
enum {
  OF_SCRATCH = WRITE_FILE | READ_FILE | READ_FOLDER | REMOVE_FOLDER | REMOVE_FILE | MAKE_FOLDER | MAKE_FILE | REFER |
               TRUNCATE
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

static int version_of(const options *options) {
  long version = syscall(__NR_landlock_create_ruleset, NULL, 0, 1);
  if (version < 0) return 0;
  return options->abi && options->abi < version ? options->abi : (int)version;
}

static uint64_t known_files(int version) {
  return EVERYTHING_OF_ABI_1 | (version >= ABI_REFER ? REFER : 0) | (version >= ABI_TRUNCATE ? TRUNCATE : 0) |
         (version >= ABI_DEVICES ? DEVICES : 0);
}

/* What is not there need not be allowed. */
static void allow(long rules, const char *path, uint64_t allowed) {
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return;
  struct beneath beneath = {allowed, place};
  if (syscall(__NR_landlock_add_rule, rules, 1, &beneath, 0) != 0 && errno == EINVAL) {
    beneath.allowed &= OF_FILES;
    syscall(__NR_landlock_add_rule, rules, 1, &beneath, 0);
  }
  close(place);
}

int restrict_files(const options *options) {
  int version = version_of(options);
  if (!version) return 0;
  uint64_t known = known_files(version);
  struct ruleset wanted = {known, version >= ABI_NETWORK ? 3 : 0, version >= ABI_SCOPES ? 3 : 0};
  size_t size = version >= ABI_SCOPES ? 24 : version >= ABI_NETWORK ? 16 : 8;
  long rules = syscall(__NR_landlock_create_ruleset, &wanted, size, 0);
  if (rules < 0) return 0;
  uint64_t reading = READ_FILE | READ_FOLDER | (options->program ? EXECUTE : 0);
  for (int i = 0; i < options->readable_count; i++) allow(rules, options->readable[i], reading);
  if (options->listed) allow(rules, options->listed, READ_FOLDER);
  allow(rules, "/dev/null", READ_FILE | WRITE_FILE);
  if (options->scratch) allow(rules, options->scratch, OF_SCRATCH & known);
  bool done = syscall(__NR_landlock_restrict_self, rules, 0) == 0;
  close((int)rules);
  return done ? version : 0;
}
