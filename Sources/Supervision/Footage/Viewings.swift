import Domain

/// Who has watched what since the ledger was last told: decides when it is told again, and what.
struct Viewings {
    struct Key: Hashable {
        var actor: LedgerActor
        var camera: CameraID
        var kind: ViewingKind
        var reason: ViewingReason?
    }

    /// What one ledger entry says.
    struct Note {
        var key: Key
        var spans: SpanSet
    }

    private struct Viewing {
        var noted: Duration
        var waiting = Viewings.noSpans
    }

    private var viewings: [Key: Viewing] = [:]

    static let interval = Duration.seconds(600)
    private static let mostViewings = 20_000
    private static let noSpans = SpanSet(tolerance: .seconds(2), mostSpans: 32)

    /// - Parameter now: Of a clock that only goes forward.
    /// - Returns: What must enter the ledger before the footage is shown; nil when it may wait.
    mutating func watch(_ span: TimeSpan, _ key: Key, at now: Duration) -> Note? {
        guard var viewing = viewings[key], !isDue(key, at: now) else {
            var spans = viewings[key]?.waiting ?? Self.noSpans
            spans.insert(span)
            viewings[key] = Viewing(noted: now)
            return Note(key: key, spans: spans)
        }
        viewing.waiting.insert(span)
        viewings[key] = viewing
        return nil
    }

    /// Whether the next ``watch(_:_:at:)`` would return a note.
    func isDue(_ key: Key, at now: Duration) -> Bool {
        viewings[key].map { now - $0.noted >= Self.interval } ?? true
    }

    /// The note could not be kept: it waits for the next chance, which is the next request.
    mutating func failed(_ note: Note) {
        guard var viewing = viewings[note.key] else { return }
        viewing.waiting.formUnion(note.spans)
        viewing.noted = viewing.noted - Self.interval
        viewings[note.key] = viewing
    }

    /// The notes that have waited long enough; of those whose time is over and who watched no more, nothing is kept.
    mutating func settle(all: Bool, at now: Duration) -> [Note] {
        var notes: [Note] = []
        for (key, viewing) in viewings where all || now - viewing.noted >= Self.interval {
            if viewing.waiting.isEmpty {
                viewings[key] = nil
            } else {
                viewings[key] = Viewing(noted: now)
                notes.append(Note(key: key, spans: viewing.waiting))
            }
        }
        return notes
    }

    var isFull: Bool { viewings.count >= Self.mostViewings }
}
