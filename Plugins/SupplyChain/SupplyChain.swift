public import CEntentePlugin
import PluginKit

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition(
    "supply-chain", "1.0.0", "Who holds, covers and is exposed in supply chains",
    [MarketConcentration(), Coverage(), Exposure(), Risk()]
  ).start(host, plugin)
}
