/// The tables of what was recorded, in the store's dialect: what a file of SQLite has after all its steps. What is derived
/// of it is declared once for all engines.
enum ServerFormat {
  /// What a registry is of that was made now; one that is of a newer one is refused.
  static let version: Int64 = 6

  /// The last one whose projections were made otherwise: of it, and of those before, they are made anew.
  static let projectedOtherwise: Int64 = 3

  /// What brings a registry from each format to the next, from the first on: one less than there are formats. A step is never
  /// changed once it is released. Behind the last one the functions and triggers that guard what was recorded are made anew, and
  /// the projections where they were others.
  /// - Parameters:
  ///   - schema: in quotes.
  ///   - name: how something is called in the schema.
  static func steps(_ schema: String, _ name: (String) -> String) -> [String] {
    [
      // Letters of scripts without blanks are words of the full text, which is made anew as after a long import; and the
      // functions and triggers that guard what was recorded are made anew.
      ServerFunctions.searched(name) + """
        TRUNCATE \(name("found"));
        DELETE FROM \(name("found_later"));
        INSERT INTO \(name("found_later"))("kind", "first", "last") SELECT kind, 1, newest FROM (
          SELECT 0 AS kind, max(id) AS newest FROM \(name("statement")) UNION ALL SELECT 1, max(id) FROM \(name("citation"))
          UNION ALL SELECT 2, max(id) FROM \(name("alias"))) rows WHERE newest IS NOT NULL;
        ALTER TABLE \(name("tx")) ADD COLUMN IF NOT EXISTS "brought" text COLLATE "C";

        """ + ServerFunctions.part(name) + "\n" + ServerRoles.sql(schema, name),
      // What changed is derived.
      "",
      // The nearest numbers of floating point beside those that are said.
      ["statement", "qualifier"].map { table in
        let (low, high) = (nearest("lo"), nearest("hi"))
        return """
          UPDATE \(name(table)) SET "low" = \(low), "high" = \(high)
            WHERE "kind" = 2 AND ("low" IS DISTINCT FROM \(low) OR "high" IS DISTINCT FROM \(high));
          """
      }.joined(separator: "\n"),
      // What guards what was recorded changed.
      "",
      // Names are folded, and words found, in the same way, sooner.
      ServerFunctions.ofTexts(name),
    ]
  }

  /// The number of floating point that is nearest to a mantissa with its decimal places: a server reads its digits so.
  private static func nearest(_ mantissa: String) -> String {
    "(\"\(mantissa)\" || 'e-' || \"scale\")::double precision"
  }

