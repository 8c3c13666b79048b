public import FFmpeg

/// The brightness of a picture at low resolution: 320 pixels wide, each the mean of what it covers.
public struct LumaGrid: Sendable, Hashable {
    public static let standardWidth = 320

    public private(set) var width: Int
    public private(set) var height: Int
    /// Row by row, 16…235.
    public private(set) var pixels: [UInt8]

    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height)
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// An empty one, to be filled.
    public init() { self.init(width: 0, height: 0, pixels: []) }

    public init(_ picture: borrowing Picture) {
        self.init()
        fill(from: picture)
    }

    /// Reuses the memory. Pictures narrower than 320 keep their own size.
    public mutating func fill(from picture: borrowing Picture) {
        let (sourceWidth, sourceHeight, stride) = (picture.width, picture.height, picture.lumaStride)
        width = min(Self.standardWidth, sourceWidth)
        height = max(1, min(sourceHeight, (sourceHeight * width + sourceWidth / 2) / sourceWidth))
        if pixels.count != width * height { pixels = [UInt8](repeating: 0, count: width * height) }
        let (width, height) = (width, height)
        picture.withPlanes { luma, _, _ in
            luma.withUnsafeBufferPointer { luma in
                pixels.withUnsafeMutableBufferPointer { target in
                    if sourceWidth == width * 2 && sourceHeight == height * 2 {
                        Self.halve(luma.baseAddress!, stride, target.baseAddress!, width, height)
                    } else {
                        Self.average(
                            luma.baseAddress!, stride, sourceWidth, sourceHeight, target.baseAddress!, width, height)
                    }
                }
            }
        }
    }

    private static func halve(
        _ source: UnsafePointer<UInt8>, _ stride: Int, _ target: UnsafeMutablePointer<UInt8>, _ width: Int,
        _ height: Int
    ) {
        for y in 0..<height {
            let upper = source + 2 * y * stride
            let lower = upper + stride
            let row = target + y * width
            for x in 0..<width {
                let sum =
                    UInt16(upper[2 &* x]) &+ UInt16(upper[2 &* x &+ 1]) &+ UInt16(lower[2 &* x])
                    &+ UInt16(lower[2 &* x &+ 1])
                row[x] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
            }
        }
    }

    private static func average(
        _ source: UnsafePointer<UInt8>, _ stride: Int, _ sourceWidth: Int, _ sourceHeight: Int,
        _ target: UnsafeMutablePointer<UInt8>, _ width: Int, _ height: Int
    ) {
        for y in 0..<height {
            let top = y * sourceHeight / height
            let bottom = max(top + 1, (y + 1) * sourceHeight / height)
            for x in 0..<width {
                let left = x * sourceWidth / width
                let right = max(left + 1, (x + 1) * sourceWidth / width)
                var sum = 0
                for row in top..<bottom {
                    let line = source + row * stride
                    for column in left..<right { sum &+= Int(line[column]) }
                }
                let count = (bottom - top) * (right - left)
                target[y * width + x] = UInt8(truncatingIfNeeded: (sum + count / 2) / count)
            }
        }
    }
}
