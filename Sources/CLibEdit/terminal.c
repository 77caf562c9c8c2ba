#define _GNU_SOURCE
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "CLibEdit.h"

static bool is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

// In a locale that is not UTF-8 libedit drops every byte above 127 without a word.
bool entente_locale_utf8(void) {
  if (setlocale(LC_CTYPE, "") && is_utf8()) return true;
  if (setlocale(LC_CTYPE, "C.UTF-8") && is_utf8()) return true;
  return setlocale(LC_CTYPE, "C.utf8") && is_utf8();
}

int entente_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

bool entente_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

bool entente_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0; }
