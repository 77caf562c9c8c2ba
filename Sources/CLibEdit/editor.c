#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

// MARK: Callbacks

static entente_editor *editor_of(EditLine *edit) {
  void *editor = NULL;
  el_get(edit, EL_CLIENTDATA, &editor);
  return editor;
}

static char *prompt_of(EditLine *edit) { return editor_of(edit)->prompt; }

static unsigned char act(EditLine *edit, entente_action action) {
  entente_editor *editor = editor_of(edit);
  switch (editor->handler(editor->context, action)) {
  case ENTENTE_REFRESH: return CC_REFRESH;
  case ENTENTE_BEEP: return CC_REFRESH_BEEP;
  default: return CC_NORM;
  }
}

#define ACTION(name, action) \
  static unsigned char name(EditLine *edit, wint_t key) { \
    (void)key; \
    return act(edit, action); \
  }
ACTION(on_enter, ENTENTE_ACTION_ENTER)
ACTION(on_newline, ENTENTE_ACTION_NEWLINE)
ACTION(on_up, ENTENTE_ACTION_UP)
ACTION(on_down, ENTENTE_ACTION_DOWN)
ACTION(on_line_start, ENTENTE_ACTION_LINE_START)
ACTION(on_line_end, ENTENTE_ACTION_LINE_END)
ACTION(on_kill_line, ENTENTE_ACTION_KILL_LINE)
ACTION(on_complete, ENTENTE_ACTION_COMPLETE)
ACTION(on_suspend, ENTENTE_ACTION_SUSPEND)
ACTION(on_edit_outside, ENTENTE_ACTION_EDIT_OUTSIDE)
#undef ACTION

static const struct {
  const char *name, *help;
  unsigned char (*function)(EditLine *, wint_t);
} functions[] = {
  {"entente-enter", "Run the statement, or go on with it on a new line", on_enter},
  {"entente-newline", "Go on with the statement on a new line", on_newline},
  {"entente-up", "Move up a line, or back in the history", on_up},
  {"entente-down", "Move down a line, or forth in the history", on_down},
  {"entente-line-start", "Move to the start of the line", on_line_start},
  {"entente-line-end", "Move to the end of the line", on_line_end},
  {"entente-kill-line", "Cut to the end of the line", on_kill_line},
  {"entente-complete", "Complete the word at the cursor", on_complete},
  {"entente-suspend", "Stop the program until the shell continues it", on_suspend},
  {"entente-edit-outside", "Edit the statement in $EDITOR", on_edit_outside},
  {"entente-combine", "Put a combining mark on the character before", entente_combine},
  {"entente-drop-line", "Drop the statement", entente_drop_line},
  {"entente-paste", "Insert a paste without running it", entente_paste},
};

// MARK: Life

struct binding {
  const char *key, *function;
};

// Kept unless ~/.editrc says otherwise.
static const struct binding defaults[] = {
  {"^R", "em-inc-search-prev"},      {"^W", "ed-delete-prev-word"},     {"^A", "entente-line-start"},
  {"^E", "entente-line-end"},        {"^K", "entente-kill-line"},       {"\\e[H", "entente-line-start"},
  {"\\eOH", "entente-line-start"},   {"\\e[1~", "entente-line-start"},  {"\\e[F", "entente-line-end"},
  {"\\eOF", "entente-line-end"},     {"\\e[4~", "entente-line-end"},    {"\\e[3~", "ed-delete-next-char"},
  {"\\e[1;5C", "em-next-word"},      {"\\e[1;5D", "ed-prev-word"},      {"\\e^M", "entente-newline"},
  {"\\e[A", "entente-up"},           {"\\eOA", "entente-up"},           {"\\e[B", "entente-down"},
  {"\\eOB", "entente-down"},         {"^X^E", "entente-edit-outside"},   {"^P", "entente-up"},              {"^N", "entente-down"},
};

