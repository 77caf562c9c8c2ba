import CommandLanguage
import RegistryCommands

/// What scripts with expectations gave, in words and as JUnit's XML.
struct JUnitReport {
  struct Case {
    var name: String
    var failure: Failure?
  }

  /// One script.
  struct Suite {
    var file: String
    var cases: [Case] = []
    var seconds = 0.0
    var isInterrupted = false

    init(file: String) { self.file = file }

    var failures: Int { cases.count { $0.failure != nil } }
    var counts: String {
      let held = cases.count - failures
      return failures == 0 ? "\(held) held" : "\(failures) failed, \(held) held"
    }
  }

  var suites: [Suite]

  var failures: Int { suites.reduce(0) { $0 + $1.failures } }

  /// `3 scripts, 41 expectations: all hold`.
  var summary: String {
    let count = suites.reduce(0) { $0 + $1.cases.count }
    let words =
      "\(suites.count) \(suites.count == 1 ? "script" : "scripts"), \(count) \(count == 1 ? "expectation" : "expectations")"
    return failures == 0 ? "\(words): all hold" : "\(words): \(failures) failed"
  }

  /// As JUnit writes it, for whoever collects test results.
  var xml: String {
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
    let all = suites.reduce(0) { $0 + $1.cases.count }
    lines.append("<testsuites tests=\"\(all)\" failures=\"\(failures)\">")
    for suite in suites {
      lines.append(
        "  <testsuite name=\"\(escaped(suite.file))\" tests=\"\(suite.cases.count)\" failures=\"\(suite.failures)\" time=\"\(milliseconds(suite.seconds))\">"
      )
      for one in suite.cases {
        let head = "    <testcase classname=\"\(escaped(suite.file))\" name=\"\(escaped(one.name))\""
        guard let failure = one.failure else {
          lines.append(head + "/>")
          continue
        }
        let first = failure.diagnostics.first
        lines.append(head + ">")
        lines.append(
          "      <failure type=\"\(escaped(first?.code ?? "failed"))\" message=\"\(escaped(first?.message ?? ""))\">\(escaped(failure.detail ?? first?.help ?? ""))</failure>"
        )
        lines.append("    </testcase>")
      }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func milliseconds(_ seconds: Double) -> String {
    let count = Int((seconds * 1000).rounded())
    return "\(count / 1000)." + String("000\(count % 1000)".suffix(3))
  }

  /// Text in XML, of which some characters can be no part.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      default:
        let isAllowed =
          scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        if isAllowed { result.unicodeScalars.append(scalar) } else { result += "\u{FFFD}" }
      }
    }
    return result
  }
}
