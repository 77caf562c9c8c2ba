internal import RegistryModel

/// The functions that the store's dialect has and PostgreSQL has not, in the schema of the registry.
///
/// Names are folded there by the rule of `foldedName(_:)`: its letters are in the table `letter`, and which of them are letters,
/// digits or parts of words stands in the functions, both made of the rule itself.
enum ServerFunctions {
  /// - Parameter name: how something is called in the schema.
  static func sql(_ name: (String) -> String) -> String {
    let tables = """
      CREATE TABLE \(name("letter"))("code" integer PRIMARY KEY, "made" text NOT NULL);

      """
    return numbers(name) + tables + folded(name) + alphabetical(name) + searched(name) + tokens(name)
      + words(name) + asked(name) + forms(name)
  }

  /// What of these was made quicker later.
  static func ofTexts(_ name: (String) -> String) -> String { folded(name) + searched(name) + words(name) }

  /// A folded text with blanks around the letters that are words of their own.
  static func searched(_ name: (String) -> String) -> String {
    """
    CREATE OR REPLACE FUNCTION \(name("searched"))(text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      DECLARE f text COLLATE "C" := \(name("folded"))($1);
      BEGIN
        IF octet_length(f) = char_length(f) THEN RETURN f; END IF;
        RETURN btrim(regexp_replace(regexp_replace(f, '([\(aloneRanges)])', ' \\1 ', 'g'), ' +', ' ', 'g'), ' ');
      END $$;

    """
  }

  private static func numbers(_ name: (String) -> String) -> String {
    var sql = """
      CREATE FUNCTION \(name("mixed"))(bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
        $$ SELECT ' ' || lpad(($1 + 1000000000000000)::text, 16, '0') $$;
      CREATE FUNCTION \(name("mixed"))(double precision) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
        $$ SELECT ' ' || lpad(($1::bigint + 1000000000000000)::text, 16, '0') $$;
      CREATE FUNCTION \(name("unmixed"))(text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
        $$ SELECT CASE WHEN left($1, 1) = ' ' THEN substr($1, 2)::bigint - 1000000000000000 END $$;
      CREATE FUNCTION \(name("number_of"))(text) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
        $$ SELECT coalesce(substring($1 FROM '^\\s*([-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)'), '0')::double precision $$;
      CREATE FUNCTION \(name("part_of"))(text, bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
        $$ SELECT substr($1, (CASE WHEN $2 < 0 THEN greatest(char_length($1) + $2 + 1, 1) ELSE greatest($2, 1) END)::integer) $$;
      \(part(name))
      CREATE FUNCTION \(name("day_text"))(bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT CASE WHEN d BETWEEN -719528 AND 2932896 THEN
            CASE WHEN d < -719162 THEN '0000' ELSE lpad(extract(year FROM '1970-01-01'::date + d::integer)::text, 4, '0') END
            || to_char('1970-01-01'::date + d::integer, '-MM-DD') END
        FROM (SELECT floor($1 / 86400.0)::bigint AS d) days $$;

      """
    for type in ["bigint", "double precision", "text"] {
      for (function, sign) in [("larger", ">"), ("smaller", "<")] {
        sql += """
          CREATE FUNCTION \(name(function))(\(type), \(type)) RETURNS \(type) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
            $$ SELECT CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN $1 \(sign) $2 THEN $1 ELSE $2 END $$;

          """
      }
    }
    return sql
  }

  /// A part of a text, from the end where the place is below 0, and of what lies before where the length is.
  static func part(_ name: (String) -> String) -> String {
    """
    CREATE OR REPLACE FUNCTION \(name("part_of"))(text, bigint, bigint) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT substr($1, (least($3, 0) + CASE WHEN $2 < 0 THEN char_length($1) + $2 + 1 WHEN $2 = 0 AND $3 < 0 THEN 1
          ELSE $2 END)::integer, abs($3)::integer) $$;
    """
  }

