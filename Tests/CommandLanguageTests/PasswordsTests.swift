import CommandLanguage
import Testing

@Suite("Passwords")
struct PasswordsTests {
  @Test(
    "are stars where a text is shown or kept, and nothing else is",
    arguments: [
      ("unite \"postgresql://rita:s3cr3t@host/db\"", "unite \"postgresql://rita:******@host/db\""),
      ("postgres://rita:p@ss:w/o?d@host/db", "postgres://rita:**********@host/db"),
      (
        "unite \"postgresql://h/db?user=a&password=x%20y&sslpassword=z&schema=e\"",
        "unite \"postgresql://h/db?user=a&password=*****&sslpassword=*&schema=e\""
      ),
      ("a postgresql://h:5432/db and postgresql://u:ü@h", "a postgresql://h:5432/db and postgresql://u:**@h"),
      ("postgresql://", "postgresql://"), ("postgresql://u:", "postgresql://u:"),
      ("https://postgres:a@b", "https://postgres:a@b"),
      ("postgres is a database: a@b", "postgres is a database: a@b"),
    ])
  func stars(text: String, shown: String) { #expect(withoutPasswords(text) == shown) }

  @Test("are not told in errors")
  func errors() {
    let text = "unite \"postgresql://rita:s3cr3t@host/db\" x"
    let diagnostic = Diagnostic(
      code: "c", message: "postgresql://rita:s3cr3t@host/db is wrong",
      help: "not postgresql://rita:s3cr3t@host/db",
      span: Span(6, 20))
    #expect(!diagnostic.rendered(in: text, file: "-").contains("s3cr3t"))
  }
}
