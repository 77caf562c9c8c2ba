import Foundation
import PluginHost
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

@Suite("The relations that plugins read")
struct PluginRelationTests {
  @Test("are the views of sql, with the same columns in the same order")
  func same() throws {
    let views = try TestRegistry.session().store.views
    #expect(Set(Relation.all.map(\.name)) == Set(views.map(\.name)))
    for view in views {
      let relation = try #require(Relation.all.first { $0.name == view.name })
      #expect(relation.columns.map(\.name) == view.columns.map(\.name), "\(view.name)")
    }
  }

  @Test("stand in the contract, each with all its columns")
  func documented() throws {
    let header = TestRegistry.checkout.appending(path: "Sources/CEntentePlugin/include/entente_plugin.h")
    let text = try String(contentsOf: header, encoding: .utf8)
    let words = Set(text.split { !$0.isLetter && $0 != "_" }.map(String.init))
    for relation in Relation.all {
      #expect(words.contains(relation.name))
      for column in relation.columns {
        #expect(words.contains(column.name), "\(relation.name).\(column.name)")
      }
    }
  }
}
