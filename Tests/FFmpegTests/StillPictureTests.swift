import FFmpeg
import TestSupport
import Testing

struct StillPictureTests {
    private let folder: TemporaryDirectory
    init() throws { folder = try TemporaryDirectory() }

    /// Left half red, right half blue, made by ffmpeg.
    private func file(_ name: String, _ options: [String] = [], width: Int = 64, height: Int = 48) async throws
        -> String
    {
        let path = folder.file(name)
        let half = "color=red:size=\(width / 2)x\(height),format=rgb24"
        let other = "color=blue:size=\(width - width / 2)x\(height),format=rgb24"
        let made = try await ChildProcess.run(
            [
                "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", half, "-f", "lavfi", "-i", other, "-filter_complex",
                "[0][1]hstack", "-frames:v", "1",
            ] + options + [path])
        try #require(made.ending.isSuccess, "\(made.errors)")
        return path
    }

    private func luma(_ picture: borrowing Picture, x: Int, y: Int) -> UInt8 {
        let stride = picture.lumaStride
        return picture.withPlanes { luma, _, _ in luma[y * stride + x] }
    }

    /// BT.601: red is 81, blue is 41.
    private func isRed(_ value: UInt8) -> Bool { (70...92).contains(value) }
    private func isBlue(_ value: UInt8) -> Bool { (30...52).contains(value) }

    @Test(
        arguments: [
            ("a.jpg", ["-pix_fmt", "yuvj420p"]), ("b.jpg", ["-pix_fmt", "yuvj444p"]), ("c.png", []),
            ("d.png", ["-pix_fmt", "rgb48be"]), ("e.png", ["-pix_fmt", "rgba"]), ("f.png", ["-pix_fmt", "pal8"]),
            ("g.bmp", []), ("h.webp", ["-c:v", "libwebp"]), ("i.webp", ["-c:v", "libwebp", "-lossless", "1"]),
        ] as [(String, [String])])
    func `every format and depth is read in the same colours`(name: String, options: [String]) async throws {
        let path = try await file(name, options)
        #expect(StillPicture.isOne(path: path))
        let picture = try StillPicture.read(path: path)
        #expect(picture.width == 64)
        #expect(picture.height == 48)
        #expect(isRed(luma(picture, x: 8, y: 24)), "\(luma(picture, x: 8, y: 24))")
        #expect(isBlue(luma(picture, x: 56, y: 24)), "\(luma(picture, x: 56, y: 24))")
    }

    @Test(arguments: [
        (1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom"),
    ])
    func `a picture taken with a turned camera is turned back`(tag: Int, red: String) async throws {
        let plain = try await file("plain.jpg", ["-pix_fmt", "yuvj420p"])
        let jpeg = try folder.read("plain.jpg")
        _ = plain
        // APP1 with one directory of one entry: 0x0112, SHORT, 1 value. (EXIF 2.32, TIFF 6.0 big-endian)
        let entry: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(tag), 0, 0]
        let tiff: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1] + entry + [0, 0, 0, 0]
        let body = Array("Exif".utf8) + [0, 0] + tiff
        let segment = [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body
        let path = try folder.write("turned.jpg", Array(jpeg[..<2]) + segment + Array(jpeg[2...]))
        let picture = try StillPicture.read(path: path)
        #expect(picture.width == (tag < 5 ? 64 : 48))
        #expect(picture.height == (tag < 5 ? 48 : 64))
        let (x, y): (Int, Int) =
            switch red {
            case "left": (4, 24)
            case "right": (59, 24)
            case "top": (24, 4)
            default: (24, 59)
            }
        #expect(isRed(luma(picture, x: x, y: y)))
        #expect(isBlue(luma(picture, x: picture.width - 1 - x, y: picture.height - 1 - y)))
    }

    @Test func `odd sizes are read, a single pixel is refused`() async throws {
        let picture = try StillPicture.read(path: try await file("odd.png", width: 33, height: 7))
        #expect(picture.width == 33)
        #expect(picture.height == 7)
        // A BMP of a single pixel: 14 bytes about the file, 40 about the picture, one row.
        let bmp: [UInt8] =
            Array("BM".utf8) + [58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0]
            + [UInt8](repeating: 0, count: 24) + [9, 9, 9, 0]
        try folder.write("dot.bmp", bmp)
        let error = #expect(throws: FFmpegError.self) { _ = try StillPicture.read(path: folder.file("dot.bmp")) }
        #expect(error?.detail.contains("1×1") == true)
    }

    @Test func `what is no picture is refused with the reason`() throws {
        func refusal(_ bytes: [UInt8]) throws -> FFmpegError? {
            let path = try folder.write("x", bytes)
            return #expect(throws: FFmpegError.self) { _ = try StillPicture.read(path: path) }
        }
        #expect(try refusal([])?.detail == "the file is empty")
        #expect(try refusal(Array("no picture at all".utf8))?.kind == .invalidData)
        #expect(try refusal([0xFF, 0xD8, 0xFF, 0xE0])?.description.isEmpty == false)
        #expect(!StillPicture.isOne(path: folder.file("x") + "nothing"))
        let missing = #expect(throws: FFmpegError.self) { _ = try StillPicture.read(path: "/nowhere.jpg") }
        #expect(missing?.kind == .notFound)
    }

    @Test func `a small file that claims to be huge is refused`() async throws {
        let path = try await file("huge.bmp", width: 8, height: 8)
        var bytes = try folder.read("huge.bmp")
        for (offset, byte) in zip(18..., [0, 0, 1, 0, 0, 0, 1, 0] as [UInt8]) { bytes[offset] = byte }
        try folder.write("huge.bmp", bytes)
        #expect(throws: FFmpegError.self) { _ = try StillPicture.read(path: path) }
    }

    @Test(arguments: ["a.jpg", "b.png", "c.bmp", "d.webp"])
    func `cut off or changed files are read or refused, and never crash`(name: String) async throws {
        _ = try await file(name, name.hasSuffix("jpg") ? ["-pix_fmt", "yuvj420p"] : [], width: 24, height: 16)
        let bytes = try folder.read(name)
        for broken in truncations(of: bytes) { attempt(broken) }
        for broken in Mutations(of: bytes, count: 1000, seed: 4) { attempt(broken) }
    }

    private func attempt(_ bytes: [UInt8]) {
        do throws(FFmpegError) {
            let picture = try StillPicture.decode(bytes)
            #expect(picture.width > 0)
        } catch {
            #expect(!error.description.isEmpty)
        }
    }
}
