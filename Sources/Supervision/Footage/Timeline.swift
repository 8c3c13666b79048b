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
}
