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
    allowing(schema, name) + mine(name) + guards(name) + triggers(name)
  }

  private static func allowing(_ schema: String, _ name: (String) -> String) -> String {
    func all(_ tables: [String]) -> String { tables.map(name).joined(separator: ", ") }
    return """
      CREATE FUNCTION \(name("allow"))(who name, what text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          IF what NOT IN ('reader', 'editor') THEN RAISE EXCEPTION 'a role is reader or editor'; END IF;
          EXECUTE format('GRANT USAGE ON SCHEMA \(schema) TO %I', who);
          EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO %I', who);
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
      CREATE FUNCTION \(name("disallow"))(who name) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA \(schema) FROM %I', who);
          EXECUTE format('REVOKE ALL ON SCHEMA \(schema) FROM %I', who);
        END $$;

      """
  }

  /// Whether a transaction of the registry is the one that is being written, and whether a statement was recorded by none
  /// before it.
  private static func mine(_ name: (String) -> String) -> String {
    """
    CREATE FUNCTION \(name("is_mine"))(number bigint) RETURNS boolean LANGUAGE sql VOLATILE AS $$
      SELECT EXISTS(SELECT 1 FROM \(name("tx")) t WHERE t."id" = number
        AND pg_xact_status((CASE WHEN t.xmin::text::bigint > (pg_current_xact_id()::text::bigint & 4294967295) + 2147483648
            THEN (pg_current_xact_id()::text::bigint >> 32) - 1 ELSE pg_current_xact_id()::text::bigint >> 32 END
          * 4294967296 + t.xmin::text::bigint)::text::xid8) = 'in progress') $$;
    CREATE FUNCTION \(name("is_new"))(statement bigint) RETURNS boolean LANGUAGE sql VOLATILE AS
      $$ SELECT statement > m.statement FROM \(name("moment")) m $$;

    """
  }

  private static func guards(_ name: (String) -> String) -> String {
    func function(_ called: String, _ body: String) -> String {
      """
      CREATE FUNCTION \(name(called))() RETURNS trigger LANGUAGE plpgsql AS $$
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
    return function(
      "guard_tx",
      """
          IF TG_OP = 'INSERT' THEN
            -- Who edits is whom the server knows, and when is not before what was recorded.
            NEW."author" := session_user;
            IF NEW."id" = (SELECT coalesce(max(t."id"), 0) + 1 FROM \(name("tx")) t)
              AND NEW."at" >= (SELECT coalesce(max(t."at"), '') FROM \(name("tx")) t WHERE t."id" = NEW."id" - 1) THEN
              RETURN NEW;
            END IF;
          ELSIF \(name("is_mine"))(OLD."id") THEN RETURN NEW; END IF;
      """)
      + function("guard_entity", "    IF \(name("is_mine"))(NEW.\"created_tx\") THEN RETURN NEW; END IF;")
      + function(
        "guard_moment",
        """
            IF NEW.number > OLD.number AND NEW.statement >= OLD.statement AND NEW.source >= OLD.source
              AND NEW.format = OLD.format THEN RETURN NEW; END IF;
        """)
      + function("guard_ending", "    IF \(name("is_mine"))(NEW.\"tx_out\") THEN RETURN NEW; END IF;")
      + function("guard_reversal", "    IF \(name("is_mine"))(NEW.\"tx\") THEN RETURN NEW; END IF;")
      + function("guard_qualifier", "    IF \(name("is_new"))(NEW.\"statement\") THEN RETURN NEW; END IF;")
      + function(
        "guard_statement",
        """
            IF TG_OP = 'INSERT' THEN
              IF NEW."ended" IS NULL AND (NEW."tx" IS NULL OR \(name("is_mine"))(NEW."tx")) THEN RETURN NEW; END IF;
            ELSE
          \(changed(1)) THEN
                IF NEW."object" IS NULL AND NEW."text" IS DISTINCT FROM OLD."text"
                  OR (NEW."object" IS NULL) <> (OLD."object" IS NULL) THEN
                  RAISE EXCEPTION 'what was recorded is not changed' USING ERRCODE = 'insufficient_privilege';
                END IF;
                -- Counting for another entity: under which it was recorded is kept.
                IF (NEW."subject", NEW."object") IS DISTINCT FROM (OLD."subject", OLD."object") THEN
                  INSERT INTO \(name("recorded_as"))("statement", "subject", "object")
                    VALUES (OLD."id", OLD."subject", OLD."object") ON CONFLICT DO NOTHING;
                END IF;
                RETURN NEW;
              END IF;
            END IF;
        """)
      + function(
        "guard_citation",
        """
            IF TG_OP = 'INSERT' THEN
              IF NEW."ended" IS NULL AND (NEW."tx" IS NULL OR \(name("is_mine"))(NEW."tx")) THEN RETURN NEW; END IF;
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
            ELSIF \(name("is_new"))(NEW."statement") THEN RETURN NEW;
            ELSIF TG_OP = 'UPDATE' THEN
              IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;
            ELSIF EXISTS(SELECT 1 FROM \(name("recorded_as")) r WHERE r."statement" = NEW."statement"
                AND (r."subject", r."object") IS NOT DISTINCT FROM (NEW."subject", NEW."object"))
              OR NOT EXISTS(SELECT 1 FROM \(name("recorded_as")) r WHERE r."statement" = NEW."statement")
                AND EXISTS(SELECT 1 FROM \(name("statement")) s WHERE s."id" = NEW."statement"
                  AND (s."subject", s."object") IS NOT DISTINCT FROM (NEW."subject", NEW."object")) THEN RETURN NEW;
            END IF;
        """)
  }

  private static func triggers(_ name: (String) -> String) -> String {
    let guarded = [
      ("tx", "INSERT OR UPDATE"), ("entity", "INSERT"), ("reversal", "INSERT"), ("ending", "INSERT"),
      ("qualifier", "INSERT"),
      ("statement", "INSERT OR UPDATE"), ("citation", "INSERT OR UPDATE"),
      ("life", "INSERT OR UPDATE OR DELETE"),
      ("recorded_as", "INSERT OR UPDATE OR DELETE"), ("moment", "UPDATE"),
    ]
    let made = guarded.map { table, events in
      """
          EXECUTE format('CREATE TRIGGER "guarded" BEFORE \(events) ON \(name(table)) FOR EACH ROW
            WHEN (NOT pg_has_role(session_user, %L, ''MEMBER'')) EXECUTE FUNCTION \(name("guard_\(table)"))()', current_user);
      """
    }
    return "DO $$ BEGIN\n\(made.joined(separator: "\n"))\nEND $$;\n"
  }
}
