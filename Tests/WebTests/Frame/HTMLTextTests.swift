import Testing

@testable import Web

struct HTMLTextTests {
    private static let pieces = ["<", ">", "&", "\"", "'", "a", "食堂", "é", "e\u{301}", "👩‍🍳", "\r\n", " ", "&amp;"]

    @Test func `what means something in HTML is written as an entity, all else stays byte for byte`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                Self.pieces.randomElement(using: &random)!
            }.joined()
            let escaped = HTMLText().escapeText(text)
            #expect(!escaped.utf8.contains { "<>\"'".utf8.contains($0) })
            let back = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(escaped)
            {
                $0.replacing($1.0, with: $1.1)
            }
            #expect(Array(back.utf8) == Array(text.utf8))
        }
    }

    @Test func `a sign that carries an accent is escaped too`() {
        // One character for Swift, but a browser sees the sign.
        #expect(HTMLText().escapeText("<\u{301}b") == "&lt;\u{301}b")
    }
}
