// What reaches libedit: characters from the terminal, and what signals and pastes turn into.
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "internal.h"

static entente_editor *editor_of(EditLine *edit) {
  void *editor = NULL;
  el_get(edit, EL_CLIENTDATA, &editor);
  return editor;
}

enum { BYTE_READY = 1, BYTE_NONE = 0, BYTE_END = -1, BYTE_SIGNAL = -2 };

// Makes sure that a byte is buffered. Outside a paste one byte is read at a time: what was typed ahead belongs to
// whichever program reads the terminal next.
static int fill(entente_editor *editor, const struct timespec *patience) {
  if (editor->input_start < editor->input_end) return BYTE_READY;
  sigset_t waiting;
  entente_signals_block(&waiting);
  int ready = -1;
  if (!(entente_ended || entente_resized || entente_interrupted())) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    ready = ppoll(&input, 1, patience, &waiting);
  }
  entente_signals_unblock(&waiting);
  if (ready < 0) return BYTE_SIGNAL;
  if (ready == 0) return BYTE_NONE;
  ssize_t count = read(STDIN_FILENO, editor->input, editor->pasting ? sizeof editor->input : 1);
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return BYTE_SIGNAL;
  if (count <= 0) return BYTE_END;
  editor->input_start = 0;
  editor->input_end = (size_t)count;
  return BYTE_READY;
}

static const char paste_start[] = "\x1b[200~";
static const char paste_end[] = "\x1b[201~";

// After ESC: whether the start of a paste follows, and if not, what did follow is put back. It is found here and
// not by a key binding because in vi's insert mode no sequence that begins with ESC can be bound.
static bool swallow_paste_start(entente_editor *editor) {
  const struct timespec patience = {.tv_nsec = 25 * 1000 * 1000};
  unsigned char seen[sizeof paste_start];
  size_t count = 0;
  bool matches = true;
  while (matches && count < sizeof paste_start - 2 && fill(editor, &patience) == BYTE_READY) {
    seen[count] = editor->input[editor->input_start++];
    matches = seen[count] == (unsigned char)paste_start[count + 1];
    count++;
  }
  if (matches && count == sizeof paste_start - 2) return true;
  size_t rest = editor->input_end - editor->input_start;
  memmove(editor->input + count, editor->input + editor->input_start, rest);
  memcpy(editor->input, seen, count);
  editor->input_start = 0;
  editor->input_end = count + rest;
  return false;
}

// Stands in for libedit's own reader (EL_GETCFN), which takes an interrupted read up again once and so loses the
// signal. Flags that handlers set are acted on here, where calling libedit is safe.
int entente_read_character(EditLine *edit, wchar_t *character) {
  entente_editor *editor = editor_of(edit);
  mbstate_t state;
  memset(&state, 0, sizeof state);
  for (;;) {
    if (entente_ended || entente_interrupted()) {
      bool editing = entente_editor_is_editing(editor);
      editor->ending = entente_ended ? -entente_ended : ENTENTE_READ_INTERRUPTED;
      // Both end the line in libedit's own way, which leaves the cursor below the block.
      *character = entente_ended ? (editing ? KEY_ACCEPT : '\n') : (editing ? 3 : '\n');
      entente_interrupted_clear();
      return 1;
    }
    if (entente_resized) {
      entente_resized = 0;
      editor->handler(editor->context, ENTENTE_ACTION_RESIZE);
    }
    int filled = fill(editor, NULL);
    if (filled == BYTE_END) return 0;
    if (filled != BYTE_READY) continue;
    char byte = (char)editor->input[editor->input_start++];
    if (byte == '\x1b' && !editor->pasting && swallow_paste_start(editor)) {
      *character = KEY_PASTE;
      return 1;
    }
    size_t length = mbrtowc(character, &byte, 1, &state);
    if (length == (size_t)-2) continue;
    if (length == (size_t)-1) {
      // Not UTF-8: shown as what it is, a character that could not be read.
      memset(&state, 0, sizeof state);
      *character = 0xFFFD;
    }
    // libedit draws nothing for a character without a width, so it is put on the one before.
    if (*character >= 0x300 && wcwidth(*character) == 0 && !editor->pasting && entente_editor_is_editing(editor)) {
      editor->mark = *character;
      *character = KEY_MARKED;
    }
    return 1;
  }
}

