/// A page of a static site: what is told on it, in texts without any markup. Whoever writes it escapes them.
public struct SitePage: Hashable, Sendable {
  /// Where it is in the site: `things/forge.html`.
  public var path: String
  public var title: String
  /// What stands under the title.
  public var subtitle: [SiteLink]
  public var parts: [Part]
  /// Its rows for programs, which are files beside it; nothing where it has none.
  public var data: ResultTable?

  public enum Part: Hashable, Sendable {
    /// What a brief tells.
    case told(Page)
    case claims(SiteClaims)
    case members(SiteMembers)
    case list(SiteList)
    case table(SiteTable)
    case picture(SitePicture)
    /// A sentence.
    case note(String)
    /// Where to type what is looked for.
    case search
  }

  public init(path: String, title: String, subtitle: [SiteLink] = [], parts: [Part] = []) {
    self.path = path
    self.title = title
    self.subtitle = subtitle
    self.parts = parts
  }
}

/// A text that leads somewhere, or nowhere.
public struct SiteLink: Hashable, Sendable {
  public var text: String
  /// From the root of the site, with what is behind `#`; nothing where there is no page.
  public var path: String?
  public init(_ text: String, _ path: String? = nil) {
    self.text = text
    self.path = path
  }
}

/// What is to be looked at as a drawing, with what it is of.
public struct SitePicture: Hashable, Sendable {
  /// Where the drawing is in the site.
  public var path: String
  public var title: String
  /// In words, for who does not see it.
  public var about: String
  /// How large it is, in pixels.
  public var width: Int
  public var height: Int
  public init(path: String, title: String, about: String, width: Int, height: Int) {
    self.path = path
    self.title = title
    self.about = about
    self.width = width
    self.height = height
  }
}

/// Links under a heading.
public struct SiteList: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public var link: SiteLink
    /// What stands behind it.
    public var about: String
    public init(_ link: SiteLink, _ about: String = "") {
      self.link = link
      self.about = about
    }
  }
  public var heading: String
  public var entries: [Entry]
  public init(_ heading: String, _ entries: [Entry]) {
    self.heading = heading
    self.entries = entries
  }
}

/// Rows of links under a heading.
public struct SiteTable: Hashable, Sendable {
  public var heading: String
  public var columns: [String]
  public var rows: [[SiteLink]]
  public init(_ heading: String, columns: [String], rows: [[SiteLink]]) {
    self.heading = heading
    self.columns = columns
    self.rows = rows
  }
}

/// Statements with all that stands behind them.
public struct SiteClaims: Hashable, Sendable {
  public var heading: String
  public var claims: [Claim]
  public init(_ heading: String, _ claims: [Claim]) {
    self.heading = heading
    self.claims = claims
  }

  public struct Claim: Hashable, Sendable {
    /// By which it is found on its page, for ever.
    public var id: StatementID
    /// Whose it is; nothing on its subject's own page.
    public var subject: SiteLink?
    public var property: String
    public var value: SiteLink
    public var qualifiers: [SiteQualifier]
    public var when: String
    /// What holds of it, where it is not simply so.
    public var state: String
    /// How it stands among its rivals, and why; nothing where it has none.
    public var standing: String
    public var isPassedOver: Bool
    public var isOnlyDenied: Bool
    /// Those that it stands against.
    public var rivals: [SiteLink]
    public var citations: [SiteCitation]

    public init(
      id: StatementID, subject: SiteLink?, property: String, value: SiteLink,
      qualifiers: [SiteQualifier], when: String, state: String, standing: String,
      isPassedOver: Bool, isOnlyDenied: Bool, rivals: [SiteLink], citations: [SiteCitation]
    ) {
      self.id = id
      self.subject = subject
      self.property = property
      self.value = value
      self.qualifiers = qualifiers
      self.when = when
      self.state = state
      self.standing = standing
      self.isPassedOver = isPassedOver
      self.isOnlyDenied = isOnlyDenied
      self.rivals = rivals
      self.citations = citations
    }
  }
}

/// What a statement is narrowed by.
public struct SiteQualifier: Hashable, Sendable {
  public var name: String
  public var value: SiteLink
  public init(_ name: String, _ value: SiteLink) {
    self.name = name
    self.value = value
  }
}

