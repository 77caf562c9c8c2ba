/* The editor's C at a terminal of its own, with what a user and a clipboard can put into it. Linked with the editor and
 * with what starts programs at a terminal, all watched by sanitizers; ends with 0 where nothing was found.
 *
 * Without arguments it starts itself at a terminal and types; `typed at` is the one that is typed at. */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLibEdit.h"
#include "CPseudoTerminal.h"

/* Not UTF-8 in each way: cut off, overlong, a surrogate, beyond the last character, no start. */
#define WRONG "\xc3 \xe2\x82 \xf0\x9f\x98 \xc0\xaf \xed\xa0\x80 \xf5\x80\x80\x80 \xff\xfe \x80"

static entente_editor *editor;
static unsigned asked;

static char *repeated(const char *text, size_t times) {
  size_t length = strlen(text);
  char *all = malloc(length * times + 1);
  if (!all) abort();
  for (size_t i = 0; i < times; i++) memcpy(all + i * length, text, length);
  all[length * times] = 0;
  return all;
}

static void look(void) {
  size_t length = 0, cursor = 0, sum = 0;
  const char *text = entente_editor_text(editor, &length, &cursor);
  if (cursor > length) abort();
  for (size_t i = 0; i < length; i++) sum += (unsigned char)text[i];
  /* So that the reading is not left out. */
  if (sum == 1) abort();
}

static void complete(void) {
  static const char *const texts[] = {"", "a", "漢字", "e\xcc\x81", "👩‍👩‍👧", "two\nlines", "\t", WRONG};
  entente_editor_insert(editor, texts[asked++ % (sizeof texts / sizeof *texts)]);
  look();
  entente_editor_move(editor, -2);
  entente_editor_delete(editor, 1);
  entente_editor_delete(editor, 0);
  entente_editor_delete(editor, -1);
  entente_editor_delete(editor, 100000);
  entente_editor_move(editor, 100000);
  entente_editor_print(editor, "candidates\r\n");
  entente_editor_redraw(editor);
}

static entente_outcome act(void *context, entente_action action) {
  if (context != &asked) abort();
  look();
  switch (action) {
  case ENTENTE_ACTION_ENTER: entente_editor_accept(editor); return ENTENTE_DONE;
  case ENTENTE_ACTION_NEWLINE: entente_editor_insert(editor, "\n"); break;
  case ENTENTE_ACTION_UP: entente_editor_previous_entry(editor); return ENTENTE_DONE;
  case ENTENTE_ACTION_DOWN: entente_editor_next_entry(editor); return ENTENTE_DONE;
  case ENTENTE_ACTION_LINE_START: entente_editor_move(editor, -100000); break;
  case ENTENTE_ACTION_LINE_END: entente_editor_move(editor, 100000); break;
  case ENTENTE_ACTION_KILL_LINE: entente_editor_cut_to_line_end(editor); return ENTENTE_DONE;
  case ENTENTE_ACTION_COMPLETE: complete(); return ENTENTE_BEEP;
  case ENTENTE_ACTION_SUSPEND:
  case ENTENTE_ACTION_EDIT_OUTSIDE:
    entente_editor_release(editor, true);
    entente_editor_retake(editor, true);
    break;
  case ENTENTE_ACTION_RESIZE: entente_editor_resize(editor); break;
  case ENTENTE_ACTION_COMPOSE: look(); break;
  }
  return ENTENTE_REFRESH;
}

static int typed_at(void) {
  int columns = 0, rows = 0, ends[2], ending = ENTENTE_READ_LINE;
  if (!entente_locale_utf8() || !entente_terminal_size(STDIN_FILENO, &columns, &rows) || columns != 60) return 3;
  if (!entente_pipe(ends) || entente_terminal_size(ends[0], &columns, &rows) || entente_terminal_size(-1, &columns, &rows))
    return 4;
  if (entente_width(0x6f22) != 2 || entente_width('a') != 1 || entente_width(7) != -1) return 5;
  for (unsigned scalar = 0; scalar < 0x120000; scalar += 7) entente_width(scalar);
  entente_width(~0u);
  editor = entente_editor_create("watched", act, &asked);
  if (!editor) return 6;
  entente_editor_load_settings(editor);
  if (!entente_editor_is_editing(editor)) return 7;
  char *far = repeated("long ", 20000), *lines = repeated("line\n", 300);
  const char *entries[] = {"", "one", "one", "漢字 e\xcc\x81", "a\nb\nc", lines, WRONG, far};
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) entente_editor_remember(editor, entries[i]);
  const char *prompts[] = {"> ", "", "\1\x1b[1m\1漢> \1\x1b[0m\1", WRONG, "\1", "a prompt that is as wide as a terminal of twenty columns, and wider> "};
  unsigned reads = 0;
  while (ending != ENTENTE_READ_END && ending >= 0) {
    entente_editor_set_prompt(editor, prompts[reads % (sizeof prompts / sizeof *prompts)]);
    const char *line = entente_editor_read(editor, reads % 2 == 0, &ending);
    if (line && strlen(line) < 4000 && *line) entente_editor_remember(editor, line);
    reads++;
    printf("[read %u]", reads);
    fflush(stdout);
  }
  entente_editor_destroy(editor);
  entente_editor_destroy(NULL);
  free(far);
  free(lines);
  /* What was typed holds more lines than this. */
  return reads > 15 ? 0 : 8;
}

