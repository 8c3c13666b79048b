public import Bitstream

/// What a fragmented file begins with: `ftyp` and a `moov` with one video track and no samples.
///
/// Timescale 90,000 for movie and track. Several formats become several sample entries, which fragments choose by index.
public struct InitializationSegment: Sendable {
    public let bytes: [UInt8]

    /// Ticks a second of every time in our files.
    static let timescale: UInt32 = 90_000
    static let trackID: UInt32 = 1

    public init(format: VideoFormat, description: FileDescription? = nil) {
        self.init(formats: [format], description: description)
    }

    /// - Precondition: at least one format.
    public init(formats: [VideoFormat], description: FileDescription? = nil) {
        precondition(!formats.isEmpty, "a track has at least one sample entry")
        var writer = BoxWriter(reserving: 1024)
        writer.box("ftyp") { writer in
            writer.write("iso6")
            writer.write(UInt32(1))
            for brand: StaticString in ["iso6", "cmfc", "mp41"] { writer.write(brand) }
        }
        let created = description?.creationTime ?? 0
        writer.box("moov") { writer in
            Self.writeMovieHeader(created: created, to: &writer)
            Self.writeTrack(formats, created: created, to: &writer)
            writer.box("mvex") { writer in
                writer.fullBox("trex") { writer in
                    writer.write(Self.trackID)
                    writer.write(UInt32(1))
                    writer.zeros(12)
                }
            }
        }
        description?.write(to: &writer)
        bytes = writer.bytes
    }

    private static func writeMovieHeader(created: UInt64, to writer: inout BoxWriter) {
        writer.fullBox("mvhd", version: 1) { writer in
            writer.write(created)
            writer.write(created)
            writer.write(timescale)
            writer.write(UInt64(0))
            writer.write(UInt32(0x0001_0000))
            writer.write(UInt16(0x0100))
            writer.zeros(10)
            writeMatrix(to: &writer)
            writer.zeros(24)
            writer.write(trackID + 1)
        }
    }

    private static func writeTrack(_ formats: [VideoFormat], created: UInt64, to writer: inout BoxWriter) {
        let picture = formats[0].picture
        writer.box("trak") { writer in
            // Enabled, in the movie, in the preview.
            writer.fullBox("tkhd", version: 1, flags: 7) { writer in
                writer.write(created)
                writer.write(created)
                writer.write(trackID)
                writer.zeros(4 + 8 + 8 + 2 + 2 + 2 + 2)
                writeMatrix(to: &writer)
                writer.write(UInt32(picture.width) << 16)
                writer.write(UInt32(picture.height) << 16)
            }
            writer.box("mdia") { writer in
                writer.fullBox("mdhd", version: 1) { writer in
                    writer.write(created)
                    writer.write(created)
                    writer.write(timescale)
                    writer.write(UInt64(0))
                    writer.write(UInt16(0x55C4))  // und
                    writer.zeros(2)
                }
                writer.fullBox("hdlr") { writer in
                    writer.zeros(4)
                    writer.write("vide")
                    writer.zeros(12)
                    writer.write("video\0".utf8)
                }
                writer.box("minf") { writer in
                    writer.fullBox("vmhd", flags: 1) { $0.zeros(8) }
                    writer.box("dinf") { writer in
                        writer.fullBox("dref") { writer in
                            writer.write(UInt32(1))
                            writer.fullBox("url ", flags: 1) { _ in }
                        }
                    }
                    writeSampleTable(formats, to: &writer)
                }
            }
        }
    }

    private static func writeSampleTable(_ formats: [VideoFormat], to writer: inout BoxWriter) {
        writer.box("stbl") { writer in
            writer.fullBox("stsd") { writer in
                writer.write(UInt32(formats.count))
                for format in formats { writeSampleEntry(format, to: &writer) }
            }
            writer.fullBox("stts") { $0.zeros(4) }
            writer.fullBox("stsc") { $0.zeros(4) }
            writer.fullBox("stsz") { $0.zeros(8) }
            writer.fullBox("stco") { $0.zeros(4) }
        }
    }

    /// ISO/IEC 14496-12 §12.1.3, 14496-15 §5.4.2 and §8.4.1.
    private static func writeSampleEntry(_ format: VideoFormat, to writer: inout BoxWriter) {
        let isH264 = format.codec == .h264
        writer.box(isH264 ? "avc1" : "hvc1") { writer in
            writer.zeros(6)
            writer.write(UInt16(1))
            writer.zeros(16)
            writer.write(UInt16(format.picture.width))
            writer.write(UInt16(format.picture.height))
            writer.write(UInt32(0x0048_0000))
            writer.write(UInt32(0x0048_0000))
            writer.zeros(4)
            writer.write(UInt16(1))
            writer.zeros(32)
            writer.write(UInt16(0x0018))
            writer.write(Int16(-1))
            writer.box(isH264 ? "avcC" : "hvcC") { $0.write(format.configurationRecord) }
        }
    }

    private static func writeMatrix(to writer: inout BoxWriter) {
        for value: UInt32 in [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000] { writer.write(value) }
    }
}
