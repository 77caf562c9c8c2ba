import CommandLanguage
import FoundationEssentials
import RegistryCommands
import Rendering

/// `entente --help FILE`: what a script is for and which parameters it has, as it says itself.
struct ScriptHelp {
  private let path: String

  /// Nothing where no script is asked about.
  init?(asked arguments: [String]) {
    let options: Set<String> = ["--help", "-h"]
    guard arguments.count == 2, arguments.contains(where: options.contains),
      let path = arguments.first(where: { !options.contains($0) }), !path.hasPrefix("-")
    else { return nil }
    self.path = path
  }

  func status() -> Int32 {
    let printer = Printer(Options.usual)
    do throws(Failure) {
      try printer.say(visible(try text(of: try ScriptSource.open(path))))
      return 0
    } catch {
      printer.write(error)
      return error.status.rawValue
    }
  }

  private func text(of script: ScriptText) throws(Failure) -> String {
    let parameters = try ToldParameter.declared(by: script)
    var lines = ["entente " + (parameters.isEmpty ? "" : "[--set NAME=VALUE …] ") + path]
    let about = Self.comment(of: try script.beginning())
    if !about.isEmpty { lines += [""] + about }
    if !parameters.isEmpty {
      lines += ["", "Parameters:"]
      let width = parameters.map { "\($0.name): \($0.type)".count }.max() ?? 0
      for one in parameters {
        let head = "\(one.name): \(one.type)"
        let usual = one.usual.map { "usually \($0)" } ?? "must be given"
        let words = [one.about, usual].compactMap { $0 }.joined(separator: "; ")
        lines.append("  " + head + String(repeating: " ", count: width - head.count + 2) + words)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The comment that a text begins with, behind what the system reads.
  private static func comment(of text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    if lines.first?.hasPrefix("#!") == true { lines = lines.dropFirst() }
    while lines.first?.allSatisfy(\.isWhitespace) == true { lines = lines.dropFirst() }
    return lines.prefix { $0.hasPrefix("#") }.map { line in
      let words = line.drop { $0 == "#" }
      return String(words.first == " " ? words.dropFirst() : words)
    }
  }
}
