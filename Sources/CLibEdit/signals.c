#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "internal.h"

static volatile sig_atomic_t interrupted;
volatile sig_atomic_t entente_resized;
volatile sig_atomic_t entente_ended;

// Handlers only set flags: nothing of libedit is safe inside one. None has SA_RESTART, so that a wait ends.
static void note_interrupt(int number) {
  (void)number;
  interrupted = 1;
}
static void note_resize(int number) {
  (void)number;
  entente_resized = 1;
}
static void note_end(int number) { entente_ended = number; }

bool entente_interrupted(void) { return interrupted != 0; }
void entente_interrupted_clear(void) { interrupted = 0; }

static void handle(int number, void (*handler)(int), struct sigaction *previous) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = handler;
  sigaction(number, &action, previous);
}

static struct sigaction previous_interrupt;
static int interrupt_depth;

void entente_interrupt_begin(void) {
  if (interrupt_depth++ == 0) handle(SIGINT, note_interrupt, &previous_interrupt);
}
void entente_interrupt_end(void) {
  if (--interrupt_depth == 0) sigaction(SIGINT, &previous_interrupt, NULL);
}

static struct sigaction previous_resize, previous_terminate, previous_hangup;

// A signal that the user ignores, as under nohup, stays ignored.
static void handle_end(int number, struct sigaction *previous) {
  handle(number, note_end, previous);
  if (previous->sa_handler == SIG_IGN) sigaction(number, previous, NULL);
}

void entente_signals_begin(void) {
  entente_interrupt_begin();
  handle(SIGWINCH, note_resize, &previous_resize);
  handle_end(SIGTERM, &previous_terminate);
  handle_end(SIGHUP, &previous_hangup);
}

void entente_signals_end(void) {
  sigaction(SIGHUP, &previous_hangup, NULL);
  sigaction(SIGTERM, &previous_terminate, NULL);
  sigaction(SIGWINCH, &previous_resize, NULL);
  entente_interrupt_end();
}

// Blocked while flags are checked and let through while waiting, so that none comes between check and wait.
void entente_signals_block(sigset_t *waiting) {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGINT);
  sigaddset(&ours, SIGWINCH);
  sigaddset(&ours, SIGTERM);
  sigaddset(&ours, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &ours, waiting);
}
void entente_signals_unblock(const sigset_t *waiting) { pthread_sigmask(SIG_SETMASK, waiting, NULL); }
