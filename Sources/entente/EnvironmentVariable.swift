import FoundationEssentials

/// The variables of the environment that the program reads: all of them, so that what it does follows from these, its
/// arguments, its files and the clock.
enum EnvironmentVariable: String, CaseIterable {
  case author = "ENTENTE_AUTHOR"
  case pluginPath = "ENTENTE_PLUGIN_PATH"
  case pluginLog = "ENTENTE_PLUGIN_LOG"
  case igraph = "ENTENTE_IGRAPH"
  case user = "USER"
  case home = "HOME"
  case dataHome = "XDG_DATA_HOME"
  case stateHome = "XDG_STATE_HOME"
  case configurationHome = "XDG_CONFIG_HOME"
  case path = "PATH"
  case pager = "PAGER"
  case less = "LESS"
  case visualEditor = "VISUAL"
  case editor = "EDITOR"
  case noColor = "NO_COLOR"
  case terminal = "TERM"
  case localeOfAll = "LC_ALL"
  case localeOfCharacters = "LC_CTYPE"
  case language = "LANG"

  /// What it decides, and what holds where it is not set.
  var about: String {
    switch self {
    case .author: "who edits, where `--author` does not say; else `USER`, else the name of the account"
    case .pluginPath:
      "folders in which plugins are looked for, with colons between them, beside the usual ones"
    case .pluginLog: "what plugins log is shown where it is set, to whatever"
    case .igraph: "the library of igraph that the analyses of networks open; else the system's"
    case .user: "who edits, where neither `--author` nor `ENTENTE_AUTHOR` says; else the name of the account"
    case .home: "the user's folder, in which the three below lie; else that of the account"
    case .dataHome: "in its folder `entente` are the user's registry and plugins; else `~/.local/share`"
    case .stateHome: "in its folder `entente` is the history of what was typed; else `~/.local/state`"
    case .configurationHome:
      "in its folder `entente` is `init.ent`, which a session begins with; else `~/.config`"
    case .path: "where interpreters and debuggers of plugins are looked for; else `/usr/bin:/bin`"
    case .pager: "what shows long results on a terminal; else `less -R`; nothing or `cat` for none"
    case .less: "what `less` is told; else `FRX`"
    case .visualEditor: "what `.edit` opens; else `EDITOR`"
    case .editor: "what `.edit` opens, where `VISUAL` does not say; else what the machine has"
    case .noColor: "no colours where it is set and not empty"
    case .terminal: "the kind of terminal; `dumb`, or none, has neither colours nor a pager"
    case .localeOfAll: "whether the terminal shows UTF-8 (`en_GB.UTF-8`), before the two below"
    case .localeOfCharacters: "the same, before `LANG`"
    case .language: "the same; where none of the three is set, tables are drawn in ASCII"
    }
  }
}

extension [String: String] {
  subscript(_ variable: EnvironmentVariable) -> String? { self[variable.rawValue] }
}
