import Domain
import Foundation
import TestSupport
import Testing

@testable import Notices

struct LetterTests {
    static func letter(_ subject: String, _ lines: [String] = ["一"], name: String = "明厨") -> Letter {
        Letter(
            id: "01a2", from: "mingchu@county.example", name: name, to: "head@school.example",
            date: UTCTime(milliseconds: 1_795_392_000_000), zone: .shanghai,
            message: NoticeMessage(
                subject: subject, lines: lines, address: "https://m.example/cases/1", addressLabel: "打开案件"))
    }

    /// Read by another program: Python's mail parser.
    private static func read(_ letter: Letter) async throws -> [String] {
        let script = """
            import sys, json, email, email.policy
            m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            assert not m.defects, m.defects
            print(json.dumps([m['subject'], m['from'].addresses[0].display_name, m['from'].addresses[0].addr_spec,
              m['message-id'], m['date'].datetime.isoformat(), m.get_content()]))
            """
        let result = try await ChildProcess.run(
            ["python3", "-c", script], input: String(decoding: letter.bytes, as: UTF8.self))
        #expect(result.ending.isSuccess, "\(result.errors)")
        return try JSONDecoder().decode([String].self, from: Data(result.output))
    }

    @Test(arguments: [
        "plain", "【明厨】抄告件 明厨告〔2026〕第 0001 号 · 实验小学", String(repeating: "长", count: 120), "a\"b, <c>; =?x?=",
        "👨‍👩‍👧‍👦🏫 emoji", "line\r\nBcc: somebody@else.example",
    ]) func `another program reads what was written`(subject: String) async throws {
        let lines = ["学校：实验小学", ".", "..two", String(repeating: "很长的一行", count: 100)]
        let read = try await Self.read(Self.letter(subject, lines))
        #expect(read[0] == subject.replacing("\r\n", with: "  ").replacing("\r", with: " ").replacing("\n", with: " "))
        #expect(read[1] == "明厨" && read[2] == "mingchu@county.example")
        #expect(read[3] == "<01a2@county.example>")
        #expect(read[4] == "2026-11-23T08:00:00+08:00")
        #expect(
            read[5].replacing("\r\n", with: "\n")
                == (lines + ["", "打开案件：https://m.example/cases/1"]).joined(separator: "\n") + "\n")
    }

    @Test func `no line is longer than mail may have, and none begins with what somebody typed`() {
        let bytes = Self.letter(String(repeating: "长 x", count: 60), [String(repeating: "\r\n.\r\n", count: 9)]).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 78, "\(line)")
            #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        }
    }

    @Test func `files that go along are read by another program as they were`() async throws {
        var letter = Self.letter("报告")
        let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let name = "当涂县学校食堂“互联网+明厨亮灶”监管月报 2026-11 (实验小学).pdf"
        letter.message.attachments = [NoticeAttachment(name: name, mediaType: "application/pdf", bytes: bytes)]
        let script = """
            import sys, json, hashlib, email, email.policy
            m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            assert not m.defects, m.defects
            a = list(m.iter_attachments())
            print(json.dumps([m['subject'], m.get_body().get_content().splitlines()[0], str(len(a)), a[0].get_filename(),
              a[0].get_content_type(), str(len(a[0].get_content())), str(sum(a[0].get_content()))]))
            """
        let result = try await ChildProcess.run(
            ["python3", "-c", script], input: String(decoding: letter.bytes, as: UTF8.self))
        #expect(result.ending.isSuccess, "\(result.errors)")
        let read = try JSONDecoder().decode([String].self, from: Data(result.output))
        let sum = bytes.reduce(0) { $0 + Int($1) }
        #expect(read == ["报告", "一", "1", name, "application/pdf", "70000", "\(sum)"])
        for line in String(decoding: letter.bytes, as: UTF8.self).components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 78, "\(line)")
        }
    }

    @Test func `a line that begins with a dot gets another, and a dot alone ends it`() {
        let stuffed = Dialogue.stuffed(Array(".a\r\nb.\r\n..c".utf8))
        #expect(String(decoding: stuffed, as: UTF8.self) == "..a\r\nb.\r\n...c\r\n.\r\n")
    }
}
