internal import RegistryModel

/// Who may do what with a registry on a server: its owner all; editors what edits need, of which nothing changes what was
/// recorded before; readers read.
///
/// `SELECT entente.allow('jane', 'editor')`, run by the owner, grants it to a role. What privileges cannot say, triggers do: they
/// look at each row that an editor writes to what was recorded, and let pass what an edit does.
enum ServerRoles {
  private static let derived = [
    "entity_now", "name", "found", "found_later", "group_path", "identity_now", "tally", "value_tally",
    "timeline",
    "existence",
  ]

  private static let truth = [
    "origin", "tx", "reversal", "ending", "entity", "statement", "qualifier", "citation", "judgement",
    "alias", "source_data",
    "definition",
    "merging", "renaming", "review", "word", "life", "recorded_as",
  ]

  /// - Parameters:
  ///   - schema: in quotes.
  ///   - name: how something is called in the schema.
  static func sql(_ schema: String, _ name: (String) -> String) -> String {
    allowing(schema, name) + mine(name) + writer(schema, name) + guards(name) + triggers(name)
  }

  /// Whoever calls a function could otherwise have it call their own in place of the server's.
  private static let safely = "LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp"

  /// How a name stands in a text that is given to `format()`.
  private static func inFormat(_ name: String) -> String { name.doubling("'").doubling("%") }

  private static func allowing(_ schema: String, _ plain: (String) -> String) -> String {
    // As it stands in what is given to format().
    func name(_ called: String) -> String { Self.inFormat(plain(called)) }
    func all(_ tables: [String]) -> String { tables.map(name).joined(separator: ", ") }
    let inSchema = inFormat(schema)
    return """
      CREATE OR REPLACE FUNCTION \(plain("disallow"))(who name) RETURNS void \(safely) AS $$
        BEGIN
          IF NOT pg_has_role(current_user, (SELECT c.relowner FROM pg_class c
              WHERE c.oid = \(SQLTranslator.literal(plain("tx")))::regclass), 'MEMBER') THEN
            RAISE EXCEPTION 'only the owner of the registry gives and takes rights'
              USING ERRCODE = 'insufficient_privilege';
          END IF;
          EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA \(inSchema) FROM %I', who);
          EXECUTE format('REVOKE ALL ON SCHEMA \(inSchema) FROM %I', who);
        END $$;
      CREATE OR REPLACE FUNCTION \(plain("allow"))(who name, what text) RETURNS void \(safely) AS $$
        BEGIN
          IF what IS NULL OR what NOT IN ('reader', 'editor') THEN RAISE EXCEPTION 'a role is reader or editor'; END IF;
          PERFORM \(plain("disallow"))(who);
          EXECUTE format('GRANT USAGE ON SCHEMA \(inSchema) TO %I', who);
          EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA \(inSchema) TO %I', who);
          IF what = 'reader' THEN RETURN; END IF;
          EXECUTE format('GRANT INSERT ON \(all(truth)), \(name("period_said")), \(name("date_said")) TO %I', who);
          EXECUTE format('GRANT INSERT, UPDATE, DELETE ON \(all(derived)) TO %I', who);
          EXECUTE format('GRANT UPDATE ON \(name("moment")) TO %I', who);
          EXECUTE format('GRANT UPDATE("reason", "first_statement", "last_statement", "first_citation", "last_citation", "uid",
            "origin", "number", "clock", "asserted") ON \(name("tx")) TO %I', who);
          EXECUTE format('GRANT UPDATE("subject", "object", "text", "tx", "ended", "claimed", "denied", "rank", "chosen",
            "timed", "figure", "year") ON \(name("statement")) TO %I', who);
          EXECUTE format('GRANT UPDATE("tx", "ended") ON \(name("citation")) TO %I', who);
          EXECUTE format('GRANT UPDATE("tx_out"), DELETE ON \(name("life")) TO %I', who);
          EXECUTE format('GRANT UPDATE, DELETE ON \(name("recorded_as")) TO %I', who);
        END $$;

      """
  }

