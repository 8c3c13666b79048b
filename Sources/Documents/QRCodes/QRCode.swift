import CDocuments
import Glibc

/// A QR code (ISO/IEC 18004): a square of dark and light modules.
public struct QRCode: Hashable, Sendable {
    /// How much of a code may be dirty or torn: about 7, 15, 25 and 30 %.
    public enum ErrorCorrection: Hashable, Sendable {
        case low, medium, quartile, high
    }

    /// The text can't be made into a code.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case empty
        /// More than the largest code of this error correction holds (2,331 bytes for medium): shorten the text.
        case tooLong(bytes: Int)

        public var description: String {
            switch self {
            case .empty: "a QR code needs some text"
            case .tooLong(let bytes): "\(bytes) bytes are too many for a QR code; shorten the text"
            }
        }
    }

    /// Light modules that readers want on each side (ISO/IEC 18004, 6.3.8).
    public static let quietZone = 4

    /// Modules on a side, 21…177, without the quiet zone.
    public let size: Int
    /// Rows from the top, true where dark.
    private let modules: [Bool]

    public init(_ text: String, errorCorrection: ErrorCorrection = .medium) throws(Failure) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        let level: QRecLevel =
            switch errorCorrection {
            case .low: QR_ECLEVEL_L
            case .medium: QR_ECLEVEL_M
            case .quartile: QR_ECLEVEL_Q
            case .high: QR_ECLEVEL_H
            }
        guard bytes.count <= 4096, let code = QRcode_encodeData(CInt(bytes.count), bytes, 0, level) else {
            throw .tooLong(bytes: bytes.count)
        }
        defer { QRcode_free(code) }
        let size = Int(code.pointee.width)
        let data = code.pointee.data!
        self.size = size
        modules = (0..<size * size).map { data[$0] & 1 == 1 }
    }

    /// Whether a module is dark; false outside of the code.
    public subscript(x: Int, y: Int) -> Bool {
        (0..<size).contains(x) && (0..<size).contains(y) && modules[y * size + x]
    }

    /// Dark modules side by side: fewer and cleaner shapes than one by one.
    var runs: [(x: Int, y: Int, length: Int)] {
        var runs: [(x: Int, y: Int, length: Int)] = []
        for y in 0..<size {
            var x = 0
            while x < size {
                var end = x
                while self[end, y] { end += 1 }
                if end > x { runs.append((x, y, end - x)) }
                x = end + 1
            }
        }
        return runs
    }
}
