import CEntentePlugin

/// One run of an analysis: its arguments, the registry's relations, and where its rows go.
///
/// Used on the thread that ``Analysis/run(_:)`` was called on and not after it returns, hence not `Sendable`.
/// Once the call has failed or was cancelled, everything that throws throws, and sequences of rows end.
public final class Call {
  let host: UnsafePointer<entente_host>
  let call: OpaquePointer
  private let arguments: [String: [Datum]]
  /// As of when is asked.
  public let moment: Moment
  /// The table that rows are of.
  var table: OpenTable

  init(
    host: UnsafePointer<entente_host>, call: OpaquePointer, arguments: [String: [Datum]],
    columns: [ResultColumn], evidence: [String], moment: Moment
  ) {
    self.host = host
    self.call = call
    self.arguments = arguments
    self.table = OpenTable(columns: columns, evidence: evidence)
    self.moment = moment
  }

  /// The value given for a parameter, or its default.
  public subscript<Value>(_ parameter: Parameter<Value>) -> Value {
    get throws {
      let name = parameter.declaration.name
      guard let value = parameter.read(arguments[name] ?? []) else {
        throw AnalysisFailure("argument-missing", "`\(name)` is needed", hint: "Give it: \(name) …")
      }
      return value
    }
  }

  /// Says how far the run is, from 0 to 1, or nothing where that is not known; throws where it is to end.
  public func progress(_ fraction: Double?, _ message: String = "") throws {
    try check(withText(message) { host.pointee.progress(call, fraction ?? -1, $0) })
  }

  /// Adds a sentence for the reader, shown beside the result.
  public func note(_ sentence: String) throws {
    try check(withText(sentence) { host.pointee.note(call, $0) })
  }

  /// Writes a line for whoever looks into the plugin's working.
  public func log(_ line: String) {
    withText(line) { host.pointee.log(call, Int32(ENTENTE_LOG_INFO), $0) }
  }

  /// Ends the call with a failure.
  func fail(_ failure: AnalysisFailure) -> Int32 {
    withText(failure.code) { code in
      withText(failure.message) { message in
        withText(failure.hint) { hint in host.pointee.fail(call, code, message, hint) }
      }
    }
  }

  func check(_ status: Int32) throws {
    if status != ENTENTE_OK { throw CallEnded(status: status) }
  }
}

/// The host has ended the call and knows why.
struct CallEnded: Error {
  var status: Int32
}

/// Lends a text for the length of a call.
func withText<Result>(_ text: String, _ body: (entente_text) -> Result) -> Result {
  var text = text
  return text.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) { bytes in
      body(entente_text(bytes: bytes.baseAddress, length: UInt64(bytes.count)))
    }
  }
}
