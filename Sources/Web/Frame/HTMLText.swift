import Mustache

/// How text gets into a page: the five characters that mean something in HTML are written as entities.
///
/// The template engine's own way looks each character of a text up in a dictionary; nearly every text holds none of the
/// five, and is taken as it is.
struct HTMLText: MustacheContentType {
    /// The line by which a template asks for it: every template starts with it.
    static let heading: String = {
        MustacheContentTypes.register(HTMLText(), named: "HTML-TEXT")
        return "{{% CONTENT_TYPE:HTML-TEXT}}\n"
    }()

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.entity(for: $0) != nil }) else { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            if scalar.isASCII, let entity = Self.entity(for: UInt8(scalar.value)) {
                escaped += entity
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func entity(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
