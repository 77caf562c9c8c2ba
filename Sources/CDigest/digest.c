// All of it is libmd's.
#include "CDigest.h"
