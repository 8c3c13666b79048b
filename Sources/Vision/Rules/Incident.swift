public import Domain

/// A violation while it goes on: from the moment at which its rule was met until nothing has been seen of it for the
/// rule's cool-down. One incident is one capture.
public struct Incident: Sendable {
    /// The curve has at most so many points; then every second one goes.
    static let longestCurve = 240

    public private(set) var capture: Capture
    /// Whom it is about: a track, or nil for the whole picture.
    public internal(set) var subject: Int?
    let opened: Moment
    private let first: Moment
    private(set) var lastSeen: Moment
    private var bestQuality: Double
    private var leastStepMs = 0
    /// Its best moment is settled, and evidence is cut of it.
    private(set) var isRipe = false

    init(capture: Capture, subject: Int?, first: Moment, met: Moment, quality: Double) {
        self.capture = capture
        self.subject = subject
        self.first = first
        opened = met
        lastSeen = met
        bestQuality = quality
    }

    /// - Parameter quality: how well this moment shows it, ≥ 0; the best one becomes the picture.
    mutating func see(_ sight: Observation, at moment: Moment) {
        lastSeen = moment
        let offset = Int((moment.seconds(since: first) * 1000).rounded())
        if offset >= (capture.curve.last?.offsetMs ?? -1) + max(leastStepMs, 1) {
            capture.curve.append(Capture.Score(offsetMs: offset, score: sight.score, box: sight.box))
        }
        if capture.curve.count > Self.longestCurve {
            capture.curve = capture.curve.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
            leastStepMs = max(leastStepMs * 2, 400)
        }
        guard !isRipe, sight.quality > bestQuality else { return }
        bestQuality = sight.quality
        capture.bestAt = moment.wall
        capture.score = sight.score
        capture.box = sight.box
        capture.sights = sight.others
    }

    mutating func ripen() { isRipe = true }
    mutating func end() { capture.end = lastSeen.wall }
}

/// One look at a violation.
public struct Observation: Sendable, Hashable {
    /// 0…1.
    public var score: Double
    /// nil for what concerns the whole picture.
    public var box: PictureBox?
    /// How well this moment shows it.
    public var quality: Double
    /// Everything else that was recognised in the picture.
    public var others: [Capture.Sight]

    public init(score: Double, box: PictureBox?, quality: Double? = nil, others: [Capture.Sight] = []) {
        self.score = score
        self.box = box
        self.quality = quality ?? score
        self.others = others
    }
}
