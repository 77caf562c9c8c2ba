import ArgumentParser

/// What bash completes: what the parser makes of the options, with the one thing that it does not know put in. What the
/// program does beside carrying out commands is its first word, and any number of scripts may stand in its place.
enum BashCompletions {
  static var text: String {
    let script = Options.completionScript(for: .bash)
    let names = Subprograms.all.compactMap { $0.configuration.commandName }
    guard let start = script.firstRange(of: "\n_entente() {\n"),
      let offer = script[start.upperBound...].firstRange(of: "    __entente_offer_flags_options -1\n"),
      let rest = script[offer.upperBound...].firstRange(
        of: "\n    # Offer subcommand / subcommand argument completions\n"),
      let end = script[rest.upperBound...].firstRange(of: "\n}\n")
    else { return script }
    return script[..<offer.lowerBound] + firstWord(names) + script[offer.lowerBound..<rest.lowerBound]
      + script[end.lowerBound...]
  }

  private static func firstWord(_ names: [String]) -> String {
    """
        if [[ "${COMP_CWORD}" -gt 1 ]]; then
            case "${COMP_WORDS[1]}" in
            \(names.joined(separator: "|")))
                unparsed_words=("${COMP_WORDS[@]:2:${COMP_CWORD}-1}")
                "_entente_${COMP_WORDS[1]}"
                return
                ;;
            \(Subprograms.help))
                [[ "${COMP_CWORD}" -eq 2 ]] && __entente_add_completions -W $'\(names.joined(separator: "\\n"))'
                return
                ;;
            esac
        elif [[ "${cur}" != -* ]]; then
            __entente_add_completions -W $'\((names + [Subprograms.help]).joined(separator: "\\n"))'
        fi

    """
  }
}
