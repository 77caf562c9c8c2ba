import RegistryModel

/// A picture of a table as a whole; of one that is not drawn, why.
struct SVGWriter: RowWriter {
  private let text: String

  init(_ table: ResultTable) {
    do throws(ChartProblem) {
      text = PictureSVG(try Picture(table)).svg()
    } catch {
      var drawing = SVGDrawing()
      drawing.text(error.words, 16, 28)
      text = drawing.svg(
        width: SVGDrawing.width(error.words) + 32, height: 48,
        title: table.pictureTitle ?? table.title ?? "Entente")
    }
  }

  func writeOpening(into text: inout String) { text += self.text }
  func write(_ row: [Cell], index: Int, into text: inout String) {}
  func writeClosing(rows: Int, into text: inout String) {}
}
