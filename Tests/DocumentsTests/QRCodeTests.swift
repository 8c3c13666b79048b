import Documents
import Testing

@Suite struct QRCodeTests {
    @Test func `a short address makes the code that the standard describes`() throws {
        let code = try QRCode("https://example.gov.cn/n/0001")
        #expect((code.size - 17) % 4 == 0 && code.size >= 25)
        // Finder patterns (ISO/IEC 18004, 6.3.3): 7 × 7 with a dark heart, light around it, at three corners.
        for (left, top) in [(0, 0), (code.size - 7, 0), (0, code.size - 7)] {
            for offset in 0..<7 {
                #expect(code[left + offset, top] && code[left, top + offset] && code[left + 3, top + 3])
            }
            #expect(!code[left + 1, top + 1])
        }
        // Timing pattern (6.3.5): dark and light by turns.
        for x in 8..<code.size - 8 { #expect(code[x, 6] == (x % 2 == 0)) }
        #expect(!code[-1, 0] && !code[0, code.size])
    }

    @Test func `more error correction needs a larger code`() throws {
        let text = String(repeating: "整改", count: 30)
        #expect(try QRCode(text, errorCorrection: .high).size > QRCode(text, errorCorrection: .low).size)
    }

    @Test func `text that doesn't fit is refused`() throws {
        #expect(throws: QRCode.Failure.empty) { try QRCode("") }
        #expect(throws: QRCode.Failure.tooLong(bytes: 2332)) { try QRCode(String(repeating: "a", count: 2332)) }
        #expect(throws: QRCode.Failure.tooLong(bytes: 100_000)) { try QRCode(String(repeating: "a", count: 100_000)) }
        #expect(try QRCode(String(repeating: "a", count: 2331)).size == 177)
    }

    @Test func `the picture for pages has its quiet zone and an escaped title`() throws {
        let code = try QRCode("x")
        let svg = code.svg(title: "<b>&\u{0}")
        #expect(svg.contains("viewBox=\"0 0 29 29\"") && svg.contains("<title>&lt;b&gt;&amp;</title>"))
        #expect(svg.contains("M4 4h7v1h-7z"))
    }
}
