#define _GNU_SOURCE
#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utmp.h>

pid_t pseudo_terminal_start(
    const char *path, char *const arguments[], char *const environment[], const char *folder, int columns,
    int rows, int *primary) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  int secondary;
  if (openpty(primary, &secondary, NULL, NULL, &size) != 0) return -1;
  fcntl(*primary, F_SETFD, FD_CLOEXEC);
  fcntl(secondary, F_SETFD, FD_CLOEXEC);
  pid_t process = fork();
  if (process == 0) {
    // Only what is safe between fork and exec of a process with threads.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    if (login_tty(secondary) != 0) _exit(126);
    if (folder && chdir(folder) != 0) _exit(126);
    execve(path, arguments, environment);
    _exit(127);
  }
  close(secondary);
  if (process < 0) close(*primary);
  return process;
}

int pseudo_terminal_resize(int primary, int columns, int rows) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(primary, TIOCSWINSZ, &size);
}