/// What a source says of a statement, in its own words.
public struct SiteCitation: Hashable, Sendable {
  public var source: SiteLink
  /// Who speaks in it, when it came out, how far it is relied on, where in it: what there is of them.
  public var about: [String]
  public var quote: String?
  /// What was added by those who recorded it: the source's words for a date, what was inferred and why.
  public var remarks: [String]
  public var denies: Bool
  /// Where it is on the web.
  public var url: String?
  public init(
    source: SiteLink, about: [String], quote: String?, remarks: [String], denies: Bool, url: String?
  ) {
    self.source = source
    self.about = about
    self.quote = quote
    self.remarks = remarks
    self.denies = denies
    self.url = url
  }
}

/// Who is in a thing, on every day, by the sources that were out on every day: whatever of both is chosen, the answer is
/// looked up and not computed.
public struct SiteMembers: Hashable, Sendable {
  /// Somebody who is in it, by himself or through groups.
  public struct Row: Hashable, Sendable {
    public var member: SiteLink
    /// As a list of members has it.
    public var value: String
    /// The keys of the groups through which; empty for who is in it himself.
    public var through: String
    /// The same by their names.
    public var way: String
    public init(_ member: SiteLink, value: String, through: String, way: String) {
      self.member = member
      self.value = value
      self.through = through
      self.way = way
    }
  }

  /// From a day on, how sure it is; until the next.
  public struct Step: Hashable, Sendable {
    public enum State: Int, Hashable, Sendable { case not = 0, possibly, certainly, denied, possiblyDenied }
    public var day: Day
    public var state: State
    /// The same where the day still lies ahead.
    public var ahead: State
    /// Whether a source of it was only possibly out.
    public var isPossiblyOut: Bool
    public init(_ day: Day, _ state: State, ahead: State, isPossiblyOut: Bool) {
      self.day = day
      self.state = state
      self.ahead = ahead
      self.isPossiblyOut = isPossiblyOut
    }
  }

  /// What the sources said that were out on a day, until the next cut.
  public struct Cut: Hashable, Sendable {
    /// Nothing for all sources that are asked.
    public var day: Day?
    /// For each row its place in ``SiteMembers/lives``.
    public var lives: [Int]
    public init(_ day: Day?, _ lives: [Int]) {
      self.day = day
      self.lives = lives
    }
  }

  public var rows: [Row]
  public var lives: [[Step]]
  /// In their order; the last is of all sources.
  public var cuts: [Cut]
  public init(rows: [Row], lives: [[Step]], cuts: [Cut]) {
    self.rows = rows
    self.lives = lives
    self.cuts = cuts
  }
}

/// What a site has, by which links are found.
public struct SiteDirectory: Sendable {
  public struct Thing: Hashable, Sendable {
    public var key: Key
    public var name: String
    public var type: String
    public var path: String
    /// What else it is called.
    public var aliases: [String]
    public init(key: Key, name: String, type: String, path: String, aliases: [String]) {
      self.key = key
      self.name = name
      self.type = type
      self.path = path
      self.aliases = aliases
    }
  }

  /// What the site is called.
  public var title: String
  /// By their keys' texts.
  public var things: [String: Thing]
  /// The pages on which statements are told in full, by their ids.
  public var statements: [StatementID: String]
  public init(title: String, things: [String: Thing], statements: [StatementID: String]) {
    self.title = title
    self.things = things
    self.statements = statements
  }

  /// Where a statement is told in full.
  public func path(of id: StatementID) -> String? { statements[id].map { "\($0)#\(id.digest)" } }
}

/// How the pages of a site are written.
public protocol SiteText: Sendable {
  /// What every site has beside its pages: path and text.
  var assets: [(path: String, text: String)] { get }
  func text(of page: SitePage, in site: SiteDirectory) -> String
  /// A drawing of a table, as SVG with its size; nothing where it cannot be drawn.
  func drawing(of table: ResultTable) -> (svg: String, about: String, width: Int, height: Int)?
  /// What the search looks through.
  func searchIndex(of site: SiteDirectory) -> String
  /// The day that the site is of, for the pages that do not have it in their text.
  func dateFile(_ day: Day, isToday: Bool) -> String
}
