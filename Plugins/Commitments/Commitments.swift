public import CEntentePlugin
import PluginKit

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition(
    "commitments", "1.0.0", "What was promised, how far it has come, and what is overdue",
    [Promised(), Overdue()]
  ).start(host, plugin)
}
