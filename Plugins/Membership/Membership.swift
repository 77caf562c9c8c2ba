public import CEntentePlugin
import PluginKit

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition(
    "membership", "1.0.0", "Who is in what, and with whom", [Overlap(), Roster(), Counted()]
  ).start(host, plugin)
}
