internal import RegistryStore

/// A documented view with its query: the promise that SQL and plugins rely on.
struct ViewDefinition {
  let documented: DocumentedView
  /// The query; `@` stands for the scope that is read, `@.fact` and `@.group_path` for what of it
  /// holds on the date asked for.
  private let template: String

  var name: String { documented.name }

  init(_ name: String, _ about: String, _ columns: KeyValuePairs<String, String>, _ template: String) {
    documented = DocumentedView(
      name: name, about: about, columns: columns.map { DocumentedView.Column($0.key, $0.value) })
    self.template = template
  }

  /// The view's query over the tables of a scope.
  func sql(reading scope: String) -> String {
    template.replacing("@.fact", with: "temp.held_fact").replacing("@.group_path", with: "temp.held_path")
      .replacing("@", with: scope)
  }

  /// All of them, in the order in which they are listed.
  static let all: [ViewDefinition] = ofThings + ofMembers + basic + ofStatements + ofSchema
}
