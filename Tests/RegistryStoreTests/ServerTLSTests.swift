import Foundation
import Glibc
import PostgreSQLEngine
import RegistryStore
import RelationalStore
import TestServer
import Testing

/// A connection that is encrypted, and verified when asked, as libpq does it.
@Suite("TLS to a PostgreSQL server", .serialized)
struct ServerTLSTests {
  /// A server with a certificate for `localhost`, by a root of its own, and the root of somebody else.
  private final class SecureServer {
    let server: TestServer
    let port = Int.random(in: 20_000..<60_000)
    var root: String { file("root.crt") }
    var otherRoot: String { file("other.crt") }

    init() throws {
      server = try TestServer(settings: ["listen_addresses = '127.0.0.1'", "port = \(port)"])
      for name in ["root", "other"] {
        try openssl([
          "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name) of the tests",
          "-keyout", file("\(name).key"), "-out", file("\(name).crt"),
        ])
      }
      try openssl([
        "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", file("server.key"),
        "-out", file("server.csr"),
      ])
      try openssl([
        "x509", "-req", "-in", file("server.csr"), "-CA", root, "-CAkey", file("root.key"), "-CAcreateserial",
        "-days", "2", "-out", file("server.crt"),
      ])
      chmod(file("server.key"), 0o600)
      try server.stop(mode: "fast")
      try server.configure([
        "ssl = on", "ssl_cert_file = '\(file("server.crt"))'", "ssl_key_file = '\(file("server.key"))'",
      ])
      // What is not encrypted does not come in that way.
      try "local all all trust\nhostssl all all 127.0.0.1/32 trust\n".write(
        toFile: server.data + "/pg_hba.conf", atomically: false, encoding: .utf8)
      try server.start()
    }

    private func file(_ name: String) -> String { server.folder.appending(path: name).path }

    private func openssl(_ arguments: [String]) throws { try server.run("openssl", arguments) }

    func location(host: String, _ settings: String) -> String {
      "postgresql://postgres@\(host):\(port)/postgres?schema=secure&\(settings)"
    }

    func open(_ location: String) throws -> Bool {
      try PostgreSQLRegistry.open(location: location, options: ServerOptions(createIfMissing: true)).isNew
    }
  }

  @Test("connects where the host and the root are right, and else refuses in plain words")
  func verifies() throws {
    let secure = try SecureServer()
    let right = "sslmode=verify-full&sslrootcert=\(secure.root)"
    #expect(try secure.open(secure.location(host: "localhost", right)))
    #expect(try !secure.open(secure.location(host: "localhost", "sslmode=require")))
    // It is encrypted, says the server.
    let registry = try PostgreSQLRegistry.open(location: secure.location(host: "localhost", right)).registry
    #expect(try secure.server.sqlOver(secure.port, "SELECT bool_or(ssl) FROM pg_stat_ssl") == "t")
    try registry.close()

    func refusal(_ location: String) -> StoreProblem? {
      do throws(StoreProblem) {
        _ = try PostgreSQLRegistry.open(location: location)
        return nil
      } catch { return error }
    }
    let wrongHost = try #require(refusal(secure.location(host: "127.0.0.1", right)))
    #expect(wrongHost.code == "cannot-open")
    #expect(wrongHost.message.contains("does not match host name \"127.0.0.1\""), "\(wrongHost.message)")
    let otherRoot = try #require(
      refusal(secure.location(host: "localhost", "sslmode=verify-full&sslrootcert=\(secure.otherRoot)")))
    #expect(otherRoot.code == "cannot-open")
    #expect(otherRoot.message.contains("certificate verify failed"), "\(otherRoot.message)")
    // The root alone is asked for: any host of it will do.
    #expect(
      refusal(secure.location(host: "127.0.0.1", "sslmode=verify-ca&sslrootcert=\(secure.root)")) == nil)
    let missing = try #require(
      refusal(secure.location(host: "localhost", "sslmode=verify-full&sslrootcert=/nowhere/root.crt")))
    #expect(missing.message.contains("/nowhere/root.crt"), "\(missing.message)")
    let plain = try #require(refusal(secure.location(host: "localhost", "sslmode=disable")))
    #expect(plain.message.contains("no encryption"), "\(plain.message)")
    for problem in [wrongHost, otherRoot, missing, plain] {
      #expect(!problem.message.contains("\n") && problem.help?.isEmpty == false)
    }
  }
}

extension TestServer {
  /// Carries out SQL as the owner of the server, where its socket is that of another port.
  fileprivate func sqlOver(_ port: Int, _ sql: String) throws -> String {
    try run(
      "psql", ["-h", folder.path, "-p", "\(port)", "-U", "postgres", "-d", "postgres", "-qAtX", "-c", sql])
  }
}
