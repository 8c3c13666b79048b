public import Domain

/// How often captures were right, as people judged them. (准确率)
public struct CapturePrecision: Sendable, Hashable {
    public struct OfCamera: Sendable, Hashable {
        public var camera: CameraID
        public var item: CaptureItem
        public var precision: Proportion
        /// Wrong too often: a stricter threshold that would have done. nil = nothing to advise.
        public var advice: ThresholdAdvice?
    }

    public var items: [CaptureItem: Proportion]
    /// The worst first.
    public var cameras: [OfCamera]
    /// By the hour of the territory's day in which the capture's rule was met, 0…23.
    public var hours: [Int: Proportion]

    init(
        _ judged: [(camera: CameraID, item: CaptureItem, time: UTCTime, judged: ThresholdAdvice.Judged)],
        in zone: TerritoryZone, threshold: (CameraID, CaptureItem) -> Double
    ) {
        struct Key: Hashable {
            var camera: CameraID
            var item: CaptureItem
        }
        var hours = [Count](repeating: Count(), count: 24)
        var items: [CaptureItem: Count] = [:]
        for one in judged {
            hours[Self.hour(of: one.time, in: zone)].add(one.judged)
            items[one.item, default: Count()].add(one.judged)
        }
        self.hours = Dictionary(
            uniqueKeysWithValues: hours.enumerated().filter { $0.element.all > 0 }.map { ($0, $1.proportion) })
        self.items = items.mapValues(\.proportion)
        cameras = Dictionary(grouping: judged) { Key(camera: $0.camera, item: $0.item) }.map { key, judged in
            let judged = judged.map(\.judged)
            return OfCamera(
                camera: key.camera, item: key.item, precision: Self.proportion(judged),
                advice: key.item.isCameraState
                    ? nil : ThresholdAdvice.advise(on: judged, current: threshold(key.camera, key.item)))
        }.map { (row: $0, best: $0.precision.wilson().upperBound) }.sorted { a, b in
            a.best != b.best
                ? a.best < b.best : (a.row.camera, a.row.item.rawValue) < (b.row.camera, b.row.item.rawValue)
        }.map(\.row)
    }

    private struct Count {
        var right = 0
        var all = 0

        mutating func add(_ judged: ThresholdAdvice.Judged) {
            all += 1
            if judged.isTrue { right += 1 }
        }

        var proportion: Proportion { Proportion(right, of: all) }
    }

    private static func hour(of time: UTCTime, in zone: TerritoryZone) -> Int {
        let day: Int64 = 86_400_000
        let local = (time.milliseconds + Int64(zone.offsetMinutes) * 60_000) % day
        return Int((local + day) % day / 3_600_000)
    }

    private static func proportion(_ judged: [ThresholdAdvice.Judged]) -> Proportion {
        Proportion(judged.count { $0.isTrue }, of: judged.count)
    }
}
