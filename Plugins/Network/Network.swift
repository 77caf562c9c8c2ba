public import CEntentePlugin
import PluginKit

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition(
    "network", "1.0.0",
    "Who is central, who stands between, who sticks together. Uses igraph, which is GPL-2+",
    [Centrality(), Brokerage(), Blocs(), Core(), Balance(), Path(), Spread(), Drawing()]
  ).start(host, plugin)
}
