#include "entente_plugin.h"
