import Domain
import FFmpeg

/// Cuts squares out of pictures, at any place, and resizes them to packed RGB for the small models. For one thread.
///
/// swscale would have to be prepared anew for each size of head, and can't cut at an odd pixel.
struct PatchSampler {
    /// In pixels of the picture; may reach beyond its edges, which then go on.
    struct Square: Equatable {
        var x: Double
        var y: Double
        var side: Double

        /// Around a box, its side a multiple of the box's longer side.
        init(around box: PictureBox, times factor: Double, atLeast least: Double = 1, width: Int, height: Int) {
            let (boxWidth, boxHeight) = (box.width * Double(width), box.height * Double(height))
            // A box from a broken model must not make us resize the world.
            side = min(max(factor * max(boxWidth, boxHeight), least), 4 * Double(max(width, height)))
            x = (box.x + box.width / 2) * Double(width) - side / 2
            y = (box.y + box.height / 2) * Double(height) - side / 2
        }
    }

    private var columns = AxisFilter()
    private var rows = AxisFilter()
    private var narrowed: [Float] = []
    private var luma: [Float] = []
    private var u: [Float] = []
    private var v: [Float] = []

    /// Writes `size` × `size` RGB pixels, row by row, at `offset`.
    mutating func sample(
        _ square: Square, of picture: borrowing Picture, size: Int, into pixels: inout MutableSpan<UInt8>,
        at offset: Int
    ) {
        let matrix = Matrix(picture.colorMatrix)
        let (width, height) = (picture.width, picture.height)
        let (chromaWidth, chromaHeight) = (picture.chromaWidth, picture.chromaHeight)
        let (lumaStride, chromaStride) = (picture.lumaStride, picture.chromaStride)
        picture.withPlanes { y, u, v in
            columns.fit(start: square.x, length: square.side, count: size, limit: width)
            rows.fit(start: square.y, length: square.side, count: size, limit: height)
            resize(y, stride: lumaStride, size: size, into: \.luma)
            columns.fit(start: square.x / 2, length: square.side / 2, count: size, limit: chromaWidth)
            rows.fit(start: square.y / 2, length: square.side / 2, count: size, limit: chromaHeight)
            resize(u, stride: chromaStride, size: size, into: \.u)
            resize(v, stride: chromaStride, size: size, into: \.v)
        }
        for index in 0..<size * size {
            let colour = matrix.rgb(luma[index], u[index], v[index])
            pixels[offset + index * 3] = colour.0
            pixels[offset + index * 3 + 1] = colour.1
            pixels[offset + index * 3 + 2] = colour.2
        }
    }

    /// First across, then down.
    private mutating func resize(
        _ plane: Span<UInt8>, stride: Int, size: Int, into target: WritableKeyPath<PatchSampler, [Float]>
    ) {
        narrowed.removeAll(keepingCapacity: true)
        for row in rows.range {
            let start = row * stride
            for column in 0..<size {
                var sum: Float = 0
                for tap in column * columns.taps..<(column + 1) * columns.taps {
                    sum += Float(plane[start + Int(columns.sources[tap])]) * columns.shares[tap]
                }
                narrowed.append(sum)
            }
        }
        var resized = self[keyPath: target]
        self[keyPath: target] = []
        resized.removeAll(keepingCapacity: true)
        for row in 0..<size {
            for column in 0..<size {
                var sum: Float = 0
                for tap in row * rows.taps..<(row + 1) * rows.taps {
                    sum += narrowed[(Int(rows.sources[tap]) - rows.range.lowerBound) * size + column] * rows.shares[tap]
                }
                resized.append(sum)
            }
        }
        self[keyPath: target] = resized
    }
}

/// From Y 16…235 to RGB 0…255.
private struct Matrix {
    private let redV: Float
    private let greenU: Float
    private let greenV: Float
    private let blueU: Float

    init(_ matrix: ColorMatrix) {
        let (red, blue): (Float, Float) =
            switch matrix {
            case .bt601: (0.299, 0.114)
            case .bt709: (0.2126, 0.0722)
            case .bt2020: (0.2627, 0.0593)
            }
        let green = 1 - red - blue
        let scale: Float = 255 / 224
        redV = 2 * (1 - red) * scale
        blueU = 2 * (1 - blue) * scale
        greenU = -2 * (1 - blue) * blue / green * scale
        greenV = -2 * (1 - red) * red / green * scale
    }

    func rgb(_ y: Float, _ u: Float, _ v: Float) -> (UInt8, UInt8, UInt8) {
        let light = (y - 16) * (255 / 219)
        let (blue, red) = (u - 128, v - 128)
        return (
            byte(light + redV * red), byte(light + greenU * blue + greenV * red), byte(light + blueU * blue)
        )
    }

    private func byte(_ value: Float) -> UInt8 { UInt8(min(max(value + 0.5, 0), 255)) }
}
