import Foundation
import Glibc
import Synchronization
import Testing

@testable import PluginHost

/// Each way out of a worker, tried: as the user of the tests and as an ordinary one, on this kernel and on older ones.
extension PluginHostTests {
  @Suite("Isolation") struct IsolationTests {
    @Test("every line of the report has attacks, and every attack a line")
    func lines() throws {
      let lines = try #require(Isolation.current).lines.map(\.name)
      #expect(Set(lines) == Set(Attack.all.map(\.line)))
    }

    @Test(
      "what the report says is enforced is", arguments: PluginUser.there, OlderKernel.all)
    func enforced(user: PluginUser, kernel: OlderKernel) throws {
      setenv("ENTENTE_TEST_SECRET", "secret", 1)
      setenv("LC_ALL", "C", 1)
      defer {
        unsetenv("ENTENTE_TEST_SECRET")
        unsetenv("LC_ALL")
      }
      let isolation = try #require(
        try WorkerLaunch.$lacking.withValue(kernel.lacking) { try user.run { Isolation.look() } })
      #expect(isolation.isStrong)
      // Where the kernel does not limit the scratch folder, the host ends the worker: the next test.
      let notRefused = SanitizedWorker.isInUse ? SanitizedWorker.notRefused : [:]
      let attacks = Attack.all.filter {
        (isolation.quota || $0.line != "scratch folder") && notRefused[$0.expression] == nil
      }
      #expect(Set(SanitizedWorker.notRefused.keys).isSubset(of: Attack.all.map(\.expression)))
      let worker = try AttackedWorker(attacks.map { ($0.expression, $0.before) })
      let refused = try worker.attempt(as: user, on: kernel)
      #expect(refused.count == attacks.count)
      let open = Set(isolation.lines.filter { !$0.isEnforced }.map(\.name))
      for (attack, number) in zip(attacks, refused) where !open.contains(attack.line) {
        #expect(number != 0, "\(attack.line): \(attack.expression)")
      }
      #expect(worker.changes == [])
      // Only what this kernel has not is open; the rest is closed by other means.
      #expect(open.subtracting(["files' names"]).isEmpty, "\(open)")
    }

    @Test("a scratch folder that is too full on the disk ends the worker", arguments: PluginUser.there)
    func fullScratch(user: PluginUser) throws {
      let worker = try AttackedWorker([("filled() + (int64_t)sleep(5)", "")])
      let problem = try #require(throws: PluginProblem.self) {
        try worker.attempt(as: user, on: OlderKernel("no namespaces", without: 1))
      }
      #expect(problem.message.contains("scratch folder"), "\(problem.message)")
    }

    @Test("what a plugin needs is there", arguments: PluginUser.there, OlderKernel.all)
    func needed(user: PluginUser, kernel: OlderKernel) throws {
      let isolation = try #require(
        try WorkerLaunch.$lacking.withValue(kernel.lacking) { try user.run { Isolation.look() } })
      let needed = Attack.needed + (isolation.threads ? ["many_threads() > 8 ? 0 : -1"] : [])
      let worker = try AttackedWorker(needed.map { ($0, "") })
      for (need, number) in zip(needed, try worker.attempt(as: user, on: kernel)) {
        #expect(number == 0, "\(need): \(number)")
      }
    }

    @Test("what is only ever an attack ends the worker", arguments: Attack.fatal)
    func fatal(expression: String) throws {
      let worker = try AttackedWorker([(expression, "")])
      let problem = try #require(throws: PluginProblem.self) { try worker.attempt(as: .own) }
      #expect(problem.message.contains("SIGSYS"), "\(problem.message)")
    }

    @Test(
      "where a kernel lacks what would hold a plugin, it is not started unless that is wanted",
      arguments: [OlderKernel("no filter", without: 4), OlderKernel("neither files", without: 3)])
    func lacking(kernel: OlderKernel) throws {
      let worker = try AttackedWorker([("getppid() < 0", "")])
      let problem = try #require(throws: PluginProblem.self) { try worker.attempt(as: .own, on: kernel) }
      #expect(problem.code == "plugin-isolation-lacking")
      #expect(problem.help?.contains("--weak-isolation") == true)
      WorkerLaunch.allowsWeakIsolation.withLock { $0 = true }
      defer { WorkerLaunch.allowsWeakIsolation.withLock { $0 = false } }
      #expect(try worker.attempt(as: .own, on: kernel) == [0])
      let lines = try #require(WorkerLaunch.$lacking.withValue(kernel.lacking) { Isolation.look() }).lines
      #expect(lines.contains { !$0.isEnforced && $0.words.hasPrefix("not enforced") })
    }

    @Test(
      "where a library says that its libraries are does not widen what it reads",
      arguments: ["/.", "/", "FOLDER"])
    func searchPaths(place: String) throws {
      let secrets = try TemporaryDirectory()
      let secret = try secrets.write(Data("secret".utf8), to: "file")
      let path = place.replacing("FOLDER", with: secrets.path)
      for tag in ["--enable-new-dtags", "--disable-new-dtags"] {
        let worker = try AttackedWorker(
          [("open(\"\(secret)\", O_RDONLY)", ""), ("open(\"/etc/passwd\", O_RDONLY)", "")],
          flags: ["-Wl,-rpath,\(path)", "-Wl,\(tag)"])
        for user in PluginUser.there { #expect(!(try worker.attempt(as: user)).contains(0)) }
      }
    }
  }
}
