import Domain

/// Spans of time in order, none touching another: those that come closer than `tolerance` are joined.
struct SpanSet: Equatable {
    private(set) var spans: [TimeSpan] = []
    let tolerance: Duration
    /// When there would be more, the two that are closest are joined: the set then says more than was put in, never less.
    let mostSpans: Int

    init(tolerance: Duration, mostSpans: Int = .max) {
        self.tolerance = tolerance
        self.mostSpans = mostSpans
    }

    var isEmpty: Bool { spans.isEmpty }

    mutating func insert(_ span: TimeSpan) {
        // Spans come in order nearly always: the search begins at the end.
        var upper = spans.endIndex
        while upper > 0, spans[upper - 1].start > span.end + tolerance { upper -= 1 }
        var lower = upper
        var joined = span
        while lower > 0, spans[lower - 1].end + tolerance >= span.start {
            lower -= 1
            joined = TimeSpan(start: min(joined.start, spans[lower].start), end: max(joined.end, spans[lower].end))
        }
        spans.replaceSubrange(lower..<upper, with: [joined])
        if spans.count > mostSpans { joinClosest() }
    }

    mutating func formUnion(_ other: SpanSet) {
        for span in other.spans { insert(span) }
    }

    private mutating func joinClosest() {
        let gaps = zip(spans, spans.dropFirst()).map { $1.start - $0.end }
        guard let closest = gaps.indices.min(by: { gaps[$0] < gaps[$1] }) else { return }
        let joined = TimeSpan(start: spans[closest].start, end: spans[closest + 1].end)
        spans.replaceSubrange(closest...closest + 1, with: [joined])
    }
}
