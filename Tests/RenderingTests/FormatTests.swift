import RegistryModel
import Rendering
import Testing

@Suite("Output formats")
struct FormatTests {
  @Test("A table is aligned beneath a rule, numbers to the right")
  func table() {
    #expect(
      Renderer(.table).render(Tables.initiatives) == """
        Initiatives
        key           name                                           amount  started     members
        ────────────  ──────────────────────────  ─────────────────────────  ──────────  ───────
        pax-silica    Pax Silica                                             2025-12-12        8
        us-australia  U.S.–Australia "framework"  at least USD 8.5bn combined  2025-10-20       12
        (2 rows)

        """)
  }
}
