import Bitstream
import Domain
import Foundation
import TestSupport
import Testing

@testable import ISOBMFF

struct InitializationTests {
    @Test(arguments: [
        FileDescription(camera: "front door", startMilliseconds: 0, timeZone: "Asia/Shanghai", offsetMinutes: 480),
        FileDescription(
            camera: "灶台=1", startMilliseconds: -1, timeZone: "America/St_Johns", offsetMinutes: -210,
            program: "mingchu 0.1.0"),
    ])
    func `a file says whose it is`(description: FileDescription) throws {
        #expect(try SyntheticFile.scan(SyntheticFile.initialization(description)).description == description)
    }

    @Test func `a name can't forge a line`() throws {
        let forged = FileDescription(
            camera: "a\nstart_ms=5", startMilliseconds: 1, timeZone: "b\r\nc", offsetMinutes: 0)
        let read = try #require(try SyntheticFile.scan(SyntheticFile.initialization(forged)).description)
        #expect(read.camera == "astart_ms=5" && read.startMilliseconds == 1 && read.timeZone == "bc")
    }

    @Test func `a changed initialization segment is read or refused`() {
        let description = FileDescription(camera: "1", startMilliseconds: 1, timeZone: "z", offsetMinutes: 0)
        let bytes = SyntheticFile.initialization(description)
        for broken in Array(truncations(of: bytes)) + Array(Mutations(of: bytes, count: 20_000)) {
            if let file = try? SyntheticFile.scan(broken) { #expect(!file.formats.isEmpty) }
        }
    }

    @Test func `the moment of the recording stands in the movie header too`() async throws {
        let description = FileDescription(
            camera: "1", startMilliseconds: 1_795_392_900_123, timeZone: "Asia/Shanghai", offsetMinutes: 480)
        let parts = SyntheticFile.parts(of: SyntheticFile.units(10))
        let folder = try TemporaryDirectory()
        let path = try folder.write("file.mp4", SyntheticFile.initialization(description) + parts.flatMap(\.bytes))
        let done = try await ChildProcess.run(
            ["ffprobe", "-v", "quiet", "-of", "default=nw=1:nk=1", "-show_entries", "format_tags=creation_time", path])
        #expect(String(decoding: done.output, as: UTF8.self).hasPrefix("2026-11-23T00:15:00"))
    }

    @Test func `the trailer names every keyframe, and players find them by it`() async throws {
        let units = try await units(of: .h264WithBFrames)
        let bytes = try FragmentTests.file(of: units).bytes
        let file = try SyntheticFile.scan(bytes)
        // mfro: the last four bytes tell where mfra begins.
        let length = bytes.suffix(4).reduce(0) { $0 << 8 | Int($1) }
        var table = try ByteReader(bytes.suffix(length).dropFirst(8), box: "mfra").box("tfra")
        #expect(try table.fullBoxHeader() == (1, 0))
        try table.skip(8)
        let count = Int(try table.number(UInt32.self))
        let keys = file.fragments.filter(\.isIndependent)
        #expect(count == keys.count && count == 10)
        for key in keys {
            #expect(try table.number(Int64.self) == key.decodeTime.ticks)
            #expect(try table.number(Int64.self) == key.offset)
            try table.skip(3)
        }
        #expect(table.rest.isEmpty)
        let folder = try TemporaryDirectory()
        let path = try folder.write("file.mp4", bytes)
        let done = try await ChildProcess.run([
            "ffprobe", "-v", "error", "-use_mfra_for", "dts", "-read_intervals", "7.05%+#1", "-show_entries",
            "packet=pos",
            "-of", "csv=p=0", path,
        ])
        // The first packet read is the keyframe at 7 s, right behind its fragment's head.
        let found = try #require(
            Int(
                String(decoding: done.output, as: UTF8.self).trimmingCharacters(
                    in: .whitespacesAndNewlines.union([","]))))
        #expect(
            keys.contains {
                ($0.offset..<$0.offset + Int64($0.length)).contains(Int64(found))
                    && $0.decodeTime == Time90k(ticks: 7 * 90_000)
            })
    }
}