  /// Gives all who had rights them again: what was made anew has none. Who reads statements is a reader, who adds some an editor.
  static func allowingAgain(_ schema: String, _ name: (String) -> String) -> String {
    """
    DO $$ DECLARE given record; BEGIN
      FOR given IN SELECT a.grantee AS who, bool_or(a.privilege_type = 'INSERT') AS edits
          FROM pg_class c, aclexplode(c.relacl) a
          WHERE c.oid = \(SQLTranslator.literal(name("statement")))::regclass AND a.grantee <> c.relowner
            AND a.privilege_type IN ('SELECT', 'INSERT') GROUP BY a.grantee LOOP
        IF given.who = 0 THEN GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO PUBLIC;
        ELSE PERFORM \(name("allow"))(pg_get_userbyid(given.who), CASE WHEN given.edits THEN 'editor' ELSE 'reader' END);
        END IF;
      END LOOP;
    END $$;
    """
  }

  /// Whether a transaction of the registry is the one that is being written, whether one is, and whether a statement was
  /// recorded by none before it. What they call is bound when they are made; a column goes before an argument of its name.
  private static func mine(_ name: (String) -> String) -> String {
    """
    CREATE OR REPLACE FUNCTION \(name("is_mine"))(number bigint) RETURNS boolean LANGUAGE sql VOLATILE BEGIN ATOMIC
      SELECT EXISTS(SELECT 1 FROM \(name("tx")) t WHERE t."id" = $1
        AND pg_xact_status((CASE WHEN t.xmin::text::bigint > (pg_current_xact_id()::text::bigint & 4294967295) + 2147483648
            THEN (pg_current_xact_id()::text::bigint >> 32) - 1 ELSE pg_current_xact_id()::text::bigint >> 32 END
          * 4294967296 + t.xmin::text::bigint)::text::xid8) = 'in progress'); END;
    CREATE OR REPLACE FUNCTION \(name("is_recording"))() RETURNS boolean LANGUAGE sql VOLATILE BEGIN ATOMIC
      SELECT \(name("is_mine"))((SELECT max(t."id") FROM \(name("tx")) t)); END;
    CREATE OR REPLACE FUNCTION \(name("is_new"))(statement bigint) RETURNS boolean LANGUAGE sql VOLATILE BEGIN ATOMIC
      SELECT $1 > m.statement FROM \(name("moment")) m; END;

    """
  }

  /// One editor writes at a time, whatever program it is, and sees all that was committed: what the guards look at stays as it
  /// is until the row is written.
  private static func writer(_ schema: String, _ name: (String) -> String) -> String {
    """
    CREATE OR REPLACE FUNCTION \(name("guard_writer"))() RETURNS trigger \(safely) AS $$
      BEGIN
        IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
          RAISE EXCEPTION 'edits are made in transactions of READ COMMITTED' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NOT pg_try_advisory_xact_lock(\(PostgreSQLEngine.lockClass),
            \(SQLTranslator.literal(schema))::regnamespace::oid::bigint::integer) THEN
          RAISE EXCEPTION 'another session writes' USING ERRCODE = 'lock_not_available';
        END IF;
        RETURN NULL;
      END $$;

    """
  }

