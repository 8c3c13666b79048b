/// What happens around a deadline. (升级措施)
public enum EscalationMeasure: String, Sendable, Hashable, CaseIterable, Codable {
    /// To those who have the ball, before they are late.
    case reminder
    /// To the level above them. (上级督办)
    case nextLevel
    case yellowCard
    case redCard
    case countyLeader
}

/// One rung of a ladder: so long after the deadline of a clock, or before it. (升级阶梯)
public struct EscalationStep: Hashable, Sendable, Codable {
    public var clock: CaseClock.Kind
    /// By the clock on the wall; negative = before the deadline.
    public var minutes: Int
    public var measure: EscalationMeasure

    public init(_ clock: CaseClock.Kind, minutes: Int, _ measure: EscalationMeasure) {
        self.clock = clock
        self.minutes = minutes
        self.measure = measure
    }

    /// One of its kind in a ladder.
    var name: String { "\(clock.rawValue)/\(measure.rawValue)/\(minutes)" }

    static func nextLevelEverywhere(exceptAt exception: CaseClock.Kind? = nil) -> [EscalationStep] {
        CaseClock.Kind.allCases.filter { $0 != exception }.map { EscalationStep($0, minutes: 0, .nextLevel) }
    }
}

/// A step whose time has come for a case.
public struct Escalation: Hashable, Sendable {
    /// The same for the same step of the same deadline, whoever computes it and when: enter and send each once.
    public var key: String
    public var measure: EscalationMeasure
    public var clock: CaseClock.Kind
    /// When its time came.
    public var time: UTCTime
    public var to: [Body]
}

extension Case {
    /// Who has to act before this clock's deadline.
    func holder(of clock: CaseClock.Kind) -> Body {
        switch clock {
        case .dispatch, .appeal: .marketRegulation
        case .acknowledge, .rectify: .school(opening.school)
        case .review, .reinspection: handler
        }
    }

    /// Who is told of a measure.
    func receivers(of measure: EscalationMeasure, at clock: CaseClock.Kind) -> [Body] {
        let holder = holder(of: clock)
        switch measure {
        case .reminder: return [holder]
        case .nextLevel:
            // A school's next level is the office that handles the case.
            return [holder == .school(opening.school) ? handler : holder.superior]
        case .yellowCard, .redCard:
            let all: [Body] = [holder, handler, .marketRegulation, .educationBureau]
            return all.enumerated().filter { index, body in all.firstIndex(of: body) == index }.map(\.element)
        case .countyLeader: return [.countyLeadership]
        }
    }
}
