/// How the analysis of one camera is doing. (分析健康)
public struct AnalysisHealth: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case off
        /// The camera gives no pictures.
        case waiting
        /// Nothing moves: only keyframes are looked at.
        case idle
        /// Something moves.
        case active
        /// It could not be analysed; `trouble` says why.
        case failed
    }

    /// Mean time of one run of a stage, and how often it ran.
    public struct Stage: Sendable, Hashable {
        /// `decode`, `motion`, `detect`, `attributes`, `pests`, `track`.
        public var name: String
        public var runs: Int
        public var meanMs: Double

        public init(name: String, runs: Int, meanMs: Double) {
            self.name = name
            self.runs = runs
            self.meanMs = meanMs
        }
    }

    public var state: State
    public var trouble: String?
    /// Access units that came in since the program started.
    public var received: Int
    public var decoded: Int
    /// Pictures that went through motion search.
    public var analysed: Int
    /// Pictures that held a moving region or a track: “records analysed”.
    public var records: Int
    /// Access units that could not wait any longer: the machine was too slow.
    public var skipped: Int
    /// Access units that wait now.
    public var queued: Int
    /// Analysed pictures a second, over the last ten seconds.
    public var framesPerSecond: Double
    /// How old the newest analysed picture was when it was done.
    public var lagMs: Int
    public var stages: [Stage]

    public init(
        state: State, trouble: String? = nil, received: Int = 0, decoded: Int = 0, analysed: Int = 0, records: Int = 0,
        skipped: Int = 0, queued: Int = 0, framesPerSecond: Double = 0, lagMs: Int = 0, stages: [Stage] = []
    ) {
        self.state = state
        self.trouble = trouble
        self.received = received
        self.decoded = decoded
        self.analysed = analysed
        self.records = records
        self.skipped = skipped
        self.queued = queued
        self.framesPerSecond = framesPerSecond
        self.lagMs = lagMs
        self.stages = stages
    }
}

/// What a model can do, as it was measured. Shown wherever its captures are judged. (模型卡)
public struct ModelSummary: Sendable, Hashable {
    public struct Measurement: Sendable, Hashable {
        public var item: String
        public var set: String
        public var count: Int
        /// 0…1, with 95 % intervals.
        public var precision: Double
        public var precisionInterval: ClosedRange<Double>
        public var recall: Double
        public var recallInterval: ClosedRange<Double>
        public var note: String

        public init(
            item: String, set: String, count: Int, precision: Double, precisionInterval: ClosedRange<Double>,
            recall: Double, recallInterval: ClosedRange<Double>, note: String
        ) {
            self.item = item
            self.set = set
            self.count = count
            self.precision = precision
            self.precisionInterval = precisionInterval
            self.recall = recall
            self.recallInterval = recallInterval
            self.note = note
        }
    }

    public var name: String
    public var version: String
    public var measured: [Measurement]
    public var licence: String
    public var data: [String]
    public var cannot: [String]

    public init(
        name: String, version: String, measured: [Measurement], licence: String, data: [String], cannot: [String]
    ) {
        self.name = name
        self.version = version
        self.measured = measured
        self.licence = licence
        self.data = data
        self.cannot = cannot
    }
}
