import Domain
import Supervision

/// What a parent's page has beside the school's.
struct ParentView: Sendable {
    struct Report: Sendable {
        let text: String
        let address: String
        let day: String
        let state: String
        let style: String
    }

    let className: String
    let name: String
    let until: String
    let done: String?
    let reports: [Report]
    let hasReports: Bool
    let formToken: String
    let signOutAction = SiteURL.parent(.signOut).path
    let codeAction = SiteURL.parent(.code).path
    let leaveAction = SiteURL.parent(.leave).path

    private static let longestReport = 40

    init(_ board: ParentBoard, token: Secret, done: String?, wording: Wording) {
        let words = wording.words
        className = board.member.className
        name = board.member.parent.name ?? ""
        let last = Day(of: board.member.parent.expires - .milliseconds(1), in: wording.zone)
        until = words("parent.until", ["day": "\(last)"])
        self.done = done
        reports = board.reports.map { report in
            let isLong = report.text.count > Self.longestReport
            return Report(
                text: String(report.text.prefix(Self.longestReport)) + (isLong ? "…" : ""),
                address: SiteURL.concern(.follow(.value(report.code))).path,
                day: wording.zone.civil(report.receivedAt).date, state: words(report.state), style: report.state.style)
        }
        hasReports = !reports.isEmpty
        formToken = FormToken.text(for: token)
    }
}

/// What somebody reads and types who opens a class's invitation.
struct ParentJoinPage: Page {
    static let template = "parent-join"
    let school: String
    let className: String
    let address: String
    let action: String
    let isOpen: Bool
    let fault: String?
    let name: String
    let phone: String
    let consents: Bool
    let nameMost = "\(Parent.nameLength.upperBound)"
    let phoneMost = "\(Parent.longestPhone)"
    /// What is done with what they type (PIPL Art. 17): one sentence for each point.
    let points: [Point]
    let signInAddress = SiteURL.parent(.signIn).path

    struct Point: Sendable {
        let title: String
        let text: String
    }

    init(
        _ view: ParentInvitationView, _ code: PublicCode, typed: ParentDraft?, fault: String?, territory: String,
        words: Words
    ) {
        school = view.school.name
        className = view.invitation.className
        address = SiteURL.publicPage(.value(view.page)).path
        action = SiteURL.parent(.join(.value(code))).path
        isOpen = view.isOpen
        self.fault = fault
        name = typed?.name ?? ""
        phone = typed?.phone ?? ""
        consents = typed?.consents ?? false
        points = ["who", "what", "why", "where", "howLong", "rights", "pictures"].map {
            Point(
                title: words("parent.consent.\($0)"),
                text: words(
                    "parent.consent.\($0)Text",
                    ["school": view.school.name, "territory": territory, "day": "\(view.lastDay)"]))
        }
    }
}

struct ParentSignInPage: Page {
    static let template = "parent-sign-in"
    let fault: String?
    let done: String?
}

/// The code, shown once.
struct ParentCodePage: Page {
    static let template = "parent-code"
    let school: String
    let code: String
    let isNew: Bool
    let address = SiteURL.parent(.board).path
    let signInAddress: String
}
