import TestSupport
import Testing

@testable import Bitstream

/// Parameter sets as the standards allow them and the encoders at hand don't write them.
struct CraftedParameterSetTests {
    struct H264: Sendable {
        var profile: UInt8 = 100
        var constraints: UInt8 = 0
        var orderType = 0
        var references = 1
        var chroma = 1
        var isInterlaced = false
        /// In macroblocks, of a frame.
        var size = (columns: 40, rows: 30)
        var crop: (left: Int, right: Int, top: Int, bottom: Int)?
        /// `num_units_in_tick`, `time_scale`
        var timing: (unit: UInt32, scale: UInt32)?
        var reordered: Int?
        var hasBrokenEnd = false

        var unit: [UInt8] {
            var writer = BitWriter()
            writer.unsigned(0)
            if profile == 100 || profile == 110 || profile == 244 {
                writer.unsigned(chroma)
                if chroma == 3 { writer.bit(true) }
                writer.unsigned(0, 0)
                writer.bit(false)
                // Scaling lists: the first in full, the second short, the others inherited.
                writer.bit(true)
                writer.bit(true)
                for index in 0..<16 { writer.signed(index % 2 == 0 ? 5 : -3) }
                writer.bit(true)
                writer.signed(-8)
                for _ in 2..<(chroma == 3 ? 12 : 8) { writer.bit(false) }
            }
            writer.unsigned(0, orderType)
            if orderType == 0 { writer.unsigned(4) }
            if orderType == 1 {
                writer.bit(false)
                writer.signed(-2)
                writer.signed(70_000)
                writer.unsigned(2)
                writer.signed(1)
                writer.signed(-1)
            }
            writer.unsigned(references)
            writer.bit(false)
            writer.unsigned(size.columns - 1, size.rows / (isInterlaced ? 2 : 1) - 1)
            writer.bit(!isInterlaced)
            if isInterlaced { writer.bit(true) }
            writer.bit(true)
            writer.bit(crop != nil)
            if let crop { writer.unsigned(crop.left, crop.right, crop.top, crop.bottom) }
            writer.bit(timing != nil || reordered != nil || hasBrokenEnd)
            if timing != nil || reordered != nil {
                for _ in 0..<4 { writer.bit(false) }
                writer.bit(timing != nil)
                if let timing {
                    writer.bits(timing.unit, 32)
                    writer.bits(timing.scale, 32)
                    writer.bit(true)
                }
                // One of the two reference decoders, with two buffers.
                writer.bit(true)
                writer.unsigned(1)
                writer.bits(0x11, 8)
                for _ in 0..<2 {
                    writer.unsigned(70_000, 3)
                    writer.bit(false)
                }
                writer.bits(0, 20)
                writer.bit(false)
                writer.bit(false)
                writer.bit(false)
                writer.bit(reordered != nil)
                if let reordered {
                    writer.bit(true)
                    writer.unsigned(0, 0, 10, 10, reordered, max(reordered, references))
                }
            }
            return writer.unit(header: [0x67, profile, constraints, 31])
        }

        func read() throws -> PictureDescription { try PictureDescription(h264SPS: unit) }
    }

    @Test func `pictures wait for one another only where the profile and the order allow it`() throws {
        #expect(try H264(profile: 66, references: 4).read().maxReorderedFrames == 0)
        #expect(try H264(profile: 77, references: 1).read().maxReorderedFrames == 0)
        #expect(try H264(profile: 77, references: 4).read().maxReorderedFrames == 3)
        #expect(try H264(orderType: 1, references: 2).read().maxReorderedFrames == 1)
        #expect(try H264(orderType: 2, references: 4).read().maxReorderedFrames == 0)
        #expect(try H264(profile: 110, constraints: 0x10, references: 4).read().maxReorderedFrames == 0)
        #expect(try H264(references: 4, reordered: 2).read().maxReorderedFrames == 2)
        #expect(try H264(references: 4, reordered: 0).read().maxReorderedFrames == 0)
    }

