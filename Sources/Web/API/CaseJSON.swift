import Domain
import Supervision

/// A case as the API gives it: `GET /api/v1/cases` and the events.
extension Wording {
    func members(_ summary: CaseSummary) -> [(key: String, value: JSON)] {
        [
            ("id", .string("\(summary.id)")),
            ("url", .string(SiteURL.casePage(.value(summary.id)).path)),
            ("number", .integer(Int64(summary.number))),
            ("version", .integer(Int64(summary.version))),
            ("state", .string(summary.state.rawValue)),
            ("stateText", .string(words(summary.state))),
            ("grade", .integer(Int64(summary.grade.rawValue))),
            ("item", .string(summary.matter.item?.rawValue)),
            ("matter", .string(words(summary.matter))),
            ("school", .object(["id": .string("\(summary.school.id)"), "name": .string(summary.school.name)])),
            (
                "office",
                summary.office.map { .object(["id": .string("\($0.id)"), "name": .string($0.name)]) } ?? .null
            ),
            ("canteen", .string(summary.canteen.map { "\($0)" })),
            ("area", .string(summary.area.map { "\($0)" })),
            ("round", .integer(Int64(summary.round))),
            ("opened", .integer(summary.openedAt.milliseconds)),
            ("changed", .integer(summary.changedAt.milliseconds)),
            ("closed", .integer(summary.closedAt?.milliseconds)),
            (
                "due",
                summary.due.map {
                    .object(["clock": .string($0.kind.rawValue), "time": .integer($0.time.milliseconds)])
                } ?? .null
            ),
            ("captureCount", .integer(Int64(summary.captureCount))),
        ]
    }

    /// With everything that belongs to it.
    func wholeMembers(_ sheet: CaseSheet) -> [(key: String, value: JSON)] {
        let (summary, current) = (sheet.summary, sheet.current)
        let captures = sheet.captures.map { JSON.members(members($0)) }
        return members(summary) + [
            ("handler", .string("\(current.handler)")),
            ("note", .string(current.opening.note)),
            ("patrol", current.opening.patrol.map { json($0, sheet.camera) } ?? .null),
            ("notices", .array(current.notices.map { .string("\($0)") })),
            ("clocks", .array(sheet.clocks.map(json))),
            ("history", .array(sheet.history.map(json))),
            ("captures", .array(captures)),
            ("files", .array(sheet.files.map(json))),
            ("moves", .array(sheet.moves.map(json))),
        ]
    }

    /// A file that is part of a case, with where it can be read.
    func json(_ file: AttachmentFile) -> JSON {
        .members(
            members(file) + [
                (
                    "url",
                    .string(SiteURL.api(.caseFile(.value(file.caseID), .value(file.attachment.id))).path)
                )
            ])
    }

    func members(_ file: AttachmentFile) -> [(key: String, value: JSON)] {
        [
            ("id", .string("\(file.attachment.id)")), ("name", .string(file.name)),
            ("kind", .string(file.attachment.kind.rawValue)), ("mediaType", .string(file.mediaType)),
            ("size", .integer(Int64(file.sizeBytes))), ("sha256", .string(file.attachment.sha256)),
        ]
    }

    private func json(_ patrol: CaseOpening.Patrol, _ camera: Camera?) -> JSON {
        .object([
            "camera": .string("\(patrol.camera)"), "name": .string(camera?.name),
            "time": .integer(patrol.time.milliseconds), "live": .bool(patrol.isLive),
        ])
    }

    private func json(_ clock: CaseClock) -> JSON {
        .object([
            "clock": .string(clock.kind.rawValue), "text": .string(words(clock.kind)),
            "from": .integer(clock.from.milliseconds), "due": .integer(clock.due.milliseconds),
            "notBefore": .integer(clock.notBefore?.milliseconds),
            "pausedSince": .integer(clock.pausedSince?.milliseconds),
            "stopped": .integer(clock.stoppedAt?.milliseconds),
        ])
    }

    private func json(_ act: CaseSheet.Act) -> JSON {
        let event = act.event
        let details = event.change.details
        return .object([
            "version": .integer(Int64(event.version)), "time": .integer(event.time.milliseconds),
            "act": .string(event.change.ledgerAct.rawValue), "actText": .string(words(event.change.ledgerAct)),
            "by": .object([
                "actor": .string("\(event.actor)"), "name": .string(act.person?.name),
                "role": .string(event.role?.rawValue),
            ]),
            "text": .string(event.texts.filter { $0 != details.notice }.joined(separator: "\n")),
            "notice": .string(details.notice), "due": .integer(details.due?.milliseconds),
            "method": .string(details.method?.rawValue),
            "files": .array(event.attachments.map { .string("\($0.id)") }),
            "ledger": .object(["sequence": .integer(act.sequence), "sha256": .string(act.hash.hexadecimal)]),
        ])
    }

    private func json(_ move: CaseMove) -> JSON {
        .object([
            "move": .string(move.rawValue), "text": .string(words(move)), "needsText": .bool(move.needsText),
            "takesDue": .bool(move.dueLabel != nil), "takesMethod": .bool(move.takesMethod),
            "takesFiles": .bool(move.takesFiles),
        ])
    }
}

extension CaseChange {
    /// What stands in an event besides words and files.
    fileprivate var details: (notice: String?, due: UTCTime?, method: Inspection.Method?) {
        switch self {
        case .dispatched(let notice, let due, _): ("\(notice)", due, nil)
        case .submitted(let submission): (nil, submission.appointment, nil)
        case .passed(let inspection), .reinspected(let inspection, _): (nil, nil, inspection.method)
        case .returned(let inspection, let due), .reinspectionFailed(let inspection, let due):
            (nil, due, inspection.method)
        case .extensionAsked(let until, _), .extended(let until, _): (nil, until, nil)
        default: (nil, nil, nil)
        }
    }
}

extension CaseNotice {
    /// The kind alone, as the API names it.
    var name: String {
        switch self {
        case .dispatched: "dispatched"
        case .acknowledged: "acknowledged"
        case .submitted: "submitted"
        case .passed: "passed"
        case .returned: "returned"
        case .reinspectionFailed: "reinspectionFailed"
        case .closed: "closed"
        case .reopened: "reopened"
        case .appealed: "appealed"
        case .appealUpheld: "appealUpheld"
        case .appealRejected: "appealRejected"
        case .extensionAsked: "extensionAsked"
        case .extended: "extended"
        case .extensionRefused: "extensionRefused"
        case .transferred: "transferred"
        case .withdrawn: "withdrawn"
        case .urged: "urged"
        case .escalated: "escalated"
        }
    }
}
