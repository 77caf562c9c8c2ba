internal import CLibEdit
internal import Glibc

/// What keys do while a block is edited. libedit calls these through C; the text may be changed only here.
extension LineEditor {
  func perform(_ action: entente_action) -> entente_outcome {
    switch action {
    case ENTENTE_ACTION_ENTER: enter()
    case ENTENTE_ACTION_NEWLINE: insertNewline()
    case ENTENTE_ACTION_UP: moveUp()
    case ENTENTE_ACTION_DOWN: moveDown()
    case ENTENTE_ACTION_LINE_START: move(to: block.lineStart)
    case ENTENTE_ACTION_LINE_END: move(to: block.lineEnd)
    case ENTENTE_ACTION_KILL_LINE: killLine()
    case ENTENTE_ACTION_COMPLETE: complete()
    case ENTENTE_ACTION_SUSPEND: suspend()
    case ENTENTE_ACTION_RESIZE: resize()
    case ENTENTE_ACTION_EDIT_OUTSIDE: openOutside()
    case ENTENTE_ACTION_COMPOSE: compose()
    default: ENTENTE_DONE
    }
  }

  /// The text under edit.
  var block: EditedBlock {
    var length = 0
    var cursor = 0
    guard let text = entente_editor_text(handle, &length, &cursor) else {
      return EditedBlock(text: "", cursor: 0)
    }
    let bytes = UnsafeRawBufferPointer(start: text, count: length)
    return EditedBlock(text: String(decoding: bytes, as: UTF8.self), cursor: cursor)
  }

  private func enter() -> entente_outcome {
    if !readsBlocks || isComplete(block.text) {
      entente_editor_accept(handle)
      return ENTENTE_DONE
    }
    return insertNewline()
  }

  private func insertNewline() -> entente_outcome {
    guard readsBlocks else { return ENTENTE_BEEP }
    entente_editor_insert(handle, "\n")
    return ENTENTE_REFRESH
  }

  private func moveUp() -> entente_outcome {
    if let position = block.lineAbove { return move(to: position) }
    entente_editor_previous_entry(handle)
    return ENTENTE_DONE
  }

  private func moveDown() -> entente_outcome {
    if let position = block.lineBelow { return move(to: position) }
    entente_editor_next_entry(handle)
    return ENTENTE_DONE
  }

  private func move(to position: Int) -> entente_outcome {
    entente_editor_move(handle, Int32(position - block.scalarCursor))
    return ENTENTE_REFRESH
  }

  /// At the end of a line, the newline goes, and the next line moves up.
  private func killLine() -> entente_outcome {
    let block = block
    if block.lineEnd > block.scalarCursor {
      entente_editor_cut_to_line_end(handle)
      return ENTENTE_DONE
    }
    guard block.scalarCursor < block.scalars.count else { return ENTENTE_BEEP }
    entente_editor_move(handle, 1)
    entente_editor_delete(handle, 1)
    return ENTENTE_REFRESH
  }

  // MARK: Completion

  private func complete() -> entente_outcome {
    let block = block
    let offer = completer(block.text, block.cursor)
    switch offer.effect(on: block.text) {
    case .none:
      return ENTENTE_BEEP
    case .replace(let range, let text):
      entente_editor_move(handle, Int32(block.scalarOffset(range.upperBound) - block.scalarCursor))
      entente_editor_delete(
        handle, Int32(block.scalarOffset(range.upperBound) - block.scalarOffset(range.lowerBound)))
      entente_editor_insert(handle, text)
      return ENTENTE_REFRESH
    case .hint(let hint):
      let shown = DisplayWidth.truncate(hint, to: max(1, TerminalSize.current().columns - 1))
      writeBelow { (isPlain ? shown : "\u{1B}[2m\(shown)\u{1B}[0m") + "\r\n" }
      return ENTENTE_DONE
    case .list:
      let list = CandidateList(
        candidates: offer.candidates, columns: TerminalSize.current().columns, isStyled: !isPlain)
      writeBelow { list.lines.map { $0 + "\r\n" }.joined() }
      return ENTENTE_DONE
    }
  }

  // MARK: The text as a whole

  /// The text takes the place of what stands there, and waits for Enter.
  private func replace(with text: String, cursor: Int) {
    let block = block
    entente_editor_move(handle, Int32(block.scalars.count - block.scalarCursor))
    entente_editor_delete(handle, Int32(block.scalars.count))
    entente_editor_insert(handle, text)
    let replaced = EditedBlock(text: text, cursor: cursor)
    entente_editor_move(handle, Int32(replaced.scalarCursor - replaced.scalars.count))
  }

  private func compose() -> entente_outcome {
    let block = block
    let before = String(decoding: block.text.utf8.prefix(block.cursor), as: UTF8.self)
    let composed = composed(block.text)
    guard composed.unicodeScalars.count < block.scalars.count else { return ENTENTE_DONE }
    replace(with: composed, cursor: Terminal.composed(before).utf8.count)
    return ENTENTE_REFRESH
  }

  private func openOutside() -> entente_outcome {
    guard let editOutside, readsBlocks else { return ENTENTE_BEEP }
    let text = block.text
    var edited: String?
    writeBelow {
      entente_editor_release(handle, readsBlocks)
      edited = editOutside(text)
      entente_editor_retake(handle, readsBlocks)
      return ""
    }
    guard var edited else { return ENTENTE_DONE }
    while edited.hasSuffix("\n") { edited.removeLast() }
    replace(with: edited, cursor: edited.utf8.count)
    return ENTENTE_REFRESH
  }

  // MARK: The screen around the block

  private func layout(columns: Int) -> BlockLayout {
    BlockLayout(prompt: currentPrompt.visible, text: block.text, cursor: block.cursor, columns: columns)
  }

  /// Goes below the block, writes, and draws the block again below that.
  private func writeBelow(_ text: () -> String) {
    let layout = layout(columns: max(1, TerminalSize.current().columns))
    let newlines = String(repeating: "\n", count: layout.lastRow - layout.cursorRow + 1)
    entente_editor_print(handle, newlines + "\r")
    entente_editor_print(handle, text())
    entente_editor_redraw(handle)
  }

  private func suspend() -> entente_outcome {
    writeBelow {
      entente_editor_suspend(handle, readsBlocks)
      return ""
    }
    return ENTENTE_DONE
  }

  /// Terminals wrap what is on the screen to the new width, so the block is looked for, and drawn again, where that
  /// puts it. On a terminal that does not, rows of the old drawing stay.
  private func resize() -> entente_outcome {
    let layout = layout(columns: max(1, TerminalSize.current().columns))
    let up = readsBlocks && layout.cursorRow > 0 ? "\u{1B}[\(layout.cursorRow)A" : ""
    entente_editor_print(handle, up + (readsBlocks ? "\r\u{1B}[J" : "\r\n"))
    entente_editor_resize(handle)
    entente_editor_redraw(handle)
    return ENTENTE_DONE
  }
}
