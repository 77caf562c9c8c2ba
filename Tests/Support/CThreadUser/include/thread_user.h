/* Tests of what root's and an ordinary user's plugins may do, in one process: users are the kernel's for each thread. */
#ifndef THREAD_USER_H
#define THREAD_USER_H

#include <stdbool.h>

/* Makes the thread that calls it an ordinary user's, for good; only root may. */
bool thread_become(unsigned user);

#endif
