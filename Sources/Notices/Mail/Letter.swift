import Domain
import FoundationEssentials

/// A message as mail: RFC 5322 with the words of MIME (RFC 2045, 2047), text in UTF-8.
struct Letter: Sendable {
    /// Becomes the Message-ID, by which a mailbox knows a letter that comes twice.
    var id: String
    var from: String
    var name: String
    var to: String
    var date: UTCTime
    var zone: TerritoryZone
    var message: NoticeMessage

    var messageID: String { "<\(id)@\(from.split(separator: "@").last ?? "mingchu")>" }

    /// Lines end in CR LF.
    var bytes: [UInt8] {
        var head = [
            "From: " + (name.isEmpty ? "<\(from)>" : "\(Self.encodedWords(name, after: 6))\r\n <\(from)>"),
            "To: <\(to)>",
            "Subject: " + Self.encodedWords(message.subject, after: 9),
            "Date: \(dateText)",
            "Message-ID: \(messageID)",
            // No holiday answers to a program (RFC 3834 §5).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ].map { $0 + "\r\n" }.joined()
        var text = message.lines
        if let address = message.address { text += ["", "\(message.addressLabel)：\(address)"] }
        let words = Self.part(
            "Content-Type: text/plain; charset=utf-8\r\n", Array((text.joined(separator: "\r\n") + "\r\n").utf8))
        guard !message.attachments.isEmpty else { return Array((head + words).utf8) }
        // Base64 has no such line, so that no part can hold the boundary.
        let boundary = "=_\(id)"
        head += "Content-Type: multipart/mixed; boundary=\"\(boundary)\"\r\n\r\n"
        head += "--\(boundary)\r\n" + words
        for file in message.attachments {
            head += "--\(boundary)\r\n" + Self.part(Self.head(of: file), file.bytes)
        }
        return Array((head + "--\(boundary)--\r\n").utf8)
    }

    /// Headers, an empty line, and the bytes in base 64.
    private static func part(_ headers: String, _ bytes: [UInt8]) -> String {
        let body = Data(bytes).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        return headers + "Content-Transfer-Encoding: base64\r\n\r\n" + body + "\r\n"
    }

    /// The name in pieces, as RFC 2231 §3 and §4 want one in any script.
    private static func head(of file: NoticeAttachment) -> String {
        var pieces = ["UTF-8''"]
        for byte in file.name.utf8 {
            let character = Character(UnicodeScalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-.".contains(character))
            let digits = String(byte, radix: 16, uppercase: true)
            let sign = isPlain ? String(character) : "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            if pieces[pieces.count - 1].utf8.count + sign.utf8.count > 56 { pieces.append("") }
            pieces[pieces.count - 1] += sign
        }
        let name = pieces.enumerated().map { ";\r\n filename*\($0)*=\($1)" }.joined()
        return "Content-Type: \(file.mediaType)\r\nContent-Disposition: attachment" + name + "\r\n"
    }

    /// RFC 5322 §3.3: `Mon, 23 Nov 2026 21:08:00 +0800`.
    var dateText: String {
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let local = zone.civil(date)
        let offset = abs(zone.offsetMinutes)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let sign = zone.offsetMinutes < 0 ? "-" : "+"
        return
            "\(weekdays[Day(of: date, in: zone).weekday - 1]), \(local.day) \(months[local.month - 1]) \(local.year) "
            + "\(local.clock) \(sign)\(two(offset / 60))\(two(offset % 60))"
    }

    /// RFC 2047 §2: pieces of at most 75 characters, none ending inside a character; plain ASCII stays as it is.
    /// - Parameter used: How much of the first line is taken.
    static func encodedWords(_ text: String, after used: Int) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !text.contains("=?")
        if isPlain, used + text.utf8.count <= 76, !text.contains(where: "()<>[]:;@\\,.\"".contains) { return text }
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        // 45 bytes make 60 letters; with the frame of 12, a word of 72.
        for scalar in text.unicodeScalars {
            let next = scalar.properties.generalCategory == .control ? [0x20] : Array(UTF8.encode(scalar)!)
            if word.count + next.count > (words.isEmpty ? 36 : 45) {
                words.append(word)
                word = []
            }
            word += next
        }
        words.append(word)
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
