import Domain
import Hummingbird
import Testing

@testable import Web

struct FormFieldsTests {
    @Test(arguments: [
        ("a=1&b=2", "a", "1"), ("a=1&a=2", "a", "1"), ("a=%E7%83%B9", "a", "烹"), ("a=1+2%2B3", "a", "1 2+3"),
        ("a", "a", ""), ("a=", "a", ""), ("=x", "", "x"), ("a=%", "a", "%"), ("a=%4", "a", "%4"), ("a=%zz", "a", "%zz"),
        ("a=b=c", "a", "b=c"), ("&&a=1&&", "a", "1"), ("a%3Db=c", "a=b", "c"),
    ])
    func `fields are read as browsers write them`(text: String, name: String, value: String) {
        #expect(FormFields(text)[name] == value)
    }

    @Test func `what is not there is nil`() {
        #expect(FormFields("")["a"] == nil)
        #expect(FormFields("a=++")["a"] == "  ")
        #expect(FormFields("a=++").text("a") == nil)
        #expect(FormFields("a=+x+").text("a") == "x")
    }

    @Test func `more fields than any form has are dropped`() {
        let text = (0..<10_000).map { "f\($0)=1" }.joined(separator: "&")
        #expect(FormFields(text).pairs.count == 200)
    }
}

struct QueryTimesTests {
    @Test(arguments: [
        ("1795392000000", 1_795_392_000_000), ("2026-11-23T08:00:00+08:00", 1_795_392_000_000),
        ("2026-11-23T00:00:00Z", 1_795_392_000_000), ("2026-11-23 08:00", 1_795_392_000_000),
        ("2026-11-23", 1_795_363_200_000), ("-5", -5),
    ])
    func `times are milliseconds or ISO 8601`(text: String, milliseconds: Int64) throws {
        let time = try FormFields("at=\(text.percentEncoded)").time("at", zone: .shanghai)
        #expect(time?.milliseconds == milliseconds)
    }

    @Test(arguments: ["x", "2026-13-01", "9223372036854775807", "1.5", "2026-11-23T25:00"])
    func `anything else is refused`(text: String) {
        #expect(throws: WebError.badRequest("time")) { try FormFields("at=\(text)").time("at", zone: .shanghai) }
    }

    @Test func `a span needs both ends, in order, and no more than allowed`() {
        let day = Duration.seconds(86_400)
        #expect(throws: WebError.badRequest("spanMissing")) {
            try FormFields("from=1").span(zone: .shanghai, atMost: day)
        }
        #expect(throws: WebError.badRequest("spanOrder")) {
            try FormFields("from=2&to=2").span(zone: .shanghai, atMost: day)
        }
        #expect(throws: WebError.spanTooLong(maximumHours: 24)) {
            try FormFields("from=0&to=86400001").span(zone: .shanghai, atMost: day)
        }
    }
}

struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-99", 0..<100), ("bytes=0-", 0..<1000), ("bytes=500-600", 500..<601), ("bytes=999-5000", 999..<1000),
        ("bytes=-1", 999..<1000), ("bytes=-5000", 0..<1000), ("bytes=0-0,5-6", 0..<1), ("bytes= 1 - 2 ", 1..<3),
        ("bytes=0-99999999999999999999999", 0..<1000),
    ])
    func `ranges are cut to the file`(header: String, range: Range<Int64>) throws {
        #expect(try ByteRange.parse(header, size: 1000) == range)
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999-"])
    func `a range past the end can't be had`(header: String) {
        #expect(throws: WebError.rangeNotSatisfiable(size: 1000)) { try ByteRange.parse(header, size: 1000) }
    }

    @Test(arguments: [nil, "items=0-1", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-1", "bytes=0x1-2", "bytes=--1"])
    func `what is no range means the whole`(header: String?) throws {
        #expect(try ByteRange.parse(header, size: 1000) == nil)
    }

    @Test func `an empty file has no range`() {
        #expect(throws: WebError.rangeNotSatisfiable(size: 0)) { try ByteRange.parse("bytes=0-", size: 0) }
        #expect(throws: WebError.rangeNotSatisfiable(size: 0)) { try ByteRange.parse("bytes=-5", size: 0) }
    }
}

struct AnswerPartsTests {
    @Test func `JSON keeps order, nulls and every character`() {
        let json = JSON.object([
            "b": .string("a\"\\\n\u{1}\u{1F}烹"), "a": .array([.integer(-1), .number(2.5), .bool(true), .null]),
            "n": .number(.infinity),
        ])
        #expect(json.text == #"{"b":"a\"\\\n\u0001\u001f烹","a":[-1,2.5,true,null],"n":null}"#)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ])
    func `Base64 is as RFC 4648 has it`(plain: String, encoded: String) {
        #expect(Base64.text(Array(plain.utf8)) == encoded)
    }

    @Test func `a file's name may be in any script and can't leave its header`() {
        let header = Response.contentDisposition("灶台 \"1\"\r\n%.mp4")
        #expect(
            header
                == "attachment; filename=\"__ _1____.mp4\"; filename*=UTF-8''%E7%81%B6%E5%8F%B0%20%221%22%0D%0A%25.mp4")
    }
}
