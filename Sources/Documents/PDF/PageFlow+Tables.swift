extension PageFlow {
    private static let cell = TextStyle(size: 10, leading: 1.5)
    private static let padding = (side: 6.0, end: 4.5)

    /// Lines of each cell, and how the cell looks.
    private struct Row {
        var cells: [[TextLine]]
        var shades: [Ink?]

        var lineCount: Int { max(1, cells.map(\.count).max() ?? 0) }
        var height: Double { Double(lineCount) * PageFlow.cell.lineHeight + 2 * PageFlow.padding.end }
    }

    mutating func facts(_ facts: [PDFFact]) {
        let labelWidth = Page.textWidth * 0.22
        let widths = [labelWidth, Page.textWidth - labelWidth]
        y += 4
        for fact in facts {
            let cells = zip([fact.label, fact.value], widths).enumerated().map { column, cell in
                lines(cell.0, width: cell.1, bold: column == 0)
            }
            place(Row(cells: cells, shades: [.shade, nil]), widths, under: nil)
        }
        y += 8
    }

    mutating func table(_ table: PDFTable) {
        guard !table.columns.isEmpty else { return }
        let widths = widths(of: table)
        var header: Row?
        if table.columns.contains(where: { !$0.title.isEmpty }) {
            let cells = zip(table.columns, widths).map { column, width in
                Array(lines(column.title, width: width, bold: true, column.alignment).prefix(6))
            }
            header = Row(cells: cells, shades: widths.map { _ in .shade })
        }
        y += 4
        if let header {
            need(header.height + 2 * Self.cell.lineHeight)
            draw(header, from: 0, count: header.lineCount, widths)
        }
        for values in table.rows {
            let cells = table.columns.indices.map { column in
                lines(
                    column < values.count ? values[column] : "", width: widths[column],
                    alignment: table.columns[column].alignment)
            }
            let row = Row(cells: cells, shades: widths.map { _ in nil })
            place(row, widths, under: header)
        }
        y += 8
    }

    /// By weight, but no column so narrow that it breaks a word or a number, as long as the others leave room.
    private func widths(of table: PDFTable) -> [Double] {
        let weights = table.columns.map { $0.weight.isFinite ? max($0.weight, 0.01) : 1 }
        let most = Page.textWidth / Double(max(weights.count, 3))
        let least = table.columns.indices.map { min(wordWidth(in: $0, of: table), most) }
        var widths: [Double] = []
        var narrow: Set<Int> = []
        while true {
            let taken = narrow.reduce(0) { $0 + least[$1] }
            let sum = weights.indices.reduce(0) { narrow.contains($1) ? $0 : $0 + weights[$1] }
            widths = weights.indices.map {
                narrow.contains($0) ? least[$0] : (Page.textWidth - taken) * weights[$0] / sum
            }
            let more = weights.indices.filter { !narrow.contains($0) && widths[$0] < least[$0] }
            guard !more.isEmpty, narrow.count + more.count < weights.count else { return widths }
            narrow.formUnion(more)
        }
    }

    /// Of the longest piece of a column that should not be broken: blanks end it, and so does a Chinese character.
    private func wordWidth(in column: Int, of table: PDFTable) -> Double {
        func longest(_ texts: some Sequence<String>) -> String {
            texts.reduce("") { longest, text in
                text.split { $0.isWhitespace || !$0.isASCII }.reduce(longest) { $1.count > $0.count ? String($1) : $0 }
            }
        }
        var title = Self.cell
        title.isBold = true
        let words = [
            (longest([table.columns[column].title]), title),
            (longest(table.rows.lazy.map { column < $0.count ? $0[column] : "" }), Self.cell),
        ]
        let widths = words.map { word, style in
            typesetter.lines(word, style, width: Page.textWidth).first?.width ?? 0
        }
        // A Chinese character and a little air at least.
        return max(Self.cell.size * 2, widths.max() ?? 0) + 2 * Self.padding.side + 0.5
    }

    private func lines(
        _ text: String, width: Double, bold: Bool = false, _ alignment: PDFTable.Alignment = .leading
    ) -> [TextLine] {
        var style = Self.cell
        style.isBold = bold
        style.alignment = alignment
        return typesetter.lines(text, style, width: width - 2 * Self.padding.side)
    }

    private func lines(_ text: String, width: Double, alignment: PDFTable.Alignment) -> [TextLine] {
        lines(text, width: width, bold: false, alignment)
    }

    /// A row that is no longer than a third of a page stays whole; a longer one goes on on the next page.
    private mutating func place(_ row: Row, _ widths: [Double], under header: Row?) {
        var done = 0
        var isFresh = isAtTop
        let staysWhole = row.height < (Page.bottom - Page.top) / 3
        while done < row.lineCount {
            let left = row.lineCount - done
            let room = Int((Page.bottom - y - 2 * Self.padding.end) / Self.cell.lineHeight)
            if left > room, !isFresh, staysWhole || room < 2 {
                newPage()
                if let header { draw(header, from: 0, count: header.lineCount, widths) }
                isFresh = true
                continue
            }
            let count = min(left, max(room, 1))
            draw(row, from: done, count: count, widths)
            isFresh = false
            done += count
        }
    }

    private mutating func draw(_ row: Row, from first: Int, count: Int, _ widths: [Double]) {
        let height = Double(count) * Self.cell.lineHeight + 2 * Self.padding.end
        let (top, bottom) = (y, y + height)
        var x = Page.left
        for (index, width) in widths.enumerated() {
            if let shade = row.shades[index] {
                mark(.fill(Page.Box(x: x, y: top, width: width, height: height), shade))
            }
            for (number, line) in row.cells[index].dropFirst(first).prefix(count).enumerated() {
                let baseline = top + Self.padding.end + Double(number) * line.style.lineHeight + line.style.baseline
                mark(.text(line, x: x + Self.padding.side + line.x, y: baseline))
            }
            mark(.rule(fromX: x, fromY: top, toX: x, toY: bottom, width: 0.5, .line))
            x += width
        }
        mark(.rule(fromX: x, fromY: top, toX: x, toY: bottom, width: 0.5, .line))
        // The rule above again: shades lie over the one of the row before.
        mark(.rule(fromX: Page.left, fromY: top, toX: x, toY: top, width: 0.5, .line))
        mark(.rule(fromX: Page.left, fromY: bottom, toX: x, toY: bottom, width: 0.5, .line))
        y = bottom
    }
}
