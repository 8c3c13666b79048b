import Foundation
import Mustache
import Testing

@testable import Web

struct CatalogueTests {
    /// Of pages, or of the browser's modules.
    private static func catalogue(_ language: Language, browser: Bool = false) throws -> [String: String] {
        let resources = try Resources.bundled()
        guard browser else { return try Catalogues.strings(of: language, resources) }
        return try JSONDecoder().decode(
            [String: String].self, from: Data(try resources.bytes("strings/js.\(language.rawValue).json")))
    }

    @Test(arguments: [false, true])
    func `both languages have the same keys and placeholders`(browser: Bool) throws {
        let chinese = try Self.catalogue(.simplifiedChinese, browser: browser)
        let english = try Self.catalogue(.english, browser: browser)
        #expect(chinese.count > 100)
        #expect(Set(chinese.keys).symmetricDifference(english.keys) == [])
        for (key, text) in chinese {
            #expect(Words.placeholders(in: text) == Words.placeholders(in: english[key] ?? ""), "\(key)")
            #expect(!text.isEmpty && english[key] != "", "\(key)")
        }
    }

    @Test func `every key that templates ask for exists`() throws {
        let strings = try Self.catalogue(.english)
        let resources = try Resources.bundled()
        for (path, bytes) in resources.files where path.hasPrefix("templates/") {
            for part in String(decoding: bytes, as: UTF8.self).split(
                separator: "{{t.", omittingEmptySubsequences: false
            ).dropFirst() {
                let key = String(part.prefix { $0 != "}" })
                #expect(strings[key] != nil, "\(path): \(key)")
                // Templates have no values to fill in.
                #expect(Words.placeholders(in: strings[key] ?? "") == [], "\(path): \(key)")
            }
        }
    }

    @Test func `every key that the code asks for exists, with its placeholders`() throws {
        let strings = try Self.catalogue(.english)
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Web").standardizedFileURL
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String })
        var found = 0
        for file in files where file.hasSuffix(".swift") {
            let source = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for call in ["words(\"", "self(\""] {
                let parts = source.split(separator: call, omittingEmptySubsequences: false).map { String($0) }
                for (part, next) in zip(parts.dropFirst(), parts.dropFirst(2) + [""]) {
                    let key = String(part.prefix { $0 != "\"" })
                    guard !key.contains("\\"), key.contains("."), key != "some.key" else { continue }
                    found += 1
                    #expect(strings[key] != nil, "\(file): \(key)")
                    // A value may itself ask for words, so that the call goes on in the next part.
                    let arguments = part + next
                    for placeholder in Words.placeholders(in: strings[key] ?? "") {
                        #expect(arguments.contains("\"\(placeholder)\":"), "\(file): \(key) needs \(placeholder)")
                    }
                }
            }
        }
        #expect(found > 80)
    }

    @Test func `a key that stands in two files stops the start`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("strings-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let words = folder.appendingPathComponent("strings/en")
        try FileManager.default.createDirectory(at: words, withIntermediateDirectories: true)
        for name in ["a", "b"] {
            try Data(#"{"same.key": "x", "\#(name).own": "y"}"#.utf8).write(
                to: words.appendingPathComponent("\(name).json"))
        }
        let resources = try Resources(folder: folder.path)
        let error = #expect(throws: Catalogues.Twice.self) { try Catalogues.strings(of: .english, resources) }
        #expect(error?.keys == ["same.key"])
    }

    @Test func `values fill placeholders once and are not read again`() {
        let words = Words(language: .english, strings: ["a": "{x} and {y} and {z", "b.c": "d"])
        #expect(words("a", ["x": "{y}", "y": "2"]) == "{y} and 2 and {z")
        #expect(words("missing") == "missing")
        #expect(words.root.child(named: "b") is WordsNode)
        #expect((words.root.child(named: "b") as? WordsNode)?.child(named: "c") as? String == "d")
    }

    @Test func `a string that other keys begin with hides none of them from a template`() throws {
        let words = Words(language: .english, strings: ["move": "Move <it>", "move.button": "Go", "move.a.b": "c"])
        let template = try MustacheTemplate(string: "{{t.move}}|{{t.move.button}}|{{t.move.a.b}}")
        #expect(template.render(["t": words.root]) == "Move &lt;it&gt;|Go|c")
    }

    @Test func `strings for scripts can't close their element`() throws {
        for language in Language.allCases {
            let text = try Catalogues(Resources.bundled()).forBrowser(language)
            #expect(!text.contains("<"))
            #expect(text.count > 100)
        }
    }
}
