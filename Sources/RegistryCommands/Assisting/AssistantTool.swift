/// A tool that an assistant may use, as it is declared to it.
enum AssistantTool: String, CaseIterable {
  case ask, show, why, find
  case checkClaim = "check_claim"
  case commands, edit

  /// What it may be given; everything else is refused.
  var parameters: [(name: String, schema: JSONText, isRequired: Bool)] {
    let limit: (String, JSONText, Bool) = (
      "limit", Self.whole("at most so many rows, 1 to 1000; 100 unless told"), false
    )
    switch self {
    case .ask:
      return [
        (
          "command",
          Self.text("one command that reads, such as: list initiatives where member = JPN on 2026-01"), true
        ),
        limit, ("offset", Self.whole("leave out the first so many rows"), false),
      ]
    case .show, .why:
      return [("what", Self.text("KEY, KEY.property, KEY.property[qualifier value] or @id"), true), limit]
        + Self.times
    case .find: return [("words", Self.text("words; quoted ones stand together"), true), limit] + Self.times
    case .checkClaim:
      return [
        (
          "claim",
          Self.text("such as: pax-silica.member-count >= 30, or: forge.chair = KOR and forge.member = USA"),
          true
        ),
        (
          "including_groups", ["type": "boolean", "description": "also through groups such as the EU"], false
        ),
      ] + Self.times
    case .commands: return [("name", Self.text("one command, told in full"), false)]
    case .edit:
      return [
        ("commands", Self.text("commands of the language, one a line, all kept or none"), true),
        ("reason", Self.text("why, kept in the history"), false),
        ("dry_run", ["type": "boolean", "description": "keep nothing, tell what would change"], false),
      ]
    }
  }

  private static let times: [(name: String, schema: JSONText, isRequired: Bool)] = [
    ("on", text("what held on this date, as 2026-01-12 or 2026-01"), false),
    ("published_by", text("what the sources that were out by this date said"), false),
    ("recorded_by", text("what the registry contained then: a date or a transaction such as t12"), false),
    ("according_to", text("only these sources, their keys with commas"), false),
  ]

  private static func text(_ words: String) -> JSONText { ["type": "string", "description": .text(words)] }
  private static func whole(_ words: String) -> JSONText { ["type": "integer", "description": .text(words)] }

  var title: String {
    switch self {
    case .ask: "Ask the registry"
    case .show: "Show a thing"
    case .why: "Show the evidence"
    case .find: "Search"
    case .checkClaim: "Check a claim"
    case .commands: "List the commands"
    case .edit: "Edit the registry"
    }
  }

  var description: String {
    switch self {
    case .ask:
      "Carries out one command that reads: list, count, total, find, show, why, mentions, history, diff, conflicts, sql, brief, analyses. "
        + "Rows come with the statements behind them: their quotes, dates, sources, standing and dissent."
    case .show:
      "What is known of a thing, a property of it, or a statement, with its sources and who says otherwise."
    case .why:
      "On what statements rest: quotes and sources, which of several the rules chose, by which rule, and what was passed over."
    case .find: "Finds names, texts and quotes that have all of some words."
    case .checkClaim:
      "Tests whether something is so: true, false, disputed or not stated, with the claims for and against. Not stated is no no."
    case .commands:
      "The commands that ask takes, each in a line; with a name, all that it takes, with examples."
    case .edit:
      "Carries out commands that change the registry, in one transaction by the user, and tells its number: undo takes it back."
    }
  }

  var declared: JSONText {
    [
      "name": .text(rawValue), "title": .text(title), "description": .text(description),
      "inputSchema": [
        "type": "object",
        "properties": .object(parameters.map { JSONMember(name: $0.name, value: $0.schema) }),
        "required": JSONText(texts: parameters.filter(\.isRequired).map(\.name)),
        "additionalProperties": false,
      ],
      "outputSchema": output,
      "annotations": [
        "title": .text(title), "readOnlyHint": .truth(self != .edit), "destructiveHint": false,
        "openWorldHint": false,
      ],
    ]
  }
}

// MARK: What they give

