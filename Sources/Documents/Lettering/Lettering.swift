import CDocuments

/// Words as a picture of their ink, for writing into video. (字幕点阵)
public struct Lettering: Sendable, Hashable {
    public let width: Int
    public let height: Int
    /// Row by row, 0 = no ink … 255.
    public let ink: [UInt8]

    /// Sets text in lines of at most `width` pixels.
    ///
    /// - Parameters:
    ///   - size: of the letters, in pixels, 6…200.
    ///   - width: 16…4096; the picture is as wide as its longest line.
    /// - Throws: ``PDFError/missingFont(family:package:)`` when the machine has no Chinese font.
    public init(
        _ text: String, size: Double, width: Int, isBold: Bool = false, isCentred: Bool = false,
        fonts: PDFFonts = .notoCJK
    ) throws(PDFError) {
        let size = min(max(size, 6), 200)
        let limit = min(max(width, 16), 4096)
        let typesetter = try Typesetter.open(fonts)
        var style = TextStyle(size: size, isBold: isBold)
        style.leading = 1.35
        let lines = typesetter.lines(text, style, width: Double(limit))
        let widest = lines.map(\.width).max() ?? 0
        let columns = max(1, min(limit, Int(widest.rounded(.up)) + 1))
        let rows = max(1, Int((Double(lines.count) * style.lineHeight).rounded(.up)))
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, CInt(columns), CInt(rows)),
            let cairo = cairo_create(surface)
        else { throw .drawing("no room for letters") }
        defer {
            cairo_destroy(cairo)
            cairo_surface_destroy(surface)
        }
        for (number, line) in lines.enumerated() {
            let left = isCentred ? (Double(columns) - line.width) / 2 : 0
            line.draw(on: cairo, x: left, y: Double(number) * style.lineHeight + style.baseline)
        }
        cairo_surface_flush(surface)
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(surface)
        else { throw .drawing("letters could not be drawn") }
        let stride = Int(cairo_image_surface_get_stride(surface))
        var ink: [UInt8] = []
        ink.reserveCapacity(columns * rows)
        for row in 0..<rows { ink += UnsafeBufferPointer(start: data + row * stride, count: columns) }
        (self.width, self.height, self.ink) = (columns, rows, ink)
    }
}
