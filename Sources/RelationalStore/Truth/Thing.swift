/// What a life row is of; the number is stored.
enum Thing: Int64, CaseIterable {
  case statement = 1
  case denial = 2
  case citation = 3
  case judgement = 4
  case alias = 5
  case definition = 6
  case sourceData = 7
  case merging = 8
  case renaming = 9
  case review = 10

  /// Whether its row says which transactions asserted and ended it, where it was asserted once.
  var saysByItself: Bool { self == .statement || self == .citation }

  /// The table that holds the content.
  var table: String {
    switch self {
    case .statement, .denial: "statement"
    case .citation: "citation"
    case .judgement: "judgement"
    case .alias: "alias"
    case .definition: "definition"
    case .sourceData: "source_data"
    case .merging: "merging"
    case .renaming: "renaming"
    case .review: "review"
    }
  }
}

/// The `tx_out` of a life that has not ended.
package let openEnd = "9223372036854775807"
