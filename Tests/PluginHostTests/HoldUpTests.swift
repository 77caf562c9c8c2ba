import Foundation
import Glibc
import RegistryModel
import Testing

@testable import PluginHost

/// What a plugin says without end, or not to the end: the host waits no longer than the time that a run has, and keeps no
/// more than a run may give.
extension PluginHostTests {
  @Suite("Holding up the host") struct HoldingUp {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func run(
      _ body: String, limits: PluginLimits, rows: Int = 0, cancellation: @escaping () -> Bool = { false }
    ) throws -> (problem: PluginProblem, seconds: Double) {
      let analysis = try CPlugin(run: body).analysis(in: directory, .worker)
      let many = [[String: Cell]](
        repeating: ["name": .text(String(repeating: "x", count: 1000))], count: rows)
      let start = DispatchTime.now()
      let result = Result { () throws(PluginProblem) in
        try PluginHost.run(
          analysis, arguments: [:], relations: FixtureRelations(rows: ["entities": many]), limits: limits,
          cancellation: cancellation)
      }
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
      return (try #require(result.failure), seconds)
    }

    /// What is said without end, with the parts of frames that a library writes behind the host's back.
    static let endless = [
      "for (;;) host->log(call, 1, TEXT(\"on and on\"));",
      "for (;;) host->close(call, NULL);",
      "uint32_t close[] = {4, 105, 7}; for (;;) write(3, close, sizeof close);",
      "for (;;) host->progress(call, 0.5, TEXT(\"on\"));",
      // Asks for rows and never takes them.
      """
      entente_text name = TEXT("name");
      entente_query query = {sizeof query, TEXT("entities"), &name, 1, NULL, 0};
      entente_cursor *cursor;
      host->open(call, &query, &cursor);
      uint32_t next[] = {4, 104, 1};
      for (;;) write(3, next, sizeof next);
      """,
      // A frame of which a byte comes every 3 ms.
      "uint32_t head[] = {1 << 20, 110}; write(3, head, 8); for (;;) { usleep(3000); write(3, \"x\", 1); }",
      // The same of its head.
      "for (;;) { usleep(3000); write(3, \"\\0\", 1); }",
    ]

    @Test(
      "between runs nothing of a plugin runs, whatever it left behind, and the next run finds it as it was")
    func betweenRuns() throws {
      // A handler that spins, which the worker's wait for the next run would not keep from running.
      var plugin = CPlugin(
        run: """
          static int runs = 0;
          struct itimerval soon = {{0, 0}, {0, 100}};
          if (!runs++) { signal(SIGALRM, spin); setitimer(ITIMER_REAL, &soon, NULL); }
          row[1].value.real = getpid() * 10.0 + runs;
          host->columns(call, columns, 2);
          return host->emit(call, row, 1);
          """)
      plugin.head = """
        static void spin(int number) {
          (void)number;
          for (clock_t start = clock(); clock() - start < CLOCKS_PER_SEC / 2;) {}
        }
        """
      let analysis = try plugin.analysis(in: directory, .worker)
      func run() throws -> (pid: Int, runs: Int) {
        let table = try PluginHost.run(analysis, arguments: [:], relations: FixtureRelations())
        guard case .real(let number)? = table.rows.first?[1] else { return (0, 0) }
        return (Int(number) / 10, Int(number) % 10)
      }
      func look(_ pid: Int) throws -> (state: Substring, ticks: Int) {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let fields = try #require(text.split(separator: ")").last).split(separator: " ")
        return (fields[0], (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0))
      }
      let first = try run()
      usleep(50_000)
      let before = try look(first.pid)
      usleep(500_000)
      let after = try look(first.pid)
      #expect(before.state == "T" && after.state == "T", "\(before) \(after)")
      #expect(after.ticks - before.ticks <= 1, "\(before) \(after)")
      let second = try run()
      #expect(second.pid == first.pid && second.runs == 2)
      analysis.plugin.workers.drain()
      #expect(kill(pid_t(first.pid), 0) != 0)
    }

    @Test("what is said without end has an end at the deadline", arguments: endless.dropLast())
    func deadline(body: String) throws {
      let (problem, seconds) = try run(body + " return 2;", limits: PluginLimits(seconds: 0.4), rows: 10_000)
      #expect(problem.code == "analysis-deadline", "\(problem)")
      #expect(seconds < 3)
    }

    @Test("and when somebody wants it to end", arguments: endless.dropLast())
    func cancelled(body: String) throws {
      let wanted = DispatchTime.now() + 0.7
      let (problem, seconds) = try run(body + " return 2;", limits: PluginLimits(), rows: 10_000) {
        DispatchTime.now() > wanted
      }
      #expect(problem.isCancellation, "\(problem)")
      #expect(seconds < 4)
    }

    @Test("a frame of no kind that comes byte by byte is no reason to wait either")
    func nonsense() throws {
      let (problem, seconds) = try run(
        (Self.endless.last ?? "") + " return 2;", limits: PluginLimits(seconds: 0.4))
      #expect(["analysis-deadline", "plugin-crashed"].contains(problem.code))
      #expect(seconds < 3)
    }

    @Test("a start that says a byte every 3 ms ends when somebody wants it to, and so does installing it")
    func start() throws {
      let body =
        "uint32_t head[] = {1 << 19, 101}; write(3, head, 8); for (;;) { usleep(3000); write(3, \"x\", 1); }"
      let library = try CPlugin(start: body).build(in: directory)
      let wanted = DispatchTime.now() + 0.3
      let result = Result { () throws(PluginProblem) in
        try PluginBundle.find(library, isOver: { DispatchTime.now() > wanted })
      }
      #expect(result.failure?.isCancellation == true)
      #expect(DispatchTime.now() < wanted + 3)
    }

    @Test(
      "all that a run gives is counted in one budget, and what is more than the host can keep ends it",
      arguments: [
        ("for (;;) host->note(call, TEXT(\"on and on\"));", "1000 notes"),
        (
          "for (;;) { char big[100000]; memset(big, 'x', sizeof big); host->log(call, 1, (entente_text){big, sizeof big}); }",
          "bytes"
        ),
        (
          "for (;;) { char big[100000]; memset(big, 'x', sizeof big); host->note(call, (entente_text){big, sizeof big}); }",
          "bytes"
        ),
        // Empty cells are a byte each on their way and more in the table.
        (
          """
          static char names[200][4]; static entente_column many[200]; static entente_cell none[200];
          for (int i = 0; i < 200; i++) {
            snprintf(names[i], 4, "%d", i);
            many[i].name = (entente_text){names[i], strlen(names[i])};
            many[i].type = ENTENTE_EMPTY;
          }
          host->columns(call, many, 200);
          for (;;) host->emit(call, none, 1);
          """, "bytes"
        ),
        // So are the cells of lists.
        (
          """
          static entente_cell none[100000]; static entente_column one = {{"l", 1}, ENTENTE_LIST, 0};
          entente_cell list = {ENTENTE_LIST, 0, {.list = {none, 100000}}};
          host->columns(call, &one, 1);
          for (;;) host->emit(call, &list, 1);
          """, "bytes"
        ),
      ])
    func budget(body: String, words: String) throws {
      let (problem, _) = try run(body + " return 2;", limits: PluginLimits(bytes: 20 << 20, seconds: 60))
      #expect(problem.code == "plugin-limit" && problem.message.contains(words), "\(problem)")
    }

    @Test("relations that are opened and never closed have an end")
    func cursors() throws {
      let body = """
        entente_text name = TEXT("name");
        entente_query query = {sizeof query, TEXT("entities"), &name, 1, NULL, 0};
        entente_cursor *cursor;
        while (!host->open(call, &query, &cursor)) {}
        return 2;
        """
      let (problem, _) = try run(body, limits: PluginLimits(seconds: 60), rows: 1)
      #expect(problem.code == "plugin-misuse" && problem.message.contains("256 relations"), "\(problem)")
    }

    @Test(
      "numbers that make no sense in a frame are no numbers to compute with",
      arguments: [
        // A fault of the cell 2^63 - 1, and of the last one that there is.
        (
          "struct { uint32_t head[2]; uint32_t fault[4]; uint64_t index; char text[80]; } f = {{104, 113}, {2, 9, 1, 0}, INT64_MAX, {0}};",
          "plugin-cell"
        ),
        (
          "struct { uint32_t head[2]; uint32_t fault[4]; uint64_t index; char text[80]; } f = {{104, 113}, {2, 9, 1, 0}, UINT64_MAX, {0}};",
          "plugin-cell"
        ),
        ("struct { uint32_t head[2]; uint64_t rows; } f = {{8, 107}, UINT64_MAX};", "plugin-limit"),
        // Rows of which nothing comes, before anything did.
        ("struct { uint32_t head[2]; uint64_t rows; } f = {{8, 107}, 1};", "plugin-cell"),
        ("uint32_t f[] = {UINT32_MAX, 107};", "plugin-crashed"),
        ("uint32_t f[] = {4, 106, UINT32_MAX};", "plugin-crashed"),
        ("uint32_t f[] = {4, 104, UINT32_MAX};", "plugin-misuse"),
      ])
    func numbers(frame: String, code: String) throws {
      let body = "host->columns(call, columns, 2); \(frame) write(3, &f, sizeof f); sleep(5); return 2;"
      let (problem, _) = try run(body, limits: PluginLimits(seconds: 2))
      // What is told as the plugin's own fault is waited for until the deadline, and stays the reason.
      #expect(problem.code == code, "\(problem)")
    }

    @Test("lists within lists in a filter, however deep, are nothing that a stack is used up for")
    func nested() throws {
      let body = """
        uint32_t count = 1 << 20, kind = 103, length = 4 + 8 + 4 + 4 + 4 + 4 + 4 + 5 * count;
        char *frame = calloc(1, length + 8), *at = frame;
        #define PUT(n) do { uint32_t v = (n); memcpy(at, &v, 4); at += 4; } while (0)
        PUT(length); PUT(kind); PUT(8); memcpy(at, "entities", 8); at += 8; PUT(0); PUT(1); PUT(4);
        memcpy(at, "name", 4); at += 4; PUT(1);
        for (uint32_t i = 0; i < count; i++) { *at++ = 8; PUT(1); }
        for (char *p = frame; p < frame + length + 8;) { ssize_t n = write(3, p, frame + length + 8 - p); if (n > 0) p += n; }
        sleep(5); return 2;
        """
      let (problem, _) = try run(body, limits: PluginLimits(seconds: 2))
      #expect(problem.code == "plugin-crashed", "\(problem)")
    }

    @Test(
      "dates that are none, or that mean other days than they say, are refused",
      arguments: [Plugin.Place.inProcess, .worker],
      [
        ("TEXT(\"soon\"), 0, 0", "`soon` is no date"), ("TEXT(\"2026-02-30\"), 0, 0", "is no date"),
        ("TEXT(\"2026\"), INT64_MIN, INT64_MAX", "other days"),
        ("TEXT(\"2026-02\"), 20485, 20511", "other days"),
        ("TEXT(\"2026-02-04\"), 20489, 20489", "other days"), ("TEXT(\"\"), 0, 0", "without text"),
        ("TEXT(\"2026-02\"), 20512, 20485", "before its first"),
      ])
    func dates(place: Plugin.Place, date: (given: String, words: String)) throws {
      let body = """
        entente_column when = {TEXT("when"), ENTENTE_DATE, 0};
        entente_cell cell = {ENTENTE_DATE, 0, {.date = {\(date.given)}}};
        host->columns(call, &when, 1);
        return host->emit(call, &cell, 1);
        """
      let analysis = try CPlugin(run: body).analysis(in: directory, place)
      let problem = try #require(
        Result { () throws(PluginProblem) in
          try PluginHost.run(analysis, arguments: [:], relations: FixtureRelations())
        }.failure)
      #expect(problem.code == "plugin-cell" && problem.message.contains(date.words), "\(problem)")
    }

