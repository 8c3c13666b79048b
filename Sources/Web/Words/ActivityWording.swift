public import Domain
public import Supervision

extension Words {
    func callAsFunction(_ kind: Activity.Kind) -> String { self("activity.kind.\(kind.rawValue)") }
    func callAsFunction(_ state: Activity.State) -> String { self("activity.state.\(state.rawValue)") }
    func callAsFunction(_ role: ActivityRole) -> String { self("activity.role.\(role.rawValue)") }
    func callAsFunction(_ state: SignUp.State) -> String { self("signUp.state.\(state.rawValue)") }
    func callAsFunction(_ kind: ActivityLetter.Kind) -> String { self("activityLetter.kind.\(kind.rawValue)") }

    func callAsFunction(_ refusal: ActivityRefusal) -> String {
        switch refusal {
        case .notNow(let state): self("activityRefusal.notNow", ["state": self(state)])
        default: self("activityRefusal.\(refusal.name)")
        }
    }
}

extension Wording {
    /// `2026-12-05 09:00–11:30`, with the second date when it ends on another day.
    func span(_ span: TimeSpan) -> String {
        let (start, end) = (zone.civil(span.start), zone.civil(span.end))
        let last = String(end.clock.prefix(5))
        return "\(start.date) \(start.clock.prefix(5))–\(start.date == end.date ? last : "\(end.date) \(last)")"
    }

    /// `家长 20，媒体 3`; empty for nobody.
    func heads(_ heads: HeadCount) -> String {
        ActivityRole.allCases.filter { heads[$0] > 0 }
            .map { words("activity.heads", ["role": words($0), "count": count(heads[$0])]) }
            .joined(separator: words("activity.headsBetween"))
    }

    func schools(_ schools: [School]) -> String {
        schools.map(\.name).joined(separator: words("activity.headsBetween"))
    }
}

extension Activity.State {
    /// The colour of its mark, as the style sheet names it.
    var style: String {
        switch self {
        case .draft, .cancelled: "disabled"
        case .published, .closed: "connecting"
        case .running: "live"
        case .done, .reported: "ok"
        }
    }
}

extension Site {
    /// A letter about an activity in words. The address leads to the activity's page, or to the sign-up's own.
    public func message(for outgoing: OutgoingLetter) -> NoticeMessage {
        let (letter, activity) = (outgoing.letter, outgoing.activity)
        let language: Language = letter.language == .english ? .english : .simplifiedChinese
        let wording = Wording(words: catalogues[language], zone: settings.zone, now: time.now())
        let words = wording.words
        var lines = [words("activityLetter.\(letter.kind.rawValue).text", ["title": activity.plan.title])]
        if letter.kind == .signedUp, outgoing.signUp?.state == .waiting {
            lines = [words("activityLetter.waiting.text")]
        }
        if letter.kind == .cancelled { lines.append(words("activityLetter.reason", ["reason": activity.cancelReason])) }
        if letter.kind == .invitation, !activity.plan.invitation.isEmpty { lines.append(activity.plan.invitation) }
        lines += [
            words("activityLetter.when", ["time": wording.span(activity.plan.span)]),
            words("activityLetter.where", ["school": wording.schools(outgoing.schools), "place": activity.plan.place]),
            words("activityLetter.who", ["organizer": activity.plan.organizer]),
        ]
        if let signUp = outgoing.signUp, letter.kind != .cancelled {
            lines.append(words("activityLetter.heads", ["heads": wording.heads(signUp.guest.heads)]))
        }
        let path =
            outgoing.signUp.map { SiteURL.activity(.place(.value($0.code))).path }
            ?? SiteURL.activity(.board(.value(activity.code))).path
        return NoticeMessage(
            subject: words(
                "activityLetter.subject", ["what": words(letter.kind), "title": activity.plan.title]),
            lines: lines, address: settings.publicAddress.map { $0 + path },
            addressLabel: words(letter.signUpLabelKey))
    }
}

extension ActivityLetter {
    fileprivate var signUpLabelKey: String {
        signUp == nil ? "activityLetter.openActivity" : "activityLetter.openPlace"
    }
}
