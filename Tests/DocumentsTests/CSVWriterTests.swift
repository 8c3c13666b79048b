import Documents
import Domain
import Testing

@Suite struct CSVWriterTests {
    private func line(_ value: TableValue, _ kind: TableColumn.Kind = .text) -> String {
        var csv = CSVWriter(columns: [TableColumn("栏", kind)])
        _ = csv.take()
        csv.add([value])
        return String(decoding: csv.take(), as: UTF8.self)
    }

    @Test func `begins with a byte order mark and the titles`() {
        var csv = CSVWriter(columns: [TableColumn("学校"), TableColumn("Rate, %")])
        #expect(csv.take() == Array("\u{FEFF}学校,\"Rate, %\"\r\n".utf8))
        #expect(csv.take().isEmpty)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+86", "'+86"), ("-5", "'-5"), ("@x", "'@x"), ("\tx", "\"'\tx\""), ("a\"b", "\"a\"\"b\""),
        ("a\nb", "\"a\nb\""), ("a\u{0}\u{7}b", "ab"), ("平常", "平常"), ("a;b", "\"a;b\""),
    ])
    func `text is quoted and never a formula`(text: String, cell: String) {
        #expect(line(.text(text)) == cell + "\r\n")
    }

    @Test func `numbers, shares and times are written plainly`() {
        #expect(line(.integer(-12)) == "-12\r\n")
        #expect(line(.number(0.125), .percent(decimals: 1)) == "12.5%\r\n")
        #expect(line(.number(0.5), .percent(decimals: 0)) == "50%\r\n")
        #expect(line(.number(.nan)) == "\r\n")
        let time = UTCTime(milliseconds: 1_795_392_000_000)
        #expect(line(.time(time), .dateTime(.shanghai)) == "2026-11-23 08:00:00\r\n")
    }

    @Test func `text of any length is whole`() {
        let text = String(repeating: "长", count: 100_000)
        #expect(line(.text(text)) == text + "\r\n")
    }
}