    @Test(
      "dates that say what they mean are taken as they are", arguments: [Plugin.Place.inProcess, .worker])
    func soundDates(place: Plugin.Place) throws {
      let body = """
        entente_column when = {TEXT("when"), ENTENTE_DATE, 0};
        entente_cell cells[] = {
          {ENTENTE_DATE, 0, {.date = {TEXT("2026-02-04"), 20488, 20488}}},
          {ENTENTE_DATE, 0, {.date = {TEXT("2026-02"), 20485, 20512}}},
          {ENTENTE_DATE, 0, {.date = {TEXT("2025/.."), 20089, 4000000000000}}},
          {ENTENTE_DATE, 0, {.date = {TEXT("2024-02-29"), 19782, 19782}}},
        };
        host->columns(call, &when, 1);
        return host->emit(call, cells, 4);
        """
      let analysis = try CPlugin(run: body).analysis(in: directory, place)
      let table = try PluginHost.run(analysis, arguments: [:], relations: FixtureRelations())
      #expect(
        table.rows
          == (try ["2026-02-04", "2026-02", "2025/..", "2024-02-29"].map {
            [.date(try PartialDate(edtf: $0))]
          }))
    }

    @Test("two columns of one name are refused")
    func columnsOfOneName() throws {
      let body = "entente_column twice[] = {columns[0], columns[0]}; return host->columns(call, twice, 2);"
      let (problem, _) = try run(body, limits: PluginLimits())
      #expect(problem.code == "plugin-misuse" && problem.message.contains("two columns of the name `a`"))
    }
  }
}
