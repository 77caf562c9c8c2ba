import Foundation
import TestRegistry
import Testing

/// `entente mcp`, started and spoken to as an assistant does.
final class AssistantProgram {
  private let process: Process
  private let input = Pipe()
  private let output = Pipe()
  private let errors = Pipe()
  private var pending = Data()
  private var number = 0

  init(_ program: Program, _ arguments: [String] = [], isInitialized: Bool = true) throws {
    process = try program.process(
      ["mcp", "--registry", program.registry, "--today", TestRegistry.today] + arguments)
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    if isInitialized {
      _ = try ask(
        "initialize",
        [
          "protocolVersion": "2025-11-25", "capabilities": [String: Any](),
          "clientInfo": ["name": "tests", "version": "1"],
        ])
      try send(["jsonrpc": "2.0", "method": "notifications/initialized"])
    }
  }

  func send(_ message: [String: Any]) throws { try send(JSONSerialization.data(withJSONObject: message)) }

  func send(_ line: Data) throws { try input.fileHandleForWriting.write(contentsOf: line + Data("\n".utf8)) }

  func send(_ line: String) throws { try send(Data(line.utf8)) }

  /// The next message; nothing at the end.
  func next() throws -> [String: Any]? {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = pending[..<end]
        pending = Data(pending[(end + 1)...])
        return try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      pending += more
    }
  }

  /// Sends a request and waits for its answer.
  func ask(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    let id = try request(method, parameters)
    let answer = try #require(try next())
    #expect(answer["jsonrpc"] as? String == "2.0" && answer["id"] as? Int == id, "\(answer)")
    return answer
  }

  /// Sends a request, to be answered later.
  func request(_ method: String, _ parameters: [String: Any] = [:]) throws -> Int {
    number += 1
    try send(["jsonrpc": "2.0", "id": number, "method": method, "params": parameters])
    return number
  }

  /// Calls a tool, and gives what it answers in fields, which its text says too.
  func call(_ tool: String, _ arguments: [String: Any] = [:]) throws -> (
    content: [String: Any], isError: Bool
  ) {
    let answer = try ask("tools/call", ["name": tool, "arguments": arguments])
    let result = try #require(answer["result"] as? [String: Any], "\(answer)")
    let content = try #require(result["structuredContent"] as? [String: Any])
    let text = try #require((result["content"] as? [[String: Any]])?.first?["text"] as? String)
    let told = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect((told.map { NSDictionary(dictionary: $0) }) == NSDictionary(dictionary: content))
    #expect(text.utf8.count < 120_000)
    return (content, result["isError"] as? Bool == true)
  }

  /// The code of what a tool refuses.
  func refusal(_ tool: String, _ arguments: [String: Any] = [:]) throws -> String? {
    let (content, isError) = try call(tool, arguments)
    guard isError, let error = (content["errors"] as? [[String: Any]])?.first else { return nil }
    #expect((error["message"] as? String)?.isEmpty == false)
    return error["code"] as? String
  }

  /// Ends standard input, and gives the status and what stands on standard error.
  func end() throws -> (status: Int32, errors: String) {
    try input.fileHandleForWriting.close()
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: told, as: UTF8.self))
  }

  deinit { if process.isRunning { process.terminate() } }
}
