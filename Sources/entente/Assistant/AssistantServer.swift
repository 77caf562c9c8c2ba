import Glibc
import RegistryCommands
import RegistryStore

/// Serves a registry to assistants by the Model Context Protocol: JSON-RPC 2.0, a message a line on standard input and output.
///
/// Both of the protocol's ways to begin are understood: `initialize` (to 2025-11-25), and a version in each request
/// (2026-07-28). Nothing but messages is written to standard output; one request is carried out after the other.
final class AssistantServer {
  /// Versions that `initialize` may agree on, the newest last.
  static let versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
  /// Versions that a request may name itself.
  static let statelessVersions = ["2026-07-28"]

  private let session: Session
  private let tools: AssistantTools
  private let lines = MessageLines(.standardInput)
  private var isInitialized = false
  /// The request at work, and whether it was called off.
  private var atWork: JSONText?
  private var isCancelled = false
  /// When standard input was looked at last while a command was at work.
  private var looked: Int64 = 0

  init(session: Session, allowsEdits: Bool) {
    self.session = session
    tools = AssistantTools(session: session, allowsEdits: allowsEdits)
  }

  /// Answers until standard input ends.
  func run() throws(Failure) {
    session.store.isInterrupted = { [unowned self] in isCalledOff }
    defer { session.store.isInterrupted = nil }
    while let line = lines.next() {
      guard let answer = answer(line) else { continue }
      do {
        try OpenFile.standardOutput.write(answer.written + "\n")
      } catch {
        throw Failure(.storage, code: "output-closed", "nobody reads the answers: \(error.words)")
      }
    }
  }

  // MARK: Messages

  private enum ErrorCode: Int {
    case parse = -32700, request = -32600, method = -32601, parameters = -32602, version = -32022
  }

  private func failure(_ id: JSONText, _ code: ErrorCode, _ message: String, _ data: JSONText? = nil)
    -> JSONText
  {
    var error: JSONText = ["code": JSONText(code.rawValue), "message": .text(message)]
    if let data { error = error.adding(["data": data]) }
    return ["jsonrpc": "2.0", "id": id, "error": error]
  }

  /// - Returns: nothing for what is not answered.
  private func answer(_ line: MessageLines.Line) -> JSONText? {
    guard case .message(let bytes) = line else {
      return failure(.null, .request, "a message has at most \(MessageLines.longest) bytes")
    }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
    let message: JSONText
    do throws(JSONProblem) {
      message = try JSONTextReader.read(bytes[...])
    } catch {
      return failure(.null, .parse, "this is no JSON: \(error.words)")
    }
    guard message.isObject, message["jsonrpc"]?.string == "2.0" else {
      return failure(.null, .request, "this is no request of JSON-RPC 2.0, one to a line")
    }
    guard let method = message["method"]?.string else {
      // An answer to what was never asked.
      if message["result"] != nil || message["error"] != nil { return nil }
      return failure(.null, .request, "a request has a method")
    }
    let parameters = message["params"] ?? [:]
    guard let id = message["id"] else {
      // What is called off is looked for while it is at work; by now it is done.
      return nil
    }
    switch id {
    case .text, .number: break
    default: return failure(.null, .request, "the id of a request is a text or a number")
    }
    guard parameters.isObject else { return failure(id, .parameters, "params is an object") }
    return answer(id, method, parameters)
  }

  private func answer(_ id: JSONText, _ method: String, _ parameters: JSONText) -> JSONText? {
    let meta = parameters["_meta"]
    let version = meta?["io.modelcontextprotocol/protocolVersion"]
    if let version {
      guard let text = version.string else { return failure(id, .parameters, "a protocol version is a text") }
      guard Self.statelessVersions.contains(text) else {
        return failure(
          id, .version, "the protocol version \(text) is not served",
          ["supported": JSONText(texts: Self.versions + Self.statelessVersions), "requested": .text(text)])
      }
    }
    func result(_ content: JSONText) -> JSONText { ["jsonrpc": "2.0", "id": id, "result": content] }
    switch method {
    case "ping": return result(version == nil ? [:] : ["resultType": "complete"])
    case "initialize":
      guard let wanted = parameters["protocolVersion"]?.string else {
        return failure(id, .parameters, "initialize names a protocolVersion")
      }
      isInitialized = true
      return result([
        "protocolVersion": .text(
          Self.versions.contains(wanted) ? wanted : Self.versions[Self.versions.count - 1]),
        "capabilities": Self.capabilities, "serverInfo": Self.program,
        "instructions": .text(tools.instructions),
      ])
    case "server/discover":
      return result([
        "resultType": "complete",
        "supportedVersions": JSONText(texts: Self.versions + Self.statelessVersions),
        "capabilities": Self.capabilities, "instructions": .text(tools.instructions), "ttlMs": 0,
        "cacheScope": "private", "_meta": ["io.modelcontextprotocol/serverInfo": Self.program],
      ])
    default: break
    }
    guard isInitialized || version != nil else {
      return failure(id, .request, "\(method) came before initialize")
    }
    switch method {
    case "tools/list":
      if let cursor = parameters["cursor"], cursor.string != nil {
        return failure(id, .parameters, "there is one page of tools, and no cursor")
      }
      return result(["resultType": "complete", "tools": tools.declared, "ttlMs": 0, "cacheScope": "private"])
    case "tools/call": return call(id, parameters, result)
    default: return failure(id, .method, "there is no method \(method)")
    }
  }

  private static let capabilities: JSONText = ["tools": ["listChanged": false]]
  private static let program: JSONText = [
    "name": "entente", "title": "Entente", "version": .text(Entente.version),
  ]

  private func call(_ id: JSONText, _ parameters: JSONText, _ result: (JSONText) -> JSONText) -> JSONText? {
    guard let name = parameters["name"]?.string else {
      return failure(id, .parameters, "tools/call names a tool")
    }
    (atWork, isCancelled) = (id, false)
    defer { atWork = nil }
    // It may have been called off while it waited.
    looked = 0
    if isCalledOff { return nil }
    guard let answer = tools.call(name, parameters["arguments"] ?? [:]) else {
      return failure(id, .parameters, "there is no tool \(name)")
    }
    // What was called off is not answered.
    if isCancelled { return nil }
    return result([
      "resultType": "complete", "content": [["type": "text", "text": .text(answer.content.written)]],
      "structuredContent": answer.content, "isError": .truth(answer.isError),
    ])
  }

  // MARK: Calling off

  /// Whether the request at work was called off; looked for now and then, since it is asked very often.
  private var isCalledOff: Bool {
    guard let atWork, !isCancelled else { return isCancelled }
    let now = Self.milliseconds
    guard now - looked >= 20 else { return false }
    looked = now
    lines.look { line in
      guard case .message(let bytes) = line, let message = try? JSONTextReader.read(bytes[...]) else {
        return true
      }
      guard message["id"] == nil, message["method"]?.string == "notifications/cancelled" else {
        return true
      }
      if let cancelled = message["params"]?["requestId"], cancelled.written == atWork.written {
        isCancelled = true
        return false
      }
      return true
    }
    return isCancelled
  }

  private static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
