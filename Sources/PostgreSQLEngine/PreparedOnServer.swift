internal import RegistryModel
internal import RelationalStore

/// A statement that is kept on the server.
final class PreparedOnServer {
  let translation: SQLTranslation
  let types: [UInt32]
  var name: String
  var isPrepared = false

  init(_ translation: SQLTranslation, _ arguments: [SQLArgument], name: String) {
    self.translation = translation
    self.name = name
    var types = zip(translation.parameters, arguments).map { parameter, argument in
      switch parameter {
      case .column(.integer), .columnAndLike(.integer, _): SQLArgument.integer.type
      case .column(.real), .columnAndLike(.real, _): SQLArgument.real.type
      case .column, .columnAndLike: SQLArgument.text.type
      case .like, .unused: argument.type
      }
    }
    if translation.numbered != nil { types.append(SQLArgument.integer.type) }
    if translation.readings != nil { types.append(SQLArgument.text.type) }
    self.types = types
    asked = arguments
  }

  private let asked: [SQLArgument]

  func isOutdated(_ catalog: SQLCatalog) -> Bool { !catalog.isAsBefore(translation.restsOn) }

  /// Whether it says what is asked for these arguments.
  func fits(_ arguments: [SQLArgument], _ catalog: SQLCatalog) -> Bool {
    guard !isOutdated(catalog), arguments.count == translation.parameters.count else { return false }
    for (index, argument) in arguments.enumerated() {
      switch translation.parameters[index] {
      case .like(let kind), .columnAndLike(_, let kind): guard kind == argument else { return false }
      case .unused: guard asked[index] == argument else { return false }
      case .column: continue
      }
    }
    return true
  }

  /// A text in a list. By scalars: a quote with an accent behind it is one character.
  private static func quoted(_ text: String) -> String {
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }

  /// The arguments as the server reads them.
  func values(_ arguments: [SQL]) -> [String?] {
    arguments.enumerated().map { index, argument in
      let isMixed =
        switch translation.parameters[index] {
        case .column(.mixed): true
        case .columnAndLike(let type, _): type == .mixed
        default: false
        }
      switch argument {
      case .null: return nil
      case .integer(let number): return isMixed ? MixedKey.text(number) : String(number)
      case .real(let number): return "\(number)"
      case .text(let text): return text
      case .integers(let list): return "{" + list.map(String.init).joined(separator: ",") + "}"
      case .texts(let list):
        return "{" + list.map(Self.quoted).joined(separator: ",") + "}"
      }
    }
  }
}

extension SQLArgument {
  init(_ value: SQL) {
    switch value {
    case .null: self = .null
    case .integer: self = .integer
    case .real: self = .real
    case .text(let text): self = text.hasPrefix("{") ? .object : .text
    case .integers: self = .integers
    case .texts: self = .texts
    }
  }

  /// The number of PostgreSQL's type.
  var type: UInt32 {
    switch self {
    case .integer: 20
    case .real: 701
    case .integers: 1016
    case .texts: 1009
    case .null, .text, .object: 25
    }
  }
}

/// The parameters of a statement, gathered before they are handed over.
final class PostgreSQLBinding: SQLBinding {
  private(set) var values: [SQL] = []

  func null() { values.append(.null) }
  func integer(_ integer: Int64) { values.append(.integer(integer)) }
  func real(_ real: Double) { values.append(.real(real)) }
  func text(_ text: String) { values.append(.text(text)) }
  func integers(_ integers: [Int64]) { values.append(.integers(integers)) }
  func texts(_ texts: [String]) { values.append(.texts(texts)) }
}
