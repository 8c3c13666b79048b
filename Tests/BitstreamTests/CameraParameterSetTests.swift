import Foundation
import Testing

@testable import Bitstream

/// Sequence parameter sets out of session descriptions that cameras, set-top boxes and servers sent and people published;
/// what they say was read with FFmpeg's `trace_headers`.
struct CameraParameterSetTests {
    struct Known: Sendable, CustomTestStringConvertible {
        var base64: String
        var size: (width: Int, height: Int)
        var rate: Double?
        var reordered: Int
        var codecs: String

        init(_ base64: String, _ width: Int, _ height: Int, rate: Double? = nil, reordered: Int = 0, _ codecs: String) {
            self.base64 = base64
            size = (width, height)
            self.rate = rate
            self.reordered = reordered
            self.codecs = codecs
        }

        var bytes: [UInt8] { Array(Data(base64Encoded: base64)!) }
        var testDescription: String { base64 }
    }

    @Test(arguments: [
        Known("Z0IAKeNQFAe2AtwEBAaQeJEV", 640, 480, "avc1.420029"),
        Known("Z0IAKeKQCgDLYC3AQEBpB4kRUA==", 1280, 800, "avc1.420029"),
        Known("Z0IACpZTBYmI", 176, 144, "avc1.42000A"),
        Known("Z0LAHoyNQKD5APCIRqAAAAA=", 320, 240, "avc1.42C01E"),
        Known("Z0LAH9kAUAW6EAAAAwAQAAADAwDxgySA", 1280, 720, rate: 24, "avc1.42C01F"),
        // Main, one reference, silent about reordering.
        Known("Z00AKZpkA8ARPyzUBAQFAAADA+gAAOpgBA==", 1920, 1080, rate: 30, "avc1.4D0029"),
        Known("Z00AKpWoHgCJ+WbgICAoAAADAAgAAAMBlCA=", 1920, 1080, rate: 25, "avc1.4D002A"),
        Known("Z00AKeKQCgC3YC3AQEBpB4kRUA==", 1280, 720, "avc1.4D0029"),
        // High, shown in the order decoded (pic_order_cnt_type 2), silent about reordering.
        Known("Z2QMIKwrQCgC3TUBDQHggA==", 1280, 720, "avc1.640C20"),
        Known("Z2QADKw7ULBLQgAAAwACAAADAD0I", 352, 288, rate: 15, "avc1.64000C"),
        Known("Z2QAH6yyAKALdCAAAAMAIAAABgHjBkk=", 1280, 720, rate: 24, "avc1.64001F"),
        Known("Z2QAKKzZQHgCJ+XARAAAAwAEAAADAMg8YMZY", 1920, 1080, rate: 25, reordered: 2, "avc1.640028"),
    ])
    func `what cameras send in H 264 is understood`(set: Known) throws {
        try check(PictureDescription(h264SPS: set.bytes), set)
    }

    @Test(arguments: [
        Known("QgEBAWAAAAMAsAAAAwAAAwB4oAPAgBDlja5JMvA=", 1920, 1080, "hvc1.1.6.L120.B0"),
        Known("QgEBAWAAAAMAkAAAAwAAAwA/oAUCAXHy5bpKTC8BAQAAAwABAAADAA8I", 640, 360, rate: 15, "hvc1.1.6.L63.90"),
        Known("QgEBAWAAAAMAsAAAAwAAAwBdoAKAgC0WNrkky/AIAAADAAgAAAMBlQg=", 1280, 720, rate: 50, "hvc1.1.6.L93.B0"),
        // Sets of reference pictures: the second is told by its difference from the first.
        Known(
            "QgEBAWAAAAMAAAMAAAMAAAMAlqADwIAQ5Za5JMmuWcBSSgAAB9AAAHUwgkA=", 1920, 1080, rate: 15, "hvc1.1.6.L150"),
        Known("QgEBAIAAAAMAAAMAAAMAAAMAAKACgIAtH+W1kkbQzkkktySqSfKSyA==", 1280, 720, reordered: 1, "hvc1.0.1.L0"),
        Known(
            "QgEBAWAAAAMAkAAAAwAAAwB4oAPAgBDllmZpJMrgEAAAAwAQAAADAeCA", 1920, 1080, rate: 30, reordered: 2,
            "hvc1.1.6.L120.90"),
        Known("QgEBAWAAAAMAsAAAAwAAAwCZoAHgIAIcWNrkkUvzcBAQEAg=", 3840, 2160, "hvc1.1.6.L153.B0"),
        Known("QgEBAWAAAAMAAAMAAAMAAAMAlqAB4CACHH+KrTuiS7I=", 3840, 2160, "hvc1.1.6.L150"),
    ])
    func `what cameras send in H 265 is understood`(set: Known) throws {
        try check(PictureDescription(h265SPS: set.bytes), set)
    }

    private func check(_ picture: PictureDescription, _ set: Known) {
        #expect((picture.width, picture.height) == set.size)
        #expect(picture.framesPerSecond == set.rate)
        #expect(picture.maxReorderedFrames == set.reordered)
        #expect(picture.codecs == set.codecs)
    }
}
