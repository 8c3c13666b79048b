import Bitstream
import Domain

/// What a stream was like in the last ten seconds: for the status, the probe, and the stall watchdog.
struct StreamStatistics {
    private struct Sample {
        let arrived: Duration
        let decodeTime: Time90k
        let bytes: Int
        let isKey: Bool
    }

    private static let window = Duration.seconds(10)
    private var samples: [Sample] = []
    private var firstKept = 0
    private(set) var format: VideoFormat?
    private(set) var received = 0
    private(set) var damaged = 0
    private(set) var lastArrival: Duration?
    private var lastKey: Time90k?
    /// Of the last two keyframes, which may be further apart than the window.
    private(set) var keyframeInterval: Time90k?
    var clockOffset: Duration?

    mutating func add(_ unit: AccessUnit, at now: Duration) {
        format = unit.format
        received += 1
        lastArrival = now
        if unit.isKey {
            if let lastKey, unit.decodeTime > lastKey { keyframeInterval = unit.decodeTime - lastKey }
            lastKey = unit.decodeTime
        }
        samples.append(
            Sample(arrived: now, decodeTime: unit.decodeTime, bytes: unit.data.count, isKey: unit.isKey))
        while firstKept < samples.count, now - samples[firstKept].arrived > Self.window { firstKept += 1 }
        // Moving the array only now and then keeps this O(1).
        if firstKept > 256 {
            samples.removeFirst(firstKept)
            firstKept = 0
        }
    }

    mutating func addDamaged(_ count: Int) { damaged += count }

    /// A new connection: counts stay, what was measured goes.
    mutating func restart() {
        samples.removeAll(keepingCapacity: true)
        firstKept = 0
        lastArrival = nil
        lastKey = nil
        keyframeInterval = nil
        clockOffset = nil
    }

    /// nil before the first picture.
    var picture: CameraStatus.Picture? {
        guard let format else { return nil }
        let kept = samples[firstKept...]
        var framesPerSecond = format.picture.framesPerSecond ?? 0
        var bitsPerSecond = 0
        if let first = kept.first, let last = kept.last, last.decodeTime > first.decodeTime {
            let seconds = (last.decodeTime - first.decodeTime).seconds
            framesPerSecond = Double(kept.count - 1) / seconds
            bitsPerSecond = Int(Double(kept.dropLast().reduce(0) { $0 + $1.bytes } * 8) / seconds)
        }
        return CameraStatus.Picture(
            codec: format.codecs, width: format.picture.width, height: format.picture.height,
            framesPerSecond: framesPerSecond, bitsPerSecond: bitsPerSecond,
            keyframeInterval: keyframeInterval?.duration, clockOffset: clockOffset)
    }
}
