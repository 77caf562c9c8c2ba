#ifndef ENTENTE_PLUGIN_H
#define ENTENTE_PLUGIN_H
#endif
