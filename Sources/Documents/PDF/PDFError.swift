/// Why a document could not be made.
public enum PDFError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Without its fonts a document would be full of empty boxes, so there is none: install the Debian package.
    case missingFont(family: String, package: String)
    /// Neither a JPEG (8 bits, grey or colour) nor a PNG, cut off, or larger than 25 million pixels.
    case unreadablePicture(caption: String)
    /// cairo's words.
    case drawing(String)

    public var description: String {
        switch self {
        case .missingFont(let family, let package):
            "the font \(family) is missing; install the Debian package \(package)"
        case .unreadablePicture(let caption):
            "the picture \"\(caption)\" is no whole JPEG or PNG of at most 25 million pixels; take it out or save it anew"
        case .drawing(let detail): "drawing a document: \(detail)"
        }
    }
}
