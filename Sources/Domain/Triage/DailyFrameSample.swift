/// The sample of one camera, day after day of its territory.
public struct DailyFrameSample: Hashable, Sendable {
    /// Frames a day from the next day on; 0 = none are kept.
    public let size: Int
    public let zone: TerritoryZone
    /// nil = no frame has been offered yet.
    public private(set) var day: Day?
    public private(set) var sample: FrameSample

    public init(size: Int, zone: TerritoryZone = .shanghai) {
        self.size = size
        self.zone = zone
        sample = FrameSample(size: size)
    }

    /// Goes on with a day that has begun. It keeps its own size when that is smaller: what was passed can't be taken now.
    public init(size: Int, zone: TerritoryZone = .shanghai, day: Day, sample: FrameSample) {
        self.size = size
        self.zone = zone
        self.day = day
        self.sample = FrameSample(size: min(size, sample.size), keys: sample.keys, offered: sample.offered)
    }

    /// - Returns: The key under which the frame is kept; nil = it is not.
    public mutating func offer(at time: UTCTime, using random: inout some RandomNumberGenerator) -> Int64? {
        let today = Day(of: time, in: zone)
        if let day, today < day { return nil }
        if day != today {
            day = today
            sample = FrameSample(size: size)
        }
        switch sample.offer(using: &random) {
        case .passed: return nil
        case .taken(let key, _): return key
        }
    }
}