// Bound in both of vi's maps after ~/.editrc.
static const struct binding required[] = {
  {"^M", "entente-enter"},           {"^J", "entente-enter"},           {"^I", "entente-complete"},
  {"^C", "entente-drop-line"},       {"^Z", "entente-suspend"},         {TEXT_ACCEPT, "ed-newline"},
  {TEXT_PREVIOUS, "ed-prev-history"}, {TEXT_NEXT, "ed-next-history"},   {TEXT_MARK, "em-set-mark"},
  {TEXT_LINE_END, "entente-line-end"}, {TEXT_CUT, "em-kill-region"},    {TEXT_PASTE, "entente-paste"},
  {TEXT_MARKED, "entente-combine"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

// Types of terminal that behave as xterm does and that a small terminfo does not know.
static const char *const like_xterm[] = {
  "xterm", "alacritty", "contour", "foot", "ghostty", "gnome", "iterm", "kitty", "konsole",
  "mintty", "putty", "rxvt", "screen", "st-", "tmux", "vte", "wezterm",
};

static void know_terminal(entente_editor *editor) {
  const char *type = getenv("TERM");
  if (!type || entente_editor_moves_up(editor)) return;
  for (size_t i = 0; i < COUNT(like_xterm); i++)
    if (strncmp(type, like_xterm[i], strlen(like_xterm[i])) == 0) {
      el_set(editor->edit, EL_TERMINAL, "xterm-256color");
      if (!entente_editor_moves_up(editor)) el_set(editor->edit, EL_TERMINAL, "dumb");
      return;
    }
}

entente_editor *entente_editor_create(const char *program, entente_action_handler handler, void *context) {
  entente_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->handler = handler;
  editor->context = context;
  editor->prompt = strdup("");
  editor->history = history_init();
  // Of a terminal that terminfo does not know libedit says two lines of its own.
  FILE *nowhere = fopen("/dev/null", "w");
  editor->edit = el_init(program, stdin, stdout, nowhere ? nowhere : stderr);
  if (editor->edit) {
    know_terminal(editor);
    el_set(editor->edit, EL_SETFP, 2, stderr);
  }
  if (nowhere) fclose(nowhere);
  if (!editor->edit || !editor->history || !editor->prompt) {
    entente_editor_destroy(editor);
    return NULL;
  }
  HistEvent event;
  history(editor->history, &event, H_SETSIZE, INT_MAX);
  history(editor->history, &event, H_SETUNIQUE, 1);
  EditLine *edit = editor->edit;
  el_set(edit, EL_CLIENTDATA, editor);
  el_set(edit, EL_EDITOR, "emacs");
  // EL_SIGNAL would have libedit send signals to the whole process group.
  el_set(edit, EL_SIGNAL, 0);
  el_set(edit, EL_GETCFN, entente_read_character);
  // EL_PROMPT shows escapes as ^[; this one sends what stands between two \x01 unchanged.
  el_set(edit, EL_PROMPT_ESC, prompt_of, '\1');
  el_set(edit, EL_HIST, history, editor->history);
  // Inserting before a wide character, libedit counts characters for columns and leaves the cursor beside its
  // place. Without the terminal's insert and delete it draws the rest of the row again, which it gets right.
  static const char *const shifting[] = {"ic", "im", "IC", "dc", "dm", "DC"};
  for (size_t i = 0; i < COUNT(shifting); i++) el_set(edit, EL_SETTC, shifting[i], "", NULL);
  for (size_t i = 0; i < COUNT(functions); i++)
    el_set(edit, EL_ADDFN, functions[i].name, functions[i].help, functions[i].function);
  for (size_t i = 0; i < COUNT(defaults); i++)
    el_set(edit, EL_BIND, defaults[i].key, defaults[i].function, NULL);
  return editor;
}

void entente_editor_destroy(entente_editor *editor) {
  if (!editor) return;
  if (editor->edit) {
    // Otherwise el_end throws away what was typed ahead for the shell.
    el_set(editor->edit, EL_EDITMODE, 0);
    el_end(editor->edit);
  }
  if (editor->history) history_end(editor->history);
  free(editor->prompt);
  free(editor);
}

void entente_editor_load_settings(entente_editor *editor) {
  el_source(editor->edit, NULL);
  for (size_t i = 0; i < COUNT(required); i++) {
    el_set(editor->edit, EL_BIND, required[i].key, required[i].function, NULL);
    el_set(editor->edit, EL_BIND, "-a", required[i].key, required[i].function, NULL);
  }
  // Ctrl-C and Ctrl-Z are keys while a line is edited, and signals again while a command runs: -d changes only
  // the mode for editing. Only with editing off do they stay signals.
  el_set(editor->edit, EL_SETTY, "-d", "-isig", NULL);
  // libedit has the kernel turn CR into NL and NL into CR, so that a CR LF in a paste would be two newlines.
  el_set(editor->edit, EL_SETTY, "-d", "-icrnl", "-inlcr", NULL);
}

bool entente_editor_moves_up(entente_editor *editor) {
  char *sequence = NULL;
  return el_get(editor->edit, EL_GETTC, "up", &sequence) == 0 && sequence && *sequence;
}

bool entente_editor_is_editing(entente_editor *editor) {
  int mode = 0;
  return el_get(editor->edit, EL_EDITMODE, &mode) == 0 && mode != 0;
}

// libedit reads through a null pointer where a text has to become wide characters and cannot.
static bool is_text(const char *text) { return mbstowcs(NULL, text, 0) != (size_t)-1; }

void entente_editor_set_prompt(entente_editor *editor, const char *prompt) {
  if (!is_text(prompt)) return;
  char *copy = strdup(prompt);
  if (!copy) return;
  free(editor->prompt);
  editor->prompt = copy;
}

const char *entente_editor_read(entente_editor *editor, bool bracketed_paste, int *ending) {
  editor->ending = ENTENTE_READ_LINE;
  entente_ended = 0;
  entente_interrupted_clear();
  entente_signals_begin();
  entente_resized = 0;
  if (bracketed_paste) entente_editor_print(editor, "\x1b[?2004h");
  // el_gets shows the prompt before it leaves the shell's mode: a key pressed in between would be echoed into the
  // block, where libedit does not know of it.
  if (entente_editor_is_editing(editor)) el_set(editor->edit, EL_PREP_TERM, 1);
  int count = 0;
  const char *line = el_gets(editor->edit, &count);
  if (bracketed_paste) entente_editor_print(editor, "\x1b[?2004l");
  entente_signals_end();
  bool ended = !line || count <= 0;
  if (ended && editor->ending == ENTENTE_READ_LINE) editor->ending = ENTENTE_READ_END;
  // Nobody has left the row then: libedit at its end of input, the terminal's own echo of ^C with editing off.
  if (ended || (editor->ending != ENTENTE_READ_LINE && !entente_editor_is_editing(editor)))
    entente_editor_print(editor, "\n");
  *ending = editor->ending;
  return editor->ending == ENTENTE_READ_LINE ? line : NULL;
}

// MARK: Text

const char *entente_editor_text(entente_editor *editor, size_t *length, size_t *cursor) {
  const LineInfo *line = el_line(editor->edit);
  *length = (size_t)(line->lastchar - line->buffer);
  *cursor = (size_t)(line->cursor - line->buffer);
  return line->buffer;
}

// el_insertstr refuses the empty text; el_deletestr puts what it deletes where Ctrl-Y finds it.
void entente_editor_move(entente_editor *editor, int characters) { el_cursor(editor->edit, characters); }
void entente_editor_insert(entente_editor *editor, const char *text) {
  if (*text) el_insertstr(editor->edit, text);
}
void entente_editor_delete(entente_editor *editor, int characters) {
  if (characters > 0) el_deletestr(editor->edit, characters);
}

// libedit exports none of its functions, so a key bound to each is pushed back into the input.
void entente_editor_accept(entente_editor *editor) { el_push(editor->edit, TEXT_ACCEPT); }
void entente_editor_previous_entry(entente_editor *editor) { el_push(editor->edit, TEXT_PREVIOUS); }
void entente_editor_next_entry(entente_editor *editor) { el_push(editor->edit, TEXT_NEXT); }
void entente_editor_cut_to_line_end(entente_editor *editor) {
  el_push(editor->edit, TEXT_MARK TEXT_LINE_END TEXT_CUT);
}

// MARK: Screen

void entente_editor_print(entente_editor *editor, const char *text) {
  (void)editor;
  fputs(text, stdout);
  fflush(stdout);
}

// CC_REDISPLAY would first erase as many rows as the block has, candidates included; EL_REFRESH forgets what was
// drawn and begins where the cursor stands.
void entente_editor_redraw(entente_editor *editor) { el_set(editor->edit, EL_REFRESH); }

void entente_editor_release(entente_editor *editor, bool bracketed_paste) {
  if (bracketed_paste) entente_editor_print(editor, "\x1b[?2004l");
  el_set(editor->edit, EL_PREP_TERM, 0);
}

void entente_editor_retake(entente_editor *editor, bool bracketed_paste) {
  el_set(editor->edit, EL_PREP_TERM, 1);
  if (bracketed_paste) entente_editor_print(editor, "\x1b[?2004h");
}

void entente_editor_suspend(entente_editor *editor, bool bracketed_paste) {
  entente_editor_release(editor, bracketed_paste);
  raise(SIGTSTP);
  entente_editor_retake(editor, bracketed_paste);
}

void entente_editor_resize(entente_editor *editor) { el_resize(editor->edit); }

// MARK: History

// Recalling an entry that is longer than the line buffer cuts it off: libedit enlarges the buffer for typing but
// not for history. So the buffer is made large enough as the entry is added, by typing that much and deleting it.
static void reserve(entente_editor *editor, size_t characters) {
  if (characters <= editor->reserved) return;
  wchar_t *filler = malloc((characters + 1) * sizeof *filler);
  if (!filler) return;
  wmemset(filler, L' ', characters);
  filler[characters] = 0;
  if (el_winsertstr(editor->edit, filler) == 0) el_deletestr(editor->edit, (int)characters);
  free(filler);
  editor->reserved = characters;
}

void entente_editor_remember(entente_editor *editor, const char *entry) {
  if (!is_text(entry)) return;
  HistEvent event;
  reserve(editor, strlen(entry) + 1);
  history(editor->history, &event, H_ENTER, entry);
}
