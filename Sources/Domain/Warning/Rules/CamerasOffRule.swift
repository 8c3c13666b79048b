/// Warns when a school's cameras did not see its kitchen for too much of a day's working hours. (工作时间摄像头离线)
public struct CamerasOffRule: Hashable, Sendable, Codable {
    /// Of the working time of all its cameras: 0.01…1.
    public var share: Double

    public init(share: Double = 0.2) { self.share = share }

    public var isValid: Bool { (0.01...1).contains(share) }

    /// - Parameter off: For each of the school's cameras that are switched on, when it was off, covered, dark or frozen;
    ///   spans may overlap.
    public func met(by off: [CameraID: [TimeSpan]], on day: Day, _ time: SchoolTime) -> CamerasOff? {
        guard let working = time.workingSpan(on: day), !off.isEmpty else { return nil }
        let lost = off.values.map { Self.covered($0.compactMap(working.intersection)) }
        let cameras = lost.count { $0 > .zero }
        let seconds = lost.reduce(0) { $0 + $1.inSeconds }
        let all = working.duration.inSeconds * Double(off.count)
        guard seconds > 0, seconds >= share * all else { return nil }
        return CamerasOff(
            day: day, cameras: cameras, ofCameras: off.count, minutes: Int(seconds / 60), ofMinutes: Int(all / 60))
    }

    private static func covered(_ spans: [TimeSpan]) -> Duration {
        var (sum, end): (Duration, UTCTime?) = (.zero, nil)
        for span in spans.sorted(by: { $0.start < $1.start }) {
            let from = end.map { max($0, span.start) } ?? span.start
            if span.end > from {
                sum += span.end - from
                end = span.end
            }
        }
        return sum
    }
}

/// `cameras` of `ofCameras` were off for `minutes` of the `ofMinutes` that all should have watched.
public struct CamerasOff: Hashable, Sendable, Codable {
    public var day: Day
    public var cameras: Int
    public var ofCameras: Int
    public var minutes: Int
    public var ofMinutes: Int
}
