import Crypto
import FoundationEssentials
import Hummingbird

/// Where a page of a list ends, as text that only we read. It gives no rights: its check only tells an honest mistake,
/// such as a cursor of another list or of other filters, from a place in this one.
struct PageCursor: Sendable {
    /// What the place is in: the list's name and its filters.
    private let list: String

    static let mostInOne = 500

    init(_ list: String, _ pairs: [(name: String, value: String?)] = []) {
        self.list =
            list + "?"
            + pairs.compactMap { pair in pair.value.map { "\(pair.name)=\($0.percentEncoded)" } }
            .joined(separator: "&")
    }

    func text(_ place: [String]) -> String {
        let joined = place.joined(separator: " ")
        return Data(Array("\(check(joined)) \(joined)".utf8)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
    }

    /// - Throws: ``WebError/badRequest(_:)`` for what ``text(_:)`` has not made for this list.
    func place(_ text: String) throws(WebError) -> [String] {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard text.utf8.count <= 400, let data = Data(base64Encoded: plain + padding),
            let decoded = String(validating: Array(data), as: UTF8.self)
        else { throw .badRequest("cursor") }
        let parts = decoded.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        // Other texts may decode to the same bytes: there is one cursor for one place.
        guard let first = parts.first, first == check(parts.dropFirst().joined(separator: " ")),
            self.text(Array(parts.dropFirst())) == text
        else { throw .badRequest("cursor") }
        return Array(parts.dropFirst())
    }

    private func check(_ place: String) -> String {
        SHA256.hash(data: Array("\(list)\n\(place)".utf8)).prefix(8).map {
            $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
        }
        .joined()
    }
}

extension FormFields {
    /// How many are asked for at once: 1…500, else 50.
    func limit() throws(WebError) -> Int {
        guard let text = text("limit") else { return 50 }
        guard let number = Int(text), number > 0 else { throw .badRequest("number") }
        return min(number, PageCursor.mostInOne)
    }

    /// All but those of that name.
    func without(_ name: String) -> FormFields {
        var rest = FormFields()
        for pair in pairs where pair.name != name { rest.append(pair.name, pair.value) }
        return rest
    }
}
