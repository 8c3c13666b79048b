import FoundationEssentials

/// All strings of all languages, read at start-up.
struct Catalogues: Sendable {
    private let words: [Language: Words]
    /// The strings of the browser's modules, as JSON that can stand inside a `script` element.
    private let browserStrings: [Language: String]

    init(_ resources: Resources) throws {
        var words: [Language: Words] = [:]
        var browserStrings: [Language: String] = [:]
        for language in Language.allCases {
            words[language] = Words(language: language, strings: try Self.strings(of: language, resources))
            let browser = try resources.bytes("strings/js.\(language.rawValue).json")
            _ = try JSONDecoder().decode([String: String].self, from: Data(browser))
            // In JSON `<` can stand only inside strings, where the escape means the same; `</script>` can't close.
            browserStrings[language] = String(decoding: browser, as: UTF8.self).replacing("<", with: "\\u003c")
        }
        self.words = words
        self.browserStrings = browserStrings
    }

    /// One file for each part of the site, `strings/en/cases.json`; no key stands in two of them.
    static func strings(of language: Language, _ resources: Resources) throws -> [String: String] {
        var strings: [String: String] = [:]
        for (path, bytes) in resources.files where path.hasPrefix("strings/\(language.rawValue)/") {
            let part = try JSONDecoder().decode([String: String].self, from: Data(bytes))
            let twice = part.keys.filter { strings[$0] != nil }
            guard twice.isEmpty else { throw Twice(path: path, keys: twice) }
            strings.merge(part) { _, new in new }
        }
        return strings
    }

    struct Twice: Error, CustomStringConvertible {
        let path: String
        let keys: [String]
        var description: String { "\(path): another file of strings has \(keys.sorted().joined(separator: ", ")) too" }
    }

    subscript(language: Language) -> Words { words[language] ?? Words(language: language, strings: [:]) }

    func forBrowser(_ language: Language) -> String { browserStrings[language] ?? "{}" }
}
