import FoundationEssentials

/// A value that a column holds as JSON text, keys sorted: the same value is always the same text.
enum JSONColumn {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw StoreError(.check, doing: "keeping records", detail: "a value that JSON can't hold")
        }
    }
}

extension Row {
    func json<T: Decodable>(_ index: Int, as type: T.Type = T.self) throws -> T {
        let text: String = try value(index)
        do {
            return try JSONDecoder().decode(T.self, from: Data(text.utf8))
        } catch {
            throw badValue(index, "\(T.self)")
        }
    }
}
