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
            let name = "strings/\(language.rawValue).json"
            let strings = try JSONDecoder().decode([String: String].self, from: Data(try resources.bytes(name)))
            words[language] = Words(language: language, strings: strings)
            let browser = try resources.bytes("strings/js.\(language.rawValue).json")
            _ = try JSONDecoder().decode([String: String].self, from: Data(browser))
            // In JSON `<` can stand only inside strings, where the escape means the same; `</script>` can't close.
            browserStrings[language] = String(decoding: browser, as: UTF8.self).replacing("<", with: "\\u003c")
        }
        self.words = words
        self.browserStrings = browserStrings
    }

    subscript(language: Language) -> Words { words[language] ?? Words(language: language, strings: [:]) }

    func forBrowser(_ language: Language) -> String { browserStrings[language] ?? "{}" }
}
