/// The writing in the corner: that the picture is simulated, and when it was made.
struct Label {
    /// Readable on a tile of a wall: 1 below 480 lines, 2 below 900, else 3.
    private let zoom: Int

    private static let ink: UInt8 = 228
    private static let outline: UInt8 = 24

    init(height: Int) { zoom = height >= 900 ? 3 : height >= 480 ? 2 : 1 }

    /// - Parameter text: What ``Glyphs`` has; other characters are left blank.
    func draw(_ text: String, on canvas: Canvas) {
        let glyphs = text.map { Glyphs.glyph(for: $0) }
        let gap = 1
        let width = glyphs.reduce(0) { $0 + $1.width + gap } + 12
        let height = Glyphs.height + 8
        // At the bottom: players write their own words over the top. Even, because colour has half the lines.
        let (left, top) = (10, (canvas.height / zoom - height - 10) & ~1)
        guard top > 0, (left + width) * zoom < canvas.width, (top + height) * zoom < canvas.height else { return }
        dim(canvas, left: left * zoom, top: top * zoom, width: width * zoom, height: height * zoom)
        var x = left + 6
        for glyph in glyphs {
            for (row, bits) in glyph.rows.enumerated() {
                for column in 0..<glyph.width where bits >> (glyph.width - 1 - column) & 1 == 1 {
                    fill(canvas, x + column, top + 4 + row)
                }
            }
            x += glyph.width + gap
        }
    }

    private func fill(_ canvas: Canvas, _ x: Int, _ y: Int) {
        for row in 0..<zoom {
            for column in 0..<zoom {
                canvas.y[(y * zoom + row) * canvas.lumaStride + x * zoom + column] = Self.ink
            }
        }
    }

    /// A strip on which white can be read whatever lies below.
    private func dim(_ canvas: Canvas, left: Int, top: Int, width: Int, height: Int) {
        for row in top..<(top + height) {
            let line = canvas.y + row * canvas.lumaStride
            for column in left..<(left + width) {
                line[column] = UInt8((UInt16(line[column]) * 5 + UInt16(Self.outline) * 11) / 16)
            }
        }
        for row in (top / 2)..<((top + height) / 2) {
            for column in (left / 2)..<((left + width) / 2) {
                let place = row * canvas.chromaStride + column
                canvas.u[place] = UInt8((UInt16(canvas.u[place]) + 3 * 128) / 4)
                canvas.v[place] = UInt8((UInt16(canvas.v[place]) + 3 * 128) / 4)
            }
        }
    }
}
