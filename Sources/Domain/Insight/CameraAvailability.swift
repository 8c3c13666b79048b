/// How much of the working time a school's cameras could watch. (摄像头在线率)
///
/// Lost is what the program captured of the cameras themselves: offline, covered, dark, frozen. What lasts less than their
/// rules ask for (60, 10, 10, 30 seconds by default) is not in it.
public struct CameraAvailability: Hashable, Sendable {
    public var school: SchoolID
    public var cameras: Int
    /// Working time of all cameras together.
    public var working: Duration
    public var lost: Duration

    /// 0…1; nil when nobody worked in the span.
    public var share: Double? {
        working > .zero ? max(0, 1 - lost.inSeconds / working.inSeconds) : nil
    }

    public static let blind: [CaptureItem] = [.offline, .covered, .dark, .frozen]

    /// - Parameters:
    ///   - cameras: That are in use, by school; each counts for the whole span.
    ///   - blind: Spans in which a camera could not watch; may overlap.
    ///   - times: By school.
    public static func of(
        _ cameras: [SchoolID: [CameraID]], blind: [CameraID: [TimeSpan]], times: [SchoolID: SchoolTime],
        in span: TimeSpan
    ) -> [CameraAvailability] {
        // Most schools have the county's calendar: its working time is summed once.
        var sums: [SchoolTime: Duration] = [:]
        return cameras.compactMap { school, cameras in
            guard let time = times[school], !cameras.isEmpty else { return nil }
            let each = sums[time] ?? time.workingTime(in: span)
            sums[time] = each
            let lost = cameras.reduce(Duration.zero) { sum, camera in
                sum + union(blind[camera] ?? [], in: span).reduce(.zero) { $0 + time.workingTime(in: $1) }
            }
            return CameraAvailability(
                school: school, cameras: cameras.count, working: each * cameras.count, lost: lost)
        }.sorted { ($0.share ?? 2, $0.school) < ($1.share ?? 2, $1.school) }
    }

    private static func union(_ spans: [TimeSpan], in whole: TimeSpan) -> [TimeSpan] {
        var found: [TimeSpan] = []
        for span in spans.compactMap({ $0.intersection(whole) }).sorted(by: { $0.start < $1.start }) {
            if let last = found.last, span.start <= last.end {
                found[found.count - 1] = TimeSpan(start: last.start, end: max(last.end, span.end))
            } else {
                found.append(span)
            }
        }
        return found
    }
}
