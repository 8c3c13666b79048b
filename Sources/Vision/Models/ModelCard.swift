public import Domain

/// What a shipped model is, was measured to do, and can't do: `model.json` beside its weights. (模型卡)
public struct ModelCard: Sendable, Hashable, Decodable {
    public enum Task: String, Sendable, Hashable, CaseIterable, Decodable {
        /// Finds people, heads, phones, rodents and insects in a picture.
        case detector
        /// Says of heads whether hat and mask are there.
        case attributes
        /// Says what something small that moves is.
        case pests
    }

    public struct Input: Sendable, Hashable, Decodable {
        /// In pixels.
        public var width: Int
        public var height: Int
        /// The program chooses width and height: multiples of 32.
        public var isDynamic: Bool

        private enum CodingKeys: String, CodingKey {
            case width
            case height
            case isDynamic = "dynamic"
        }
    }

    public struct Measurement: Sendable, Hashable, Decodable {
        /// A ``CaptureItem``'s name, or a detector's label.
        public var item: String
        /// What it was measured on: nothing of it was trained on.
        public var set: String
        public var n: Int
        /// 0…1, with the limits of the 95 % interval; nil where nothing could be computed.
        public var precision: Double?
        public var precisionLow: Double?
        public var precisionHigh: Double?
        public var recall: Double?
        public var recallLow: Double?
        public var recallHigh: Double?
        /// Share that the model left unknown.
        public var unknown: Double?
        public var note: String?
    }

    public var name: String
    public var version: String
    public var task: Task
    /// In the order of the model's outputs.
    public var labels: [String]
    public var input: Input
    /// By label, then by what it is for: `score`, `absent`, `present`, `visible`; 0…1.
    public var thresholds: [String: [String: Double]]
    /// By file name, in hexadecimal digits.
    public var sha256: [String: String]
    public var measured: [Measurement]
    public var licence: String
    public var data: [String]
    public var cannot: [String]
    /// The command that makes it again.
    public var trainedWith: String

    public func threshold(_ label: String, _ purpose: String = "score") -> Double? { thresholds[label]?[purpose] }

    /// For pages.
    public var summary: ModelSummary {
        ModelSummary(
            name: name, version: version,
            measured: measured.compactMap { one in
                guard let precision = one.precision, let recall = one.recall else { return nil }
                return ModelSummary.Measurement(
                    item: one.item, set: one.set, count: one.n, precision: precision,
                    precisionInterval: Self.interval(one.precisionLow, precision, one.precisionHigh), recall: recall,
                    recallInterval: Self.interval(one.recallLow, recall, one.recallHigh), note: one.note ?? "")
            },
            licence: licence, data: data, cannot: cannot)
    }

    private static func interval(_ low: Double?, _ value: Double, _ high: Double?) -> ClosedRange<Double> {
        min(low ?? value, value)...max(high ?? value, value)
    }
}
