/// One measured number, with what it is held against.
struct Figure: Codable {
    enum Demand: String, Codable {
        case atMost = "≤"
        case atLeast = "≥"
    }

    /// Someone else's number for the same work.
    struct Peer: Codable {
        var name: String
        var value: Double
        /// False: measured on another day, on a machine of the same kind.
        var isOfThisRun = true
    }

    struct Bar: Codable {
        var demand: Demand
        var value: Double
    }

    var name: String
    var value: Double
    var unit: String
    var peer: Peer?
    var bar: Bar?
    /// What `value` was computed from.
    var raw: [Double]

    init(_ name: String, _ value: Double, _ unit: String, peer: Peer? = nil, bar: Bar? = nil, raw: [Double] = []) {
        self.name = name
        self.value = value
        self.unit = unit
        self.peer = peer
        self.bar = bar
        self.raw = raw
    }

    /// nil when nothing was demanded.
    var isMet: Bool? {
        bar.map { $0.demand == .atMost ? value <= $0.value : value >= $0.value }
    }
}

extension Figure.Bar {
    static func atMost(_ value: Double) -> Self { Self(demand: .atMost, value: value) }
    static func atLeast(_ value: Double) -> Self { Self(demand: .atLeast, value: value) }
}

extension [Double] {
    var median: Double {
        let sorted = sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted.count % 2 == 1
            ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
    }

    /// The smallest value that at least `percent` of all are not above.
    func percentile(_ percent: Double) -> Double {
        let sorted = sorted()
        guard !sorted.isEmpty else { return .nan }
        let rank = Int((percent / 100 * Double(sorted.count)).rounded(.up))
        return sorted[Swift.min(sorted.count, Swift.max(1, rank)) - 1]
    }
}
