import Domain

/// How unevenly packets arrive (RFC 3550 §6.4.1, §A.8), measured at the first packet of each picture.
struct ArrivalJitter {
    private let clockRate: Double
    private var last: (timestamp: UInt32, arrived: Duration)?
    private var estimate = 0.0

    init(clockRate: Int) { self.clockRate = Double(clockRate) }

    /// In ticks of the RTP timestamps.
    var value: UInt32 { UInt32(min(estimate, Double(UInt32.max))) }

    mutating func take(timestamp: UInt32, now: Duration) {
        defer { last = (timestamp, now) }
        guard let last else { return }
        let sent = Double(Int32(bitPattern: timestamp &- last.timestamp))
        let difference = ((now - last.arrived).inSeconds * clockRate - sent).magnitude
        // A jump of the camera's clock is no jitter.
        guard difference < clockRate else { return }
        estimate += (difference - estimate) / 16
    }
}
