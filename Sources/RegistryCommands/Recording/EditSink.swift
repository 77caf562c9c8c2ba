import CommandLanguage
import RegistryModel
import RegistryStore

/// Where edits go: into the registry at once, or to those of other rows, to be applied together.
protocol EditSink {
  @discardableResult
  func apply(_ edit: Edit, _ span: Span?) throws(Failure) -> EditOutcome
}

/// Applies each edit at once.
struct StoreEdits: EditSink {
  let store: any RegistryStore

  func apply(_ edit: Edit, _ span: Span?) throws(Failure) -> EditOutcome {
    try storing(span) { () throws(StoreProblem) in try store.apply(edit) }
  }
}
