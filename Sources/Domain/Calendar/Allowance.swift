/// How long somebody has for something: an amount of one of four kinds of time. (时限)
public struct Allowance: Hashable, Sendable, Codable {
    public enum Unit: String, Sendable, Hashable, CaseIterable, Codable {
        /// Of the school's working hours on its school days.
        case workingMinutes
        /// By the clock, day and night.
        case hours
        /// Up to the end of work on the n-th school day after the day it began.
        case schoolDays
        /// Up to the end of work on the n-th day after the day it began, holidays counted.
        case days
    }

    /// 1…10,000.
    public var amount: Int
    public var unit: Unit

    public init(_ amount: Int, _ unit: Unit) {
        self.amount = amount
        self.unit = unit
    }

    public static func workingMinutes(_ amount: Int) -> Allowance { Allowance(amount, .workingMinutes) }
    public static func hours(_ amount: Int) -> Allowance { Allowance(amount, .hours) }
    public static func schoolDays(_ amount: Int) -> Allowance { Allowance(amount, .schoolDays) }
    public static func days(_ amount: Int) -> Allowance { Allowance(amount, .days) }

    public var isValid: Bool { (1...10_000).contains(amount) }
}

extension SchoolTime {
    /// When an allowance that began at `start` is used up, not counting the pauses.
    ///
    /// Of days, a day in which a pause ended is not counted: whoever waited for the other side gets whole days back.
    /// - Parameter pauses: In order, none before `start`, none overlapping another.
    public func end(of allowance: Allowance, from start: UTCTime, pauses: [TimeSpan] = []) -> UTCTime {
        var left = Remainder(allowance)
        var from = start
        for pause in pauses {
            let end = left.end(from: from, self)
            if end <= pause.start { return end }
            left.spend(TimeSpan(start: from, end: max(from, pause.start)), self)
            from = max(from, pause.end)
        }
        return left.end(from: from, self)
    }
}

/// What is left of an allowance at a moment.
private struct Remainder {
    private enum Amount {
        case working(Duration)
        case clock(Duration)
        case schoolDays(Int)
        case days(Int)
    }

    private var amount: Amount

    init(_ allowance: Allowance) {
        amount =
            switch allowance.unit {
            case .workingMinutes: .working(.seconds(allowance.amount * 60))
            case .hours: .clock(.seconds(allowance.amount * 3600))
            case .schoolDays: .schoolDays(allowance.amount)
            case .days: .days(allowance.amount)
            }
    }

    func end(from start: UTCTime, _ time: SchoolTime) -> UTCTime {
        switch amount {
        case .working(let working): return time.addWorkingTime(working, from: start)
        case .clock(let duration): return start + duration
        case .schoolDays(let count):
            return time.schoolDays(after: time.day(of: start), count: count).last.map(time.endOfWork) ?? start
        case .days(let count): return time.endOfWork(on: time.day(of: start) + count)
        }
    }

    mutating func spend(_ span: TimeSpan, _ time: SchoolTime) {
        switch amount {
        case .working(let working): amount = .working(working - time.workingTime(in: span))
        case .clock(let duration): amount = .clock(duration - span.duration)
        case .schoolDays(let count):
            let passed = time.schoolDays(after: time.day(of: span.start), count: count)
                .count { time.endOfWork(on: $0) <= span.end }
            amount = .schoolDays(count - passed)
        case .days(let count):
            let passed = (1...count).count { time.endOfWork(on: time.day(of: span.start) + $0) <= span.end }
            amount = .days(count - passed)
        }
    }
}
