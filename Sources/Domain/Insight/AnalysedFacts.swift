/// What was analysed of all cameras, day by day, as columns in the order of days: 22 bytes each, so that three years of a
/// county are one pass of a few milliseconds. (分析事实)
public struct AnalysedFacts: Sendable {
    private(set) var day: [Int32] = []
    private(set) var camera: [UInt16] = []
    private(set) var frames: [Int64] = []
    private(set) var records: [Int64] = []
    /// What the numbers in the columns stand for.
    public private(set) var cameras = Numbering<CameraID>()

    public init() {}

    public var count: Int { day.count }
    public var lastDay: Day? { day.last.map { Day(number: Int($0)) } }

    /// - Precondition: The day is none before the last one that was added.
    public mutating func append(_ analysed: AnalysedDay) {
        let number = Int32(clamping: analysed.day.number)
        precondition(day.last.map { $0 <= number } ?? true, "days come in their order")
        day.append(number)
        camera.append(cameras.number(of: analysed.camera))
        frames.append(Int64(analysed.frames))
        records.append(Int64(analysed.records))
    }

    public mutating func removeAll(from first: Day) {
        let kept = index(of: first)
        day.removeSubrange(kept...)
        camera.removeSubrange(kept...)
        frames.removeSubrange(kept...)
        records.removeSubrange(kept...)
    }

    public func forEach(in days: DaySpan, _ body: (AnalysedDay) -> Void) {
        for index in indices(in: days) {
            body(
                AnalysedDay(
                    camera: cameras.values[Int(camera[index])], day: Day(number: Int(day[index])),
                    frames: Int(frames[index]), records: Int(records[index])))
        }
    }

    /// In the order of days.
    public func all() -> [AnalysedDay] {
        guard let first = day.first, let last = lastDay else { return [] }
        var all: [AnalysedDay] = []
        all.reserveCapacity(count)
        forEach(in: DaySpan(Day(number: Int(first)), through: last)) { all.append($0) }
        return all
    }

    /// On which day each camera was first watched.
    public func firstDays() -> [CameraID: Day] {
        var first: [CameraID: Day] = [:]
        var isKnown = [Bool](repeating: false, count: cameras.values.count)
        for index in day.indices where frames[index] > 0 && !isKnown[Int(camera[index])] {
            isKnown[Int(camera[index])] = true
            first[cameras.values[Int(camera[index])]] = Day(number: Int(day[index]))
        }
        return first
    }

    func indices(in days: DaySpan) -> Range<Int> { index(of: days.first)..<index(of: days.last + 1) }

    /// Of the first one on a day or later.
    private func index(of wanted: Day) -> Int {
        var (low, high) = (0, day.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(day[middle]) < wanted.number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
