public import Foundation

/// A page in a browser, of a size and in light or dark.
public final class BrowserPage {
  private let browser: Browser
  private let target: String
  private let session: String
  /// What was fetched.
  public private(set) var requests: [String] = []
  /// What went wrong: exceptions, what a policy refused, dialogs that a script opened.
  public private(set) var complaints: [String] = []

  public init(
    _ browser: Browser, width: Int, height: Int = 900, isDark: Bool = false, isPrinted: Bool = false
  )
    throws
  {
    self.browser = browser
    let made = try browser.send("Target.createTarget", ["url": "about:blank"])
    target = made["targetId"] as? String ?? ""
    let attached = try browser.send("Target.attachToTarget", ["targetId": target, "flatten": true])
    session = attached["sessionId"] as? String ?? ""
    for domain in ["Page", "Network", "Runtime", "Log"] { try send("\(domain).enable") }
    try send(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
    try send(
      "Emulation.setEmulatedMedia",
      [
        "media": isPrinted ? "print" : "screen",
        "features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]],
      ])
  }

  deinit { _ = try? browser.send("Target.closeTarget", ["targetId": target]) }

  @discardableResult
  private func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    try browser.send(method, parameters, in: session)
  }

  /// Opens a file, and waits until it is there with all that it loads.
  public func open(_ file: URL, fragment: String = "") throws {
    try send("Page.navigate", ["url": file.absoluteString + fragment])
    try waitUntilLoaded()
  }

  /// Waits until another page is there.
  public func waitUntilLoaded() throws {
    guard try browser.event("Page.loadEventFired", in: session) != nil else {
      throw Browser.Problem("the page was not loaded")
    }
    listen()
  }

  /// Takes note of what happened.
  public func listen() {
    for event in browser.takeEvents(of: session) {
      switch event.method {
      case "Network.requestWillBeSent":
        let request = event.parameters["request"] as? [String: Any]
        requests.append(request?["url"] as? String ?? "")
      case "Runtime.exceptionThrown": complaints.append("exception: \(event.parameters)")
      case "Log.entryAdded": complaints.append("log: \(event.parameters)")
      case "Page.javascriptDialogOpening":
        complaints.append("dialog: \(event.parameters)")
        _ = try? send("Page.handleJavaScriptDialog", ["accept": true])
      default: break
      }
    }
  }

  /// What an expression gives, as JSON would have it; promises are waited for.
  public func evaluate(_ expression: String) throws -> Any? {
    let answer = try send(
      "Runtime.evaluate", ["expression": expression, "awaitPromise": true, "returnByValue": true])
    listen()
    if let problem = answer["exceptionDetails"] {
      throw Browser.Problem("\(expression.prefix(80)): \(problem)")
    }
    return (answer["result"] as? [String: Any])?["value"]
  }

  public func text(_ expression: String) throws -> String { try evaluate(expression) as? String ?? "" }

  public func texts(_ expression: String) throws -> [String] { try evaluate(expression) as? [String] ?? [] }

  public func number(_ expression: String) throws -> Double {
    (try evaluate(expression) as? NSNumber)?.doubleValue ?? .nan
  }

  /// Types a text where the cursor is.
  public func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  /// Presses a key by its name: `Tab`, `ArrowRight`, `Enter`, `Escape`.
  public func press(_ key: String) throws {
    let codes = [
      "Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
    ]
    var parameters: [String: Any] = ["key": key, "code": key, "windowsVirtualKeyCode": codes[key] ?? 0]
    if key == "Enter" { parameters["text"] = "\r" }
    for phase in ["keyDown", "keyUp"] {
      parameters["type"] = phase
      try send("Input.dispatchKeyEvent", parameters)
    }
    listen()
  }

  /// What is seen, as PNG.
  /// - Parameter isWhole: the whole page and not only what is on the screen.
  public func screenshot(isWhole: Bool = false) throws -> Data {
    let answer = try send(
      "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": isWhole])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }

  /// The page as it is printed.
  public func printed() throws -> Data {
    let answer = try send("Page.printToPDF", ["paperWidth": 8.27, "paperHeight": 11.69])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }
}
