/// What is put aside of every dish of a meal. (食品留样)
///
/// At least 125 g of each dish, at least 48 hours, cold: school canteen rules of 2019 (Order 45), article 40.
public struct SampleRetention: Hashable, Sendable, Codable {
    public struct Sample: Hashable, Sendable, Codable {
        /// 1…50 characters.
        public var dish: String
        /// 125…2,000.
        public var grams: Int

        public init(_ dish: String, grams: Int = SampleRetention.leastGrams) {
            self.dish = dish
            self.grams = grams
        }
    }

    public static let leastGrams = 125
    public static let grams = leastGrams...2000
    public static let leastKept = Duration.seconds(48 * 3600)
    public static let mostSamples = 30

    /// 1…30 dishes.
    public var samples: [Sample]
    public var taken: UTCTime
    /// At least 48 hours after they were taken, at most 30 days.
    public var keptUntil: UTCTime
    /// Of the refrigerator, in tenths of a degree Celsius: −100…300.
    public var fridgeTenths: Int
    /// When they were thrown away; nil = they are still there.
    public var disposed: UTCTime?

    public init(
        samples: [Sample], taken: UTCTime, keptUntil: UTCTime, fridgeTenths: Int = 40, disposed: UTCTime? = nil
    ) {
        self.samples = samples
        self.taken = taken
        self.keptUntil = keptUntil
        self.fridgeTenths = fridgeTenths
        self.disposed = disposed
    }

    /// 0…8 °C.
    public var isCold: Bool { (0...80).contains(fridgeTenths) }

    /// Their time is over and nobody has said that they were thrown away.
    public func mustGo(at now: UTCTime) -> Bool { disposed == nil && keptUntil <= now }

    func check(at now: UTCTime) throws(DutyFlaw) {
        guard !samples.isEmpty else { throw DutyFlaw(.dish, .empty) }
        guard samples.count <= Self.mostSamples else { throw DutyFlaw(.dish, .tooLong(maximum: Self.mostSamples)) }
        for sample in samples {
            try DutyCheck.text(sample.dish, .dish, most: 50)
            try DutyCheck.range(sample.grams, .weight, Self.grams)
        }
        guard taken <= now else { throw DutyFlaw(.taken, .implausible) }
        guard (Self.leastKept...Duration.seconds(30 * 86_400)).contains(keptUntil - taken) else {
            throw DutyFlaw(.keptUntil, .outOfRange(minimum: 48, maximum: 720))
        }
        try DutyCheck.range(fridgeTenths, .temperature, -100...300)
        if let disposed, disposed < keptUntil || disposed > now { throw DutyFlaw(.disposed, .implausible) }
    }
}
