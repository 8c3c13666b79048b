import Bitstream
import Domain
import FFmpeg

/// Access units of real H.264, made by x264 from a moving grey ramp: one list for all tests.
enum TestStream {
    /// Six seconds at ten pictures a second, a keyframe each second, 160×120.
    static let units: [AccessUnit] = make(width: 160, height: 120)
    /// The same in another format.
    static let otherUnits: [AccessUnit] = make(width: 320, height: 240)

    private static func make(width: Int, height: Int) -> [AccessUnit] {
        do {
            var encoder = try Encoder.open(
                Encoder.Settings(
                    width: width, height: height, framesPerSecond: 10, keyframeInterval: 10,
                    rate: .quality(30), preset: .ultrafast))
            var picture = try Picture.blank(width: width, height: height)
            var units: [AccessUnit] = []
            for index in 0..<60 {
                picture.withMutablePlanes { luma, _, _ in
                    for i in 0..<luma.count { luma[i] = UInt8(truncatingIfNeeded: i + index * 3) }
                }
                units += try encoder.encode(picture, at: Time90k(ticks: Int64(index) * 9000), isKey: index % 10 == 0)
            }
            return units
        } catch {
            fatalError("x264 is needed for the tests: \(error)")
        }
    }

    /// The units again and again, their times going on, starting at `start`.
    static func endless(count: Int, from start: Time90k = .zero, of units: [AccessUnit] = units) -> [AccessUnit] {
        (0..<count).map { index in
            let unit = units[index % units.count]
            return AccessUnit(
                format: unit.format, decodeTime: Time90k(ticks: start.ticks + Int64(index) * 9000), isKey: unit.isKey,
                data: unit.data)
        }
    }
}
