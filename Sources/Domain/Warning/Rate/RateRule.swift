/// Warns when a school has more than its own baseline lets expect, as often wrongly as the county chose. (高于自身基线)
public struct RateRule: Hashable, Sendable, Codable {
    /// What is counted; nil = all that is captured in working hours.
    public var item: CaptureItem?
    /// School days at one school from one false warning to the next, on average: 20…2,000. 195 = one in a school year.
    public var schoolDaysPerFalseWarning: Int
    /// The rise that is to be found soonest, as a multiple of the baseline: 1.2…10.
    public var rise: Double
    /// From which the ties are drawn (``RateWatch``); recorded with the rule, so that anyone can compute warnings anew.
    public var seed: UInt64

    /// 39 weeks of five days (compulsory education's curriculum plan, Ministry of Education 2022).
    public static let schoolYearDays = 195

    public init(
        item: CaptureItem? = nil, schoolDaysPerFalseWarning: Int = schoolYearDays, rise: Double = 2, seed: UInt64
    ) {
        self.item = item
        self.schoolDaysPerFalseWarning = schoolDaysPerFalseWarning
        self.rise = rise
        self.seed = seed
    }

    public var isValid: Bool {
        (20...2000).contains(schoolDaysPerFalseWarning) && (1.2...10).contains(rise)
    }

    /// Uniform in 0…1, the same for the same seed, place and day: two rounds of SplitMix64's mixing for each part.
    func tie(_ place: Territory, _ day: Day) -> Double {
        let id: UUIDv7? =
            switch place {
            case .county: nil
            case .township(let id): id.uuid
            case .school(let id): id.uuid
            case .canteen(let id): id.uuid
            }
        var state = seed
        for part in [id?.high ?? 0, id?.low ?? 0, UInt64(bitPattern: Int64(day.number))] {
            state = Self.mix(Self.mix(state ^ part) &+ 0x9E37_79B9_7F4A_7C15)
        }
        // Never 0 nor 1.
        return (Double(state >> 11) + 0.5) * 0x1p-53
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The numbers of one warning of a ``RateRule``: from `since` on, `count` in `schoolDays` days where `expected` were.
public struct RateRise: Hashable, Sendable, Codable {
    /// When the excess began to gather.
    public var since: Day
    /// The day on which the limit was passed.
    public var until: Day
    public var schoolDays: Int
    public var count: Int
    public var expected: Double
    /// The rule's, at that time.
    public var schoolDaysPerFalseWarning: Int

    public init(
        since: Day, until: Day, schoolDays: Int, count: Int, expected: Double, schoolDaysPerFalseWarning: Int
    ) {
        self.since = since
        self.until = until
        self.schoolDays = schoolDays
        self.count = count
        self.expected = expected
        self.schoolDaysPerFalseWarning = schoolDaysPerFalseWarning
    }
}
