import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What an assistant may do with a session, each in a call with an answer in JSON.
package final class AssistantTools {
  let session: Session
  let allowsEdits: Bool
  let limits: AssistantLimits

  /// An answer to a call.
  package struct Result {
    /// The answer, or what is wrong.
    package var content: JSONText
    package var isError = false
    /// Whether it was called off, which is answered with nothing.
    package var isInterrupted = false
  }

  /// - Parameter allowsEdits: whether there is a tool that writes.
  package init(session: Session, allowsEdits: Bool, limits: AssistantLimits = AssistantLimits()) {
    self.session = session
    self.allowsEdits = allowsEdits
    self.limits = limits
  }

  private var tools: [AssistantTool] { AssistantTool.allCases.filter { allowsEdits || $0 != .edit } }

  /// The tools, as they are declared to the assistant.
  package var declared: JSONText { .list(tools.map(\.declared)) }

  /// What an assistant should know before it asks.
  package var instructions: String {
    """
    A registry of alliances and partnerships in which everything is a sourced statement. Answers carry quotes, dates, \
    sources, standing and dissent: tell them on, and tell where sources disagree. Unknown is not no. Keys are lower-case \
    with hyphens (pax-silica) or three capitals (USA); find looks for names. Start with find, then show or why; check_claim \
    before you state something. \(allowsEdits ? "edit changes the registry in the user's name." : "Nothing can be changed here.")
    """
  }

  /// - Returns: nothing where there is no such tool.
  package func call(_ name: String, _ arguments: JSONText) -> Result? {
    guard let tool = AssistantTool(rawValue: name), tools.contains(tool) else { return nil }
    do throws(Failure) {
      let given = try AssistantArguments(arguments, of: tool)
      return try withinTime { () throws(Failure) in
        switch tool {
        case .ask: Result(content: try ask(given))
        case .show, .why: Result(content: try tell(tool.rawValue, given))
        case .find: Result(content: try find(given))
        case .checkClaim: Result(content: try checkClaim(given))
        case .commands: Result(content: try commands(given))
        case .edit: Result(content: try edit(given))
        }
      }
    } catch {
      return Result(content: Self.told(error), isError: true, isInterrupted: error.status == .interrupted)
    }
  }

  /// Ends what takes longer than an answer may, where whoever calls it off would end it.
  private func withinTime<Answer>(_ body: () throws(Failure) -> Answer) throws(Failure) -> Answer {
    let isCalledOff = session.store.isInterrupted
    let end = ContinuousClock.now + .seconds(limits.seconds)
    var isLate = false
    session.store.isInterrupted = {
      if isCalledOff?() == true { return true }
      isLate = isLate || ContinuousClock.now > end
      return isLate
    }
    defer { session.store.isInterrupted = isCalledOff }
    do throws(Failure) {
      return try body()
    } catch {
      throw isLate ? Failures.answerTakesTooLong(limits.seconds) : error
    }
  }

  /// What is wrong, as the program tells it.
  private static func told(_ failure: Failure) -> JSONText {
    let errors = failure.diagnostics.prefix(20).map { diagnostic -> JSONText in
      var span: JSONText = .null
      if let place = diagnostic.span, let source = failure.source {
        let bytes = Array(source.text.utf8)
        let (start, end) = (min(max(place.start, 0), bytes.count), min(max(place.end, 0), bytes.count))
        let position = source.map.position(of: start)
        span = [
          "line": JSONText(position.line), "column": JSONText(position.column),
          "text": .text(String(decoding: bytes[start..<max(start, end)].prefix(200), as: UTF8.self)),
        ]
      }
      return .saying([
        "code": .text(diagnostic.code), "message": .text(diagnostic.message),
        "help": JSONText(diagnostic.help),
        "span": span, "status": JSONText(Int(failure.status.rawValue)),
      ])
    }
    return ["errors": .list(Array(errors))]
  }
}

/// What a tool was given, each argument by its name and kind.
struct AssistantArguments {
  private let given: JSONText

  init(_ given: JSONText, of tool: AssistantTool) throws(Failure) {
    self.given = given
    guard given.isObject else { throw Failures.toolArguments("the arguments are no object", tool.rawValue) }
    for name in given.names where !tool.parameters.contains(where: { $0.name == name }) {
      throw Failures.toolArguments(
        "there is no argument \(LanguageText.quoted(name)); it takes "
          + tool.parameters.map(\.name).joined(separator: ", "), tool.rawValue)
    }
    for parameter in tool.parameters {
      guard let value = given[parameter.name], !value.isNull else {
        if parameter.isRequired {
          throw Failures.toolArguments("\(parameter.name) is missing", tool.rawValue)
        }
        continue
      }
      let isRight =
        switch parameter.schema["type"]?.string {
        case "integer": value.integer != nil
        case "boolean": value.boolean != nil
        default: value.string != nil
        }
      guard isRight else {
        throw Failures.toolArguments(
          "\(parameter.name) is no \(parameter.schema["type"]?.string ?? "string")", tool.rawValue)
      }
    }
  }

  func text(_ name: String) -> String? { given[name]?.string }
  func number(_ name: String) -> Int? { given[name]?.integer }
  func isSet(_ name: String) -> Bool { given[name]?.boolean == true }

  /// The clauses of the three times and of whose word counts.
  var times: String {
    let clauses = [
      ("on", "on"), ("published_by", "published by"), ("recorded_by", "recorded by"),
      ("according_to", "according to"),
    ]
    return clauses.compactMap { name, keyword in text(name).map { " \(keyword) \($0)" } }.joined()
  }
}

extension JSONText {
  fileprivate var isNull: Bool { if case .null = self { true } else { false } }
}
