extension CaseEvent {
    /// What can be searched for in it: everything that somebody wrote, and the notice's number.
    public var texts: [String] {
        let all: [String] =
            switch change {
            case .opened(let opening):
                if case .other(let name) = opening.matter { [name, opening.note] } else { [opening.note] }
            case .dispatched(let notice, _, let message): [notice.description, message]
            case .begun(let plan): [plan]
            case .submitted(let submission): [submission.text]
            case .passed(let inspection), .returned(let inspection, _), .reinspected(let inspection, _),
                .reinspectionFailed(let inspection, _):
                [inspection.note]
            case .reopened(_, _, let reason), .appealed(let reason, _), .appealUpheld(let reason),
                .appealRejected(let reason), .extensionAsked(_, let reason), .extended(_, let reason),
                .extensionRefused(let reason), .transferred(_, let reason), .withdrawn(let reason):
                [reason]
            case .commented(let text, _), .urged(let text): [text]
            case .received, .acknowledged, .closed, .captureAdded, .escalated: []
            }
        return all.filter { !$0.isEmpty }
    }

    /// What was added with it.
    public var attachments: [Attachment] {
        switch change {
        case .submitted(let submission): submission.attachments
        case .passed(let inspection), .returned(let inspection, _), .reinspected(let inspection, _),
            .reinspectionFailed(let inspection, _):
            inspection.attachments
        case .appealed(_, let attachments), .commented(_, let attachments): attachments
        default: []
        }
    }
}
