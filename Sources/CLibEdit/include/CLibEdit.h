// libedit behind typed functions.
//
// el_set, el_get and history are variadic, so Swift cannot call them; FILE pointers are not concurrency-safe in
// Swift 6. Both stay on this side. Every text is UTF-8, and a prompt or an entry that is not is not taken. Nothing here is
// thread-safe: one thread owns an editor.
#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <stdbool.h>
#include <stddef.h>

// MARK: The editor

typedef struct entente_editor entente_editor;

// What a key asks of the host while a line is being edited.
typedef enum {
  ENTENTE_ACTION_ENTER,
  ENTENTE_ACTION_NEWLINE,
  ENTENTE_ACTION_UP,
  ENTENTE_ACTION_DOWN,
  ENTENTE_ACTION_LINE_START,
  ENTENTE_ACTION_LINE_END,
  ENTENTE_ACTION_KILL_LINE,
  ENTENTE_ACTION_COMPLETE,
  ENTENTE_ACTION_SUSPEND,
  ENTENTE_ACTION_RESIZE,
  ENTENTE_ACTION_EDIT_OUTSIDE,
  // Combining marks were inserted: a letter and its mark become one character, where there is one.
  ENTENTE_ACTION_COMPOSE,
} entente_action;

// What the editor does after a key.
typedef enum { ENTENTE_DONE, ENTENTE_REFRESH, ENTENTE_BEEP } entente_outcome;

typedef entente_outcome (*entente_action_handler)(void *context, entente_action action);

// How reading a line ended. A negative value is the number of the signal that asked the process to end, negated.
typedef enum { ENTENTE_READ_LINE = 0, ENTENTE_READ_INTERRUPTED = 1, ENTENTE_READ_END = 2 } entente_ending;

// An editor on standard input, output and error, with the emacs keys and without the user's settings; NULL when
// libedit refuses. `program` selects the lines of ~/.editrc that begin with its name.
entente_editor *entente_editor_create(const char *program, entente_action_handler handler, void *context);
void entente_editor_destroy(entente_editor *editor);

// Reads ~/.editrc (or $EDITRC), then binds the keys without which the host does not work.
void entente_editor_load_settings(entente_editor *editor);

// Whether the terminal can move its cursor up; without that a block of several lines cannot be edited.
bool entente_editor_moves_up(entente_editor *editor);
// Whether editing is on: `edit off` in ~/.editrc turns it off.
bool entente_editor_is_editing(entente_editor *editor);

// The prompt is copied. Parts between two \x01 are sent as they are and take no columns.
void entente_editor_set_prompt(entente_editor *editor, const char *prompt);

// Reads one line, with its newline, valid until the next call; NULL unless the ending is ENTENTE_READ_LINE.
const char *entente_editor_read(entente_editor *editor, bool bracketed_paste, int *ending);

// MARK: The text under edit, for use inside a handler

// The text and its length in bytes, valid until the next call; `cursor` is an offset in bytes.
const char *entente_editor_text(entente_editor *editor, size_t *length, size_t *cursor);
// Moves the cursor by characters (Unicode scalars), left when negative.
void entente_editor_move(entente_editor *editor, int characters);
void entente_editor_insert(entente_editor *editor, const char *text);
// Deletes characters (Unicode scalars) before the cursor.
void entente_editor_delete(entente_editor *editor, int characters);

// Runs one of libedit's own functions after the handler has returned.
void entente_editor_accept(entente_editor *editor);
void entente_editor_previous_entry(entente_editor *editor);
void entente_editor_next_entry(entente_editor *editor);
// Cuts from the cursor to where ENTENTE_ACTION_LINE_END takes it, so that the cut text can be yanked.
void entente_editor_cut_to_line_end(entente_editor *editor);

// Writes to the terminal behind libedit's back; follow it with entente_editor_redraw.
void entente_editor_print(entente_editor *editor, const char *text);
// Draws the block again, taking the cursor's row as its first.
void entente_editor_redraw(entente_editor *editor);
// Puts the terminal in the shell's mode while another program has it, and takes it back.
void entente_editor_release(entente_editor *editor, bool bracketed_paste);
void entente_editor_retake(entente_editor *editor, bool bracketed_paste);
// Stops the process as Ctrl-Z does, with the terminal in the shell's mode, until it is continued.
void entente_editor_suspend(entente_editor *editor, bool bracketed_paste);
// Takes over the terminal's new size; move the cursor to the block's first row before.
void entente_editor_resize(entente_editor *editor);

// MARK: History

// Adds an entry as the newest; a twin of the newest is dropped.
void entente_editor_remember(entente_editor *editor, const char *entry);

// MARK: Signals

// Whether SIGINT came since the last clear. Safe to poll from any thread, at the price of reading one integer.
bool entente_interrupted(void);
void entente_interrupted_clear(void);
// Turns SIGINT into the flag above until the matching end; calls nest.
void entente_interrupt_begin(void);
void entente_interrupt_end(void);

// MARK: The terminal

// Makes LC_CTYPE UTF-8: the user's locale, or else C.UTF-8. False when the machine has neither.
bool entente_locale_utf8(void);
// The columns that a character takes: 0, 1 or 2; -1 for a control character.
int entente_width(unsigned int scalar);
// The size from the terminal behind the descriptor; false when it is none or does not say.
bool entente_terminal_size(int descriptor, int *columns, int *rows);
// A pipe that no program started later inherits: where to read and where to write.
bool entente_pipe(int ends[2]);

#endif
