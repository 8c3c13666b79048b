import CFFmpeg
import Glibc

/// How a camera was held: EXIF's tag 0x0112, 1…8. (CIPA DC-008, 4.6.4)
struct Orientation: Equatable {
    /// Rows and columns change places …
    private let isTransposed: Bool
    /// … and then they are counted from the other end.
    private let isMirrored: Bool
    private let isUpsideDown: Bool

    init(_ tag: Int) {
        isTransposed = (5...8).contains(tag)
        isMirrored = [2, 3, 6, 7].contains(tag)
        isUpsideDown = [3, 4, 7, 8].contains(tag)
    }

    /// As the decoder found it in the file; upright when it says nothing.
    init(of picture: borrowing Picture) {
        let entry = av_dict_get(picture.frame.pointee.metadata, "Orientation", nil, 0)
        self.init(entry.map { Int(atoi($0.pointee.value)) } ?? 1)
    }

    /// As a container says it: the angle by which a picture is to be turned clockwise, rounded to a quarter turn.
    init(clockwise degrees: Double) {
        guard degrees.isFinite else {
            self.init(1)
            return
        }
        let quarters = Int((degrees / 90).rounded()) % 4
        self.init([1, 6, 3, 8][quarters < 0 ? quarters + 4 : quarters])
    }

    var isUpright: Bool { self == Orientation(1) }

    func upright(_ picture: consuming Picture) throws(FFmpegError) -> Picture {
        if isUpright { return picture }
        let (width, height) = (picture.width, picture.height)
        let turned =
            isTransposed
            ? try Picture.blank(width: height, height: width) : try Picture.blank(width: width, height: height)
        turned.frame.pointee.colorspace = picture.frame.pointee.colorspace
        let (from, to) = (picture.frame.pointee, turned.frame.pointee)
        copy(from.data.0!, from.linesize.0, to.data.0!, to.linesize.0, turned.width, turned.height)
        copy(from.data.1!, from.linesize.1, to.data.1!, to.linesize.1, turned.chromaWidth, turned.chromaHeight)
        copy(from.data.2!, from.linesize.2, to.data.2!, to.linesize.2, turned.chromaWidth, turned.chromaHeight)
        return turned
    }

    /// - Parameters width, height: of the target plane.
    private func copy(
        _ source: UnsafeMutablePointer<UInt8>, _ sourceStride: CInt, _ target: UnsafeMutablePointer<UInt8>,
        _ targetStride: CInt, _ width: Int, _ height: Int
    ) {
        for y in 0..<height {
            let row = target + y * Int(targetStride)
            let fromY = isUpsideDown ? height - 1 - y : y
            for x in 0..<width {
                let fromX = isMirrored ? width - 1 - x : x
                let (column, line) = isTransposed ? (fromY, fromX) : (fromX, fromY)
                row[x] = source[line * Int(sourceStride) + column]
            }
        }
    }
}
