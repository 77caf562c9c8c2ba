/* entente-worker: loads one plugin, or becomes one program, where it can do no harm, and serves the host's runs. */
#ifndef WORKER_H
#define WORKER_H

#include <signal.h>

#include "plugin_transport.h"

/* The descriptor on which the host speaks. */
enum { HOST = 3 };

/* What the host asked for on the command line. */
typedef struct options {
  uint64_t memory;      /* bytes of address space; 0: as much as there is */
  uint64_t processor;   /* seconds of processor time; 0: any */
  const char *scratch;  /* the one folder that may be written to */
  const char **readable;
  int readable_count;
  bool runs_program;    /* rather than loading a library */
} options;

/* What of it the kernel enforces, as bits; the host reads them from `--probe`. */
enum { CONFINES_FILES = 1, CONFINES_NETWORK = 2, CONFINES_CALLS = 4, CONFINES_SIGNALS = 8 };

/* confine.c */
void limit(const options *options);
/* Landlock: reads only from `readable`, writes only to `scratch`, no TCP. Answers what the kernel enforces. */
int confine_files(const options *options);
/* The bits that this kernel could enforce. */
int probe(void);

/* filter.c: seccomp; false where the kernel has none. */
bool confine_calls(bool runs_program);
bool can_confine_calls(void);

/* frames.c */
/* Sends a frame, or ends the process where the host is gone. */
void send_frame(uint32_t kind, const void *payload, uint64_t length);
/* Receives a frame into `payload`; false where a signal came first. Ends the process where the host is gone. */
bool receive_frame(uint32_t *kind, pt_buffer *payload);

/* call.c */
extern const entente_host worker_host;
extern volatile sig_atomic_t is_cancelled;
/* Carries out what a frame asks for. */
void serve(const entente_plugin *plugin, const pt_buffer *request);

#endif
