/// What stands on a page, in points from its upper left corner.
struct Page {
    struct Box {
        var x, y, width, height: Double
    }

    enum Mark {
        /// `y` is the baseline's.
        case text(TextLine, x: Double, y: Double)
        case fill(Box, Ink)
        case rule(fromX: Double, fromY: Double, toX: Double, toY: Double, width: Double, Ink)
        case picture(DecodedPicture, Box)
        case qrCode(QRCode, Box)
        case dashedCircle(x: Double, y: Double, radius: Double, Ink)
        /// An entry of the file's outline; levels from 1.
        case outline(String, level: Int, y: Double)
    }

    /// A4.
    static let width = 595.276
    static let height = 841.890
    static let millimetre = 72 / 25.4
    static let left = 25 * millimetre
    static let right = width - left
    static let top = 24 * millimetre
    static let bottom = height - 24 * millimetre
    static let textWidth = right - left

    var marks: [Mark] = []
}
