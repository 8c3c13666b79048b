import Documents
import Domain
import FFmpeg

/// What stands in the corner of every public picture: the school and when the picture was taken. (水印)
struct Watermark {
    private static let size = 14.0
    /// From the right and the upper edge: cameras write the time at the upper left and their name at the lower right.
    private static let margin = 8

    private let label: Lettering
    private let glyphs: [Character: Lettering]
    private let zone: TerritoryZone

    /// - Throws: ``PDFError/missingFont(family:package:)``: without letters there is no watermark, and without it no picture.
    init(label: String, zone: TerritoryZone) throws(PDFError) {
        self.zone = zone
        self.label = try Lettering(String(label.prefix(40)), size: Self.size, width: PublicScreenSettings.width / 2)
        var glyphs: [Character: Lettering] = [:]
        for character in "0123456789-: " {
            glyphs[character] = try Lettering(String(character), size: Self.size, width: 64)
        }
        self.glyphs = glyphs
    }

    /// Writes onto a picture of the public size.
    func draw(on picture: inout Picture, taken wall: UTCTime) {
        let civil = zone.civil(wall)
        let letters = "\(civil.date) \(civil.clock)".compactMap { glyphs[$0] }
        // A blank has no ink to be as wide as.
        let widths = letters.map { max($0.width, 5) }
        let width = label.width + 12 + widths.reduce(0, +) + 16
        let height = max(label.height, letters.map(\.height).max() ?? 0) + 6
        let top = Self.margin
        let left = max(0, picture.width - Self.margin - width) & ~1
        Ink.dim(&picture, left: left, top: top, width: width, height: height)
        var x = left + 8
        Ink.write(label, on: &picture, left: x, top: top + 3)
        x += label.width + 12
        for (letter, width) in zip(letters, widths) {
            Ink.write(letter, on: &picture, left: x, top: top + 3)
            x += width
        }
    }
}

/// Letters and strips in the pixels of a picture.
enum Ink {
    private static let white = 235

    static func write(_ letters: Lettering, on picture: inout Picture, left: Int, top: Int) {
        let (width, height, stride) = (picture.width, picture.height, picture.lumaStride)
        picture.withMutablePlanes { y, _, _ in
            for row in 0..<letters.height where (0..<height).contains(top + row) {
                for column in 0..<letters.width where (0..<width).contains(left + column) {
                    let ink = Int(letters.ink[row * letters.width + column])
                    guard ink > 0 else { continue }
                    let place = (top + row) * stride + left + column
                    y[place] = UInt8((Int(y[place]) * (255 - ink) + white * ink) / 255)
                }
            }
        }
    }

    /// A strip on which white can be read whatever lies below.
    static func dim(_ picture: inout Picture, left: Int, top: Int, width: Int, height: Int) {
        let (right, bottom) = (min(left + width, picture.width), min(top + height, picture.height))
        let (stride, chromaStride) = (picture.lumaStride, picture.chromaStride)
        picture.withMutablePlanes { y, u, v in
            for row in max(0, top)..<bottom {
                for column in left..<right {
                    y[row * stride + column] = UInt8((Int(y[row * stride + column]) * 5 + 24 * 11) / 16)
                }
            }
            for row in max(0, top) / 2..<bottom / 2 {
                for column in left / 2..<right / 2 {
                    let place = row * chromaStride + column
                    u[place] = UInt8((Int(u[place]) + 3 * 128) / 4)
                    v[place] = UInt8((Int(v[place]) + 3 * 128) / 4)
                }
            }
        }
    }

    /// Grey of one brightness.
    static func fill(_ picture: inout Picture, luma: UInt8) {
        picture.withMutablePlanes { y, u, v in
            for index in y.indices { y[index] = luma }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
        }
    }
}
