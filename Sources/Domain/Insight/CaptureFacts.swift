/// What figures need of one capture.
public struct CaptureFact: Hashable, Sendable {
    public var id: CaptureID
    public var camera: CameraID
    public var item: CaptureItem
    public var metAt: UTCTime
    public var outcome: CaptureOutcome
    /// Whose verdict holds, and when it was given; nil = nobody has judged it.
    public var judgement: Judged?

    public struct Judged: Hashable, Sendable {
        public var by: PersonID
        public var time: UTCTime

        public init(by person: PersonID, at time: UTCTime) {
            by = person
            self.time = time
        }
    }

    public init(
        id: CaptureID, camera: CameraID, item: CaptureItem, metAt: UTCTime, outcome: CaptureOutcome, judgement: Judged?
    ) {
        self.id = id
        self.camera = camera
        self.item = item
        self.metAt = metAt
        self.outcome = outcome
        self.judgement = judgement
    }
}

/// All captures of a county in the order of time, as columns: 40 bytes each, so that any question about a million of
/// them is one pass of some milliseconds. (抓拍事实)
public struct CaptureFacts: Sendable {
    private(set) var ids: [UUIDv7] = []
    /// UTC milliseconds.
    private(set) var met: [Int64] = []
    private(set) var camera: [UInt16] = []
    private(set) var item: [UInt8] = []
    private(set) var outcome: [UInt8] = []
    /// Seconds from the capture to its verdict, −1 = none.
    private(set) var judgedAfter: [Int32] = []
    private(set) var judge: [UInt16] = []
    /// What the numbers in the columns stand for.
    public private(set) var cameras = Numbering<CameraID>()
    public private(set) var judges = Numbering<PersonID>()

    public init() {}

    public var count: Int { ids.count }

    public mutating func reserveCapacity(_ count: Int) {
        ids.reserveCapacity(count)
        met.reserveCapacity(count)
        camera.reserveCapacity(count)
        item.reserveCapacity(count)
        outcome.reserveCapacity(count)
        judgedAfter.reserveCapacity(count)
        judge.reserveCapacity(count)
    }

    /// Adds a capture, or takes the place of what was known of it. Quick at the end, where new ones come.
    public mutating func set(_ fact: CaptureFact) {
        let (index, isKnown) = place(of: fact)
        let outcomeCode = UInt8(CaptureOutcome.allCases.firstIndex(of: fact.outcome) ?? 0)
        let after = fact.judgement.map { Int32(clamping: ($0.time.milliseconds - fact.metAt.milliseconds) / 1000) }
        let judgeCode = fact.judgement.map { judges.number(of: $0.by) } ?? 0
        if isKnown {
            (outcome[index], judgedAfter[index], judge[index]) = (outcomeCode, max(after ?? -1, -1), judgeCode)
            return
        }
        ids.insert(fact.id.uuid, at: index)
        met.insert(fact.metAt.milliseconds, at: index)
        camera.insert(cameras.number(of: fact.camera), at: index)
        item.insert(UInt8(CaptureItem.allCases.firstIndex(of: fact.item) ?? 0), at: index)
        outcome.insert(outcomeCode, at: index)
        judgedAfter.insert(after.map { max(0, $0) } ?? -1, at: index)
        judge.insert(judgeCode, at: index)
    }

    private func place(of fact: CaptureFact) -> (index: Int, isKnown: Bool) {
        let key = (fact.metAt.milliseconds, fact.id.uuid)
        if let last = ids.indices.last, (met[last], ids[last]) < key { return (ids.count, false) }
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if (met[middle], ids[middle]) < key { low = middle + 1 } else { high = middle }
        }
        return (low, low < ids.count && ids[low] == fact.id.uuid)
    }

    /// Each capture of a span, in the order of time.
    public func forEach(
        in span: TimeSpan, _ body: (CameraID, CaptureItem, CaptureOutcome, UTCTime) -> Void
    ) {
        for index in indices(in: span) {
            body(
                cameras.values[Int(camera[index])], CaptureItem.allCases[Int(item[index])],
                CaptureOutcome.allCases[Int(outcome[index])], UTCTime(milliseconds: met[index]))
        }
    }

    /// From when on each capture waited, and until its verdict; those that the program settled by itself are left out.
    public func waits() -> [WarningGround.Wait] {
        let waiting = UInt8(CaptureOutcome.allCases.firstIndex(of: .waiting) ?? 0)
        return met.indices.compactMap { index in
            let from = UTCTime(milliseconds: met[index])
            if outcome[index] == waiting { return WarningGround.Wait(from: from, until: nil) }
            guard judgedAfter[index] >= 0 else { return nil }
            return WarningGround.Wait(from: from, until: from + .seconds(Int(judgedAfter[index])))
        }
    }

    /// Where the captures of a span stand.
    func indices(in span: TimeSpan) -> Range<Int> {
        let first = first(from: span.start.milliseconds)
        return first..<max(first, self.first(from: span.end.milliseconds))
    }

    private func first(from milliseconds: Int64) -> Int {
        var (low, high) = (0, met.count)
        while low < high {
            let middle = (low + high) / 2
            if met[middle] < milliseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Values by small numbers, in the order in which they came.
public struct Numbering<Value: Hashable & Sendable>: Sendable {
    public private(set) var values: [Value] = []
    private var numbers: [Value: UInt16] = [:]

    public init() {}

    /// - Precondition: Fewer than 65,536 values: a province has 73,000 cameras, a county 1,200.
    mutating func number(of value: Value) -> UInt16 {
        if let number = numbers[value] { return number }
        precondition(values.count < Int(UInt16.max), "a county has fewer than 65,535 cameras")
        let number = UInt16(values.count)
        values.append(value)
        numbers[value] = number
        return number
    }
}
