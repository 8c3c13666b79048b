public import Domain

/// Whether the camera still sees its kitchen: covered, moved, frozen, dark, defocused. (摄像机完好性)
///
/// Compared with what it usually sees at this hour; degrades as slowly as the rules say, recovers after two good looks.
/// Offline is not for pictures to tell.
public struct CameraIntegrity: Sendable {
    /// Looks come at most once a second.
    private static let interval = 0.9
    /// A camera that stays where it was moved to is at its new place after so many seconds.
    private static let acceptance = 1800.0
    private static let items: [CaptureItem] = [.covered, .moved, .frozen, .dark, .defocused]

    public private(set) var reference: SceneReference
    private var before: LumaGrid?
    private var last: Moment?
    private var sustained: [CaptureItem: Sustained] = [:]
    private var goodLooks = 0
    private var movedSince: Moment?

    public init(reference: SceneReference = SceneReference()) { self.reference = reference }

    /// - Parameters:
    ///   - hour: of the territory's day, 0…23.
    ///   - share: of the picture that moves.
    ///   - isWorking: within the kitchen's hours; outside of them a dark kitchen is nothing new.
    public mutating func look(
        _ grid: LumaGrid, share: Double, hour: Int, isWorking: Bool, at moment: Moment, settings: AnalysisSettings,
        _ book: inout IncidentBook
    ) -> [IncidentBook.Change] {
        if let last, moment.seconds(since: last) < Self.interval { return [] }
        last = moment
        let view = SceneView(grid, before: before)
        before = grid
        let troubles = self.troubles(view, hour: hour, isWorking: isWorking)
        settleReference(view, troubles, share, hour, isWorking, moment)
        var changes: [IncidentBook.Change] = []
        for item in Self.items {
            let severity = troubles[item]
            guard book.applies(item, at: moment, place: nil) else { continue }
            // Recovers quickly: two good looks and nothing of the past counts.
            if severity == nil && goodLooks >= 2 {
                sustained[item] = nil
                continue
            }
            var state = sustained[item] ?? Sustained(leastShare: 0.85, leastLooks: 3, longestPause: 15)
            let since = state.add(severity != nil, at: moment, for: settings.rule(item).sustainedSeconds)
            sustained[item] = state
            guard let severity, since != nil || book.isOpen(item, subject: nil) else { continue }
            let sight = Observation(score: severity, box: nil)
            if let change = book.see(item, subject: nil, since: since ?? moment, sight, at: moment) {
                changes.append(change)
            }
        }
        return changes
    }

    /// The stream's clock begins anew; what the camera usually sees stays known.
    public mutating func restartClock() {
        before = nil
        last = nil
        sustained = [:]
        goodLooks = 0
        movedSince = nil
    }

    /// What is wrong, and how wrong, 0…1. At most one of covered, moved, dark and defocused at a time.
    func troubles(_ view: SceneView, hour: Int, isWorking: Bool) -> [CaptureItem: Double] {
        var troubles: [CaptureItem: Double] = [:]
        // Sensors have noise: two pictures that are the same to a fiftieth of a step are one picture.
        if let change = view.change, change < 0.02 { troubles[.frozen] = 1 - change }
        let usual = reference.usual(at: hour)
        // Outside of its hours a kitchen is dark unless it is known not to be.
        let isUsuallyDark = reference.usualOfHour(hour).map { $0.mean < 36 && $0.contrast < 8 } ?? !isWorking
        if view.mean < 34 && view.contrast < 8 {
            if !isUsuallyDark { troubles[.dark] = min(1, (60 - view.mean) / 44) }
            return troubles
        }
        guard let usual, usual.edgeEnergy > 0.3 else {
            // With nothing to compare, only a picture without anything in it is surely covered.
            if view.edgeEnergy < 0.08 && view.contrast < 12 { troubles[.covered] = 0.8 }
            return troubles
        }
        let likeness = usual.likeness(view)
        let energy = view.edgeEnergy / usual.edgeEnergy
        if energy < 0.3 && likeness < 0.6 {
            troubles[.covered] = min(1, 1 - energy)
        } else if likeness < 0.42 {
            troubles[.moved] = min(1, 1 - max(likeness, 0))
        } else if view.sharpness < usual.sharpness * 0.62 && energy < 0.85 {
            troubles[.defocused] = min(1, 1 - view.sharpness / max(usual.sharpness, 1e-9))
        }
        return troubles
    }

    private mutating func settleReference(
        _ view: SceneView, _ troubles: [CaptureItem: Double], _ share: Double, _ hour: Int, _ isWorking: Bool,
        _ moment: Moment
    ) {
        goodLooks = troubles.isEmpty ? goodLooks + 1 : 0
        if troubles.isEmpty && share < 0.12 { reference.learn(view, at: hour) }
        guard troubles[.moved] != nil else {
            if troubles.isEmpty { movedSince = nil }
            return
        }
        let since = movedSince ?? moment
        movedSince = since
        if moment.seconds(since: since) > Self.acceptance {
            reference.forget()
            movedSince = nil
        }
    }
}
