public import CEntentePlugin
import PluginKit

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition(
    "chronology", "1.0.0", "What happened, what ends, and what gathers pace",
    [Timeline(), Ending(), Momentum()]
  )
  .start(host, plugin)
}
