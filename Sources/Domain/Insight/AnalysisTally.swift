/// What was analysed in a span, counted every way that pages need, in one pass. An item makes no difference. (分析统计)
public struct AnalysisTally: Sendable {
    public let days: DaySpan
    public private(set) var frames = 0
    public private(set) var records = 0
    /// Cameras and schools of which anything was counted.
    public private(set) var cameras = 0
    public private(set) var schools = 0
    /// Days × cameras on which pictures were analysed, by school.
    public private(set) var cameraDays: [SchoolID: Int] = [:]
    /// The same by day: index 0 is the first day of the span.
    public private(set) var daily: [Int]

    /// - Parameter places: Of every camera that ever was.
    public init(_ question: InsightQuestion, of facts: AnalysedFacts, places: [CameraID: CameraPlace]) {
        days = question.days
        daily = [Int](repeating: 0, count: days.last - days.first + 1)
        let isAsked = facts.cameras.values.map { places[$0].map(question.asks) ?? false }
        var numbers = Numbering<SchoolID>()
        let schoolOf = facts.cameras.values.map { camera in
            places[camera]?.place.school.map { Int(numbers.number(of: $0)) } ?? -1
        }
        var daysOfSchool = [Int](repeating: 0, count: numbers.values.count)
        var hasSchool = [Bool](repeating: false, count: numbers.values.count)
        var hasCamera = [Bool](repeating: false, count: facts.cameras.values.count)
        for index in facts.indices(in: days) {
            let camera = Int(facts.camera[index])
            guard isAsked[camera] else { continue }
            frames += Int(facts.frames[index])
            records += Int(facts.records[index])
            hasCamera[camera] = true
            let school = schoolOf[camera]
            if school >= 0 { hasSchool[school] = true }
            guard facts.frames[index] > 0 else { continue }
            daily[Int(facts.day[index]) - days.first.number] += 1
            if school >= 0 { daysOfSchool[school] += 1 }
        }
        cameras = hasCamera.count { $0 }
        schools = hasSchool.count { $0 }
        for (index, days) in daysOfSchool.enumerated() where days > 0 { cameraDays[numbers.values[index]] = days }
    }

    /// Cameras that were analysed on a day; 0 outside of the span.
    public func cameras(on day: Day) -> Int {
        let index = day - days.first
        return daily.indices.contains(index) ? daily[index] : 0
    }
}
