#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "plugin_transport.h"

_Static_assert(PT_SPAWN_SESSION == POSIX_SPAWN_SETSID, "the number of the C library");

bool pt_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0; }

const char *pt_library_with(const char *symbol) {
  Dl_info found;
  void *place = dlsym(RTLD_DEFAULT, symbol);
  return place && dladdr(place, &found) ? found.dli_fname : NULL;
}

bool pt_is_marked(const char *path, const char *attribute) {
  char value[8];
  return getxattr(path, attribute, value, sizeof value) == 1 && *value == '1';
}
