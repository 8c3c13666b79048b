import Crypto
import Domain
import FoundationEssentials

/// A group's robot of WeCom, DingTalk or Feishu: one address to post to, and what it answers.
///
/// WeCom <https://developer.work.weixin.qq.com/document/path/91770>,
/// DingTalk <https://open.dingtalk.com/document/robots/custom-robot-access>,
/// Feishu <https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot>.
struct Robot: Sendable {
    var kind: NoticeChannel.Kind
    var address: Secret
    var key: Secret?

    func post(_ message: NoticeMessage, at time: UTCTime) -> HTTPPost {
        switch kind {
        case .dingtalk:
            HTTPPost(
                address: key.map { dingtalkAddress(signedWith: $0, at: time.milliseconds) } ?? address,
                body: Self.json(DingTalk(markdown: .init(title: message.subject, text: markdown(message)))))
        case .feishu:
            HTTPPost(address: address, body: Self.json(feishu(message, at: time.milliseconds / 1000)))
        default:
            // At most 4,096 bytes are taken.
            HTTPPost(
                address: address,
                body: Self.json(WeCom(markdown: .init(content: String(markdown(message).prefix(1200))))))
        }
    }

    func outcome(of answer: HTTPAnswer) -> SendOutcome {
        switch answer {
        case .notSent(let fault): return .later(fault)
        case .unknown(let fault): return .unknown(fault)
        case .answered(let status, let text):
            switch status {
            case 200..<300: return outcome(text)
            case 300..<400: return .refused(SendFault(.redirected, answer: "\(status)"))
            case 429, 503: return .later(fault(.busy, "\(status)"))
            // A gateway that says this may have handed it on.
            case 500...: return .unknown(fault(.busy, "\(status)"))
            default: return .refused(fault(.rejected, "\(status) \(text)"))
            }
        }
    }

    private func outcome(_ text: String) -> SendOutcome {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)),
            let code = kind == .feishu ? answer.code ?? answer.StatusCode : answer.errcode
            // It took it, whatever it says.
        else { return .unknown(fault(.nonsense, text)) }
        if code == 0 { return .sent(answer: "0") }
        let words = "\(code) \(answer.errmsg ?? answer.msg ?? "")"
        return Self.isTransient(code, kind) ? .later(fault(.busy, words)) : .refused(fault(.rejected, words))
    }

    /// Too many messages in a minute, or a server that has too much to do.
    private static func isTransient(_ code: Int, _ kind: NoticeChannel.Kind) -> Bool {
        switch kind {
        case .wecom: code == -1 || code == 45009 || code == 45033
        case .dingtalk: code == -1 || code == 130_101 || code == 410_100
        case .feishu: code == 11_232 || code == 11_233
        case .mail, .webhook: false
        }
    }

    private func fault(_ kind: SendFault.Kind, _ text: String) -> SendFault {
        SendFault(kind, quoting: text, hiding: [key, address])
    }

    /// The signature goes into the query, with the time in milliseconds, the key twice: as key and in the text.
    func dingtalkAddress(signedWith key: Secret, at milliseconds: Int64) -> Secret {
        let signed = Self.hmac("\(milliseconds)\n\(key.reveal())", key: key.reveal())
        let encoded = signed.utf8.map { byte -> String in
            switch byte {
            case UInt8(ascii: "+"): "%2B"
            case UInt8(ascii: "/"): "%2F"
            case UInt8(ascii: "="): "%3D"
            default: String(Unicode.Scalar(byte))
            }
        }.joined()
        let text = address.reveal()
        return Secret("\(text)\(text.contains("?") ? "&" : "?")timestamp=\(milliseconds)&sign=\(encoded)")
    }

    /// The time in seconds and the key are the key here; nothing is what is signed.
    static func feishuSignature(with key: Secret, at seconds: Int64) -> String {
        hmac("", key: "\(seconds)\n\(key.reveal())")
    }

    private static func hmac(_ text: String, key: String) -> String {
        Data(
            HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: Array(key.utf8)))
        ).base64EncodedString()
    }

    private func feishu(_ message: NoticeMessage, at seconds: Int64) -> Feishu {
        var lines = [message.subject] + message.lines
        if let address = message.address { lines.append("\(message.addressLabel)：\(address)") }
        return Feishu(
            timestamp: key.map { _ in "\(seconds)" }, sign: key.map { Self.feishuSignature(with: $0, at: seconds) },
            content: .init(text: lines.joined(separator: "\n").replacing("<", with: "＜")))
    }

    private func markdown(_ message: NoticeMessage) -> String {
        var parts = ["### \(Self.plain(message.subject))"] + message.lines.map(Self.plain)
        if let address = message.address { parts.append("[\(Self.plain(message.addressLabel))](\(address))") }
        return parts.joined(separator: "\n\n")
    }

    /// Nothing that somebody typed is markup; these robots know no escapes.
    private static func plain(_ text: String) -> String {
        let look: [Character: Character] = [
            "<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "｀", "#": "＃", "\n": " ", "\r\n": " ",
        ]
        return String(text.map { look[$0] ?? $0 })
    }

    private static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { Array($0) } ?? []
    }

    private struct WeCom: Encodable {
        struct Markdown: Encodable { var content: String }
        var msgtype = "markdown"
        var markdown: Markdown
    }

    private struct DingTalk: Encodable {
        struct Markdown: Encodable {
            var title: String
            var text: String
        }
        var msgtype = "markdown"
        var markdown: Markdown
    }

    private struct Feishu: Encodable {
        struct Content: Encodable { var text: String }
        var timestamp: String?
        var sign: String?
        var msg_type = "text"
        var content: Content
    }

    private struct Answer: Decodable {
        var errcode: Int?
        var errmsg: String?
        var code: Int?
        var msg: String?
        /// Older addresses of Feishu.
        var StatusCode: Int?
    }
}