  private static func folded(_ name: (String) -> String) -> String {
    let (letters, inName) = (letterRanges, nameRanges)
    func body(_ letter: String, _ inName: String) -> String {
      """
      regexp_replace(t, '(?<=[\(letter)])\\.+(?![\(inName).])|(?<=(?:^|[^\(inName)])[\(letter)])\\.(?=[\(letter)](?:[^\(inName)]|$))', '', 'g')
      """
    }
    return """
      CREATE OR REPLACE FUNCTION \(name("folded"))(text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
        DECLARE
          t text COLLATE "C";
          is_plain boolean := octet_length($1) = char_length($1);
        BEGIN
          -- Most are of words with a blank between, of which nothing else is made.
          IF is_plain AND $1 COLLATE "C" ~ '^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$' THEN RETURN lower($1 COLLATE "C"); END IF;
          IF is_plain THEN
            t := translate(lower($1 COLLATE "C"), '`', '''');
          ELSE
            SELECT string_agg(coalesce(l."made", c.letter), '' ORDER BY c.place) INTO t
              FROM unnest(string_to_array($1, NULL)) WITH ORDINALITY AS c(letter, place)
              LEFT JOIN \(name("letter")) l ON l."code" = ascii(c.letter);
            t := translate(lower(coalesce(t, '') COLLATE "C"), '`', '''');
          END IF;
          IF strpos(t, '.') > 0 THEN
            IF octet_length(t) = char_length(t) THEN t := \(body("a-z", "a-z0-9"));
            ELSE t := \(body("a-z" + letters, "a-z0-9" + inName)); END IF;
          END IF;
          IF strpos(t, '&') > 0 THEN t := replace(t, '&', ' and '); END IF;
          t := btrim(regexp_replace(t, E'[ \\\\x09-\\\\x0d-]+', ' ', 'g'), ' ');
          -- What can be written of several parts is made one.
          IF is_plain OR t !~ '[^\\u0001-\\u058f\\u2000-\\u3098\\u309d-\\u9fff\\uac00-\\ud7a3]' THEN RETURN t; END IF;
          RETURN normalize(t, NFC);
        END $$;

      """
  }

  private static func alphabetical(_ name: (String) -> String) -> String {
    """
    CREATE FUNCTION \(name("alphabetical"))(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
      SELECT CASE WHEN f !~ '[0-9]' THEN f ELSE (
        SELECT string_agg(CASE WHEN p[1] ~ '^[0-9]'
            THEN repeat('9', length(ltrim(p[1], '0')) / 9) || (length(ltrim(p[1], '0')) % 9)::text || ltrim(p[1], '0')
            ELSE p[1] END, '' ORDER BY place)
          FROM regexp_matches(f, '[0-9]+|[^0-9]+', 'g') WITH ORDINALITY AS m(p, place)) END
      FROM (SELECT \(name("folded"))($1) COLLATE "C" AS f) n $$;

    """
  }

  /// The words of a folded text in their order.
  private static func tokens(_ name: (String) -> String) -> String {
    let others = wordRanges
    return """
      CREATE FUNCTION \(name("tokens"))(text) RETURNS SETOF text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
        BEGIN
          IF octet_length($1) = char_length($1) THEN
            RETURN QUERY SELECT m[1] FROM regexp_matches($1 COLLATE "C", '[a-z0-9]+', 'g') m;
          ELSE
            RETURN QUERY SELECT m[1] FROM regexp_matches($1 COLLATE "C", '[a-z0-9\(others)]+', 'g') m;
          END IF;
        END $$;

      """
  }

  /// The words of a folded text with their places.
  private static func words(_ name: (String) -> String) -> String {
    """
    CREATE OR REPLACE FUNCTION \(name("words_of"))(text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      BEGIN
        -- Of words and numbers alone the server's own parser makes the same, and sooner.
        IF octet_length($1) < 500 AND $1 COLLATE "C" ~ '^(?:(?:[a-z]+|[0-9]+)(?: |$))*$' THEN
          RETURN to_tsvector('pg_catalog.simple'::regconfig, $1);
        END IF;
        RETURN (SELECT coalesce(string_agg('''' || left(w, 500) || ''':' || least(place, 16383), ' ' ORDER BY place), '')::tsvector
          FROM \(name("tokens"))($1) WITH ORDINALITY AS t(w, place));
      END $$;

    """
  }