  static let truth = """
    CREATE TABLE origin(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, own INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE tx(
      id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, reason TEXT, tool TEXT NOT NULL,
      first_statement INTEGER, last_statement INTEGER, first_citation INTEGER, last_citation INTEGER, uid TEXT,
      origin INTEGER REFERENCES origin, number INTEGER, clock INTEGER, arrived TEXT, asserted TEXT, brought TEXT);
    CREATE UNIQUE INDEX tx_uid ON tx(uid);
    CREATE INDEX tx_origin ON tx(origin, number);
    CREATE INDEX tx_clock ON tx(clock);
    CREATE TABLE ending(
      thing INTEGER NOT NULL, id INTEGER NOT NULL, tx_in INTEGER NOT NULL REFERENCES tx,
      tx_out INTEGER NOT NULL REFERENCES tx, PRIMARY KEY(thing, id, tx_in, tx_out)) WITHOUT ROWID;
    CREATE INDEX ending_out ON ending(tx_out);
    CREATE TABLE reversal(
      tx INTEGER NOT NULL REFERENCES tx, reverted INTEGER NOT NULL REFERENCES tx,
      PRIMARY KEY(tx, reverted)) WITHOUT ROWID;
    CREATE INDEX reversal_reverted ON reversal(reverted);
    CREATE TABLE entity(
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, created_tx INTEGER NOT NULL REFERENCES tx);
    CREATE TABLE qualifier(
      statement INTEGER NOT NULL REFERENCES statement, ordinal INTEGER NOT NULL, property TEXT NOT NULL,
      kind INTEGER NOT NULL, object INTEGER REFERENCES entity, text TEXT, folded TEXT,
      lo INTEGER, hi INTEGER, scale INTEGER, low REAL, high REAL, low_key, high_key, unit TEXT, bound TEXT,
      approximate INTEGER, reading TEXT, forecast INTEGER, PRIMARY KEY(statement, ordinal)) WITHOUT ROWID;
    CREATE INDEX qualifier_object ON qualifier(object) WHERE object IS NOT NULL;
    CREATE TABLE judgement(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, statement INTEGER NOT NULL REFERENCES statement,
      rank INTEGER NOT NULL, reason TEXT);
    CREATE INDEX judgement_statement ON judgement(statement);
    CREATE TABLE alias(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, entity INTEGER NOT NULL REFERENCES entity,
      name TEXT NOT NULL, folded TEXT NOT NULL, source INTEGER REFERENCES entity, reason TEXT, local INTEGER);
    CREATE INDEX alias_entity ON alias(entity);
    CREATE TABLE source_data(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, source INTEGER NOT NULL REFERENCES entity,
      title TEXT NOT NULL, publisher TEXT, published TEXT, published_earliest INTEGER, published_latest INTEGER,
      url TEXT, retrieved TEXT, retrieved_earliest INTEGER, retrieved_latest INTEGER, language TEXT,
      reliability TEXT NOT NULL, note TEXT, corrects TEXT);
    CREATE INDEX source_data_source ON source_data(source);
    CREATE TABLE definition(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, key TEXT NOT NULL, parent TEXT,
      about TEXT, plural TEXT, columns TEXT, domain TEXT, range TEXT, targets TEXT, unit TEXT, cardinality TEXT,
      per TEXT, rules TEXT, begins TEXT, ends TEXT, transitive INTEGER, review TEXT);
    CREATE INDEX definition_key ON definition(key);
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
    CREATE INDEX alias_folded ON alias(folded);
    CREATE INDEX alias_source ON alias(source) WHERE source IS NOT NULL;
    CREATE TABLE statement(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL,
      subject INTEGER NOT NULL REFERENCES entity, property TEXT NOT NULL,
      kind INTEGER NOT NULL, object INTEGER REFERENCES entity, text TEXT, folded TEXT,
      lo INTEGER, hi INTEGER, scale INTEGER, low REAL, high REAL, low_key, high_key, unit TEXT, bound TEXT,
      approximate INTEGER, reading TEXT, forecast INTEGER, qualifiers INTEGER NOT NULL,
      validity TEXT, start_earliest INTEGER, start_latest INTEGER, end_earliest INTEGER, end_latest INTEGER,
      tx INTEGER REFERENCES tx, ended INTEGER REFERENCES tx, claimed INTEGER NOT NULL DEFAULT 1,
      denied INTEGER NOT NULL DEFAULT 0, rank INTEGER NOT NULL DEFAULT 0, chosen INTEGER DEFAULT 1,
      timed INTEGER NOT NULL DEFAULT 0, figure TEXT, year INTEGER);
    CREATE TABLE recorded_as(
      statement INTEGER PRIMARY KEY REFERENCES statement, subject INTEGER NOT NULL REFERENCES entity,
      object INTEGER REFERENCES entity);
    CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE citation(
      id INTEGER PRIMARY KEY, statement INTEGER NOT NULL REFERENCES statement,
      source INTEGER NOT NULL REFERENCES entity, file INTEGER REFERENCES word, line INTEGER, locator TEXT, via TEXT,
      quote TEXT, said TEXT, inferred TEXT, denies INTEGER NOT NULL DEFAULT 0, tx INTEGER REFERENCES tx,
      ended INTEGER REFERENCES tx);
    CREATE INDEX citation_statement ON citation(statement, source, file, line);
    CREATE INDEX citation_source ON citation(source);
    CREATE INDEX citation_ended ON citation(ended) WHERE ended IS NOT NULL;
    CREATE TABLE life(
      thing INTEGER NOT NULL, id INTEGER NOT NULL, tx_in INTEGER NOT NULL REFERENCES tx,
      tx_out INTEGER NOT NULL DEFAULT 9223372036854775807, PRIMARY KEY(thing, id, tx_in), CHECK(tx_in < tx_out)
    ) WITHOUT ROWID;
    CREATE INDEX life_in ON life(tx_in);
    CREATE INDEX life_out ON life(tx_out) WHERE tx_out < 9223372036854775807;
    CREATE TABLE review(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, statement INTEGER NOT NULL REFERENCES statement,
      due TEXT NOT NULL, reason TEXT);
    CREATE INDEX review_statement ON review(statement);

    """
}
