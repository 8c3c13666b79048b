public import Domain

/// The incidents of one camera that go on: opens one when a rule is met, keeps it as long as it is seen, ends it after
/// the rule's cool-down. (一次事件一条抓拍)
public struct IncidentBook: Sendable {
    public enum Change: Sendable {
        case opened(Capture)
        /// Its best moment is settled: evidence can be cut. Comes once, before the end.
        case ripe(Capture)
        case ended(Capture)
    }

    /// Of an incident that goes on, the best moment of so many seconds is taken: a visit of three hours must not wait.
    private static let ripening = 20.0

    private let camera: CameraID
    private let settings: AnalysisSettings
    private let hours: WorkingHours
    private let zone: TerritoryZone
    private let models: String
    public private(set) var open: [Incident] = []

    public init(
        camera: CameraID, settings: AnalysisSettings, hours: WorkingHours, zone: TerritoryZone, models: String
    ) {
        self.camera = camera
        self.settings = settings
        self.hours = hours
        self.zone = zone
        self.models = models
    }

    /// Whether the rule of an item counts at this time and place.
    public func applies(_ item: CaptureItem, at moment: Moment, place: PicturePoint?) -> Bool {
        let rule = settings.rule(item)
        guard settings.isOn, rule.isOn else { return false }
        switch rule.hours {
        case .always: break
        case .working: guard hours.contains(moment.wall, in: zone) else { return false }
        case .outsideWorking: guard !hours.contains(moment.wall, in: zone) else { return false }
        }
        guard let place else { return true }
        return rule.covers(place) && !settings.isMasked(place)
    }

    /// Whether an incident about this subject goes on.
    public func isOpen(_ item: CaptureItem, subject: Int?) -> Bool {
        open.contains { $0.capture.item == item && $0.subject == subject }
    }

    /// The rule of `item` is met, or still is.
    ///
    /// - Parameters:
    ///   - subject: the track that it is about.
    ///   - since: when it was first seen.
    ///   - present: tracks that are in the picture now: an incident whose own track is gone may go on with another, since
    ///     whoever steps behind a shelf comes out with a new track.
    public mutating func see(
        _ item: CaptureItem, subject: Int?, since: Moment, _ sight: Observation, at moment: Moment,
        present: Set<Int> = []
    ) -> Change? {
        if let index = find(item, subject, sight, moment, present) {
            open[index].subject = subject
            open[index].see(sight, at: moment)
            return nil
        }
        let capture = Capture(
            id: CaptureID(at: moment.wall), camera: camera, item: item,
            grade: item.grade(inWorkingHours: hours.contains(moment.wall, in: zone)), start: since.wall,
            metAt: moment.wall, bestAt: moment.wall, score: sight.score, box: sight.box, sights: sight.others,
            rule: settings.rule(item), models: item.isCameraState ? "" : models)
        var incident = Incident(
            capture: capture, subject: subject, first: since, met: moment, quality: sight.quality)
        incident.see(sight, at: moment)
        open.append(incident)
        return .opened(incident.capture)
    }

    /// Ends what has not been seen for the cool-down of its rule.
    public mutating func settle(at moment: Moment) -> [Change] {
        var ripe: [Change] = []
        for index in open.indices
        where !open[index].isRipe && moment.seconds(since: open[index].opened) >= Self.ripening {
            open[index].ripen()
            ripe.append(.ripe(open[index].capture))
        }
        let settings = settings
        return ripe
            + end { incident in
                let rule = settings.rule(incident.capture.item)
                return moment.seconds(since: incident.lastSeen) > max(rule.cooldownSeconds, 1)
            }
    }

    /// The stream ends, or its clock begins anew: nothing can go on.
    public mutating func endAll() -> [Change] { end { _ in true } }

    private mutating func end(_ isOver: (Incident) -> Bool) -> [Change] {
        var changes: [Change] = []
        open.removeAll { incident in
            guard isOver(incident) else { return false }
            var ended = incident
            ended.end()
            if !ended.isRipe { changes.append(.ripe(ended.capture)) }
            changes.append(.ended(ended.capture))
            return true
        }
        return changes
    }

    private func find(
        _ item: CaptureItem, _ subject: Int?, _ sight: Observation, _ moment: Moment, _ present: Set<Int>
    ) -> Int? {
        if let own = open.firstIndex(where: { $0.capture.item == item && $0.subject == subject }) { return own }
        // Somebody who was lost and is found again not too far away.
        return open.indices.filter { index in
            let incident = open[index]
            guard incident.capture.item == item, let before = incident.subject, !present.contains(before),
                let from = incident.capture.curve.last?.box?.centre, let to = sight.box?.centre
            else { return false }
            let gap = moment.seconds(since: incident.lastSeen)
            let (x, y) = (to.x - from.x, to.y - from.y)
            return (x * x + y * y).squareRoot() < 0.2 + 0.15 * gap
        }.max { open[$0].lastSeen.time < open[$1].lastSeen.time }
    }
}
