#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>

#include "plugin_transport.h"

static bool refuse(pt_load_problem *problem, uint32_t kind, uint64_t number, const char *words, uint64_t length) {
  if (length >= sizeof problem->words) length = sizeof problem->words - 1;
  problem->kind = kind;
  problem->number = number;
  memset(problem->words, 0, sizeof problem->words);
  if (length) memcpy(problem->words, words, length);
  return false;
}

bool pt_load(const char *path, const entente_host *host, entente_plugin *plugin, pt_load_problem *problem) {
  void *image = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!image) {
    const char *words = dlerror();
    return refuse(problem, PT_LOAD_FAILED, 0, words, words ? strlen(words) : 0);
  }
  entente_plugin_init init;
  *(void **)&init = dlsym(image, ENTENTE_PLUGIN_ENTRY);
  if (!init) {
    for (uint64_t major = 2; major <= 9; major++) {
      char name[] = "entente_plugin_init_v0";
      name[sizeof name - 2] = (char)('0' + major);
      if (dlsym(image, name)) return refuse(problem, PT_MAJOR_NEWER, major, NULL, 0);
    }
    return refuse(problem, PT_ENTRY_MISSING, 0, NULL, 0);
  }
  memset(plugin, 0, sizeof *plugin);
  plugin->size = sizeof *plugin;
  int32_t status = init(host, plugin);
  if (status != ENTENTE_OK) {
    entente_text words = plugin->problem;
    bool told = words.bytes && words.length && words.length < 1000 && pt_is_utf8((const uint8_t *)words.bytes, words.length);
    return refuse(problem, PT_INIT_FAILED, (uint64_t)(int64_t)status, words.bytes, told ? words.length : 0);
  }
  if (plugin->size < PT_LEAST_PLUGIN || plugin->size > sizeof *plugin)
    return refuse(problem, PT_TABLE_SIZE, plugin->size, NULL, 0);
  if (plugin->needs_minor > ENTENTE_CONTRACT_MINOR)
    return refuse(problem, PT_MINOR_NEWER, plugin->needs_minor, NULL, 0);
  uint64_t missing = plugin->needs_features & ~(uint64_t)PT_FEATURES;
  if (missing) return refuse(problem, PT_FEATURES_MISSING, missing, NULL, 0);
  if (!plugin->run) return refuse(problem, PT_RUN_MISSING, 0, NULL, 0);
  entente_text manifest = plugin->manifest;
  if (!manifest.bytes || !manifest.length || manifest.length > ENTENTE_MAX_MANIFEST_BYTES ||
      !pt_is_utf8((const uint8_t *)manifest.bytes, manifest.length))
    return refuse(problem, PT_MANIFEST_MISSING, 0, NULL, 0);
  return true;
}

void pt_follow(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }
