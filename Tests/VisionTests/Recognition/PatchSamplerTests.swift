import Domain
import FFmpeg
import Testing

@testable import Vision

struct PatchSamplerTests {
    private func picture(
        width: Int, height: Int, _ luma: (Int, Int) -> UInt8, u: UInt8 = 128, v: UInt8 = 128
    ) throws -> Picture {
        var picture = try Picture.blank(width: width, height: height)
        let stride = picture.lumaStride
        picture.withMutablePlanes { planeY, planeU, planeV in
            for y in 0..<height { for x in 0..<width { planeY[y * stride + x] = luma(x, y) } }
            for index in planeU.indices { planeU[index] = u }
            for index in planeV.indices { planeV[index] = v }
        }
        return picture
    }

    private func sample(_ picture: borrowing Picture, x: Double, y: Double, side: Double, size: Int) -> [UInt8] {
        var sampler = PatchSampler()
        var square = PatchSampler.Square(
            around: PictureBox(x: 0, y: 0, width: 1, height: 1), times: 1, width: picture.width, height: picture.height)
        square.x = x
        square.y = y
        square.side = side
        var pixels = [UInt8](repeating: 0, count: size * size * 3)
        var span = pixels.mutableSpan
        sampler.sample(square, of: picture, size: size, into: &span, at: 0)
        return pixels
    }

    @Test(
        arguments: [
            (81, 90, 240, (255, 0, 0)), (145, 54, 34, (0, 255, 0)), (41, 240, 110, (0, 0, 255)),
            (235, 128, 128, (255, 255, 255)), (16, 128, 128, (0, 0, 0)), (126, 128, 128, (128, 128, 128)),
        ] as [(UInt8, UInt8, UInt8, (Int, Int, Int))])
    func `colours are those of BT 601`(y: UInt8, u: UInt8, v: UInt8, rgb: (Int, Int, Int)) throws {
        let pixels = sample(
            try picture(width: 40, height: 30, { _, _ in y }, u: u, v: v), x: 3, y: 4, side: 20, size: 8)
        #expect(abs(Int(pixels[0]) - rgb.0) <= 2)
        #expect(abs(Int(pixels[1]) - rgb.1) <= 2)
        #expect(abs(Int(pixels[2]) - rgb.2) <= 2)
    }

    /// Light that is shown as `value`.
    private func luma(_ value: Double) -> UInt8 { UInt8((16 + value * 219 / 255).rounded()) }

    @Test(arguments: [10.0, 24, 50, 111.5, 200]) func `a slope stays the same slope at every size`(side: Double) throws
    {
        let picture = try picture(width: 256, height: 200, { x, _ in luma(Double(x)) })
        let pixels = sample(picture, x: 20.25, y: 30.5, side: side, size: 32)
        for column in 0..<32 {
            let centre = 20.25 + (Double(column) + 0.5) * side / 32 - 0.5
            for row in [0, 15, 31] { #expect(abs(Double(pixels[(row * 32 + column) * 3]) - centre) <= 1.6) }
        }
    }

    @Test func `every pixel counts when it gets smaller`() throws {
        let picture = try picture(width: 128, height: 128, { x, y in (x + y) % 2 == 0 ? 235 : 16 })
        let pixels = sample(picture, x: 0, y: 0, side: 128, size: 8)
        #expect(pixels.allSatisfy { (120...135).contains($0) })
    }

    @Test func `beyond an edge the edge goes on`() throws {
        let picture = try picture(width: 60, height: 40, { x, y in x == 0 ? 235 : y == 39 ? 16 : 126 })
        let left = sample(picture, x: -100, y: 0, side: 30, size: 8)
        #expect(left.allSatisfy { $0 >= 253 })
        let below = sample(picture, x: 20, y: 100, side: 30, size: 8)
        #expect(below.allSatisfy { $0 <= 2 })
    }

    @Test func `a square is centred on the box and not too small`() {
        let box = PictureBox(x: 0.5, y: 0.5, width: 0.01, height: 0.02)
        let square = PatchSampler.Square(around: box, times: 2, atLeast: 24, width: 640, height: 360)
        #expect(square.side == 24)
        #expect(abs(square.x + 12 - 0.505 * 640) < 1e-9)
        #expect(abs(square.y + 12 - 0.51 * 360) < 1e-9)
        let large = PatchSampler.Square(around: box, times: 10, atLeast: 24, width: 640, height: 360)
        #expect(abs(large.side - 72) < 1e-9)
    }
}
