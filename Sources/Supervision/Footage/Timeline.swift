public import Domain

/// What there is of a camera in a span of time. (时间轴)
public struct Timeline: Hashable, Sendable {
    public var span: TimeSpan
    /// Recorded stretches in order, clipped to `span`; files that follow one another within a second are one stretch.
    public var recorded: [TimeSpan]
    /// Stretches without footage that have a known reason, in order, clipped to `span`.
    public var gaps: [RecordingGap]
    /// Clipped to `span`.
    public var protected: [ProtectedSpan]

    init(span: TimeSpan, files: [RecordedFile], gaps: [RecordingGap], protected: [ProtectedSpan]) {
        self.span = span
        var recorded = SpanSet(tolerance: .seconds(1))
        for file in files { if let part = file.span.intersection(span) { recorded.insert(part) } }
        self.recorded = recorded.spans
        self.gaps = gaps.compactMap { gap in
            gap.span.intersection(span).map { RecordingGap(camera: gap.camera, span: $0, reason: gap.reason) }
        }
        self.protected = protected.compactMap { item in
            item.span.intersection(span).map { ProtectedSpan(camera: item.camera, span: $0, reason: item.reason) }
        }
    }
}
