import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// A table that was edited and handed back.
extension Failures {
  static func editedID(_ cell: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-id", "\(quotedIfNeeded(cell)) are no ids of statements of this registry",
      help:
        "leave the columns of ids as they were exported; into another registry dump and load, or unite, carry data over",
      at: span)
  }
  static func editedCut(_ what: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-cut", "the cell of \(what) has only the beginning of what it stood for",
      help: "a cell of a workbook takes \(WorkbookText.mostUnits) characters: export a .csv and edit that",
      at: span)
  }
  static func editedElsewhere(_ column: String, _ other: String, _ own: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-elsewhere", "the ids in \(column) are of \(other), and the row is of \(own)",
      help: "empty them to claim the values anew, and sort whole rows only", at: span)
  }
  static func editedSources(_ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-sources", "sources cannot be edited in a table",
      help: "claim KEY.PROPERTY = VALUE citing SOURCE says who else says it", at: span)
  }
  static func editedIdentity(_ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-identity", "subject, property and qualifiers cannot be edited in a table",
      help: "empty the value to withdraw the statement, and claim the other one in the language", at: span)
  }
  static func editedKey(_ text: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-key", "there is nothing with the key \(quotedIfNeeded(text))",
      help: "add TYPE KEY \"Name\" makes a new entity; a row of the table edits one", at: span)
  }
  static func editedPeriod(_ text: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-period", "\(quotedIfNeeded(text)) is no period",
      help: "write it as in from 2025-12 until 2026-06, through 2026, on 2026-02-04, or leave it empty",
      at: span)
  }
  static func editedSeveral(_ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-several", "one row is one statement, and this one has several values",
      help: "give each a row of its own; a text with ; stands in quotes", at: span)
  }
  static func editedSince(_ id: StatementID, _ words: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-since", "\(words) does not stand any more (\(id.short))",
      help: "export the table again: the registry was changed since", at: span)
  }
  static func editedTwice(_ words: String, before line: Int, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-twice", "\(words) is edited in another way on line \(line)",
      help: "one row says what becomes of it: leave the other as it was exported, or out", at: span)
  }
  static func editedEvidence(_ words: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "edited-evidence", "no such evidence stands for \(words)",
      help:
        "a table can edit value and when; correct @ID quote \"…\" edits evidence. If it is unedited, export it again: the registry was changed since",
      at: span)
  }
}