    @Test(arguments: [
        (1, false, 640 - 2 * 2, 480 - 2 * 4), (1, true, 640 - 2 * 2, 480 - 2 * 2 * 4), (0, false, 640 - 2, 480 - 4),
        (2, false, 640 - 2 * 2, 480 - 4), (3, false, 640 - 2, 480 - 4), (3, true, 640 - 2, 480 - 2 * 4),
    ])
    func `cropping counts in units of the chroma format and of fields`(
        chroma: Int, isInterlaced: Bool, width: Int, height: Int
    ) throws {
        let set = H264(profile: 244, chroma: chroma, isInterlaced: isInterlaced, crop: (1, 1, 3, 1))
        let picture = try set.read()
        #expect(picture.width == width && picture.height == height)
        #expect(picture.sampling.chroma == chroma)
    }

    @Test(
        arguments: [(1, 50, 25), (1001, 60_000, 30_000 / 1001.0), (0, 50, nil), (1, 4_294_967_295, nil)]
            as [(UInt32, UInt32, Double?)])
    func `a rate that no camera has is none`(unit: UInt32, scale: UInt32, rate: Double?) throws {
        #expect(try H264(timing: (unit, scale)).read().framesPerSecond == rate)
    }

    @Test func `broken usability information is as if it were not there`() throws {
        let picture = try H264(references: 1, hasBrokenEnd: true).read()
        #expect(picture.width == 640 && picture.framesPerSecond == nil && picture.maxReorderedFrames == 0)
    }

    @Test(arguments: [(0, 30), (600, 30), (40, 600)])
    func `a size beyond all cameras is refused`(columns: Int, rows: Int) {
        let tooMuch = (left: 0, right: 320, top: 0, bottom: 0)
        let set = columns == 0 ? H264(crop: tooMuch) : H264(size: (columns, rows))
        #expect(throws: BitstreamError.self) { try set.read() }
    }

    /// H.265 with scaling lists, predicted sets of reference pictures, long-term pictures and usability information.
    static func h265(subLayers: Int, isFields: Bool = false) -> [UInt8] {
        var writer = BitWriter()
        writer.bits(0, 4)
        writer.bits(UInt32(subLayers - 1), 3)
        writer.bit(true)
        writer.bits(0x21, 8)  // High tier, Main.
        writer.bits(0x6000_0000, 32)
        writer.bits(0xB000_0000, 32)
        writer.bits(0, 16)
        writer.bits(123, 8)
        for _ in 1..<subLayers { writer.bits(3, 2) }
        if subLayers > 1 { for _ in subLayers - 1..<8 { writer.bits(0, 2) } }
        for _ in 1..<subLayers { for _ in 0..<12 { writer.bits(0x5A, 8) } }
        writer.unsigned(0, 1, 1920, 1088)
        writer.bit(true)
        writer.unsigned(0, 0, 0, 4)
        writer.unsigned(0, 0, 4)
        writer.bit(true)
        for layer in 0..<subLayers { writer.unsigned(4, layer, 0) }
        writer.unsigned(0, 3, 0, 3, 0, 0)
        writer.bit(true)
        writer.bit(true)
        for size in 0..<4 {
            for matrix in 0..<(size == 3 ? 2 : 6) {
                writer.bit(matrix == 0)
                guard matrix == 0 else {
                    writer.unsigned(1)
                    continue
                }
                if size > 1 { writer.signed(-4) }
                for index in 0..<min(64, 1 << (4 + 2 * size)) { writer.signed(index % 3 - 1) }
            }
        }
        writer.bits(3, 2)
        writer.bit(true)  // Uncompressed blocks.
        writer.bits(0x77, 8)
        writer.unsigned(0, 2)
        writer.bit(false)
        writer.unsigned(3)
        // −1, −3, +2.
        writer.unsigned(2, 1)
        for distance in [0, 1, 1] {
            writer.unsigned(distance)
            writer.bit(true)
        }
        // Less 1, the +2 dropped: −2, −4, −1.
        writer.bit(true)
        writer.bit(true)
        writer.unsigned(0)
        for flags in [[true], [true], [false, false], [true]] { for flag in flags { writer.bit(flag) } }
        // Plus 2: 0 falls out, −2, +1, +2; four flags again.
        writer.bit(true)
        writer.bit(false)
        writer.unsigned(1)
        for flags in [[true], [true], [false, true], [true]] { for flag in flags { writer.bit(flag) } }
        writer.bit(true)
        writer.unsigned(2)
        for _ in 0..<2 { writer.bits(0x155, 9) }
        writer.bits(3, 2)
        writer.bit(true)
        writer.bit(true)
        writer.bits(255, 8)
        writer.bits(0x0004_0003, 32)
        writer.bit(true)
        writer.bit(true)
        writer.bit(true)
        writer.bits(0xB, 4)
        writer.bit(true)
        writer.bits(0x010101, 24)
        writer.bit(true)
        writer.unsigned(1, 1)
        writer.bit(false)
        writer.bit(isFields)
        writer.bit(false)
        writer.bit(true)
        writer.unsigned(0, 0, 0, 0)
        writer.bit(true)
        writer.bits(1001, 32)
        writer.bits(30_000, 32)
        for _ in 0..<5 { writer.bit(false) }
        return writer.unit(header: [0x42, 0x01])
    }

