internal import RelationalStore

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
    ("one row for what a statement says and how it stands, lives of what was asserted twice", Format.oneRow),
    ("the key of a value that is an entity, beside it", ""),
    (
      "until when statements are good, and for how long what a property says",
      """
      CREATE TABLE review(
        id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, statement INTEGER NOT NULL REFERENCES statement,
        due TEXT NOT NULL, reason TEXT);
      CREATE INDEX review_statement ON review(statement);
      ALTER TABLE definition ADD COLUMN review TEXT;
      """
    ),
    ("transactions that are known in every registry", Format.uids),
    ("letters of scripts without blanks as words of the full text", ""),
    (
      "things that may have been there before the first day that is spoken of, claims that are preferred to their denial",
      ""
    ),
    (
      "the nearest numbers of floating point beside those that are said",
      ["statement", "qualifier"].map {
        """
        UPDATE \($0) SET low = nearest(lo, scale), high = nearest(hi, scale)
          WHERE kind = 2 AND (low IS NOT nearest(lo, scale) OR high IS NOT nearest(hi, scale));
        """
      }.joined(separator: "\n")
    ),
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

  /// How a statement stands is kept in its own row, a bound that is open is NULL; what is cited of a file's line says so by
  /// numbers. A claim that was made once, and a citation likewise, says by itself which transactions made and ended it (`tx`, `ended`);
  /// `first_…` and `last_…` of a transaction say among which rows to look for them. All others have lives.
  private static let oneRow = """
    ALTER TABLE tx ADD COLUMN first_statement INTEGER;
    ALTER TABLE tx ADD COLUMN last_statement INTEGER;
    ALTER TABLE tx ADD COLUMN first_citation INTEGER;
    ALTER TABLE tx ADD COLUMN last_citation INTEGER;
    CREATE TABLE statement_whole(
      id INTEGER PRIMARY KEY, digest TEXT NOT NULL,
      subject INTEGER NOT NULL REFERENCES entity, property TEXT NOT NULL,
      kind INTEGER NOT NULL, object INTEGER REFERENCES entity, text TEXT, folded TEXT,
      lo INTEGER, hi INTEGER, scale INTEGER, low REAL, high REAL, low_key, high_key, unit TEXT, bound TEXT,
      approximate INTEGER, reading TEXT, forecast INTEGER, qualifiers INTEGER NOT NULL,
      validity TEXT, start_earliest INTEGER, start_latest INTEGER, end_earliest INTEGER, end_latest INTEGER,
      tx INTEGER REFERENCES tx, ended INTEGER REFERENCES tx, claimed INTEGER NOT NULL DEFAULT 1, denied INTEGER NOT NULL DEFAULT 0,
      rank INTEGER NOT NULL DEFAULT 0, chosen INTEGER DEFAULT 1, timed INTEGER NOT NULL DEFAULT 0,
      figure TEXT, year INTEGER);
    INSERT INTO statement_whole SELECT id, digest, subject, property, kind, object, text, folded, lo, hi, scale, low, high,
      low_key, high_key, unit, bound, approximate, reading, forecast, qualifiers, nullif(validity, ''),
      nullif(start_earliest, -4000000000000), nullif(start_latest, 4000000000000),
      nullif(end_earliest, -4000000000000), nullif(end_latest, 4000000000000),
      (SELECT min(l.tx_in) FROM life l WHERE l.thing IN (1, 2) AND l.id = s.id HAVING count(*) = 1 AND min(l.thing) = 1),
      (SELECT nullif(min(l.tx_out), \(openEnd)) FROM life l WHERE l.thing IN (1, 2) AND l.id = s.id
        HAVING count(*) = 1 AND min(l.thing) = 1),
      1, 0, 0, 1, 0, NULL, NULL FROM statement s;
    DROP TABLE statement;
    ALTER TABLE statement_whole RENAME TO statement;
    CREATE TABLE recorded_as(
      statement INTEGER PRIMARY KEY REFERENCES statement, subject INTEGER NOT NULL REFERENCES entity,
      object INTEGER REFERENCES entity);
    CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TEMP TABLE place AS SELECT id, substr(head, 1, length(head) - 1) AS file,
        CAST(substr(locator, length(head) + 1) AS INTEGER) AS line
      FROM (SELECT id, locator, rtrim(locator, '0123456789') AS head FROM citation) WHERE head LIKE '_%:'
        AND length(locator) - length(head) BETWEEN 1 AND 18 AND substr(locator, length(head) + 1, 1) != '0';
    CREATE INDEX temp.place_id ON place(id);
    INSERT INTO word(text) SELECT DISTINCT file FROM temp.place;
    CREATE TABLE citation_whole(
      id INTEGER PRIMARY KEY, statement INTEGER NOT NULL REFERENCES statement,
      source INTEGER NOT NULL REFERENCES entity, file INTEGER REFERENCES word, line INTEGER, locator TEXT, via TEXT,
      quote TEXT, said TEXT, inferred TEXT, denies INTEGER NOT NULL DEFAULT 0, tx INTEGER REFERENCES tx,
      ended INTEGER REFERENCES tx);
    INSERT INTO citation_whole SELECT id, statement, source,
      (SELECT w.id FROM temp.place p CROSS JOIN word w ON w.text = p.file WHERE p.id = c.id),
      (SELECT p.line FROM temp.place p WHERE p.id = c.id),
      CASE WHEN NOT EXISTS(SELECT 1 FROM temp.place p WHERE p.id = c.id) THEN locator END,
      via, quote, said, inferred, stance = 'denies',
      (SELECT min(l.tx_in) FROM life l WHERE l.thing = 3 AND l.id = c.id HAVING count(*) = 1),
      (SELECT nullif(min(l.tx_out), \(openEnd)) FROM life l WHERE l.thing = 3 AND l.id = c.id HAVING count(*) = 1)
      FROM citation c;
    DROP TABLE citation;
    ALTER TABLE citation_whole RENAME TO citation;
    DROP TABLE temp.place;
    CREATE INDEX citation_statement ON citation(statement, source, file, line);
    CREATE INDEX citation_source ON citation(source);
    CREATE INDEX citation_ended ON citation(ended) WHERE ended IS NOT NULL;
    CREATE TABLE life_left(
      thing INTEGER NOT NULL, id INTEGER NOT NULL, tx_in INTEGER NOT NULL REFERENCES tx,
      tx_out INTEGER NOT NULL DEFAULT \(openEnd), PRIMARY KEY(thing, id, tx_in), CHECK(tx_in < tx_out)
    ) WITHOUT ROWID;
    INSERT INTO life_left SELECT thing, id, tx_in, tx_out FROM life l WHERE NOT (
      thing = 1 AND EXISTS(SELECT 1 FROM statement s WHERE s.id = l.id AND s.tx IS NOT NULL)
      OR thing = 3 AND EXISTS(SELECT 1 FROM citation c WHERE c.id = l.id AND c.tx IS NOT NULL));
    DROP TABLE life;
    ALTER TABLE life_left RENAME TO life;
    CREATE INDEX life_in ON life(tx_in);
    CREATE INDEX life_out ON life(tx_out) WHERE tx_out < \(openEnd);
    UPDATE tx SET (first_statement, last_statement) = (r.first, r.last)
      FROM (SELECT tx AS id, min(id) AS first, max(id) AS last FROM statement WHERE tx IS NOT NULL GROUP BY tx) r
      WHERE tx.id = r.id;
    UPDATE tx SET (first_citation, last_citation) = (r.first, r.last)
      FROM (SELECT tx AS id, min(id) AS first, max(id) AS last FROM citation WHERE tx IS NOT NULL GROUP BY tx) r
      WHERE tx.id = r.id;
    """

  /// What a transaction is known by wherever it is; the uids follow (``RelationalRegistry/nameTransactions()``). What one
  /// transaction ended and asserted again is as it was. `ending` has who else ended a life, not knowing that it had ended.
  private static let uids = """
    CREATE TABLE origin(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, own INTEGER NOT NULL DEFAULT 0);
    ALTER TABLE tx ADD COLUMN uid TEXT;
    ALTER TABLE tx ADD COLUMN origin INTEGER REFERENCES origin;
    ALTER TABLE tx ADD COLUMN number INTEGER;
    ALTER TABLE tx ADD COLUMN clock INTEGER;
    ALTER TABLE tx ADD COLUMN arrived TEXT;
    ALTER TABLE tx ADD COLUMN asserted TEXT;
    CREATE UNIQUE INDEX tx_uid ON tx(uid);
    CREATE INDEX tx_origin ON tx(origin, number);
    CREATE INDEX tx_clock ON tx(clock);
    CREATE TABLE ending(
      thing INTEGER NOT NULL, id INTEGER NOT NULL, tx_in INTEGER NOT NULL REFERENCES tx,
      tx_out INTEGER NOT NULL REFERENCES tx, PRIMARY KEY(thing, id, tx_in, tx_out)) WITHOUT ROWID;
    CREATE INDEX ending_out ON ending(tx_out);
    CREATE TEMP TABLE joined AS SELECT thing, id, min(tx_in) AS tx_in, max(tx_out) AS tx_out FROM (
        SELECT thing, id, tx_in, tx_out, sum(begins) OVER (PARTITION BY thing, id ORDER BY tx_in) AS part FROM (
          SELECT thing, id, tx_in, tx_out,
            lag(tx_out) OVER (PARTITION BY thing, id ORDER BY tx_in) IS NOT tx_in AS begins FROM life))
      GROUP BY thing, id, part HAVING count(*) > 1;
    DELETE FROM life WHERE EXISTS(SELECT 1 FROM temp.joined j WHERE j.thing = life.thing AND j.id = life.id
      AND life.tx_in BETWEEN j.tx_in AND j.tx_out AND life.tx_out <= j.tx_out);
    INSERT INTO life SELECT thing, id, tx_in, tx_out FROM temp.joined;
    DROP TABLE temp.joined;
    """
}
