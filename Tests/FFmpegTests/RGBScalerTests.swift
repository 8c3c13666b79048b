import FFmpeg
import Testing

struct RGBScalerTests {
    /// Y from left to right, no colour.
    private func ramp(width: Int, height: Int) throws -> Picture {
        var picture = try Picture.blank(width: width, height: height)
        let stride = picture.lumaStride
        picture.withMutablePlanes { y, u, v in
            for row in 0..<height { for x in 0..<width { y[row * stride + x] = UInt8(16 + x * 219 / (width - 1)) } }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
        }
        return picture
    }

    private func convert(
        _ crop: RGBScaler.Crop, of picture: borrowing Picture, width: Int, height: Int,
        in size: (width: Int, height: Int),
        left: Int = 0, top: Int = 0, with scaler: inout RGBScaler
    ) throws -> [UInt8] {
        var image = [UInt8](repeating: 7, count: size.width * size.height * 3)
        var span = image.mutableSpan
        try scaler.convert(
            crop, of: picture, width: width, height: height, into: &span, stride: size.width * 3, left: left, top: top)
        return image
    }

    @Test func `video range becomes full range`() throws {
        let picture = try ramp(width: 220, height: 16)
        var scaler = RGBScaler()
        let image = try convert(
            RGBScaler.Crop(picture), of: picture, width: 220, height: 16, in: (220, 16), with: &scaler)
        for x in 0..<220 {
            let expected = Double(x) * 255 / 219
            for colour in 0..<3 { #expect(abs(Double(image[(8 * 220 + x) * 3 + colour]) - expected) <= 3) }
        }
    }

    @Test func `only the place asked for is written, whatever its width`() throws {
        let picture = try ramp(width: 320, height: 180)
        var scaler = RGBScaler()
        for width in [1, 2, 3, 5, 7, 8, 13, 16, 31, 64, 99] {
            let image = try convert(
                RGBScaler.Crop(picture), of: picture, width: width, height: 9, in: (128, 16), left: 3, top: 4,
                with: &scaler)
            for y in 0..<16 {
                for x in 0..<128 where !(4..<13).contains(y) || !(3..<3 + width).contains(x) {
                    #expect(image[(y * 128 + x) * 3] == 7, "width \(width), \(x) \(y)")
                }
            }
            #expect(image[(8 * 128 + 3 + width / 2) * 3] != 7)
        }
    }

    @Test func `a crop shows its part of the picture`() throws {
        let picture = try ramp(width: 640, height: 360)
        var scaler = RGBScaler()
        let crop = RGBScaler.Crop(x: 320.7, y: 100.2, width: 100, height: 100, in: picture)
        #expect(crop.x == 320 && crop.y == 100 && crop.width == 101 && crop.height == 101)
        let image = try convert(crop, of: picture, width: 50, height: 50, in: (50, 50), with: &scaler)
        let (first, last) = (Double(image[25 * 150]), Double(image[25 * 150 + 147]))
        #expect(abs(first - 320.0 / 639 * 255) < 4)
        #expect(abs(last - 420.0 / 639 * 255) < 4)
    }

    @Test(arguments: [
        (-50.0, -50.0, 20.0, 20.0), (630, 350, 100, 100), (700, 500, 5, 5), (10, 10, 0, 0), (0, 0, 1e9, 1e9),
    ])
    func `crops beyond the picture keep at least a pixel of it`(x: Double, y: Double, width: Double, height: Double)
        throws
    {
        let picture = try ramp(width: 640, height: 360)
        let crop = RGBScaler.Crop(x: x, y: y, width: width, height: height, in: picture)
        #expect(crop.width >= 1 && crop.height >= 1)
        #expect(crop.x >= 0 && crop.y >= 0 && crop.x + crop.width <= 640 && crop.y + crop.height <= 360)
    }

    @Test func `sizes may come and go in any order`() throws {
        let picture = try ramp(width: 640, height: 360)
        var scaler = RGBScaler()
        for round in 0..<60 {
            let crop = RGBScaler.Crop(
                x: Double(round % 7 * 10), y: 0, width: Double(100 + round % 11 * 10), height: 90, in: picture)
            let image = try convert(crop, of: picture, width: 20, height: 18, in: (20, 18), with: &scaler)
            let centre = Double(crop.x) + Double(crop.width) / 2
            #expect(abs(Double(image[(9 * 20 + 10) * 3]) - centre / 639 * 255) < 8)
        }
    }
}
