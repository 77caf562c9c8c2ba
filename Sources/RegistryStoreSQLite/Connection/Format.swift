/// The file format: what marks a registry, and the steps from one version to the next.
enum Format {
  /// `Entr` in the header's application id.
  static let applicationID: Int64 = 0x456E_7472

  /// The steps in their order; the format's version is how many were taken. A step is never changed once it is
  /// released: a new one is added. After any step the projections are made anew, so that a change of theirs is a step
  /// that does nothing itself.
  static let migrations: [(name: String, sql: String)] = [
    ("truth", Format.truth),
    ("projections", ""),
    ("paths of groups and data years of figures in the projections", ""),
    ("rules of properties", "ALTER TABLE definition ADD COLUMN rules TEXT"),
    ("identities", Format.identities),
    (
      "names that once were, and aliases by their source",
      """
      CREATE INDEX statement_name ON statement(folded) WHERE property = 'name';
      CREATE INDEX alias_folded ON alias(folded);
      CREATE INDEX alias_source ON alias(source) WHERE source IS NOT NULL;
      """
    ),
    ("statements and citations found by what they are about", Format.places),
    (
      "what begins and ends things, and properties that can be followed",
      """
      ALTER TABLE definition ADD COLUMN begins TEXT;
      ALTER TABLE definition ADD COLUMN ends TEXT;
      ALTER TABLE definition ADD COLUMN transitive INTEGER;
      """
    ),
    (
      "names by the one rule of folding",
      """
      UPDATE statement SET folded = folded(text)
        WHERE property = 'name' AND folded IS NOT NULL AND folded IS NOT folded(text);
      UPDATE alias SET folded = folded(name) WHERE folded IS NOT folded(name);
      """
    ),
    ("hints of how much indexes narrow", ""),
    ("places of denials and of whole lists in the projections", ""),
    ("what corrects what", "ALTER TABLE source_data ADD COLUMN corrects TEXT"),
    ("aliases that count where one source is cited", "ALTER TABLE alias ADD COLUMN local INTEGER"),
    ("types of what is there in the projections", ""),
    ("names in an order that follows from what is said", ""),
    ("until when memberships may last in the paths of groups", ""),
  ]

  /// Content, which is immutable and unique by its digest, and the lives that assert it.
  private static let truth = """
    CREATE TABLE tx(
      id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT, tool TEXT NOT NULL);
    CREATE TABLE reversal(
      tx INTEGER NOT NULL REFERENCES tx, reverted INTEGER NOT NULL REFERENCES tx,
      PRIMARY KEY(tx, reverted)) WITHOUT ROWID;
    CREATE INDEX reversal_reverted ON reversal(reverted);
    CREATE TABLE entity(
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, created_tx INTEGER NOT NULL REFERENCES tx);
    CREATE TABLE life(
      thing INTEGER NOT NULL, id INTEGER NOT NULL, tx_in INTEGER NOT NULL REFERENCES tx,
      tx_out INTEGER NOT NULL DEFAULT \(openEnd), PRIMARY KEY(thing, id, tx_in), CHECK(tx_in < tx_out)
    ) WITHOUT ROWID;
    CREATE INDEX life_in ON life(tx_in);
    CREATE INDEX life_out ON life(tx_out) WHERE tx_out < \(openEnd);
    CREATE TABLE statement(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
      subject INTEGER NOT NULL REFERENCES entity, property TEXT NOT NULL,
      kind INTEGER NOT NULL, object INTEGER REFERENCES entity, text TEXT, folded TEXT,
      lo INTEGER, hi INTEGER, scale INTEGER, low REAL, high REAL, low_key, high_key, unit TEXT, bound TEXT,
      approximate INTEGER, reading TEXT, forecast INTEGER, qualifiers INTEGER NOT NULL,
      validity TEXT NOT NULL, start_earliest INTEGER NOT NULL, start_latest INTEGER NOT NULL,
      end_earliest INTEGER NOT NULL, end_latest INTEGER NOT NULL);
    CREATE INDEX statement_cell ON statement(subject, property);
    CREATE INDEX statement_object ON statement(object) WHERE object IS NOT NULL;
    CREATE TABLE qualifier(
      statement INTEGER NOT NULL REFERENCES statement, ordinal INTEGER NOT NULL, property TEXT NOT NULL,
      kind INTEGER NOT NULL, object INTEGER REFERENCES entity, text TEXT, folded TEXT,
      lo INTEGER, hi INTEGER, scale INTEGER, low REAL, high REAL, low_key, high_key, unit TEXT, bound TEXT,
      approximate INTEGER, reading TEXT, forecast INTEGER, PRIMARY KEY(statement, ordinal)) WITHOUT ROWID;
    CREATE INDEX qualifier_object ON qualifier(object) WHERE object IS NOT NULL;
    CREATE TABLE citation(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, statement INTEGER NOT NULL REFERENCES statement,
      source INTEGER NOT NULL REFERENCES entity, via TEXT, locator TEXT, quote TEXT, said TEXT, inferred TEXT,
      stance TEXT NOT NULL);
    CREATE INDEX citation_statement ON citation(statement);
    CREATE INDEX citation_source ON citation(source);
    CREATE TABLE judgement(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, statement INTEGER NOT NULL REFERENCES statement,
      rank INTEGER NOT NULL, reason TEXT);
    CREATE INDEX judgement_statement ON judgement(statement);
    CREATE TABLE alias(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, entity INTEGER NOT NULL REFERENCES entity,
      name TEXT NOT NULL, folded TEXT NOT NULL, source INTEGER REFERENCES entity, reason TEXT);
    CREATE INDEX alias_entity ON alias(entity);
    CREATE TABLE source_data(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, source INTEGER NOT NULL REFERENCES entity,
      title TEXT NOT NULL, publisher TEXT, published TEXT, published_earliest INTEGER, published_latest INTEGER,
      url TEXT, retrieved TEXT, retrieved_earliest INTEGER, retrieved_latest INTEGER, language TEXT,
      reliability TEXT NOT NULL, note TEXT);
    CREATE INDEX source_data_source ON source_data(source);
    CREATE TABLE definition(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, key TEXT NOT NULL, parent TEXT,
      about TEXT, plural TEXT, columns TEXT, domain TEXT, range TEXT, targets TEXT, unit TEXT, cardinality TEXT,
      per TEXT);
    CREATE INDEX definition_key ON definition(key);
    """