    @Test(arguments: [1, 2, 3, 7])
    func `the way to the rate in H 265 leads through everything before it`(subLayers: Int) throws {
        let picture = try PictureDescription(h265SPS: Self.h265(subLayers: subLayers))
        #expect(picture.width == 1920 && picture.height == 1080)
        #expect(picture.framesPerSecond == 30_000 / 1001.0)
        #expect(picture.maxReorderedFrames == subLayers - 1)
        #expect(picture.codecs == "hvc1.1.6.H123.B0")
        let fields = try PictureDescription(h265SPS: Self.h265(subLayers: subLayers, isFields: true))
        #expect(fields.framesPerSecond == 15_000 / 1001.0)
    }

    @Test func `the crafted set of H 265 is what another program takes it for`() async throws {
        let encoded = try await EncodedStream.make(
            .h265, options: ["-x265-params", "log-level=error", "-pix_fmt", "yuv420p"])
        let units = encoded.units.map { unit in
            NALUnit.role(.h265, of: unit) == .parameterSet(.sequence) ? Self.h265(subLayers: 1) : unit
        }
        let path = try encoded.folder.write("crafted.hevc", AnnexB.bytes(of: units))
        let done = try await ChildProcess.run(
            [
                "ffmpeg", "-nostdin", "-hide_banner", "-f", "hevc", "-i", path, "-c", "copy", "-bsf:v", "trace_headers",
                "-f", "null", "-",
            ])
        func traced(_ name: String) -> String? {
            done.errors.split(separator: "\n").first { $0.contains(" \(name) ") }?.split(separator: " ").last.map(
                String.init)
        }
        #expect(traced("vui_num_units_in_tick") == "1001")
        #expect(traced("vui_time_scale") == "30000")
        #expect(traced("num_long_term_ref_pics_sps") == "2")
    }

    @Test func `crafted sets cut or changed anywhere are refused or read`() {
        for unit in [
            H264(profile: 244, orderType: 1, chroma: 3, crop: (1, 1, 1, 1), timing: (1, 50), reordered: 2).unit,
            Self.h265(subLayers: 3),
        ] {
            let isH264 = unit[0] == 0x67
            for broken in Array(truncations(of: unit)) + Array(Mutations(of: unit, count: 20_000)) {
                let picture =
                    isH264 ? try? PictureDescription(h264SPS: broken) : try? PictureDescription(h265SPS: broken)
                if let picture {
                    #expect((16...8192).contains(picture.width) && (0...16).contains(picture.maxReorderedFrames))
                }
            }
        }
    }
}