// Whether the text ends in the sequence that ends a paste.
static bool ends_paste(const wchar_t *text, size_t length) {
  const size_t mark = sizeof paste_end - 1;
  if (length < mark) return false;
  for (size_t i = 0; i < mark; i++)
    if (text[length - mark + i] != (wchar_t)paste_end[i]) return false;
  return true;
}

// Leaves of a paste what may be inserted: carriage returns become newlines and those at the end go; other control
// characters go, so that a paste cannot press keys. Returns the length.
static size_t clean_paste(wchar_t *text, size_t length) {
  size_t kept = 0;
  wchar_t previous = 0;
  for (size_t i = 0; i < length; i++) {
    wchar_t character = text[i];
    bool repeats = character == '\n' && previous == '\r';
    previous = character;
    if (repeats) continue;
    if (character == '\r') character = '\n';
    bool is_control = character < ' ' || (character >= 0x7f && character < 0xa0);
    if (!is_control || character == '\n' || character == '\t') text[kept++] = character;
  }
  while (kept > 0 && text[kept - 1] == '\n') kept--;
  text[kept] = 0;
  return kept;
}

// Inserts what is pasted at once and unexecuted.
unsigned char entente_paste(EditLine *edit, wint_t key) {
  (void)key;
  entente_editor *editor = editor_of(edit);
  size_t length = 0, room = 0;
  wchar_t *text = NULL, character;
  bool complete = false;
  editor->pasting = true;
  while (!complete) {
    if (length + 1 >= room) {
      room = room ? 2 * room : 1024;
      wchar_t *larger = realloc(text, room * sizeof *text);
      if (!larger) break;
      text = larger;
    }
    if (entente_read_character(edit, &character) != 1 || editor->ending != ENTENTE_READ_LINE) break;
    text[length++] = character;
    complete = ends_paste(text, length);
  }
  editor->pasting = false;
  if (complete) length -= sizeof paste_end - 1;
  if (text && clean_paste(text, length) > 0) el_winsertstr(edit, text);
  free(text);
  editor->handler(editor->context, ENTENTE_ACTION_COMPOSE);
  // A signal during a paste: what it asks for follows the text.
  if (editor->ending == ENTENTE_READ_INTERRUPTED) return entente_drop_line(edit, 3);
  if (editor->ending != ENTENTE_READ_LINE) entente_editor_accept(editor);
  return CC_REFRESH;
}

// Ctrl-C: marks the end of the block and leaves the line. It is a key because a SIGINT would end el_gets with the
// cursor in the middle of the block.
unsigned char entente_drop_line(EditLine *edit, wint_t key) {
  (void)key;
  entente_editor *editor = editor_of(edit);
  editor->ending = ENTENTE_READ_INTERRUPTED;
  const LineInfoW *line = el_wline(edit);
  el_cursor(edit, (int)(line->lastchar - line->cursor));
  el_winsertstr(edit, L"^C");
  entente_editor_accept(editor);
  return CC_REFRESH;
}

unsigned char entente_combine(EditLine *edit, wint_t key) {
  (void)key;
  entente_editor *editor = editor_of(edit);
  wchar_t text[] = {editor->mark, 0};
  el_winsertstr(edit, text);
  if (editor->handler(editor->context, ENTENTE_ACTION_COMPOSE) == ENTENTE_REFRESH) return CC_REFRESH;
  // There is no such character: the terminal puts the mark on the cell before the cursor by itself.
  char bytes[MB_LEN_MAX + 1] = {0};
  if (wctomb(bytes, editor->mark) > 0) entente_editor_print(editor, bytes);
  return CC_NORM;
}