  /// Judgements that one entity is another, and keys that were given later. Each renaming is content of its own, so
  /// that taking an earlier one back and bringing it again does not make it the newest.
  private static let identities = """
    CREATE TABLE merging(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, entity INTEGER NOT NULL REFERENCES entity,
      target INTEGER NOT NULL REFERENCES entity, reason TEXT);
    CREATE INDEX merging_entity ON merging(entity);
    CREATE INDEX merging_target ON merging(target);
    CREATE TABLE renaming(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, entity INTEGER NOT NULL REFERENCES entity,
      key TEXT NOT NULL, reason TEXT);
    CREATE INDEX renaming_entity ON renaming(entity);
    CREATE INDEX renaming_key ON renaming(key);
    """

  /// A statement is looked for in its cell and a citation beside those of its statement, where a long import has just
  /// been; a unique digest took it to a place of its own for each.
  private static let places = """
    CREATE TABLE statement_placed(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL,
      subject INTEGER NOT NULL REFERENCES entity, property TEXT NOT NULL,
      kind INTEGER NOT NULL, object INTEGER REFERENCES entity, text TEXT, folded TEXT,
      lo INTEGER, hi INTEGER, scale INTEGER, low REAL, high REAL, low_key, high_key, unit TEXT, bound TEXT,
      approximate INTEGER, reading TEXT, forecast INTEGER, qualifiers INTEGER NOT NULL,
      validity TEXT NOT NULL, start_earliest INTEGER NOT NULL, start_latest INTEGER NOT NULL,
      end_earliest INTEGER NOT NULL, end_latest INTEGER NOT NULL);
    INSERT INTO statement_placed SELECT * FROM statement;
    DROP TABLE statement;
    ALTER TABLE statement_placed RENAME TO statement;
    CREATE UNIQUE INDEX statement_cell ON statement(subject, property, digest);
    CREATE INDEX statement_digest ON statement(digest);
    CREATE INDEX statement_object ON statement(object) WHERE object IS NOT NULL;
    CREATE INDEX statement_name ON statement(folded) WHERE property = 'name';
    CREATE TABLE citation_placed(
      id INTEGER PRIMARY KEY, statement INTEGER NOT NULL REFERENCES statement,
      source INTEGER NOT NULL REFERENCES entity, via TEXT, locator TEXT, quote TEXT, said TEXT, inferred TEXT,
      stance TEXT NOT NULL);
    INSERT INTO citation_placed
      SELECT id, statement, source, via, locator, quote, said, inferred, stance FROM citation;
    DROP TABLE citation;
    ALTER TABLE citation_placed RENAME TO citation;
    CREATE INDEX citation_statement ON citation(statement, source, locator);
    CREATE INDEX citation_source ON citation(source);
    """

  /// What is derived goes before a step is taken, since its views would not outlive the tables that they read.
  static let withoutProjections =
    NowViews.names.map { "DROP VIEW IF EXISTS main.\($0);\n" }.joined()
    + Projection.names.map { "DROP TABLE IF EXISTS main.\($0);\n" }.joined()

  /// What reading answers from, empty; every row can be made again from the truth.
  static let projections = Projection.tables(in: "main") + NowViews.sql(in: "main", lives: .current)
}
