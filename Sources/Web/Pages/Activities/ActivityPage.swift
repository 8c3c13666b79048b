import Documents
import Domain
import Supervision

/// Where an activity stands and what comes next.
struct ActivityPage: Page {
    struct Step: Sendable {
        let move: String
        let label: String
        let means: String
        let isPrimary: Bool
    }

    struct Fact: Sendable {
        let label: String
        let value: String
    }

    struct Quota: Sendable {
        let label: String
        let text: String
        let share: String
    }

    struct Letter: Sendable {
        let kind: String
        let address: String
        let state: String
        let style: String
        let time: Moment
    }

    static let template = "activity"
    let head: ActivityHead
    let isOwn: Bool
    let fault: String?
    let done: String?
    let seen: String
    let moveAction: String
    let steps: [Step]
    let edit: String?
    let writeReport: String?
    let mayCancel: Bool
    let cancelMeans: String
    let reason: String
    let facts: [Fact]
    let programme: [Fact]
    let hasProgramme: Bool
    let invitation: String
    let quotas: [Quota]
    let waiting: String?
    let publicAddress: String?
    let publicLink: String?
    let qrCode: String
    let poster: String
    let mayInvite: Bool
    let inviteAction: String
    let noMail: Bool
    let addresses: String
    let letters: [Letter]
    let hasLetters: Bool

    init(
        _ sheet: ActivitySheet, base: String, sendsMail: Bool, fault: String?, typed: FormFields, done: FormFields,
        _ wording: Wording
    ) throws {
        let (activity, words) = (sheet.activity, wording.words)
        let (plan, id) = (activity.plan, Slot.value(activity.id))
        head = ActivityHead(sheet, .overview, wording)
        isOwn = sheet.isOwn
        self.fault = fault
        if let invited = done.text("invited").flatMap({ Int($0) }) {
            let wrong = done.text("wrong").flatMap { Int($0) } ?? 0
            self.done =
                words("activity.invited", ["count": wording.count(invited)])
                + (wrong > 0 ? words("activity.invitedWrong", ["count": wording.count(wrong)]) : "")
        } else {
            self.done = done.text("done") == "saved" ? words("activity.saved") : nil
        }
        seen = "\(activity.version)"
        moveAction = SiteURL.activity(.move(id)).path
        let isTooLate = wording.now >= plan.signUpUntil
        let moves: [String] =
            switch activity.state {
            case .draft: ["publish"]
            case .published: ["begin", "close"]
            case .closed: isTooLate ? ["begin"] : ["begin", "reopen"]
            case .running: ["finish"]
            case .done, .reported, .cancelled: []
            }
        // Before the doors open there is nothing to begin.
        let isSoon = wording.now >= plan.span.start - Activities.doorsOpen
        steps =
            sheet.isOwn
            ? moves.filter { $0 != "begin" || isSoon }.enumerated().map { index, move in
                Step(
                    move: move, label: words("activity.move.\(move)"), means: words("activity.move.\(move).means"),
                    isPrimary: index == 0 && move != "close" && move != "reopen")
            } : []
        let isChangeable = [.draft, .published, .closed].contains(activity.state)
        edit = sheet.isOwn && isChangeable ? SiteURL.activity(.edit(id)).path : nil
        writeReport = sheet.isOwn && activity.state == .done ? SiteURL.activity(.report(id)).path : nil
        mayCancel = sheet.isOwn && isChangeable
        let told = sheet.guests.signUps.count { [.confirmed, .waiting].contains($0.state) && $0.guest.mail != nil }
        let expected = sheet.guests.signUps.count { [.confirmed, .waiting].contains($0.state) }
        cancelMeans = words(
            "activity.cancelMeans", ["count": wording.count(expected), "mails": wording.count(told)])
        reason = typed["reason"] ?? ""
        facts = [
            Fact(label: words("activity.where"), value: plan.place),
            Fact(label: words("activity.organizer"), value: plan.organizer),
            Fact(label: words("activity.until"), value: wording.exactMinute(plan.signUpUntil)),
        ]
        programme = plan.programme.map { Fact(label: CalendarForm.clock($0.minute), value: $0.text) }
        hasProgramme = !programme.isEmpty
        invitation = plan.invitation
        quotas = Self.quotas(sheet, wording)
        let waiters = sheet.guests.waiting.count
        waiting = waiters > 0 ? words("activities.waiting", ["count": wording.count(waiters)]) : nil
        let board = SiteURL.activity(.board(.value(activity.code))).path
        publicAddress = activity.state.isPublic ? base + board : nil
        publicLink = activity.state.isPublic ? board : nil
        qrCode = try QRCode(base + board).svg(title: words("activity.qr"))
        poster = SiteURL.activity(.poster(id)).path
        mayInvite = sheet.isOwn && sendsMail && activity.isOpenForSignUp(at: wording.now)
        noMail = sheet.isOwn && !sendsMail && activity.isOpenForSignUp(at: wording.now)
        inviteAction = SiteURL.activity(.invite(id)).path
        addresses = typed["addresses"] ?? ""
        letters = sheet.letters.map { letter in
            Letter(
                kind: words(letter.kind), address: letter.address.isEmpty ? words("activity.erased") : letter.address,
                state: words(letter.state) + (letter.fault.map { " · \(words($0))" } ?? ""),
                style: letter.state == .sent ? "ok" : letter.state == .failed ? "waiting" : "connecting",
                time: wording.moment(letter.sentAt ?? letter.madeAt))
        }
        hasLetters = !letters.isEmpty
    }

    private static func quotas(_ sheet: ActivitySheet, _ wording: Wording) -> [Quota] {
        let capacity = sheet.activity.plan.capacity
        let tookPlace = sheet.activity.state.tookPlace || sheet.activity.state == .running
        let heads = tookPlace ? sheet.guests.came : sheet.guests.taken
        func quota(_ label: String, _ count: Int, _ most: Int) -> Quota {
            Quota(
                label: label,
                text: wording.words("activity.quota", ["count": wording.count(count), "total": wording.count(most)]),
                share: "\(min(100, count * 100 / max(1, most)))")
        }
        return [quota(wording.words(tookPlace ? "activity.came" : "activity.signedUp"), heads.total, capacity.total)]
            + ActivityRole.allCases.filter { heads[$0] > 0 || capacity.byRole[$0] != nil }
            .map { quota(wording.words($0), heads[$0], capacity.most($0)) }
    }
}
