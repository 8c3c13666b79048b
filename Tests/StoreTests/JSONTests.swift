import TestSupport
import Testing

@testable import Store

struct JSONTests {
    @Test(arguments: [
        ([:] as JSON, "{}"),
        (["b": 1, "a": [true, false, JSON.null]] as JSON, #"{"a":[true,false,null],"b":1}"#),
        ("€$\u{F}\nA'B\"\\\\\"/" as JSON, #""€$\u000f\nA'B\"\\\\\"/""#),
        ("\u{8}\t\u{C}\r\u{1F}\u{7F}" as JSON, "\"\\b\\t\\f\\r\\u001f\u{7F}\""),
        (.int(-9_007_199_254_740_991), "-9007199254740991"),
        (.int(9_007_199_254_740_992), "\"9007199254740992\""),
        (.int(.min), "\"-9223372036854775808\""),
        // RFC 8785 §3.2.3: sorted by UTF-16 code units, so the emoji (a surrogate pair) stands before U+FB33.
        (
            [
                "\u{20AC}": "Euro Sign", "\r": "Carriage Return", "\u{FB33}": "Hebrew Letter Dalet With Dagesh",
                "1": "One", "\u{1F600}": "Emoji: Grinning Face", "\u{80}": "Control",
                "\u{F6}": "Latin Small Letter O With Diaeresis",
            ] as JSON,
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
                + "\"\u{F6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20AC}\":\"Euro Sign\","
                + "\"\u{1F600}\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        ),
    ])
    func `canonical form is RFC 8785's`(value: JSON, text: String) {
        #expect(value.canonical == text)
    }

    @Test(arguments: 0..<200)
    func `what was written reads back the same, cut anywhere it is refused, changed anywhere it never crashes`(
        seed: Int
    ) {
        var random = SeededGenerator(seed: UInt64(seed))
        let value = JSON.object(["x": .random(depth: 3, using: &random), "y": .random(depth: 2, using: &random)])
        let text = value.canonical
        #expect(JSON(parsing: text) == value)
        #expect(JSON(parsing: " \n\t" + text + "\r ") == value)
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            #expect(JSON(parsing: String(decoding: bytes.prefix(length), as: UTF8.self)) == nil)
        }
        for _ in 0..<50 {
            var changed = bytes
            changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            _ = JSON(parsing: String(decoding: changed, as: UTF8.self))
        }
    }

    @Test(arguments: [
        "", "nul", "1.5", "1e3", "-0", "007", "--1", "+1", "9007199254740992", "[1,]", "{\"a\":1,\"a\":2}", "{a:1}",
        "\"\\x\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\u+123\"", "\"a\nb\"", "[1] x", "[", "{\"a\"}", "'a'",
    ])
    func `anything else is refused`(text: String) {
        #expect(JSON(parsing: text) == nil)
    }

    @Test func `escapes of other writers are understood`() {
        #expect(JSON(parsing: #""\u0041\/\ud83d\ude00""#) == .string("A/😀"))
    }

    @Test func `nesting without end is refused`() {
        #expect(JSON(parsing: String(repeating: "[", count: 100_000)) == nil)
    }
}

extension JSON {
    static func random(depth: Int, using random: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .int(Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
        case 3: return .string(randomText(using: &random))
        case 4:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
        default:
            var members: [String: JSON] = [:]
            for _ in 0..<Int.random(in: 0..<5, using: &random) {
                members[randomText(using: &random)] = .random(depth: depth - 1, using: &random)
            }
            return .object(members)
        }
    }

    static func randomText(using random: inout SeededGenerator) -> String {
        let scalars = ["a", "\"", "\\", "\n", "\u{1}", "厨", "😀", "é", "/", " ", "\u{FB33}", "\u{7F}"]
        return (0..<Int.random(in: 0..<6, using: &random)).map { _ in scalars.randomElement(using: &random)! }.joined()
    }
}
