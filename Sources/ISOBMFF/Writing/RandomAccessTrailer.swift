public import Domain

/// `mfra`: where the keyframes are, at the end of a file, so that players seek without reading all of it (§8.8.9).
public struct RandomAccessTrailer: Sendable {
    private var entries: [(decodeTime: Time90k, moofOffset: UInt64)] = []

    public init() {}

    /// - Parameter moofOffset: of a fragment whose first sample is a keyframe, from the file's begin.
    public mutating func add(decodeTime: Time90k, moofOffset: UInt64) { entries.append((decodeTime, moofOffset)) }

    public var bytes: [UInt8] {
        var writer = BoxWriter(reserving: 64 + entries.count * 19)
        writer.box("mfra") { writer in
            writer.fullBox("tfra", version: 1) { writer in
                writer.write(InitializationSegment.trackID)
                writer.write(UInt32(0))  // One byte each for traf, trun and sample number.
                writer.write(UInt32(entries.count))
                for entry in entries {
                    writer.write(UInt64(bitPattern: entry.decodeTime.ticks))
                    writer.write(entry.moofOffset)
                    writer.write([1, 1, 1])
                }
            }
            writer.fullBox("mfro") { $0.write(UInt32(0)) }
        }
        writer.patch(UInt32(writer.bytes.count), at: writer.bytes.count - 4)
        return writer.bytes
    }
}
