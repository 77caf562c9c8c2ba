// SHA-256, by libmd: libedit stands on it, so that it is in the process anyway.
#ifndef CDIGEST_H
#define CDIGEST_H

#include <sha2.h>

#endif
