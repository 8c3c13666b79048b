import Domain
import Supervision

/// What has been said of a capture, and the buttons to say it.
struct VerdictPanel: Sendable {
    struct Button: Sendable {
        let value: String
        let label: String
        /// nil = it is reached by the mouse only.
        let key: String?
        let style: String
    }

    /// What was said of the capture before, which can be taken back for a minute.
    struct Undo: Sendable {
        let text: String
        let action: String
        let seen: String

        /// nil unless the reader gave the verdict just now.
        init?(_ record: CaptureRecord?, by principal: Principal, _ wording: Wording) {
            guard case .person(let person) = principal, let record, let judgement = record.judgement,
                judgement.by == person.id, wording.now - judgement.time <= Captures.undoTime
            else { return nil }
            // What a case has taken in stays.
            if case .merged = judgement.verdict { return nil }
            text = wording.words(
                "triage.undoable",
                [
                    "item": wording.words(record.capture.item), "verdict": wording.words(judgement.verdict),
                ])
            action = SiteURL.captureVerdict(.value(record.capture.id)).path
            seen = "\(judgement.time.milliseconds)"
        }
    }

    let undo: Undo?
    /// Who left it to the reader, with which words.
    let handed: String?
    /// To whom the reader can leave it.
    let colleagues: [Choice]
    let mayHandOver: Bool
    /// The picture that comes next, fetched before it is asked for.
    let nextPicture: String?
    /// nil = it waits.
    let verdict: String?
    let style: String
    let by: String?
    let time: Moment?
    /// The capture of which this one is a duplicate.
    let otherAddress: String?
    /// Somebody else was faster; their verdict is shown.
    let isConflict: Bool
    let wasSaved: Bool
    let isTriage: Bool
    let mayJudge: Bool
    let buttons: [Button]
    let hasVerdict: Bool
    let action: String
    /// Which verdict the reader saw, so that a faster one is not lost.
    let seen: String
    let waiting: String?
    let nextAddress: String?
    /// The case that the capture is part of.
    let caseAddress: String?
    let caseText: String?
    /// Where one can be opened for it; nil = the reader may not, or it is none.
    let openingAddress: String?

    init(
        _ record: CaptureRecord, earlier: [CaptureRecord], by name: String?, mayJudge: Bool, waiting: LimitedCount?,
        caseOf summary: CaseSummary?, running: [(CaseSummary, version: Int)], undo: Undo?, next: CaptureRecord?,
        handed: (from: Person?, note: String)?, colleagues: [Person],
        mayOpen: Bool, query: FormFields, wording: Wording
    ) {
        let words = wording.words
        let judgement = record.judgement
        self.undo = undo
        self.handed =
            judgement != nil
            ? nil
            : handed.map {
                words("triage.handed", ["person": $0.from?.name ?? words("actor.gone")])
                    + ($0.note.isEmpty ? "" : words("punctuation.colon") + $0.note)
            }
        self.colleagues = colleagues.map { Choice(value: "\($0.id)", label: $0.name, isSelected: false) }
        mayHandOver = mayJudge && judgement == nil && !colleagues.isEmpty
        nextPicture = next.flatMap { next in
            next[.first].map { _ in
                SiteURL.captureFile(.value(next.capture.id), .value(EvidenceFile.Kind.first.fileName)).path
            }
        }
        verdict = judgement.map { words($0.verdict) }
        style =
            switch judgement?.verdict {
            case .confirmed?, .merged?: "confirmed"
            case .rejected?, .duplicate?: "rejected"
            case nil: "waiting"
            }
        by = name
        time = judgement.map { wording.moment($0.time) }
        if case .duplicate(let other)? = judgement?.verdict {
            otherAddress = SiteURL.capture(.value(other)).path
        } else {
            otherAddress = nil
        }
        isConflict = query.flag("conflict")
        wasSaved = query.flag("judged")
        isTriage = query.flag("triage")
        self.mayJudge = mayJudge
        buttons = mayJudge ? Self.buttons(record, earlier, summary == nil ? running : [], words) : []
        hasVerdict = judgement != nil
        action = SiteURL.captureVerdict(.value(record.capture.id)).path
        seen = judgement.map { "\($0.time.milliseconds)" } ?? ""
        self.waiting = waiting.map { words("triage.waiting", ["count": wording.count($0)]) }
        caseAddress = summary.map { SiteURL.casePage(.value($0.id)).path }
        caseText = summary.map { words("verdict.case", ["number": "\($0.number)", "state": words($0.state)]) }
        let isNone =
            switch judgement?.verdict {
            case .rejected?, .duplicate?, .merged?: true
            case .confirmed?, nil: false
            }
        openingAddress =
            mayOpen && summary == nil && !isNone ? SiteURL.captureCase(.value(record.capture.id)).path : nil
        nextAddress =
            waiting.map { $0.value > 0 } == true ? SiteURL.triage.with([("after", "\(record.capture.id)")]) : nil
    }

    private static func buttons(
        _ record: CaptureRecord, _ earlier: [CaptureRecord], _ running: [(CaseSummary, version: Int)], _ words: Words
    ) -> [Button] {
        let capture = record.capture
        var buttons = [Button(value: "confirmed", label: words("triage.confirm"), key: "y", style: "primary")]
        for (index, reason) in Verdict.Rejection.reasons(for: capture.item).enumerated() {
            buttons.append(Button(value: reason.rawValue, label: words(reason), key: "\(index + 1)", style: "reject"))
        }
        // Of the same item on the same camera, just before, and itself the first.
        let first = earlier.last { other in
            if case .duplicate? = other.judgement?.verdict { return false }
            return other.capture.item == capture.item
        }
        if let first {
            buttons.append(
                Button(
                    value: "duplicate:\(first.capture.id)", label: words("triage.duplicate"), key: "d", style: "reject")
            )
        }
        // More of what is being put right already; the newest case has the key.
        for (index, (summary, version)) in running.prefix(3).enumerated() {
            buttons.append(
                Button(
                    value: "merge:\(summary.id):\(version)",
                    label: words("triage.merge", ["number": "\(summary.number)"]), key: index == 0 ? "m" : nil,
                    style: "primary"))
        }
        return buttons
    }
}
