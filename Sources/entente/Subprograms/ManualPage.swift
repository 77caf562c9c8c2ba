import ArgumentParser
import RegistryCommands

/// The manual page, which says what `--help` says.
struct ManualPage {
  var text: String {
    var lines = [
      ".TH ENTENTE 1 \"\" \"entente \(Entente.version)\" \"User Commands\"",
      ".SH NAME", "entente \\- a registry of alliances and partnerships",
      ".SH SYNOPSIS", ".nf", "entente [options] [SCRIPT ...]",
    ]
    lines += Subprograms.all.map { "entente \(Self.name(of: $0)) ..." }
    lines += [".fi", ".SH DESCRIPTION"]
    lines += Self.verbatim(Options.helpMessage(columns: 78))
    for subprogram in Subprograms.all {
      lines.append(".SH ENTENTE " + Self.name(of: subprogram).uppercased())
      lines += Self.verbatim(subprogram.helpMessage(columns: 78))
    }
    lines.append(".SH ENVIRONMENT")
    for variable in EnvironmentVariable.allCases {
      lines += [".TP", ".B \(variable.rawValue)"] + Self.escaped(variable.about)
    }
    lines += [
      ".SH EXIT STATUS", ".nf", "0    all went well",
      "1    a command failed, or an answer is that something is wrong",
      "2    wrong usage of the command line", "3    a rule or a constraint refused what was to be recorded",
      "4    storage, files, input and output", "5    a plugin failed", "130  interrupted", ".fi",
      ".SH SEE ALSO", "In the program,", ".B help", "lists all commands, and", ".B help COMMAND",
      "explains one.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func name(of subprogram: any Subprogram.Type) -> String {
    subprogram.configuration.commandName ?? ""
  }

  /// Lines as they stand, in the language of manual pages.
  private static func verbatim(_ text: String) -> [String] {
    [".nf"] + escaped(text) + [".fi"]
  }

  private static func escaped(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let escaped = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return escaped.first == "." || escaped.first == "'" ? "\\&" + escaped : String(escaped)
    }
  }
}
