import Domain
import Supervision

/// An activity for everybody: what it is and how to come, or afterwards what came of it.
struct ActivityBoardPage: Page {
    struct Finding: Sendable {
        let matter: String
        let place: String
        let outcome: String
        let style: String
    }

    struct Photo: Sendable {
        let address: String
        let caption: String
    }

    struct Voice: Sendable {
        let stars: String
        let words: String
        let role: String
    }

    static let template = "public-activity"
    let title: String
    let by: String?
    let kind: String
    let state: String
    let style: String
    let time: String
    let place: String
    let organizer: String
    let invitation: String
    let programme: [ActivityPage.Fact]
    let hasProgramme: Bool
    let cancelled: String?
    let fault: String?
    let isOpen: Bool
    let isFull: Bool
    let places: String
    let until: String
    let action: String
    let form: String
    let roles: [Choice]
    let name: String
    let count: String
    let mostPeople = "\(Guest.mostAlone)"
    let pupils: String
    let mostPupils = "\(Guest.mostPupils)"
    let takesPupils: Bool
    let phone: String
    let mail: String
    let consents: Bool
    let agrees: Bool
    let report: String?
    let came: String
    let findings: [Finding]
    let hasFindings: Bool
    let photos: [Photo]
    let hasPhotos: Bool
    let voices: [Voice]
    let hasVoices: Bool
    let stars: String?

    init(_ board: ActivityBoard, territory: String, fault: String?, typed: FormFields?, _ wording: Wording) {
        let (activity, words) = (board.activity, wording.words)
        let plan = activity.plan
        title = plan.title
        by = territory.isEmpty ? nil : words("public.by", ["territory": territory])
        kind = words(plan.kind)
        state = words("activityBoard.state.\(board.stateName)")
        style = board.isOpen ? "ok" : activity.state == .cancelled ? "waiting" : activity.state.style
        time = wording.span(plan.span)
        place = "\(wording.schools(board.schools)) · \(plan.place)"
        organizer = plan.organizer
        invitation = plan.invitation
        programme = plan.programme.map {
            ActivityPage.Fact(label: CalendarForm.clock($0.minute), value: $0.text)
        }
        hasProgramme = !programme.isEmpty
        cancelled =
            activity.state == .cancelled ? words("activity.cancelledBy", ["reason": activity.cancelReason]) : nil
        self.fault = fault
        isOpen = board.isOpen
        isFull = board.left == 0 || board.waiting > 0
        places =
            isFull
            ? words("activityBoard.full", ["waiting": wording.count(board.waiting)])
            : words("activityBoard.left", ["count": wording.count(board.left)])
        until = words("activityBoard.until", ["time": wording.exactMinute(plan.signUpUntil)])
        action = SiteURL.activity(.board(.value(activity.code))).path
        form = board.formToken
        let chosen = typed?.text("role")
        roles = ActivityRole.allCases.filter { $0.signsUpAlone && !board.shutRoles.contains($0) }.map {
            Choice(
                value: $0.rawValue, label: words($0),
                isSelected: (chosen ?? ActivityRole.parent.rawValue) == $0.rawValue)
        }
        name = typed?.text("name") ?? ""
        count = typed?.text("count") ?? "1"
        pupils = typed?.text("pupils") ?? "0"
        takesPupils = !board.shutRoles.contains(.pupil) && !board.shutRoles.contains(.parent)
        phone = typed?.text("phone") ?? ""
        mail = typed?.text("mail") ?? ""
        consents = typed?.flag("consents") ?? false
        agrees = typed?.flag("agrees") ?? false
        let after = board.afterwards
        report = after == nil ? nil : activity.report
        came =
            after.map {
                words("guests.came", ["count": wording.count($0.came.total), "roles": wording.heads($0.came)])
            } ?? ""
        findings = (after?.findings ?? []).map { Finding($0, wording) }
        hasFindings = !findings.isEmpty
        photos = (after?.photoOrder ?? []).map {
            Photo(
                address: SiteURL.activity(.publicPhoto(.value(activity.code), .value($0))).path,
                caption: after?.photos[$0] ?? "")
        }
        hasPhotos = !photos.isEmpty
        voices = (after?.voices ?? []).map {
            Voice(stars: wording.stars($0.stars), words: $0.words, role: words($0.role))
        }
        hasVoices = !voices.isEmpty
        stars = after.flatMap { after in
            after.meanStars.map {
                words(
                    "activityReport.stars",
                    ["mean": Decimal.text($0, places: 1), "count": wording.count(after.starCount)])
            }
        }
    }
}

extension ActivityBoardPage.Finding {
    fileprivate init(_ finding: ActivityBoard.Finding, _ wording: Wording) {
        let words = wording.words
        matter = finding.matter
        place = [finding.school, finding.area.map(wording.area) ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        let isDone = finding.caseState == .closed || (finding.caseState == nil && finding.isMended)
        style = isDone ? "ok" : "connecting"
        outcome = words(
            finding.caseState == .closed
                ? "activityBoard.closed"
                : finding.caseState != nil
                    ? "activityBoard.underWay"
                    : finding.isMended ? "activityDay.mended" : "activityBoard.noted")
    }
}

extension ActivityBoard {
    /// What it is to somebody who may want to come.
    fileprivate var stateName: String {
        switch activity.state {
        case .draft, .closed: "closed"
        case .published: isOpen ? "open" : "closed"
        case .running: "running"
        case .done, .reported: "over"
        case .cancelled: "cancelled"
        }
    }
}
