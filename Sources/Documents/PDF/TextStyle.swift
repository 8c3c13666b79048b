import CDocuments

/// How text is set.
struct TextStyle {
    /// Points.
    var size: Double
    var isSerif = false
    var isBold = false
    var ink = Ink.black
    var alignment = PDFTable.Alignment.leading
    /// Of the first line, in characters.
    var indent = 0.0
    var isJustified = false
    /// Height of a line, in sizes.
    var leading = 1.5

    var lineHeight: Double { size * leading }
    /// From a line's top to its baseline: that of Noto's CJK fonts, in the middle of the line.
    var baseline: Double { (lineHeight - size) / 2 + 0.88 * size }
}

struct Ink: Hashable {
    let red, green, blue: Double

    static let black = Ink(red: 0.07, green: 0.07, blue: 0.09)
    static let grey = Ink(red: 0.42, green: 0.44, blue: 0.47)
    static let line = Ink(red: 0.66, green: 0.69, blue: 0.73)
    static let shade = Ink(red: 0.945, green: 0.953, blue: 0.965)
    static let official = Ink(red: 0.78, green: 0.09, blue: 0.11)
    static let stamp = Ink(red: 0.88, green: 0.62, blue: 0.62)
    static let bar = Ink(red: 0.17, green: 0.42, blue: 0.62)
    static let expected = Ink(red: 0.85, green: 0.52, blue: 0.13)
    static let solid = Ink(red: 0, green: 0, blue: 0)
}

/// A line ready to be drawn; lives as long as its ``Typesetter``'s thread works on the document.
final class TextLine {
    /// nil for an empty line.
    private let layout: OpaquePointer?
    let style: TextStyle
    /// From the left edge of the column that it was set in.
    let x: Double
    let width: Double

    init(owning layout: OpaquePointer?, style: TextStyle, x: Double, width: Double) {
        self.layout = layout
        self.style = style
        self.x = x
        self.width = width
    }

    deinit { if let layout { g_object_unref(UnsafeMutableRawPointer(layout)) } }

    /// - Parameter y: of the baseline.
    func draw(on cairo: OpaquePointer, x: Double, y: Double) {
        guard let layout, let line = pango_layout_get_line_readonly(layout, 0) else { return }
        cairo_set_source_rgb(cairo, style.ink.red, style.ink.green, style.ink.blue)
        cairo_move_to(cairo, x, y)
        pango_cairo_show_layout_line(cairo, line)
    }
}
