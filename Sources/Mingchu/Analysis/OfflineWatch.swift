import Domain

/// Cameras that are away: a capture once a camera has been away for as long as its rule says, ended when it is back.
///
/// A state machine: statuses in, captures out.
struct OfflineWatch: Sendable {
    enum Change: Sendable {
        case opened(Capture)
        case ended(Capture)
    }

    /// Where a school has none of its own.
    private let hours: WorkingHours
    private let zone: TerritoryZone
    private(set) var open: [CameraID: Capture] = [:]

    init(hours: WorkingHours, zone: TerritoryZone) {
        self.hours = hours
        self.zone = zone
    }

    /// Takes up captures that went on when the program ended.
    mutating func resume(_ captures: [Capture]) {
        for capture in captures where capture.item == .offline && capture.end == nil { open[capture.camera] = capture }
    }

    /// - Parameters:
    ///   - statuses: of all cameras; those that are missing here are gone.
    ///   - own: Hours that somebody has set for the camera's school.
    mutating func look(
        _ statuses: [CameraID: CameraStatus], settings: [CameraID: AnalysisSettings],
        hours own: [CameraID: WorkingHours] = [:], at now: UTCTime
    ) -> [Change] {
        var changes: [Change] = []
        for (camera, status) in statuses {
            let settings = settings[camera] ?? .standard
            let rule = settings.rule(.offline)
            let hours = own[camera] ?? hours
            guard status.isAway, settings.isOn, rule.isOn, applies(rule, hours, at: now) else {
                if let ended = end(camera, at: status.isAway ? now : status.since) { changes.append(ended) }
                continue
            }
            // A clock that was set back must not give a time in the future.
            let since = min(status.since, now)
            guard open[camera] == nil, (now - since).inSeconds >= rule.sustainedSeconds else { continue }
            let capture = Capture(
                id: CaptureID(at: now), camera: camera, item: .offline,
                grade: CaptureItem.offline.grade(inWorkingHours: hours.contains(now, in: zone)), start: since,
                metAt: now, bestAt: since, score: 1, rule: rule)
            open[camera] = capture
            changes.append(.opened(capture))
        }
        for camera in open.keys where statuses[camera] == nil {
            if let ended = end(camera, at: now) { changes.append(ended) }
        }
        return changes
    }

    private mutating func end(_ camera: CameraID, at time: UTCTime) -> Change? {
        guard var capture = open.removeValue(forKey: camera) else { return nil }
        capture.end = max(time, capture.metAt)
        return .ended(capture)
    }

    private func applies(_ rule: CaptureRule, _ hours: WorkingHours, at now: UTCTime) -> Bool {
        switch rule.hours {
        case .always: true
        case .working: hours.contains(now, in: zone)
        case .outsideWorking: !hours.contains(now, in: zone)
        }
    }
}

extension CameraStatus {
    /// Wanted, and not there.
    fileprivate var isAway: Bool {
        switch state {
        case .connecting, .waiting: true
        case .live, .disabled: false
        }
    }
}
