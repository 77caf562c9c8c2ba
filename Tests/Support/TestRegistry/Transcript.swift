import CommandLanguage
public import RegistryCommands
import RegistryModel
public import Rendering

/// A session and what it prints, as a person would see it or as a program would read it.
public final class Transcript {
  public let session: Session
  private let renderer: Renderer

  public init(_ session: Session, format: Renderer.Format = .tsv, width: Int? = nil) {
    self.session = session
    self.renderer = Renderer(
      format, options: Renderer.Options(width: width, footnotes: width != nil))
    // Who is asked means what was written.
    session.confirm = { _, _ in true }
    session.tableText = { format, columns, isEdited in
      Renderer.Format(rawValue: format).flatMap { StreamedTable($0, columns, quotesTabs: isEdited) }
    }
    session.siteText = SiteRenderer()
  }

  /// Carries a text out and returns what it prints: results, notes and messages behind `-- `, errors as they are shown.
  /// - Parameter isDryRun: whether nothing of it is kept.
  public func run(
    _ text: String, atomicity: Session.Atomicity = .eachCommand, isDryRun: Bool = false
  ) -> String {
    var printed = ""
    do throws(Failure) {
      if isDryRun { session.beginDryRun() }
      defer { if isDryRun { session.endDryRun() } }
      try session.execute(SourceText(name: "<input>", text: text), atomicity: atomicity) { outcome in
        switch outcome {
        case .success(let answer): printed += print(answer)
        case .failure(let failure): printed += print(failure)
        }
      }
    } catch {
      printed += print(error)
    }
    return printed
  }

  private func print(_ answer: Answer) -> String {
    var printed = ""
    for result in answer.results {
      switch result.content {
      case .text(let text): printed += text + "\n"
      case .table(var table):
        table.ofWhen = table.ofWhen ?? result.ofWhen
        if result.format == "svg" { table.title = table.title ?? result.question }
        let renderer = result.format.flatMap(Renderer.Format.init(rawValue:)).map { Renderer($0) } ?? renderer
        printed += renderer.render(table)
        for note in table.notes { printed += "-- \(note)\n" }
      }
    }
    for message in answer.messages + answer.notes { printed += "-- \(message)\n" }
    return printed
  }

  private func print(_ failure: Failure) -> String {
    failure.diagnostics.map { diagnostic in
      if let source = failure.source, diagnostic.span != nil {
        return diagnostic.rendered(in: source.map, file: source.name) + "\n"
      }
      return "error: \(diagnostic.message)\n" + (diagnostic.help.map { "help: \($0)\n" } ?? "")
    }.joined()
  }
}