  /// What is asked of words as FTS5 has it: phrases in quotes, all of which must be there, the last perhaps as a beginning.
  private static func asked(_ name: (String) -> String) -> String {
    """
    CREATE FUNCTION \(name("asked"))(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
      SELECT coalesce(string_agg(phrase, ' & '), '')::tsquery FROM (
        SELECT '(' || string_agg('''' || left(w, 500) || '''' || CASE WHEN place = many AND p[2] = '*' THEN ':*' ELSE '' END,
            ' <-> ' ORDER BY place) || ')' AS phrase
          FROM regexp_matches($1, '"((?:[^"]|"")*)"(\\*?)', 'g') WITH ORDINALITY AS m(p, number)
            CROSS JOIN LATERAL (SELECT w, place, count(*) OVER () AS many
              FROM \(name("tokens"))(p[1]) WITH ORDINALITY AS t(w, place)) found
          GROUP BY number, p) phrases $$;

    """
  }

  /// What the dates in texts are, which the program says for each text that is new (``PostgreSQLEngine/noteCommit()``).
  private static func forms(_ name: (String) -> String) -> String {
    var sql = """
      CREATE TABLE \(name("period_said"))("text" text COLLATE "C" PRIMARY KEY, "starts" text COLLATE "C",
        "ends" text COLLATE "C", "seen" text COLLATE "C");
      CREATE TABLE \(name("date_said"))("text" text COLLATE "C" PRIMARY KEY, "first" bigint, "last" bigint);

      """
    for (function, column) in [("period_start", "starts"), ("period_end", "ends"), ("period_seen", "seen")] {
      sql += """
        CREATE FUNCTION \(name(function))(text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS
          $$ SELECT p."\(column)" FROM \(name("period_said")) p WHERE p."text" = $1 $$;

        """
    }
    for (function, column) in [("first_day", "first"), ("last_day", "last")] {
      sql += """
        CREATE FUNCTION \(name(function))(text) RETURNS bigint LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
          SELECT CASE WHEN $1 ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND $1 > '0001' THEN ($1::date - '1970-01-01'::date)::bigint
            ELSE (SELECT d."\(column)" FROM \(name("date_said")) d WHERE d."text" = $1) END $$;

        """
    }
    return sql
  }

  /// The letters beyond ASCII of which something is so, as they stand in a set of a regular expression.
  private static func ranges(_ isSo: (Unicode.Scalar) -> Bool, and others: String = "") -> String {
    var (found, start, last) = (String.UnicodeScalarView(), Unicode.Scalar?.none, Unicode.Scalar?.none)
    func end() {
      guard let first = start, let last else { return }
      found.append(first)
      if last != first {
        if last.value > first.value + 1 { found.append("-") }
        found.append(last)
      }
    }
    for code in assigned {
      guard let scalar = Unicode.Scalar(code) else { continue }
      if isSo(scalar) {
        if start == nil || last.map({ $0.value + 1 != code }) ?? true {
          end()
          start = scalar
        }
        last = scalar
      }
    }
    end()
    return String(found) + others
  }

  /// Where letters are; beyond, there are only those of private use.
  private static let assigned = UInt32(0x80)...0x3_23FF
  private static let letterRanges = ranges(NameFoldingRule.isLetter)
  private static let nameRanges = ranges { NameFoldingRule.isLetter($0) || NameFoldingRule.isDigit($0) }
  private static let aloneRanges = ranges(NameFoldingRule.standsAlone)
  private static let wordRanges = ranges(
    NameFoldingRule.isInWord, and: "\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}")

  /// The rows of the table of letters: those that become something else.
  static func letters(_ name: (String) -> String) -> String {
    "INSERT INTO \(name("letter"))(\"code\", \"made\") VALUES \(letterRows);\n"
  }

  private static let letterRows: String = {
    var rows: [String] = []
    for code in assigned {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let made = NameFoldingRule.letters(of: scalar)
      if made == [scalar] { continue }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: made)
      rows.append("(\(code), \(SQLTranslator.literal(String(text))))")
    }
    return rows.joined(separator: ", ")
  }()
}
