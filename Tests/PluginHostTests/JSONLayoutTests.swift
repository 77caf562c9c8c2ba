import Foundation
import Testing

@testable import PluginHost

@Suite("JSON for people")
struct JSONLayoutTests {
  private func laidOut(_ json: String, adding added: (name: String, text: String)? = nil) throws -> String {
    let text = Data(json.utf8).withUnsafeBytes { bytes in
      JSONView.read(bytes).flatMap { JSONLayout($0, adding: added)?.text }
    }
    return try #require(text)
  }

  private func byFoundation(_ object: Any) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }

  @Test(
    "The same as Foundation's",
    arguments: [
      "{}", "[]", #"{"a":[],"b":{},"c":[[],[1]]}"#, #"{"b":1,"B":2,"a":null,"c":true,"d":false}"#,
      #"{"a":-0,"b":0.1,"c":1e3,"d":1.0,"e":-12.5,"f":1e-7,"g":12345678901234567890,"h":1.5e300,"i":-0.0}"#,
      #"["x/\u0001\u001f\"\\\n\t\b\f\r\u007f\u2028é😀","\ud83d\ude00",""]"#, #"{"a":1,"a":2}"#,
      #" { "summary" : "s" , "analyses" : [ { "name" : "n", "parameters" : [ ] } ] } "#,
    ])
  func same(json: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
    #expect(try laidOut(json) == byFoundation(object))
  }

  @Test("A member is added in its place, instead of one of its name")
  func adds() throws {
    let json = #"{"name":"n","library":"x","contract":1}"#
    let object: [String: Any] = ["name": "n", "library": "libn.so", "contract": 1]
    #expect(try laidOut(json, adding: ("library", "libn.so")) == byFoundation(object))
    let without = #"{"name":"n","contract":1}"#
    #expect(try laidOut(without, adding: ("library", "libn.so")) == byFoundation(object))
  }
}
