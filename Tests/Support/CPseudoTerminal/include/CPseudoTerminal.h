// What Glibc's module hides from Swift: opening a pseudo-terminal and starting a program in it.
#ifndef CPSEUDOTERMINAL_H
#define CPSEUDOTERMINAL_H

#include <sys/types.h>

// Starts a program with a new terminal as its controlling terminal and its standard streams, and with default
// signal handling. Returns its process id and the terminal's other end, or -1 with errno set.
pid_t pseudo_terminal_start(
    const char *path, char *const arguments[], char *const environment[], const char *folder, int columns,
    int rows, int *primary);

// Tells the terminal its new size; the program gets SIGWINCH.
int pseudo_terminal_resize(int primary, int columns, int rows);

#endif
