import Crypto
import Domain
import FoundationEssentials

/// News for another program: JSON, signed so that it knows who sent it and when (docs/guide/notices.md).
struct WebhookRequest: Sendable {
    var id: String
    var message: NoticeMessage
    var news: News?
    var key: Secret?
    var address: Secret
    var at: UTCTime
    var zone: TerritoryZone
    /// Of a message that is about no case.
    var otherEvent = "test"

    /// What is posted. Names never change.
    private struct Document: Encodable {
        struct Deadline: Encodable {
            var clock: String
            var time: String
        }

        var id: String
        var event: String
        var time: String
        var caseID: String?
        var caseNumber: Int?
        var kind: String?
        var affair: String?
        var measure: String?
        var warningID: String?
        var rule: String?
        var place: String?
        var school: String?
        var matter: String?
        var grade: Int?
        var body: String?
        var deadline: Deadline?
        var address: String?
        var subject: String
        var text: String
    }

    var event: String {
        switch news {
        case nil: otherEvent
        case .ofCase?: "case.notice"
        case .ofWarning?: "warning.given"
        case .affair?: "affair.notice"
        }
    }

    var body: [UInt8] {
        var document = Document(
            id: id, event: event, time: zone.iso8601(news?.time ?? at), body: news.map { "\($0.body)" },
            address: message.address, subject: message.subject, text: message.lines.joined(separator: "\n"))
        switch news {
        case .ofCase(let news)?:
            document.caseID = "\(news.caseID)"
            document.caseNumber = news.number
            document.kind = news.notice.name
            document.measure = news.notice.measure?.rawValue
            document.school = news.school
            document.matter = "\(news.matter)"
            document.grade = news.grade.rawValue
            document.deadline = news.due.map { .init(clock: $0.kind.rawValue, time: zone.iso8601($0.time)) }
        case .ofWarning(let news)?:
            document.warningID = "\(news.id)"
            document.rule = "\(news.warning.reason.subject)"
            document.place = "\(news.warning.place)"
            if case .school = news.warning.place { document.school = news.place }
        case .affair(let news)?:
            document.kind = news.affair.kind.rawValue
            document.affair = news.affair.subject
            document.school = news.school
        case nil: break
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings and numbers: nothing that JSON can't hold.
        return (try? encoder.encode(document)).map { Array($0) } ?? []
    }

    var post: HTTPPost {
        let body = body
        var headers = [("Mingchu-Event", event), ("Idempotency-Key", id)]
        if let key {
            headers.append(("Mingchu-Signature", Self.signature(of: body, at: at.milliseconds / 1000, with: key)))
        }
        return HTTPPost(address: address, headers: headers.map { (name: $0.0, value: $0.1) }, body: body)
    }

    /// - Parameter seconds: since 1970; signed with the body, so that an old document can't be posted again as new.
    static func signature(of body: [UInt8], at seconds: Int64, with key: Secret) -> String {
        let signed = HMAC<SHA256>.authenticationCode(
            for: Array("\(seconds).".utf8) + body, using: SymmetricKey(data: Array(key.reveal().utf8)))
        let digits = signed.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
        return "t=\(seconds),v1=\(digits)"
    }

    func outcome(of answer: HTTPAnswer) -> SendOutcome {
        switch answer {
        case .notSent(let fault): .later(fault)
        case .unknown(let fault): .unknown(fault)
        case .answered(let status, let text):
            switch status {
            case 200..<300: .sent(answer: "\(status)")
            case 300..<400: .refused(SendFault(.redirected, answer: "\(status)"))
            case 401, 403: .later(fault(.authentication, status, text))
            case 408, 425, 429, 500...: .later(fault(.busy, status, text))
            default: .refused(fault(.rejected, status, text))
            }
        }
    }

    private func fault(_ kind: SendFault.Kind, _ status: Int, _ text: String) -> SendFault {
        SendFault(kind, quoting: "\(status) \(text)", hiding: [key, address])
    }
}

extension CaseNotice {
    fileprivate var measure: EscalationMeasure? { if case .escalated(let measure) = self { measure } else { nil } }
}