/* What the terminal shows, kept for the words of a failure. */
static char shown[1 << 22];
static size_t shown_length;

/* Takes what is shown, for so long as something comes; false where the other side is gone. */
static bool drain(int terminal, int patience) {
  struct pollfd state = {.fd = terminal, .events = POLLIN};
  while (poll(&state, 1, patience) > 0) {
    char some[4096];
    ssize_t count = read(terminal, some, sizeof some);
    if (count <= 0) return false;
    if (shown_length + (size_t)count > sizeof shown) shown_length = 0;
    memcpy(shown + shown_length, some, (size_t)count);
    shown_length += (size_t)count;
  }
  return true;
}

static void type(int terminal, const char *text, size_t length) {
  for (size_t sent = 0; sent < length;) {
    size_t piece = length - sent > 256 ? 256 : length - sent;
    ssize_t count = write(terminal, text + sent, piece);
    if (count <= 0) return;
    sent += (size_t)count;
    if (!drain(terminal, 0)) return;
  }
}

int main(int count, char **arguments) {
  if (count > 1) return typed_at();
  char self[4096] = "";
  if (readlink("/proc/self/exe", self, sizeof self - 1) <= 0) return 2;
  char *const words[] = {arguments[0], "typed at", NULL};
  char *const environment[] = {"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=/nonexistent", "ASAN_OPTIONS=detect_leaks=0", NULL};
  int terminal;
  pid_t child = pseudo_terminal_start(self, words, environment, "/", 60, 20, &terminal);
  if (child < 0) return 2;
  char *pasted = repeated("pasted 漢\r\n", 500), *keys = repeated("\x1b[A\x1b[D\x1b[3~\x0b\x19", 20), *much = repeated("x", 9000);
  const char *typed[] = {
    "plain\r", "\r", WRONG "\r", "漢字e\xcc\x81\xcc\x81 \xcc\x81\r", "\xcc\x81\r", "a\tb\tc\td\te\tf\tg\th\t\r",
    "\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\x1b[B\x01\x05\x0b\x19\r", keys, "\r", "{\x1b\rtwo\x1b\r}\r", "dropped\x03", "\x18\x05\x1a\r",
    "\x1b[200~" "short" "\x1b[201~\r", "\x1b[200~\x1b[201~\r", "\x1b[200~\x01\x7f\xc2\x9c" WRONG "\x1b[201~\r", "\x1b[200~",
    pasted, "\x1b[201~\r", much, "\r", "\x1b[20", "0~\x1b[201~\r", "\x1b[\x1b[1;5C\x1b[1;5D\x17\x12pla\r\r", "last\r",
  };
  drain(terminal, 300);
  for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
    type(terminal, typed[i], strlen(typed[i]));
    if (!drain(terminal, 30)) break;
    pseudo_terminal_resize(terminal, 60 - (int)i % 3 * 20, 20 - (int)i % 2 * 15);
  }
  if (drain(terminal, 0)) type(terminal, "\0\r", 2);
  /* The end of input, on an empty line; again should there be a rest. */
  int status = 0;
  for (int attempt = 0; waitpid(child, &status, WNOHANG) == 0; attempt++) {
    if (attempt == 100) kill(child, SIGKILL);
    /* One that is gone takes no more, for which writing would wait. */
    if (drain(terminal, 50)) type(terminal, attempt % 2 ? "\r" : "\x04", 1);
  }
  drain(terminal, 0);
  free(pasted);
  free(keys);
  free(much);
  pseudo_terminal_resize(-1, 1, 1);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
  size_t from = shown_length > 6000 ? shown_length - 6000 : 0;
  fwrite(shown + from, 1, shown_length - from, stderr);
  fprintf(stderr, "\nthe editor ended with status %x\n", (unsigned)status);
  return 1;
}
