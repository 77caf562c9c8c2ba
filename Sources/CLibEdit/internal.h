// Shared by the files of this target, not with Swift.
#ifndef ENTENTE_INTERNAL_H
#define ENTENTE_INTERNAL_H

#include <histedit.h>
#include <signal.h>
#include <wchar.h>

#include "CLibEdit.h"

struct entente_editor {
  EditLine *edit;
  History *history;
  char *prompt;
  entente_action_handler handler;
  void *context;
  // Bytes read from the terminal and not yet given to libedit.
  unsigned char input[4096];
  size_t input_start, input_end;
  bool pasting;
  bool reading;
  // What was typed and is to be put on the character before the cursor.
  wchar_t mark;
  int ending;
  // Room in libedit's line buffer, in characters.
  size_t reserved;
};

// Characters that no keyboard sends, each bound to one function of libedit. They are single C1 controls and not
// escape sequences because in vi's insert mode ESC is a key of its own.
#define KEY_ACCEPT 0x9c
#define TEXT_ACCEPT "\xC2\x9C"
#define TEXT_PREVIOUS "\xC2\x9D"
#define TEXT_NEXT "\xC2\x9E"
#define TEXT_MARK "\xC2\x98"
#define TEXT_LINE_END "\xC2\x99"
#define TEXT_CUT "\xC2\x9A"
#define KEY_PASTE 0x96
#define TEXT_PASTE "\xC2\x96"
#define KEY_MARKED 0x95
#define TEXT_MARKED "\xC2\x95"

// input.c
int entente_read_character(EditLine *edit, wchar_t *character);
unsigned char entente_paste(EditLine *edit, wint_t key);
unsigned char entente_combine(EditLine *edit, wint_t key);
unsigned char entente_drop_line(EditLine *edit, wint_t key);

// signals.c
extern volatile sig_atomic_t entente_resized;
extern volatile sig_atomic_t entente_ended;
void entente_signals_begin(void);
void entente_signals_end(void);
// The mask to wait under: that of the thread, with the signals of an editor let through.
void entente_signals_block(sigset_t *waiting);
void entente_signals_unblock(const sigset_t *waiting);

#endif
