import Glibc

/// What the system hands over that is no text.
enum ForeignBytes {
  /// What is wrong with the arguments, or with what the environment says of the user, in words.
  static var problem: String? {
    for (number, argument) in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
      .enumerated()
    {
      if let argument, String(validatingCString: argument) == nil {
        return "argument \(number) is not UTF-8 text; convert it with iconv, or rename the file"
      }
    }
    for name in [EnvironmentVariable.author, .user, .home].map(\.rawValue) {
      if let value = getenv(name), String(validatingCString: value) == nil {
        return "\(name) in the environment is not UTF-8 text"
      }
    }
    return nil
  }
}
