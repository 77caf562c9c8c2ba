/* A root folder of the worker's own, in which there is nothing but what it may read: what else the machine has cannot
 * be named, so that nothing can be learned of it, not even that it is there. Made of a namespace for mounts, which an
 * ordinary user gets with a namespace for users; where the kernel gives neither, Landlock has to do. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker.h"

#ifndef __NR_mount_setattr
#define __NR_mount_setattr 442
#endif

static bool put(const char *file, const char *words) {
  int place = open(file, O_WRONLY | O_CLOEXEC);
  if (place < 0) return false;
  bool done = write(place, words, strlen(words)) == (ssize_t)strlen(words);
  close(place);
  return done;
}

/* Mounts of its own; answers whether they come with users of its own. */
static bool part(bool *has_users) {
  *has_users = false;
  if (unshare(CLONE_NEWNS) == 0) return true;
  unsigned user = geteuid(), group = getegid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  *has_users = true;
  char map[64];
  snprintf(map, sizeof map, "%u %u 1", user, user);
  bool done = put("/proc/self/uid_map", map) && put("/proc/self/setgroups", "deny");
  snprintf(map, sizeof map, "%u %u 1", group, group);
  return put("/proc/self/gid_map", map) && done;
}

/* The path of `place` under the new root. */
static bool within(const char *root, const char *place, char *out) {
  return snprintf(out, PATH_MAX, "%s%s", root, place) < PATH_MAX;
}

static bool bind(const char *root, const char *place, bool is_folder) {
  char target[PATH_MAX];
  if (!within(root, place, target)) return false;
  if (is_folder) {
    if (mkdir(target, 0755) != 0 && errno != EEXIST) return false;
  } else {
    int file = open(target, O_CREAT | O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (file < 0) return false;
    close(file);
  }
  return mount(place, target, NULL, MS_BIND | MS_REC, NULL) == 0;
}

/* Shows a path under the new root at the place that it has, and the links that lead to it as links. What is not there is
 * passed over. */
static bool show(const char *root, const char *path, int links) {
  char done[PATH_MAX] = "", rest[PATH_MAX], target[PATH_MAX], link[PATH_MAX], next[PATH_MAX];
  if (links > 40 || snprintf(rest, sizeof rest, "%s", path) >= PATH_MAX) return false;
  for (char *at = rest; *at;) {
    while (*at == '/') at++;
    char *end = at + strcspn(at, "/");
    bool is_last = !*end || !end[strspn(end, "/")];
    char kept = *end;
    *end = 0;
    if (strcmp(at, "..") == 0) {
      char *slash = strrchr(done, '/');
      if (slash) *slash = 0;
    } else if (*at && strcmp(at, ".") != 0) {
      size_t length = strlen(done);
      if (snprintf(done + length, sizeof done - length, "/%s", at) >= (int)(sizeof done - length)) return false;
      struct stat status;
      if (lstat(done, &status) != 0) return true;
      if (!within(root, done, target)) return false;
      if (S_ISLNK(status.st_mode)) {
        ssize_t size = readlink(done, link, sizeof link - 1);
        if (size < 0) return false;
        link[size] = 0;
        if (symlink(link, target) != 0 && errno != EEXIST) return false;
        done[length] = 0;
        *end = kept;
        if (snprintf(next, sizeof next, "%s/%s%s", *link == '/' ? "" : done, link, end) >= PATH_MAX) return false;
        return show(root, next, links + 1);
      }
      if (is_last) return bind(root, done, S_ISDIR(status.st_mode));
      if (mkdir(target, 0755) != 0 && errno != EEXIST) return false;
    }
    *end = kept;
    at = end;
  }
  return true;
}

/* Everything beneath a folder from now on only to be read; the kernel's own structure, which the C library of an older
 * system does not have. */
static bool freeze(const char *folder) {
  struct {
    uint64_t set, clear, propagation, users;
  } attributes = {MS_RDONLY | MS_NOSUID, 0, 0, 0};
  return syscall(__NR_mount_setattr, AT_FDCWD, folder, 0x8000 /* AT_RECURSIVE */, &attributes, sizeof attributes) == 0;
}

static bool make_folders(const char *root, const char *path) {
  char target[PATH_MAX];
  if (!within(root, path, target)) return false;
  for (char *at = target + strlen(root) + 1;; at++) {
    if (*at && *at != '/') continue;
    char kept = *at;
    *at = 0;
    if (mkdir(target, 0755) != 0 && errno != EEXIST) return false;
    *at = kept;
    if (!kept) return true;
  }
}

/* The scratch folder, in memory: limited as a whole, and gone with the worker. */
static bool mount_scratch(const char *root, const options *options) {
  char target[PATH_MAX], words[100];
  snprintf(words, sizeof words, "mode=700,size=%llu,nr_inodes=10000", (unsigned long long)options->quota);
  return within(root, options->scratch, target) &&
         mount("scratch", target, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, words) == 0;
}

unsigned enter_view(const options *options) {
  bool has_users;
  const char *root = options->scratch;
  if (!root || !part(&has_users)) return 0;
  unsigned threads = limit_threads() && has_users ? THREADS : 0;
  if (options->without & MOUNTS || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
      mount("root", root, "tmpfs", MS_NOSUID, "mode=755,size=1m,nr_inodes=4000") != 0)
    return threads;
  bool whole = show(root, "/dev/null", 0);
  for (int i = 0; i < options->readable_count; i++) whole = show(root, options->readable[i], 0) && whole;
  whole = make_folders(root, options->scratch) && whole && freeze(root) && mount_scratch(root, options);
  if (!whole || chdir(root) != 0 || syscall(__NR_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0) {
    umount2(root, MNT_DETACH);
    return threads;
  }
  return threads | VIEW | WHOLE_QUOTA;
}
