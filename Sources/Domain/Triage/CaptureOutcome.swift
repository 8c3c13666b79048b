/// What became of a capture. (处置结果)
public enum CaptureOutcome: String, Hashable, Sendable, CaseIterable, Codable {
    /// Nobody has judged it. (待研判)
    case waiting
    /// Confirmed, and there is no case yet. (待立案)
    case confirmed
    /// Its case goes on. (办理中)
    case running
    /// Its case was closed by a passed re-inspection. (办结)
    case closed
    /// Its case was withdrawn, or an appeal was upheld. (撤销)
    case withdrawn
    /// It was none. (误报)
    case rejected
    /// The same incident was captured before: that one counts. (重复)
    case duplicate

    /// Nothing more has to be done about it. (已处置)
    public var isHandled: Bool {
        switch self {
        case .waiting, .confirmed, .running: false
        case .closed, .withdrawn, .rejected, .duplicate: true
        }
    }

    public init(_ verdict: Verdict?, _ state: CaseState?) {
        switch (verdict, state) {
        case (_, .closed?): self = .closed
        case (_, .withdrawn?): self = .withdrawn
        case (_, _?): self = .running
        case (nil, nil): self = .waiting
        case (.rejected?, nil): self = .rejected
        case (.duplicate?, nil): self = .duplicate
        case (.confirmed?, nil), (.merged?, nil): self = .confirmed
        }
    }
}

/// How many captures of a span became what. (处置统计)
public struct OutcomeCount: Hashable, Sendable {
    public var counts: [CaptureOutcome: Int]

    public init(_ counts: [CaptureOutcome: Int] = [:]) { self.counts = counts }

    public subscript(outcome: CaptureOutcome) -> Int { counts[outcome] ?? 0 }
    public var captured: Int { counts.values.reduce(0, +) }
    public var handled: Int { counts.filter(\.key.isHandled).values.reduce(0, +) }
    /// 0…1; nil = there was nothing to handle. (办结率)
    public var closingRate: Double? { captured == 0 ? nil : Double(handled) / Double(captured) }
}
