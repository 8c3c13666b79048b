import TestSupport
import Testing

@testable import Notices

struct SMTPReplyTests {
    private static let greeting = Array(
        "220 ready\r\n250-mail.example.org\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n354 go\r\n".utf8)

    @Test func `replies come out of bytes however they are cut`() throws {
        for size in 1...Self.greeting.count {
            var parser = SMTPReplyParser()
            var replies: [SMTPReply] = []
            var rest = Self.greeting[...]
            while !rest.isEmpty {
                parser.append(rest.prefix(size))
                rest = rest.dropFirst(size)
                while let reply = try parser.next() { replies.append(reply) }
            }
            #expect(replies.map(\.code) == [220, 250, 354])
            #expect(replies[1].extensions == ["STARTTLS": [], "AUTH": ["PLAIN", "LOGIN"]])
            #expect(parser.isEmpty)
        }
    }

    @Test func `what is cut off is no reply`() throws {
        for bytes in truncations(of: Array("250-a\r\n250 b\r\n".utf8)) {
            var parser = SMTPReplyParser()
            parser.append(bytes)
            #expect(try parser.next() == nil)
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 400 Bad\r\n", SMTPReplyParser.Fault.noReply), ("25\r\n", .noReply), ("25x ok\r\n", .noReply),
        ("199 ok\r\n", .noReply), ("600 ok\r\n", .noReply), ("250_ok\r\n", .noReply), ("250-a\r\n251 b\r\n", .noReply),
        (String(repeating: "2", count: 3000), .lineTooLong),
        (String(repeating: "250-a\r\n", count: 200), .tooManyLines),
        ("250 " + String(repeating: "x", count: 3000) + "\r\n", .lineTooLong),
    ]) func `what is no reply is refused`(text: String, fault: SMTPReplyParser.Fault) {
        var parser = SMTPReplyParser()
        parser.append(text.utf8)
        #expect(throws: fault) { while try parser.next() != nil {} }
    }

    @Test func `broken replies are read or refused, and never believed to be endless`() {
        for broken in Mutations(of: Self.greeting, count: 20_000, seed: 7) {
            var parser = SMTPReplyParser()
            parser.append(broken)
            var replies = 0
            do {
                while let reply = try parser.next() {
                    #expect((200..<560).contains(reply.code))
                    replies += 1
                }
            } catch {}
            #expect(replies <= broken.count)
        }
    }
}
