/// Where a case stands. (案件状态)
public enum CaseState: String, Sendable, Hashable, CaseIterable, Codable {
    /// Confirmed, nobody told yet. (待抄告)
    case opened
    /// The notice is out. (待签收)
    case dispatched
    case acknowledged
    case rectifying
    /// The school has handed in what it did. (待审核)
    case submitted
    /// The school objects, and its clocks stand still. (申诉中)
    case appealed
    /// Passed; somebody looks again after a time. (待复查)
    case reinspection
    case closed
    /// Ended without a re-inspection: withdrawn, or an appeal was upheld. (已撤销)
    case withdrawn

    public var isFinal: Bool { self == .closed || self == .withdrawn }

    /// The school has been told and has not yet handed in: where it may object or need more time.
    public var isWithSchool: Bool { self == .dispatched || self == .acknowledged || self == .rectifying }

    /// Which clocks run here, and which wait because another side has the ball. All others have ended.
    var clocks: (running: [CaseClock.Kind], paused: [CaseClock.Kind]) {
        switch self {
        case .opened: ([.dispatch], [])
        case .dispatched: ([.acknowledge, .rectify], [])
        case .acknowledged, .rectifying: ([.rectify], [])
        case .submitted: ([.review], [.rectify])
        case .appealed: ([.appeal], [.acknowledge, .rectify])
        case .reinspection: ([.reinspection], [])
        case .closed, .withdrawn: ([], [])
        }
    }
}
