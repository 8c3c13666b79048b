public import Bitstream
import Domain

/// Turns access units into movie fragments (ISO/IEC 14496-12 §8.8). The one place where the product muxes.
public struct FragmentWriter: Sendable {
    /// The format of every unit given to it.
    public let format: VideoFormat
    /// A part ends before it gets larger: a camera whose time stamps stand still must not fill the memory.
    private static let maximumBytes = 32 << 20
    private let longest: Time90k
    private var units: [AccessUnit] = []
    private var byteCount = 0
    private var sequence: UInt32 = 0
    /// Of the newest picture whose end is known; a gap doesn't count.
    private var usualDuration = Time90k(ticks: 6000)

    /// - Parameter partDuration: no part is longer while pictures come evenly; a picture that nothing follows for a while lasts
    ///   as long as that takes.
    public init(format: VideoFormat, partDuration: Duration = .milliseconds(500)) {
        self.format = format
        longest = Time90k(partDuration)
    }

    /// Adds a unit; returns the part that ended before it. A part ends at each keyframe, and where it would get too long:
    /// the length of its last picture is known only when the next has come.
    ///
    /// - Precondition: the unit has this writer's format and a later decode time than the one before.
    public mutating func append(_ unit: AccessUnit) -> Part? {
        precondition(unit.format == format, "a new format needs a new writer")
        var ended: Part?
        if let first = units.first {
            precondition(unit.decodeTime > units[units.count - 1].decodeTime, "decode times rise")
            // The picture before this one lasts up to it; would this one, lasting as long, still fit?
            let step = unit.decodeTime - units[units.count - 1].decodeTime
            usualDuration = min(step, longest)
            let isFull =
                unit.decodeTime + step - first.decodeTime > longest
                || byteCount + unit.data.count > Self.maximumBytes
            if unit.isKey || isFull { ended = end(at: unit.decodeTime) }
        }
        units.append(unit)
        byteCount += unit.data.count
        return ended
    }

    /// Ends the part being written; its last picture lasts as long as the one before it, a part at most. nil when there is none.
    public mutating func finish() -> Part? {
        guard let last = units.last else { return nil }
        return end(at: last.decodeTime + usualDuration)
    }

    private mutating func end(at time: Time90k) -> Part {
        sequence += 1
        let part = makePart(end: time)
        units.removeAll(keepingCapacity: true)
        byteCount = 0
        return part
    }

    private func makePart(end: Time90k) -> Part {
        let headerBytes = FragmentLayout.firstSample + units.count * FragmentLayout.sampleBytes + 8
        var writer = BoxWriter(reserving: headerBytes + byteCount)
        writer.box("moof") { writer in
            writer.fullBox("mfhd") { $0.write(sequence) }
            writer.box("traf") { writer in
                // Sample entry given; data offsets count from the moof.
                writer.fullBox("tfhd", flags: 0x02_0002) { writer in
                    writer.write(InitializationSegment.trackID)
                    writer.write(UInt32(1))
                }
                writer.fullBox("tfdt", version: 1) { $0.write(UInt64(bitPattern: units[0].decodeTime.ticks)) }
                // Data offset; duration, size, flags and composition offset of each sample.
                writer.fullBox("trun", version: 1, flags: 0x0F01) { writer in
                    writer.write(UInt32(units.count))
                    writer.write(UInt32(headerBytes))
                    for (index, unit) in units.enumerated() {
                        let next = index + 1 < units.count ? units[index + 1].decodeTime : end
                        writer.write(UInt32(clamping: (next - unit.decodeTime).ticks))
                        writer.write(UInt32(unit.data.count))
                        // Depends on no other, or on others and is no sync sample (§8.8.3.1).
                        writer.write(unit.isKey ? 0x0200_0000 : 0x0101_0000 as UInt32)
                        writer.write(Int32(clamping: unit.compositionOffset.ticks))
                    }
                }
            }
        }
        writer.write(UInt32(8 + byteCount))
        writer.write("mdat")
        for unit in units { writer.write(unit.data) }
        return Part(
            bytes: writer.bytes, decodeTime: units[0].decodeTime, duration: end - units[0].decodeTime,
            isIndependent: units[0].isKey, sampleCount: units.count,
            payload: headerBytes..<(headerBytes + byteCount))
    }
}
