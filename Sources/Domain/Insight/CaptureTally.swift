/// Captures of a span counted every way that pages need, in one pass. (抓拍统计)
///
/// A capture *stands* unless somebody judged it false or a duplicate: those that wait count, since most will stand.
public struct CaptureTally: Sendable {
    public struct Count: Hashable, Sendable {
        public fileprivate(set) var outcomes = [Int](repeating: 0, count: CaptureOutcome.allCases.count)

        public var all: Int { outcomes.reduce(0, +) }
        public var standing: Int { all - self[.rejected] - self[.duplicate] }
        /// How often the program was right, of those that somebody judged; a duplicate says nothing of that.
        public var precision: Proportion {
            let right = self[.confirmed] + self[.running] + self[.closed] + self[.withdrawn]
            return Proportion(right, of: right + self[.rejected])
        }

        public subscript(outcome: CaptureOutcome) -> Int {
            outcomes[CaptureOutcome.allCases.firstIndex(of: outcome) ?? 0]
        }
    }

    public let question: InsightQuestion
    public private(set) var total = Count()
    /// Standing ones, by day: index 0 is the first day of ``seriesFrom``.
    public private(set) var daily: [Int]
    public let seriesFrom: Day
    public private(set) var items: [CaptureItem: Count] = [:]
    public private(set) var schools: [SchoolID: Count] = [:]
    /// Standing ones by weekday (0 = Monday) and hour: `weekday × 24 + hour`.
    public private(set) var hours = [Int](repeating: 0, count: 7 * 24)
    public private(set) var judges: [PersonID: Int] = [:]
    /// Seconds from capture to verdict, in no order.
    public private(set) var secondsToVerdict: [Int32] = []

    /// - Parameters:
    ///   - seriesFrom: Days are counted from here on, so that a trend can be held against what was before.
    ///   - places: Of every camera that ever captured anything.
    public init(
        _ question: InsightQuestion, of facts: CaptureFacts, places: [CameraID: CameraPlace], seriesFrom: Day? = nil,
        zone: TerritoryZone
    ) {
        self.question = question
        let start = min(seriesFrom ?? question.days.first, question.days.first)
        self.seriesFrom = start
        daily = [Int](repeating: 0, count: question.days.last - start + 1)
        let isAsked = facts.cameras.values.map { places[$0].map(question.asks) ?? false }
        let wantedItem = question.item.flatMap { CaptureItem.allCases.firstIndex(of: $0) }.map(UInt8.init)
        var byItem = [Count](repeating: Count(), count: CaptureItem.allCases.count)
        var schoolNumbers = Numbering<SchoolID>()
        let schoolOf = facts.cameras.values.map { camera in
            places[camera]?.place.school.map { Int(schoolNumbers.number(of: $0)) } ?? -1
        }
        var schoolCounts = [Count](repeating: Count(), count: schoolNumbers.values.count)
        var byJudge = [Int](repeating: 0, count: facts.judges.values.count)
        let whole = TimeSpan(
            start: start.time(minute: 0, in: zone), end: (question.days.last + 1).time(minute: 0, in: zone))
        let counted = question.days.first.time(minute: 0, in: zone).milliseconds
        let offset = Int64(zone.offsetMinutes) * 60_000
        let rejected = UInt8(CaptureOutcome.allCases.firstIndex(of: .rejected) ?? 0)
        let duplicate = UInt8(CaptureOutcome.allCases.firstIndex(of: .duplicate) ?? 0)
        for index in facts.indices(in: whole) where isAsked[Int(facts.camera[index])] {
            if let wantedItem, facts.item[index] != wantedItem { continue }
            let local = facts.met[index] + offset
            let outcome = facts.outcome[index]
            let stands = outcome != rejected && outcome != duplicate
            // Floors also before 1970.
            let day = Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000)
            if stands { daily[day - start.number] += 1 }
            guard facts.met[index] >= counted else { continue }
            total.outcomes[Int(outcome)] += 1
            byItem[Int(facts.item[index])].outcomes[Int(outcome)] += 1
            let school = schoolOf[Int(facts.camera[index])]
            if school >= 0 { schoolCounts[school].outcomes[Int(outcome)] += 1 }
            if stands {
                let hour = Int((local - Int64(day) * 86_400_000) / 3_600_000)
                hours[(Day(number: day).weekday - 1) * 24 + hour] += 1
            }
            if facts.judgedAfter[index] >= 0 {
                byJudge[Int(facts.judge[index])] += 1
                secondsToVerdict.append(facts.judgedAfter[index])
            }
        }
        for (index, count) in byItem.enumerated() where count.all > 0 { items[CaptureItem.allCases[index]] = count }
        for (index, count) in schoolCounts.enumerated() where count.all > 0 {
            schools[schoolNumbers.values[index]] = count
        }
        for (index, count) in byJudge.enumerated() where count > 0 { judges[facts.judges.values[index]] = count }
    }

    /// Standing captures of a day; 0 outside of what was counted.
    public func standing(on day: Day) -> Int {
        let index = day - seriesFrom
        return daily.indices.contains(index) ? daily[index] : 0
    }
}
