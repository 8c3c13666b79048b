/// In how many analysed frames without a capture of an item a person would see it. (漏报估计)
///
/// Frames, not incidents: an item that shows for less than the rule's duration, or while a rule rests after a capture,
/// counts as seen. What the activity gate never had analysed is no part of it.
public struct MissEstimate: Hashable, Sendable {
    public struct Reviewed: Hashable, Sendable {
        public var answer: FrameAnswer
        /// Items of which a capture on the same camera spans the frame.
        public var captured: Set<CaptureItem>
        /// For how many analysed frames it stands, ≥ 1: ``FrameSample/weight`` of its camera and day.
        public var weight: Double

        public init(_ answer: FrameAnswer, captured: Set<CaptureItem>, weight: Double) {
            precondition(weight >= 1, "a frame stands at least for itself")
            self.answer = answer
            self.captured = captured
            self.weight = weight
        }
    }

    /// Below it, the page says that there are too few answers.
    public static let leastTrials = 30

    /// Frames that people looked at and could judge, and those in which they saw it.
    public var counted: Proportion
    /// Frames of which nobody could tell; they count neither way.
    public var unclear: Int
    /// 0…1, each frame counted as often as it stands for others; nil without any.
    public var share: Double?
    /// Kish's effective size (1965): unequal weights make a sample worth less, never more than `counted.trials`.
    public var effectiveTrials: Double
    /// Analysed frames that the judged ones stand for.
    public var framesStoodFor: Double

    /// Frames in which that item was captured are no part of it.
    public init(of item: CaptureItem, in reviewed: some Sequence<Reviewed>) {
        self.init(of: [item], in: reviewed.filter { !$0.captured.contains(item) })
    }

    /// Of any item: frames that show at least one of which there is no capture.
    public init(ofAnyIn reviewed: some Sequence<Reviewed>) {
        self.init(of: Set(FrameAnswer.items), in: reviewed)
    }

    private init(of wanted: Set<CaptureItem>, in reviewed: some Sequence<Reviewed>) {
        var (seen, trials, unclear) = (0, 0, 0)
        var (weights, squares, seenWeights) = (0.0, 0.0, 0.0)
        for frame in reviewed {
            guard case .seen(let items) = frame.answer else {
                unclear += 1
                continue
            }
            trials += 1
            weights += frame.weight
            squares += frame.weight * frame.weight
            if !items.intersection(wanted).isSubset(of: frame.captured) {
                seen += 1
                seenWeights += frame.weight
            }
        }
        counted = Proportion(seen, of: trials)
        self.unclear = unclear
        share = trials == 0 ? nil : min(1, seenWeights / weights)
        effectiveTrials = trials == 0 ? 0 : min(Double(trials), weights * weights / squares)
        framesStoodFor = weights
    }

    public var isEnough: Bool { counted.trials >= Self.leastTrials }

    /// Wilson's interval of the share, on the effective size. 0…1 without trials.
    public func wilson(_ confidence: Proportion.Confidence = .ninetyFive) -> ClosedRange<Double> {
        guard let share else { return 0...1 }
        return Proportion.wilson(share: share, of: effectiveTrials, confidence: confidence)
    }
}
