import Mustache

/// The site's strings in one language. Templates reach them as `{{t.some.key}}`, code as `words("some.key")`.
struct Words: Sendable {
    let language: Language
    private let strings: [String: String]
    /// What other keys begin with: `case` and `case.grade` of `case.grade.one`.
    private let stems: Set<String>

    init(language: Language, strings: [String: String]) {
        self.language = language
        self.strings = strings
        stems = strings.keys.reduce(into: []) { stems, key in
            for index in key.indices where key[index] == "." { stems.insert(String(key[..<index])) }
        }
    }

    /// The string with its `{placeholders}` filled in. Every key that is asked for exists: a test compares the
    /// catalogues with templates and code.
    func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
        guard let text = strings[key] else { return key }
        guard !values.isEmpty else { return text }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            filled += rest[..<open]
            // One pass, so that a value that looks like a placeholder stays as it is.
            filled += values.first { $0.key == name }?.value ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    func has(_ key: String) -> Bool { strings[key] != nil }

    /// For templates: keys have dots, and templates ask for one step after the other.
    var root: WordsNode { WordsNode(words: self, key: "") }

    fileprivate func isStem(_ key: String) -> Bool { stems.contains(key) }

    /// The names in braces of a string, sorted.
    static func placeholders(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }.sorted()
    }
}

/// A step on the way to a string; `move.submit` is a string itself and leads to `move.submit.button` too.
struct WordsNode: MustacheParent, MustacheCustomRenderable {
    let words: Words
    let key: String

    var renderText: String { words(key) }
    var isNull: Bool { false }

    func child(named name: String) -> Any? {
        let longer = key.isEmpty ? name : "\(key).\(name)"
        return words.isStem(longer) ? WordsNode(words: words, key: longer) : words(longer)
    }
}
