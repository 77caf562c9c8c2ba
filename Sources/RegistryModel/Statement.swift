/// What is said: subject, property, value, qualifiers and the period in which it holds. Immutable content;
/// who says it are its citations, and whether it is asserted is a matter of life rows.
public struct Statement: Hashable, Sendable {
  public var subject: Key
  public var property: Key
  public var value: Value
  public var qualifiers: [Qualifier]
  public var validity: Validity

  public init(
    subject: Key, property: Key, value: Value, qualifiers: [Qualifier] = [], validity: Validity = Validity()
  ) {
    self.subject = subject
    self.property = property
    self.value = value
    self.qualifiers = qualifiers.sorted {
      ($0.property.text, $0.value.canonicalText) < ($1.property.text, $1.value.canonicalText)
    }
    self.validity = validity
  }
}

/// The public id of a statement: a digest of its content in lower-case base 32, written `@4k7q…` and abbreviated
/// as git does.
public struct StatementID: Hashable, Sendable, CustomStringConvertible {
  public let digest: String
  /// How many characters a whole id has.
  public static let digestLength = 26
  public init(_ digest: String) { self.digest = digest }
  public var description: String { "@" + digest }
  /// The id at the length that tables show.
  public var short: String { "@" + digest.prefix(6) }
}

/// Whether a citation supports a statement or says that it is not so.
public enum Stance: String, Hashable, Sendable { case claims, denies }

/// Where a source says a statement.
public struct Citation: Hashable, Sendable {
  /// The key of the source, itself an entity; of what was merged, that of what it counts as.
  public var source: Key
  /// Where the source counts as another one, its own key: its date and its reliability stay those of the page that was
  /// cited.
  public var page: Key?
  /// The speaker or originator inside the source.
  public var via: String?
  /// The place in the source: page, paragraph, file and line.
  public var locator: String?
  /// The source's own words.
  public var quote: String?
  /// The source's words for a date.
  public var said: String?
  /// Why we supplied what the source lacks.
  public var inferred: String?
  public var stance: Stance

  public init(
    source: Key, page: Key? = nil, via: String? = nil, locator: String? = nil, quote: String? = nil,
    said: String? = nil, inferred: String? = nil, stance: Stance = .claims
  ) {
    self.source = source
    self.page = page
    self.via = via
    self.locator = locator
    self.quote = quote
    self.said = said
    self.inferred = inferred
    self.stance = stance
  }
}

extension Citation {
  /// The key under which is kept what is known of the page that was cited.
  public var book: Key { page ?? source }
}

/// A statement with what the registry knows of it.
public struct StatementRecord: Hashable, Sendable {
  public var id: StatementID
  public var statement: Statement
  /// The citations that stand, by their sources.
  public var citations: [Citation]
  /// Whether it is claimed.
  public var isClaimed: Bool
  /// Whether it is denied.
  public var isDenied: Bool
  /// Preferred, normal or deprecated, by a judgement.
  public var rank: Rank
  /// Under `published by`, whether a source that claims it was certainly or only possibly out.
  public var evidence: Certainty
  /// The transaction that recorded it, or its denial, first.
  public var recorded: TransactionID
  /// What holds of it on the date asked for, or else today; nil where no day was asked for.
  public var held: HeldPart?
  /// Whether it speaks only of what is still to come, as of today; told with `held`.
  public var isToCome = false
  /// How sure it is on every day, from the distant past to the distant future; empty where nobody asked.
  public var heldDays: [HeldStretch] = []
  /// Whether its claim is among those that the rules chose.
  public var isChosen: Bool
  /// How it stands among its rivals; nil where it has none, or nobody asked.
  public var standing: Standing?
  /// By when it is to be looked at again; nil where nobody said, or nobody asked.
  public var review: Review?

  public init(
    id: StatementID, statement: Statement, citations: [Citation], isClaimed: Bool, isDenied: Bool, rank: Rank,
    evidence: Certainty = .certainly, recorded: TransactionID, isChosen: Bool? = nil
  ) {
    self.id = id
    self.statement = statement
    self.citations = citations
    self.isClaimed = isClaimed
    self.isDenied = isDenied
    self.rank = rank
    self.evidence = evidence
    self.recorded = recorded
    self.isChosen = isChosen ?? (isClaimed && rank >= .normal)
  }
}

/// How a judgement places a statement among its rivals.
public enum Rank: Int, Hashable, Sendable, Comparable {
  case deprecated = -1, normal = 0, preferred = 1
  public static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
}

/// The number of a transaction, written `t12`.
public struct TransactionID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let number: Int64
  public init(_ number: Int64) { self.number = number }
  public var description: String { "t\(number)" }
  public static func < (left: TransactionID, right: TransactionID) -> Bool { left.number < right.number }
}

/// An edit: who made it, when and why.
public struct Transaction: Hashable, Sendable {
  public var id: TransactionID
  /// ISO 8601 in UTC, to the millisecond.
  public var at: String
  public var author: String
  public var reason: String?
  /// The program that wrote it.
  public var tool: String
  /// The transaction that this one undoes.
  public var reverts: TransactionID?
  /// By what it is known in every registry; nil while it is open, and where a store keeps no such thing.
  public var identity: TransactionIdentity?
  /// When it came here from another registry, as `at`; nil where it was made here.
  public var arrived: String?

  public init(
    id: TransactionID, at: String, author: String, reason: String?, tool: String, reverts: TransactionID?,
    identity: TransactionIdentity? = nil, arrived: String? = nil
  ) {
    self.id = id
    self.at = at
    self.author = author
    self.reason = reason
    self.tool = tool
    self.reverts = reverts
    self.identity = identity
    self.arrived = arrived
  }

  /// The first line of its reason, with an ellipsis where more lines follow: an import or a script adds one for each file.
  public var shortReason: String? {
    guard let reason, let end = reason.firstIndex(where: \.isNewline) else { return reason }
    return reason[..<end] + " …"
  }
}
