import FoundationEssentials
import PluginKit

/// What was promised, by whom, to whom or for what, in which currency, and how far it has come.
struct Promised: Analysis {
  private let by = Parameter.choice(
    "by", of: Ledger.Grouping.allCases.map(\.rawValue), default: "giver",
    "whose money is put together: of a giver, for a receiver, under an initiative")
  private let giver = Parameter.entities("giver", of: "actor", "only what these give").optional
  private let receiver = Parameter.entities(
    "receiver", of: "actor, initiative", "only what these receive"
  ).optional
  private let under = Parameter.entities(
    "under", of: "initiative, measure, event", "only what belongs to these"
  ).optional
  private let selection = Selection()
  private let target = Parameter.text("in", "also in this currency, at stated or given rates").optional
  private let rates = Parameter.text("rates", "rates to convert at: \"USD=1.35 CAD, EUR=1.08 USD\"").optional
  private let ratesFrom = Parameter.file("rates-from", atMost: 65_536, "a file of such rates").optional

  let name = "promised"
  let summary = "What was promised, from announced to delivered, by giver, receiver or initiative"
  var parameters: [ParameterDeclaration] {
    [
      by.declaration, giver.declaration, receiver.declaration, under.declaration, target.declaration,
      rates.declaration, ratesFrom.declaration,
    ] + selection.declarations
  }
  let columns = [
    ResultColumn("who", .any, "the giver, receiver or initiative, or several that do it jointly"),
    ResultColumn("currency", .text, "the currency; amounts in two are never one sum"),
    ResultColumn("rung", .text, "how far it has come, from proposed to delivered"),
    ResultColumn(
      "reading", .text,
      "each (of the givers), unclear, forecast; empty for a sum of one or of several combined"),
    ResultColumn("total", .text, "the sum, as exact or as open as its parts"),
    ResultColumn("least", .decimal, "the least that the words allow"),
    ResultColumn("most", .decimal, "the most that they allow; empty where they set no bound"),
    ResultColumn("counted", .integer, "how many amounts are added"),
    ResultColumn("apart", .text, "why an amount stands by itself and is in no other row"),
    ResultColumn("commitments", .list, "what is added"),
  ]
  let addsColumns = true
  let tables = [
    TableDeclaration(
      "ladder", "a row for each of them and each currency, a column for each rung",
      [
        ResultColumn("who", .any, "the giver, receiver or initiative"),
        ResultColumn("currency", .text, "the currency"),
      ], addsColumns: true),
    TableDeclaration(
      "converted", "the sums over all currencies, at the rates that a note names",
      [
        ResultColumn("who", .any, "the giver, receiver or initiative"),
        ResultColumn("rung", .text, "how far it has come"),
        ResultColumn("reading", .text, "each, unclear, forecast; empty for a sum"),
        ResultColumn("total", .text, "the sum, in the currency that was asked for"),
        ResultColumn("least", .decimal, "the least that the words allow"),
        ResultColumn("most", .decimal, "the most that they allow; empty where they set no bound"),
        ResultColumn("counted", .integer, "how many amounts are added"),
        ResultColumn("without", .list, "amounts in currencies of which no rate is known, which are left out"),
      ], evidence: [Evidence.row]),
    ReadingsReport.table,
  ]
  let evidence = [Evidence.row]
  let view: ViewHint? = ViewHint(.matrix, "who", "rung", "total")
  let about: About? = About(
    """
    The sum of the amounts that the rules chose, one row for each giver (receiver, initiative), \
    currency, rung and reading; nothing is added across rows. A commitment stands at the last rung that \
    holds on the date asked for; without one, what is only to come has not been reached. Bounds are kept. Jointly given money is one sum, of all who give it; an \
    amount for each giver is kept apart. What goes `towards` a commitment beside it in its row is part \
    of it and left out, where that one can hold it; else both are told, and nothing is added. Amounts \
    are told in another currency only where that is asked for, at rates that are stated or given, and \
    named.
    """,
    formulas: ["total = Σ amounts of one row, as open as its parts; least and most are what the words allow"],
    sources: [
      "the ladder from proposed to delivered: the property `rung`; commitment and disbursement as in IATI Standard 2.03, TransactionType 2 and 3",
      "commitments against allocations: Kiel Institute, The Ukraine Support Tracker, Kiel Working Paper 2218",
    ],
    limits: [
      "that the money exists, or that rows may be added: a loan, a letter of interest and an offtake are three commitments",
      "that a promise was made once: who repeats it under a new name may have told it twice",
      "what is about an amount counts as that amount",
      "under `according to` only rates that these sources state are taken: `rates` gives others",
    ])
  let examples = [
    Example("promised", "by giver, each currency and rung apart"),
    Example("promised by initiative giver AUS", "what Australia promised, by initiative"),
    Example("promised under cmpa-round-1", "what an alliance's first round has moved, rung by rung"),
    Example("promised by receiver topic rare-earths", "for whom, about rare earths and their parts"),
    Example("promised giver AUS in USD", "also in dollars, at the rates that are stated"),
    Example(
      "promised by receiver in USD rates \"EUR=1.08 USD, USD=1.38 CAD\"",
      "at rates of one's own where none is stated"
    ),
  ]

  func run(_ call: Call) throws {
    var ledger = try Ledger(call)
    guard let grouping = Ledger.Grouping(rawValue: try call[by]) else { return }
    ledger.grouping = grouping
    ledger.selection = Ledger.Selection(
      giver: try call[giver].map(Set.init), receiver: try call[receiver].map(Set.init),
      under: try call[under].map(Set.init), subjects: try selection.subjects(call).map(Set.init))
    let keys = ledger.commitments.keys.sorted()
    let sums = ledger.sums(of: keys, { $0.isChosen }, isContested: ledger.isContested)
    var conversion: Rates?
    if let target = try call[target] {
      conversion = try Rates(to: target, given: try call[rates], file: try call[ratesFrom], call)
    } else if try call[rates] != nil || call[ratesFrom] != nil {
      throw AnalysisFailure(
        "rates-unused", "rates were given, and no currency to convert to", hint: "Name it: in USD")
    }
    let table = PromisedTable(ledger, sums, conversion)
    try table.emit(columns, evidence, call)
    try PromisedNotes(ledger, sums).emit(call)
    try table.emitLadder(tables[0], call)
    if conversion != nil { try table.emitConverted(tables[1], call) }
    try PromisedReadings(ledger).report(sums).emit(to: call)
  }
}