  private static func guards(_ name: (String) -> String) -> String {
    func function(_ called: String, _ body: String) -> String {
      """
      CREATE OR REPLACE FUNCTION \(name(called))() RETURNS trigger \(safely) AS $$
        BEGIN
      \(body)
          RAISE EXCEPTION 'what was recorded is not changed' USING ERRCODE = 'insufficient_privilege';
        END $$;

      """
    }
    func changed(_ thing: Int) -> String {
      """
          IF (NEW."tx" IS NOT DISTINCT FROM OLD."tx" AND (NEW."ended" IS NOT DISTINCT FROM OLD."ended"
                OR OLD."ended" IS NULL AND \(name("is_mine"))(NEW."ended")
                OR NEW."ended" IS NULL AND \(name("is_mine"))(OLD."ended")))
            OR NEW."tx" IS NULL AND NEW."ended" IS NULL AND (\(name("is_mine"))(OLD."tx")
              OR EXISTS(SELECT 1 FROM \(name("life")) l WHERE l."thing" = \(thing) AND l."id" = OLD."id"
                AND l."tx_in" = OLD."tx" AND l."tx_out" = OLD."ended"))
      """
    }
    let madeNow = "(NEW.\"tx\" IS NULL OR \(name("is_mine"))(NEW.\"tx\"))"
    /// A moment near now by the server's clock, as the time of a transaction is written.
    func day(_ sign: String, days: Int = 1) -> String {
      """
      (to_char(now() AT TIME ZONE 'UTC' \(sign) '\(days) day'::interval, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') COLLATE "C")
      """
    }
    // The next can be numbered from it.
    let isCountedOn = """
      (NEW."number" IS NULL OR NEW."number" BETWEEN 1 AND CASE WHEN NEW."arrived" IS NULL THEN (
            SELECT coalesce(max(t."number"), 0) + 1 FROM \(name("tx")) t
            WHERE t."origin" = NEW."origin" AND t."id" < NEW."id") ELSE \(TransactionIdentity.last) END)
        AND (NEW."clock" IS NULL OR NEW."clock" BETWEEN 0 AND CASE WHEN NEW."arrived" IS NULL THEN greatest(
            (SELECT coalesce(max(t."clock"), 0) + 1 FROM \(name("tx")) t WHERE t."id" < NEW."id"),
            extract(epoch FROM now())::bigint * 1000 + 86400000) ELSE \(TransactionIdentity.last) END)
      """
    let ownBefore =
      "(SELECT max(o.\"id\") FROM \(name("origin")) o WHERE o.\"own\" <> 0 AND o.\"id\" < NEW.\"id\")"
    // As many letters as a digest has, of those that it is written in.
    let drawn = "left(md5(gen_random_uuid()::text) || md5(gen_random_uuid()::text), 26)"
    return function(
      "guard_tx",
      """
          IF TG_OP = 'INSERT' THEN
            IF NEW."arrived" IS NULL THEN
              -- Who edits is whom the server knows.
              NEW."author" := session_user;
              NEW."brought" := NULL;
            ELSE
              -- What is united was edited by somebody else before.
              NEW."brought" := session_user;
            END IF;
            IF NEW."id" = (SELECT coalesce(max(t."id"), 0) + 1 FROM \(name("tx")) t) AND \(isCountedOn) THEN
              IF coalesce(NEW."arrived", NEW."at") BETWEEN \(day("-")) AND \(day("+")) THEN RETURN NEW; END IF;
              RAISE EXCEPTION 'the clock of this machine says %, that of the server %',
                coalesce(NEW."arrived", NEW."at"), \(day("+", days: 0)) USING ERRCODE = 'insufficient_privilege';
            END IF;
          ELSIF \(name("is_mine"))(OLD."id") AND \(isCountedOn) THEN RETURN NEW; END IF;
      """)
      + function("guard_entity", "    IF \(name("is_mine"))(NEW.\"created_tx\") THEN RETURN NEW; END IF;")
      + function(
        "guard_moment",
        """
            IF NEW.number = OLD.number + 1 AND NEW.format = OLD.format
              AND NEW.statement = (SELECT coalesce(max(s."id"), 0) FROM \(name("statement")) s)
              AND NEW.source = (SELECT coalesce(max(d."id"), 0) FROM \(name("source_data")) d) THEN RETURN NEW; END IF;
        """)
      + function("guard_ending", "    IF \(name("is_mine"))(NEW.\"tx_out\") THEN RETURN NEW; END IF;")
      + function("guard_reversal", "    IF \(name("is_mine"))(NEW.\"tx\") THEN RETURN NEW; END IF;")
      + function("guard_qualifier", "    IF \(name("is_new"))(NEW.\"statement\") THEN RETURN NEW; END IF;")
      // Asked when all is written: what a transaction records may come before it.
      + function("guard_recorded", "    IF \(name("is_recording"))() THEN RETURN NULL; END IF;")
      + function(
        "guard_origin",
        """
            -- What this registry is told from others by is drawn by the server.
            IF NEW."own" <> 0 THEN NEW."text" := \(drawn); END IF;
            IF NEW."id" = (SELECT coalesce(max(o."id"), 0) + 1 FROM \(name("origin")) o) THEN RETURN NEW; END IF;
        """)
      // Asked when all is written. Another own one is drawn where there is none, and where another registry was found to go
      // on from the one before.
      + function(
        "guard_origin_used",
        """
            IF \(name("is_mine"))((SELECT max(t."id") FROM \(name("tx")) t WHERE t."origin" = NEW."id"))
              AND (NEW."own" = 0 OR \(ownBefore) IS NULL) THEN RETURN NULL; END IF;
            IF NEW."own" <> 0 AND \(name("is_mine"))((SELECT max(t."id") FROM \(name("tx")) t
              WHERE t."origin" = \(ownBefore) AND t."arrived" IS NOT NULL)) THEN RETURN NULL; END IF;
        """)
      + function(
        "guard_statement",
        """
            IF TG_OP = 'INSERT' THEN
              IF NEW."ended" IS NULL AND \(name("is_new"))(NEW."id") AND \(madeNow) THEN RETURN NEW; END IF;
            ELSE
          \(changed(1)) THEN
                IF NEW."object" IS NULL AND NEW."text" IS DISTINCT FROM OLD."text"
                  OR (NEW."object" IS NULL) <> (OLD."object" IS NULL) THEN
                  RAISE EXCEPTION 'what was recorded is not changed' USING ERRCODE = 'insufficient_privilege';
                END IF;
                -- Counting for another entity: under which it was recorded is kept.
                IF (NEW."subject", NEW."object") IS DISTINCT FROM (OLD."subject", OLD."object")
                  AND NOT EXISTS(SELECT 1 FROM \(name("recorded_as")) r WHERE r."statement" = OLD."id") THEN
                  INSERT INTO \(name("recorded_as"))("statement", "subject", "object")
                    VALUES (OLD."id", OLD."subject", OLD."object");
                END IF;
                RETURN NEW;
              END IF;
            END IF;
        """)
      + function(
        "guard_citation",
        """
            IF TG_OP = 'INSERT' THEN
              IF NEW."ended" IS NULL AND \(madeNow) THEN RETURN NEW; END IF;
            ELSE
          \(changed(3)) THEN RETURN NEW; END IF;
            END IF;
        """)
      + function(
        "guard_life",
        """
            IF TG_OP = 'INSERT' THEN
              IF NEW."tx_out" = 9223372036854775807 AND \(name("is_mine"))(NEW."tx_in")
                OR NEW."thing" = 1 AND EXISTS(SELECT 1 FROM \(name("statement")) s WHERE s."id" = NEW."id"
                  AND s."tx" = NEW."tx_in" AND s."ended" = NEW."tx_out")
                OR NEW."thing" = 3 AND EXISTS(SELECT 1 FROM \(name("citation")) c WHERE c."id" = NEW."id"
                  AND c."tx" = NEW."tx_in" AND c."ended" = NEW."tx_out") THEN RETURN NEW; END IF;
            ELSIF TG_OP = 'UPDATE' THEN
              IF OLD."tx_out" = 9223372036854775807 AND \(name("is_mine"))(NEW."tx_out")
                OR NEW."tx_out" = 9223372036854775807 AND \(name("is_mine"))(OLD."tx_out") THEN RETURN NEW; END IF;
            ELSIF \(name("is_mine"))(OLD."tx_in") THEN RETURN OLD; END IF;
        """)
      + function(
        "guard_recorded_as",
        """
            IF TG_OP = 'DELETE' THEN
              IF EXISTS(SELECT 1 FROM \(name("statement")) s WHERE s."id" = OLD."statement"
                AND (s."subject", s."object") IS NOT DISTINCT FROM (OLD."subject", OLD."object")) THEN RETURN OLD; END IF;
            ELSIF TG_OP = 'UPDATE' THEN
              IF NEW IS NOT DISTINCT FROM OLD OR NEW."statement" = OLD."statement" AND \(name("is_new"))(NEW."statement") THEN
                RETURN NEW;
              END IF;
            ELSIF \(name("is_new"))(NEW."statement") THEN RETURN NEW;
            ELSIF EXISTS(SELECT 1 FROM \(name("recorded_as")) r WHERE r."statement" = NEW."statement"
                AND (r."subject", r."object") IS NOT DISTINCT FROM (NEW."subject", NEW."object"))
              OR NOT EXISTS(SELECT 1 FROM \(name("recorded_as")) r WHERE r."statement" = NEW."statement")
                AND EXISTS(SELECT 1 FROM \(name("statement")) s WHERE s."id" = NEW."statement"
                  AND (s."subject", s."object") IS NOT DISTINCT FROM (NEW."subject", NEW."object")) THEN RETURN NEW;
            END IF;
        """)
  }

