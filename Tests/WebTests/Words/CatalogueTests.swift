import Foundation
import Testing

@testable import Web

struct CatalogueTests {
    private static func catalogue(_ name: String) throws -> [String: String] {
        try JSONDecoder().decode(
            [String: String].self, from: Data(try Resources.bundled().bytes("strings/\(name).json")))
    }

    @Test(arguments: ["", "js."])
    func `both languages have the same keys and placeholders`(prefix: String) throws {
        let chinese = try Self.catalogue("\(prefix)zh-Hans")
        let english = try Self.catalogue("\(prefix)en")
        #expect(Set(chinese.keys).symmetricDifference(english.keys) == [])
        for (key, text) in chinese {
            #expect(Words.placeholders(in: text) == Words.placeholders(in: english[key] ?? ""), "\(key)")
            #expect(!text.isEmpty && english[key] != "", "\(key)")
        }
    }

    @Test func `every key that templates ask for exists`() throws {
        let strings = try Self.catalogue("en")
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
        let strings = try Self.catalogue("en")
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

    @Test func `values fill placeholders once and are not read again`() {
        let words = Words(language: .english, strings: ["a": "{x} and {y} and {z", "b.c": "d"])
        #expect(words("a", ["x": "{y}", "y": "2"]) == "{y} and 2 and {z")
        #expect(words("missing") == "missing")
        #expect(words.root.child(named: "b") is WordsNode)
        #expect((words.root.child(named: "b") as? WordsNode)?.child(named: "c") as? String == "d")
    }

    @Test func `strings for scripts can't close their element`() throws {
        for language in Language.allCases {
            let text = try Catalogues(Resources.bundled()).forBrowser(language)
            #expect(!text.contains("<"))
            #expect(text.count > 100)
        }
    }
}
