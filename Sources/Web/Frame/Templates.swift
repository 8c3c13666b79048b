import Mustache

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

/// All templates, compiled at start-up: one that is missing or broken stops the program, not a request.
struct Templates: Sendable {
    private let library: MustacheLibrary

    struct Broken: Error, CustomStringConvertible {
        let name: String
        let reason: String
        var description: String { "the template \(name) can't be used: \(reason)" }
    }

    /// - Parameter names: What the pages ask for; each must be there.
    init(_ resources: Resources, names: [String]) throws {
        var templates: [String: MustacheTemplate] = [:]
        for (path, bytes) in resources.files where path.hasPrefix("templates/") && path.hasSuffix(".mustache") {
            let name = String(path.dropFirst("templates/".count).dropLast(".mustache".count))
            do {
                templates[name] = try MustacheTemplate(
                    string: HTMLText.heading + String(decoding: bytes, as: UTF8.self))
            } catch {
                throw Broken(name: name, reason: "\(error)")
            }
        }
        for name in names + Self.partials(in: resources) where templates[name] == nil {
            throw Broken(name: name, reason: "there is no such file")
        }
        library = MustacheLibrary(templates: templates)
    }

    /// - Parameters:
    ///   - words: Seen by the template as `t`; the frame as `frame`, the page as `page`.
    ///   - name: Every name was checked at start-up.
    func render(_ words: WordsNode, _ frame: Frame, _ page: any Page, with name: String) -> String {
        library.render(
            PageRoot(t: words, frame: PageFields.reading(frame), page: PageFields.reading(page)), withTemplate: name)
            ?? ""
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
