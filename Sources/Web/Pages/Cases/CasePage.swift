import Domain
import Supervision

/// One case: what is the matter, who has to do what until when, and all that has happened.
struct CasePage: Page {
    struct File: Sendable {
        let name: String
        let address: String
        let thumbnail: String
        let size: String
        let isPhoto: Bool
        let isVideo: Bool
        let sha256: String
    }

    struct Act: Sendable {
        let time: Moment
        let what: String
        let who: String
        let role: String?
        let text: String?
        let notes: [String]
        let files: [File]
        let hasFiles: Bool
        let sequence: String
        let hash: String
        /// Since the reader opened the page.
        let isNew: Bool
    }

    struct Step: Sendable {
        let label: String
        /// `past`, `now` or nothing.
        let style: String
    }

    struct Clock: Sendable {
        let name: String
        let due: String
        let left: String
        let style: String
        /// Of the whole time, in per cent, for the bar.
        let used: String?
    }

    static let template = "case"
    let number: String
    let matter: String
    let item: String?
    let grade: String
    let gradeWord: String
    let state: String
    let stateStyle: String
    let school: String
    let schoolAddress: String
    let office: String
    let opened: Moment
    let round: String?
    let notices: [String]
    let hasNotices: Bool
    let noticeAddress: String?
    let steps: [Step]
    let clocks: [Clock]
    let ballWith: String?
    let note: String?
    let cards: [CaptureCard]
    let hasCards: Bool
    let patrolAddress: String?
    let patrolText: String?
    let findingAddress: String?
    let findingText: String?
    let mainForms: [MoveForm]
    let moreForms: [MoveForm]
    let hasMoreForms: Bool
    let isMoreOpen: Bool
    let hasForms: Bool
    let acts: [Act]
    let actCount: String
    let conflict: Bool
    let wasSaved: String?
    let subject: String
    /// What was typed for something that can't be done any more.
    var lostFault: String?
    var lostText: String?

    init(
        _ sheet: CaseSheet, kept: MoveForm.Kept? = nil, since seen: Int? = nil, saved: String? = nil,
        isSchool: Bool, phrases: Phrases, wording: Wording
    ) {
        let words = wording.words
        let (summary, current) = (sheet.summary, sheet.current)
        number = "\(summary.number)"
        matter = words(summary.matter)
        item = summary.matter.item?.rawValue
        grade = "\(current.grade.rawValue)"
        gradeWord = words(current.grade)
        state = words(current.state)
        stateStyle = current.state.rawValue
        school = summary.school.name
        schoolAddress = SiteURL.cases.with([("school", "\(summary.school.id)")])
        office = wording.body(current.handler, schools: sheet.schools, offices: sheet.offices)
        opened = wording.moment(current.openedAt)
        round = current.round > 1 ? words("case.round", ["round": "\(current.round)"]) : nil
        notices = current.notices.map { "\($0)" }
        hasNotices = !notices.isEmpty
        noticeAddress = current.notices.isEmpty ? nil : SiteURL.caseNotice(.value(summary.id)).path
        steps = Self.steps(current, words)
        clocks = sheet.clocks.filter { $0.stoppedAt == nil }.map { Self.clock($0, wording) }
        ballWith = Self.ball(current, sheet, wording)
        note = current.opening.note.isEmpty ? nil : current.opening.note
        cards = sheet.captures.map { CaptureCard($0, wording: wording) }
        hasCards = !cards.isEmpty
        if let patrol = current.opening.patrol {
            patrolAddress = SiteURL.replay.with([
                ("cameras", "\(patrol.camera)"), ("at", "\(patrol.time.milliseconds)"),
                // The register asks what it is for, and this answers.
                ("case", "\(summary.number)"),
            ])
            patrolText = words(
                patrol.isLive ? "case.patrolLive" : "case.patrolReplay",
                ["camera": sheet.camera?.name ?? "–", "time": wording.exact(patrol.time)])
        } else {
            (patrolAddress, patrolText) = (nil, nil)
        }
        let finding = current.opening.finding
        findingAddress = finding.flatMap(SiteURL.origin(of:))?.path
        findingText = finding.map {
            words("case.finding.\($0.source.rawValue)", ["time": wording.exactMinute($0.time)])
        }
        // That a copy has arrived can wait; what others wait for can't.
        let main =
            sheet.moves.filter { $0.isMain && !Self.isCopy($0, current) }
            + sheet.moves.filter { Self.isCopy($0, current) }
        mainForms = main.enumerated().map { index, move in
            MoveForm(
                move, sheet, isPrimary: index == 0, isSchool: isSchool, kept: kept, phrases: phrases[move],
                wording: wording)
        }
        moreForms = sheet.moves.filter { !$0.isMain }.map {
            MoveForm(
                $0, sheet, isPrimary: false, isSchool: isSchool, kept: kept, phrases: phrases[$0], wording: wording)
        }
        hasMoreForms = !moreForms.isEmpty
        isMoreOpen = moreForms.contains(where: \.isOpen)
        hasForms = !sheet.moves.isEmpty
        let files = Dictionary(sheet.files.map { ($0.attachment, $0) }, uniquingKeysWith: { first, _ in first })
        acts = sheet.history.reversed().map { act in
            Self.act(act, sheet, files, isNew: seen.map { act.event.version > $0 } ?? false, wording)
        }
        actCount = "\(acts.count)"
        conflict = seen != nil
        wasSaved = saved
        subject = "case/\(summary.id)"
    }