extension AssistantTool {
  private var output: JSONText {
    var properties: [JSONMember] = []
    var required: [String] = ["truncated"]
    func add(_ name: String, _ schema: JSONText, isRequired: Bool = true) {
      properties.append(JSONMember(name: name, value: schema))
      if isRequired { required.append(name) }
    }
    let statements: JSONText = ["type": "array", "items": ["$ref": "#/$defs/statement"]]
    let notes: JSONText = ["type": "array", "items": ["type": "string"]]
    switch self {
    case .ask, .show, .why, .find:
      add("columns", ["type": "array", "items": ["type": "string"]])
      add("rows", ["type": "array", "items": ["type": "object"]])
      add("statements", statements)
      add("text", ["type": "string"], isRequired: false)
      add(
        "status", ["type": "integer", "description": "the exit status of a check that found something"],
        isRequired: false)
      add("notes", notes)
    case .checkClaim:
      add("answer", ["type": "string", "enum": ["true", "false", "disputed", "not stated"]])
      add("by_what_is_chosen", ["type": "string", "enum": ["true", "false", "undecided"]])
      for side in ["for", "against", "open"] { add(side, statements) }
      add(
        "would_be_true_if",
        [
          "type": "array", "items": ["type": "string"],
          "description": "ids of statements, any of which makes it true where it is right",
        ])
      add("notes", notes)
    case .commands: add("commands", ["type": "array", "items": ["type": "object"]])
    case .edit:
      add(
        "transaction",
        [
          "type": ["string", "null"],
          "description": "its number, as t12; null where nothing changed or nothing is kept",
        ])
      add("author", ["type": "string"])
      add("messages", notes)
      add("changes", ["type": "array", "items": ["type": "string"]])
    }
    properties.append(
      JSONMember(
        name: "truncated", value: ["type": "boolean", "description": "whether something is left out"]))
    properties.append(
      JSONMember(
        name: "next_offset", value: ["type": "integer", "description": "ask goes on with this offset"]))
    properties.append(
      JSONMember(name: "more", value: ["type": "string", "description": "how to get what is left out"]))
    var schema: JSONText = [
      "type": "object", "properties": .object(properties), "required": JSONText(texts: required),
    ]
    if self != .commands, self != .edit { schema = schema.adding(["$defs": ["statement": Self.statement]]) }
    return schema
  }

  /// A statement, as every tool tells it.
  private static let statement: JSONText = {
    let text: JSONText = ["type": "string"]
    let truth: JSONText = ["type": "boolean"]
    return [
      "type": "object",
      "properties": [
        "id": text, "subject": text, "property": text,
        "value": [
          "type": "object",
          "properties": [
            "kind": ["type": "string", "enum": ["thing", "text", "number", "date", "unknown", "none"]],
            "text": text,
            "key": text, "name": text, "low": ["type": "number"], "high": ["type": "number"], "unit": text,
            "bound": text, "reading": text, "forecast": truth, "earliest": text, "latest": text,
          ], "required": ["kind", "text"],
        ],
        "unit": text, "qualifiers": ["type": "object"], "period": text, "holds": text, "claimed": truth,
        "denied": truth,
        "chosen": truth,
        "standing": [
          "type": "string",
          "enum": ["unchallenged", "chosen", "unsettled", "rival", "denied", "disputed", "deprecated"],
        ],
        "chosen_by": text, "review_by": text, "review_because": text,
        "sources": [
          "type": "array",
          "items": [
            "type": "object",
            "properties": [
              "key": text, "page": text, "title": text, "publisher": text, "published": text,
              "retrieved": text,
              "url": text, "reliability": text, "stance": ["type": "string", "enum": ["claims", "denies"]],
              "quote": text, "locator": text, "origin": text, "said": text, "inferred_because": text,
            ], "required": ["key", "stance"],
          ],
        ],
        "more_sources": ["type": "integer"],
        "dissent": [
          "type": "array",
          "items": [
            "type": "object",
            "properties": [
              "id": text, "words": text, "denies": truth, "standing": text, "chosen": truth,
              "sources": ["type": "array", "items": text],
            ], "required": ["id", "words", "denies", "standing", "chosen", "sources"],
          ],
        ],
        "words": text,
      ],
      "required": [
        "id", "subject", "property", "value", "claimed", "denied", "chosen", "standing", "sources", "dissent",
        "words",
      ],
    ]
  }()
}
