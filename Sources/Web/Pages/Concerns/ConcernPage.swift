import Domain
import Supervision

/// One concern for those who answer it.
struct ConcernPage: Page {
    /// What was typed and not sent.
    struct Kept: Sendable {
        let move: ConcernPages.Move
        let text: String
    }

    struct Photo: Sendable {
        let address: String
        let label: String
    }

    /// A thing that can be done, with its form.
    struct MoveView: Sendable {
        let name: String
        let title: String
        let hint: String
        let button: String
        let writes: Bool
        let text: String
        let isOpen: Bool
        let isPrimary: Bool
    }

    static let template = "concern"
    let school: String
    let state: String
    let style: String
    let due: DueView?
    let text: String
    let received: Moment
    let photos: [Photo]
    let hasPhotos: Bool
    let contact: String?
    /// There is one, and the reader may not see it.
    let contactHidden: Bool
    let entries: [ConcernEntryView]
    let moves: [MoveView]
    let hasMoves: Bool
    let action: String
    let seen: String
    let caseAddress: String?
    let caseText: String?
    let caseAction: String?
    let caseHint: String
    let matters: [Choice]
    let grades: [Choice]
    let capturesAddress: String
    let fault: String?
    let done: String?

    init(
        _ sheet: ConcernSheet, kept: Kept?, fault: String?, done: ConcernPages.Move?, wording: Wording
    ) {
        let words = wording.words
        let concern = sheet.concern
        let id = concern.id
        school = sheet.school.name
        state = words(concern.state)
        style = concern.state.style
        due = wording.dueOfConcern(concern.due)
        text = concern.text
        received = wording.moment(concern.receivedAt)
        photos = concern.photos.enumerated().map { index, photo in
            Photo(
                address: SiteURL.concern(.photo(.value(id), .value(photo.id))).path,
                label: words("concern.photo", ["number": "\(index + 1)"]))
        }
        hasPhotos = !photos.isEmpty
        contact = sheet.contact
        contactHidden = sheet.hasContact && sheet.contact == nil
        entries = concern.steps.reversed().map { step in
            let who: String =
                switch step.actor {
                case .person(let id): sheet.people[id] ?? words("actor.gone")
                case .anybody: words("concern.sender")
                case .node, .console, .camera: words("actor.node")
                }
            return ConcernEntryView(step.change, at: step.time, who: who, wording)
        }
        let possible = sheet.mayAnswer ? ConcernPages.Move.allCases.filter { $0.isPossible(on: concern) } : []
        let first: ConcernPages.Move = concern.state == .received ? .take : .answer
        moves = possible.map { move in
            MoveView(
                name: move.rawValue, title: words("concern.move.\(move.rawValue)"),
                hint: words("concern.move.\(move.rawValue).hint"),
                button: words(move.writes ? "concern.preview" : "concern.move.\(move.rawValue)"), writes: move.writes,
                text: kept?.move == move ? kept?.text ?? "" : "",
                isOpen: kept.map { $0.move == move } ?? (move == .answer && concern.state == .taken),
                isPrimary: move == first)
        }
        hasMoves = !moves.isEmpty
        action = SiteURL.concern(.act(.value(id))).path
        seen = "\(concern.version)"
        caseAddress = sheet.summary.map { SiteURL.casePage(.value($0.id)).path }
        caseText = sheet.summary.map {
            words(
                "concern.caseLine",
                ["number": "\($0.number)", "matter": words($0.matter), "state": words($0.state)])
        }
        let mayOpen = sheet.mayOpenCase && concern.allows(.caseOpened(caseID: CaseID(at: concern.receivedAt)))
        caseAction = mayOpen ? SiteURL.concern(.openCase(.value(id))).path : nil
        caseHint = words("concern.caseHint", ["school": sheet.school.name])
        matters = words.matters(chosen: "other")
        grades = words.grades(chosen: .two)
        capturesAddress = SiteURL.captures.with([("school", "\(sheet.school.id)")])
        self.fault = fault
        self.done = done.map { words("concern.done.\($0.rawValue)") }
    }
}

extension ConcernPages.Move {
    func isPossible(on concern: Concern) -> Bool {
        switch self {
        case .take: concern.state == .received
        case .askBack: concern.allows(.askedBack(question: ""))
        case .answer: concern.allows(.answered(text: ""))
        case .reject: concern.allows(.rejected(reason: ""))
        case .close: concern.allows(.closed)
        }
    }
}

/// An answer as whoever sent the concern will see it.
struct ConcernPreviewPage: Page {
    static let template = "concern-preview"
    let school: String
    let heading: String
    let consequence: String
    let original: ConcernEntryView
    let entry: ConcernEntryView
    let state: String
    let style: String
    let action: String
    let move: String
    let text: String
    let seen: String
    let button: String
    let isFinal: Bool

    init(_ sheet: ConcernSheet, _ change: ConcernChange, move: ConcernPages.Move, text: String, wording: Wording) {
        let words = wording.words
        school = sheet.school.name
        heading = words("concern.previewTitle")
        consequence = words("concern.consequence.\(move.rawValue)")
        original = ConcernEntryView(sheet.concern.steps[0].change, at: sheet.concern.receivedAt, who: nil, wording)
        entry = ConcernEntryView(change, at: wording.now, who: nil, wording)
        let after: Concern.State =
            switch move {
            case .askBack: .askedBack
            case .reject: .rejected
            case .answer, .take, .close: .answered
            }
        state = words(after)
        style = after.style
        action = SiteURL.concern(.act(.value(sheet.concern.id))).path
        self.move = move.rawValue
        self.text = text
        seen = "\(sheet.concern.version)"
        button = words("concern.move.\(move.rawValue)")
        isFinal = move == .reject
    }
}
