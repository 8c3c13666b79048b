/// A day of the calendar, without a zone: `2026-11-23`.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, a Thursday.
    public var number: Int

    public init(number: Int) { self.number = number }

    /// The day on which a moment falls.
    public init(of time: UTCTime, in zone: TerritoryZone) {
        let local = time.milliseconds + Int64(zone.offsetMinutes) * 60_000
        let (quotient, remainder) = local.quotientAndRemainder(dividingBy: 86_400_000)
        number = Int(remainder < 0 ? quotient - 1 : quotient)
    }

    /// 1 = Monday … 7 = Sunday (ISO 8601).
    public var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    /// - Parameter minute: After midnight, 0…1440.
    public func time(minute: Int, in zone: TerritoryZone) -> UTCTime {
        UTCTime(milliseconds: (Int64(number) * 1440 + Int64(minute - zone.offsetMinutes)) * 60_000)
    }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    public static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }
    public static func - (a: Day, b: Day) -> Int { a.number - b.number }
}

extension Day: LosslessStringConvertible, TextCodable {
    public init?(_ text: String) {
        guard let civil = CivilTime(date: text) else { return nil }
        // Midnight: no remainder, so that the quotient is right before 1970 too.
        number = Int(civil.millisecondsSince1970 / 86_400_000)
    }

    public var description: String { CivilTime(millisecondsSince1970: Int64(number) * 86_400_000).date }
}

/// Whole days, the first and the last included: how people write a term or a holiday.
public struct DaySpan: Hashable, Sendable, Codable {
    public var first: Day
    public var last: Day

    /// - Precondition: `first <= last`.
    public init(_ first: Day, through last: Day) {
        precondition(first <= last, "a span of days can't end before it starts")
        self.first = first
        self.last = last
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        first = try container.decode(Day.self, forKey: .first)
        last = try container.decode(Day.self, forKey: .last)
        guard first <= last else {
            throw DecodingError.dataCorruptedError(
                forKey: .last, in: container, debugDescription: "ends before it starts")
        }
    }

    public func contains(_ day: Day) -> Bool { first <= day && day <= last }
}
