/* entente-worker: loads one plugin, or becomes one program, where it can do no harm, and serves the host's runs. */
#ifndef WORKER_H
#define WORKER_H

#include <signal.h>

#include "plugin_transport.h"

/* The descriptor on which the host speaks. */
enum { HOST = 3 };
/* What it exits with where this kernel lacks what it must not do without. */
enum { TOO_WEAK = 77 };
/* The most folders and files that a plugin may be given to read. */
enum { MOST_READABLE = 128 };
/* The most threads of a worker, where the kernel can count them. */
enum { MOST_THREADS = 64 };

/* Parts of the confinement, as bits: what the host wants tried without (`--without`), and what was attained. */
enum {
  VIEW = 1,      /* a root of its own with nothing in it but what may be read */
  LANDLOCK = 2,  /* the kernel's rules of which files may be used how */
  FILTER = 4,    /* the kernel's filter of system calls */
  PRIVILEGES = 8, /* no capabilities left */
  THREADS = 16,  /* threads can be counted, so that some are allowed */
  MOUNTS = 64,   /* only for `--without`: namespaces there are, mounts are refused */
  WHOLE_QUOTA = 32, /* the scratch folder is limited as a whole by the kernel */
  GROUP = 128    /* it was born into a group of its own (cgroup v2) that limits its memory */
};

/* What the host asked for on the command line. */
typedef struct options {
  uint64_t memory;      /* bytes of address space; 0: as much as there is */
  uint64_t processor;   /* seconds of processor time; 0: any */
  uint64_t quota;       /* bytes of the scratch folder as a whole */
  const char *scratch;  /* the one folder that may be written to */
  const char *readable[MOST_READABLE]; /* parents before what is in them */
  int readable_count;
  const char *listed;   /* a folder of which no more than the names may be read */
  const char *library;
  char **program;       /* rather than a library: the words that start it */
  unsigned without;     /* parts to go without, for tests of older kernels */
  int abi;              /* the newest version of Landlock to use, for the same */
  unsigned grouped;     /* GROUP where it is in one, and THREADS where that counts threads too */
  bool weak;            /* whether to go on where a part is lacking that should not be */
  bool probes;          /* only confines itself and says what came of it */
  bool unconfined;      /* the plugin's author debugs it: nothing holds it back */
} options;

/* What holds of the confinement. */
typedef struct confinement {
  unsigned parts;
  int abi; /* of Landlock; 0 for none */
} confinement;

/* doors.c: what the worker brings from the host. */
void follow_host(long parent);
void close_doors(bool runs_program);

/* limits.c */
void set_limits(const options *options);
/* Whether threads can be limited in number, which they then are. */
bool limit_threads(void);
bool drop_privileges(void);

/* view.c: answers which of VIEW, THREADS and WHOLE_QUOTA came of it. */
unsigned enter_view(const options *options);

/* landlock.c: answers the version of Landlock that is in force, 0 for none. */
int restrict_files(const options *options);

/* filter.c: false where the kernel has no filters. `program` is the one place from which another program may be named. */
bool filter_calls(bool threads, const char *program);

/* confine.c: everything of the above, in its order; the program's name moves to a place that nobody else knows. */
confinement confine(options *options);
/* Whether what must not be lacking is there. */
bool is_strong(confinement held);

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