    /// Saying that a copy of the notice has arrived: nobody waits for that.
    private static func isCopy(_ move: CaseMove, _ current: Case) -> Bool {
        move == .acknowledge && current.state != .dispatched
    }

    private static func steps(_ current: Case, _ words: Words) -> [Step] {
        let order: [CaseState] = [.opened, .dispatched, .rectifying, .submitted, .reinspection, .closed]
        let shown: CaseState =
            switch current.state {
            case .acknowledged: .rectifying
            case .appealed: .dispatched
            default: current.state
            }
        guard let here = order.firstIndex(of: shown) else {
            return [
                Step(label: words(CaseState.opened), style: "past"), Step(label: words(current.state), style: "now"),
            ]
        }
        return order.enumerated().map { index, state in
            Step(
                label: index == here ? words(current.state) : words("case.step.\(state.rawValue)"),
                style: index < here || current.state == .closed ? "past" : index == here ? "now" : "")
        }
    }

    private static func clock(_ clock: CaseClock, _ wording: Wording) -> Clock {
        let words = wording.words
        let whole = Double((clock.due - clock.from).inMilliseconds)
        let used = Double((wording.now - clock.from).inMilliseconds)
        let share = whole > 0 ? min(1, max(0, used / whole)) : 1
        let isOver = clock.isOverdue(at: wording.now)
        let left =
            clock.isPaused
            ? words("due.paused")
            : clock.notBefore.map { wording.now < $0 } == true
                ? words("due.notBefore", ["time": wording.exactMinute(clock.notBefore!)])
                : wording.left(until: clock.due)
        return Clock(
            name: words(clock.kind), due: wording.exactMinute(clock.due), left: left,
            style: clock.isPaused ? "paused" : isOver ? "over" : share > 0.75 ? "soon" : "",
            used: clock.isPaused ? nil : "\(Int(share * 100))")
    }

    /// Who has to act now; nil when the case has ended.
    private static func ball(_ current: Case, _ sheet: CaseSheet, _ wording: Wording) -> String? {
        let body: Body
        switch current.state {
        case .opened, .appealed: body = .marketRegulation
        case .dispatched, .acknowledged, .rectifying: body = .school(current.opening.school)
        case .submitted, .reinspection: body = current.handler
        case .closed, .withdrawn: return nil
        }
        return wording.words(
            "case.ball.\(current.state.rawValue)",
            ["body": wording.body(body, schools: sheet.schools, offices: sheet.offices)])
    }

    private static func act(
        _ act: CaseSheet.Act, _ sheet: CaseSheet, _ files: [Attachment: AttachmentFile], isNew: Bool,
        _ wording: Wording
    ) -> Act {
        let words = wording.words
        let event = act.event
        let who: String
        switch event.actor {
        case .node: who = words("actor.node")
        case .console: who = words("actor.console")
        case .person, .camera, .anybody: who = act.person?.name ?? words("actor.gone")
        }
        let shown = event.attachments.compactMap { attachment in
            files[attachment].map { file in
                File(
                    name: file.name,
                    address: SiteURL.caseFile(.value(sheet.summary.id), .value(attachment.id)).path,
                    thumbnail: SiteURL.caseThumbnail(.value(sheet.summary.id), .value(attachment.id)).path,
                    size: wording.bytes(Int64(file.sizeBytes)), isPhoto: attachment.kind == .photo,
                    isVideo: attachment.kind == .video, sha256: attachment.sha256)
            }
        }
        let number = event.texts.first { "\($0)".hasSuffix(" 号") }
        return Act(
            time: wording.moment(event.time), what: words(event.change.ledgerAct), who: who,
            role: event.role.map { words("role.\($0.rawValue)") },
            text: event.texts.filter { $0 != number }.joined(separator: "\n").nonEmpty,
            notes: notes(event.change, sheet, wording), files: shown, hasFiles: !shown.isEmpty,
            sequence: "\(act.sequence)", hash: act.hash.hexadecimal, isNew: isNew)
    }

    /// What an event says besides its words.
    private static func notes(_ change: CaseChange, _ sheet: CaseSheet, _ wording: Wording) -> [String] {
        let words = wording.words
        func until(_ time: UTCTime?) -> [String] {
            time.map { [words("case.note.until", ["time": wording.exactMinute($0)])] } ?? []
        }
        switch change {
        case .opened(let opening):
            return opening.captures.isEmpty
                ? [] : [words("case.note.captures", ["count": wording.count(opening.captures.count)])]
        case .dispatched(let number, let due, _): return ["\(number)"] + until(due)
        case .received(let body): return [wording.body(body, schools: sheet.schools, offices: sheet.offices)]
        case .submitted(let submission):
            return submission.appointment.map {
                [words("case.note.appointment", ["time": wording.exactMinute($0)])]
            } ?? []
        case .passed(let inspection), .reinspected(let inspection, _): return [words(inspection.method)]
        case .returned(let inspection, let due), .reinspectionFailed(let inspection, let due):
            return [words(inspection.method)] + until(due)
        case .reopened(let grade, _, _): return [words(grade)]
        case .extensionAsked(let time, _), .extended(let time, _): return until(time)
        case .transferred(let office, _):
            return [
                wording.body(
                    office.map(Body.townshipOffice) ?? .marketRegulation, schools: sheet.schools,
                    offices: sheet.offices)
            ]
        case .escalated(_, let measure, let bodies):
            return [words(measure)] + bodies.map { wording.body($0, schools: sheet.schools, offices: sheet.offices) }
        default: return []
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