  private static func triggers(_ name: (String) -> String) -> String {
    // Of these there are many. Their rows are looked at when all are written: rows that a trigger looks at before are taken one
    // by one.
    let many = ["statement", "citation"]
    let guarded = [
      ("tx", "INSERT OR UPDATE"), ("entity", "INSERT"), ("reversal", "INSERT"), ("ending", "INSERT"),
      ("qualifier", "INSERT"), ("statement", "INSERT OR UPDATE"), ("citation", "INSERT OR UPDATE"),
      ("life", "INSERT OR UPDATE OR DELETE"), ("recorded_as", "INSERT OR UPDATE OR DELETE"),
      ("moment", "UPDATE"), ("origin", "INSERT"),
    ]
    let content = [
      "judgement", "alias", "source_data", "definition", "merging", "renaming", "review", "word",
      "period_said", "date_said",
    ]
    func made(_ trigger: String, _ when: String, _ table: String, _ each: String, _ function: String)
      -> String
    {
      """
          EXECUTE format('CREATE OR REPLACE TRIGGER "\(trigger)" \(when) ON \(inFormat(name(table))) FOR EACH \(each)
            WHEN (NOT pg_has_role(session_user, %L, ''MEMBER'')) EXECUTE FUNCTION \(inFormat(name(function)))()', current_user);
      """
    }
    func madeAtEnd(_ table: String, _ condition: String, _ function: String = "guard_recorded") -> String {
      """
          DROP TRIGGER IF EXISTS "recorded" ON \(name(table));
          EXECUTE format('CREATE CONSTRAINT TRIGGER "recorded" AFTER INSERT ON \(inFormat(name(table)))
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (\(condition)NOT pg_has_role(session_user, %L, ''MEMBER''))
            EXECUTE FUNCTION \(inFormat(name(function)))()', current_user);
      """
    }
    let all =
      guarded.map { table, when in
        made("guarded", "BEFORE \(many.contains(table) ? "UPDATE" : when)", table, "ROW", "guard_\(table)")
      }
      + many.map { made("added", "AFTER INSERT", $0, "ROW", "guard_\($0)") }
      + (guarded + content.map { ($0, "INSERT") }).map {
        made("written", "BEFORE \($1)", $0, "STATEMENT", "guard_writer")
      }
      + content.map { madeAtEnd($0, "") }
      + many.map { madeAtEnd($0, "NEW.\"tx\" IS NULL AND ") }
      + [madeAtEnd("origin", "", "guard_origin_used")]
    return "DO $$ BEGIN\n\(all.joined(separator: "\n"))\nEND $$;\n"
  }
}
