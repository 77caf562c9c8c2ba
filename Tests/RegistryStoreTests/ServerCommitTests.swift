import Foundation
import PostgreSQLEngine
import RegistryModel
import RegistryStore
import TestServer
import Testing

@testable import RelationalStore

/// The way to the server breaks while a transaction is committed.
@Suite("A commit on a way that breaks", .serialized)
struct ServerCommitTests {
  private let server: TestServer
  private let location: String
  private let proxy: CuttingProxy

  init() throws {
    server = try TestServer.shared.get()
    location = try ServerRegistry.shared()
    proxy = try CuttingProxy(to: server)
  }

  private func open(patience: Double = 30) throws -> RelationalRegistry {
    let there = server.folder.path.replacing("/", with: "%2F")
    let through = location.replacing(there, with: proxy.folder.path.replacing("/", with: "%2F"))
    return try PostgreSQLRegistry.open(location: through, options: ServerOptions(patience: patience)).registry
  }

  private func names(_ store: any RegistryStore) throws -> [String] {
    try store.entities(EntityQuery(types: nil), .all).rows.map(\.entity.key.text).sorted()
  }

  @Test("after the server had the word: it is told as recorded, and is there once")
  func after() throws {
    let registry = try open()
    try registry.write { try $0.add("entity", "first") }
    proxy.cutNext(.after)
    let id = try registry.write { try $0.add("entity", "second") }
    #expect(id == TransactionID(3))
    #expect(try names(registry) == ["first", "second"])
    try registry.write { try $0.add("entity", "third") }
    let other = try PostgreSQLRegistry.open(location: location).registry
    #expect(try names(other) == ["first", "second", "third"])
    #expect(try other.transactions(limit: 10).count == 4)
    #expect(try other.check().compactMap(\.problem) == [])
    proxy.end()
  }

  @Test("before it had the word: it is told as dropped, nothing is there, and writing goes on")
  func before() throws {
    let registry = try open()
    try registry.write { try $0.add("entity", "first") }
    proxy.cutNext(.before)
    let problem = #expect(throws: StoreProblem.self) {
      try registry.write { try $0.add("entity", "second") }
    }
    #expect(problem?.code == "transaction-lost")
    #expect(try names(registry) == ["first"])
    try registry.write { try $0.add("entity", "second") }
    #expect(try names(registry) == ["first", "second"])
    #expect(try registry.transactions(limit: 10).count == 3)
    proxy.end()
  }

  @Test("where no server answers any more, it is said that nobody knows, and nothing is repeated")
  func unknown() throws {
    let registry = try open(patience: 1)
    proxy.cutNext(.after)
    proxy.end()
    let problem = #expect(throws: StoreProblem.self) { try registry.write { try $0.add("entity", "first") } }
    #expect(problem?.code == "commit-uncertain")
    #expect(problem?.help?.contains("list transactions") == true)
    let other = try PostgreSQLRegistry.open(location: location).registry
    #expect(try names(other) == ["first"])
  }
}
