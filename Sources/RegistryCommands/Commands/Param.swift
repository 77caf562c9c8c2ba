import CommandLanguage

extension CommandDefinition {
  /// What it is written with.
  enum ParameterGrammar {
    static let name = Argument("name", .parameter)
    static let type = OptionalArgument("type", .valueRange)
    static let usual = OptionalArgument("usual", .values)
    static let hasUsual = OptionalArgument("=", .flag)
    static let about = Clause("about", .text, "what it is for, told by --help")
  }

  static let param = CommandDefinition(
    CommandSignature(
      name: "param",
      head: [
        ParameterGrammar.name.element, ParameterGrammar.type.element,
        HeadElement("=", .literal("="), isOptional: true),
        ParameterGrammar.usual.element,
      ], clauses: [ParameterGrammar.about.signature]),
    group: .scripting, effect: .reads, summary: "Declare a parameter of a script",
    details: """
      All of a script have their values before anything of it is carried out. `$NAME` is then its value wherever a value, a name, a property, a \
      number, a format or a file may stand, and in quoted texts; `\\$` is a dollar sign. The type is one that values of \
      properties have: text where nothing is said, number, percent, money, date, `choice` and its words, or types of \
      things. What stands behind `=` counts where nobody says otherwise, by --set NAME=VALUE or behind the file that \
      .read reads; without it somebody must.
      """,
    examples: [
      Example("param since: date = today - 7 days about \"how far back\"", gives: ""),
      Example("param form: choice markdown, csv = markdown", gives: #""#),
    ]
  ) { (command, session) throws(Failure) in
    let declaration = try ParameterDeclaration(command)
    if session.bound[declaration.name.content] == nil || session.isTyped {
      try ScriptParameters(session).declare(declaration)
    }
    return .nothing
  }
}
