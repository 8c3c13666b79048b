import Mustache
import Synchronization

/// What every template starts from.
private final class PageRoot: MustacheParent {
    private let words: WordsNode
    private let frame: Any?
    private let page: Any?

    init(t words: WordsNode, frame: Any?, page: Any?) {
        self.words = words
        self.frame = frame
        self.page = page
    }

    func child(named name: String) -> Any? {
        switch name {
        case "t": words
        case "frame": frame
        case "page": page
        default: nil
        }
    }
}

/// All templates, checked at start-up: one that is missing or broken stops the program, not a request.
///
/// What never changes while the program runs stands in them as text: words and the folder of the static files are in each row
/// of a list, and looking them up by name takes a twentieth (captures) to a sixth (ledger) of a page's time. So each language
/// has templates of its own.
final class Templates: Sendable {
    private let texts: [String: String]
    private let catalogues: Catalogues
    private let assets: String
    /// Of the languages that were asked for: compiling takes a tenth of a second.
    private let libraries = Mutex<[Language: MustacheLibrary]>([:])

    struct Broken: Error, CustomStringConvertible {
        let name: String
        let reason: String
        var description: String { "the template \(name) can't be used: \(reason)" }
    }

    /// - Parameter names: What the pages ask for; each must be there.
    init(_ resources: Resources, names: [String], catalogues: Catalogues, assets: Assets) throws {
        var texts: [String: String] = [:]
        for (path, bytes) in resources.files where path.hasPrefix("templates/") && path.hasSuffix(".mustache") {
            let name = String(path.dropFirst("templates/".count).dropLast(".mustache".count))
            texts[name] = String(decoding: bytes, as: UTF8.self)
        }
        for name in names + Self.partials(in: resources) where texts[name] == nil {
            throw Broken(name: name, reason: "there is no such file")
        }
        self.texts = texts
        self.catalogues = catalogues
        self.assets = assets.folder
        _ = try library(.simplifiedChinese)
    }

    /// - Parameters:
    ///   - words: Seen by the template as `t`; the frame as `frame`, the page as `page`.
    ///   - name: Every name was checked at start-up.
    func render(_ words: WordsNode, _ frame: Frame, _ page: any Page, with name: String) -> String {
        // What compiles in one language does in all: words are text there.
        (try? library(words.words.language))?.render(
            PageRoot(t: words, frame: PageFields.reading(frame), page: PageFields.reading(page)), withTemplate: name)
            ?? ""
    }

    private func library(_ language: Language) throws -> MustacheLibrary {
        try libraries.withLock { libraries in
            if let library = libraries[language] { return library }
            let words = catalogues[language]
            var templates: [String: MustacheTemplate] = [:]
            for (name, text) in texts {
                do {
                    templates[name] = try MustacheTemplate(string: HTMLText.heading + constant(text, words))
                } catch {
                    throw Broken(name: name, reason: "\(error)")
                }
            }
            let library = MustacheLibrary(templates: templates)
            libraries[language] = library
            return library
        }
    }

    /// With `{{t.some.key}}` and `{{frame.assets}}` as what they stand for.
    private func constant(_ text: String, _ words: Words) -> String {
        var filled = ""
        var rest = text[...]
        while let tag = rest.firstRange(of: "{{"), let end = rest[tag.upperBound...].firstRange(of: "}}") {
            let name = rest[tag.upperBound..<end.lowerBound]
            let value: String? =
                if name == "frame.assets" {
                    assets
                } else if name.hasPrefix("t."), words.has(String(name.dropFirst(2))) {
                    words(String(name.dropFirst(2)))
                } else {
                    nil
                }
            filled += rest[..<tag.lowerBound]
            // A word with a brace, which may begin a tag with what follows it, is left to be looked up.
            if let value, !value.contains("{") {
                filled += HTMLText().escapeText(value)
            } else {
                filled += rest[tag.lowerBound..<end.upperBound]
            }
            rest = rest[end.upperBound...]
        }
        return filled + rest
    }

    /// The templates that other templates include or extend.
    private static func partials(in resources: Resources) -> [String] {
        resources.files.filter { $0.key.hasPrefix("templates/") }.flatMap { _, bytes in
            let tags = String(decoding: bytes, as: UTF8.self).split(separator: "{{", omittingEmptySubsequences: false)
            return tags.dropFirst().compactMap { tag -> String? in
                guard tag.hasPrefix(">") || tag.hasPrefix("<") else { return nil }
                return tag.firstRange(of: "}}").map { tag[..<$0.lowerBound].dropFirst().filter { $0 != " " } }
            }
        }
    }
}
