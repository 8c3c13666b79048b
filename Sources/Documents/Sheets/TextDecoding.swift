import CDocuments
import Glibc

/// Text of unknown encoding as UTF-8: what programs in China write.
enum TextDecoding {
    static func utf8(_ bytes: [UInt8]) throws(SheetError) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            let rest = Array(bytes.dropFirst(3))
            guard let wrong = firstInvalid(in: rest) else { return rest }
            throw .unknownEncoding(atByte: wrong + 3)
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return try convert(bytes, skipping: 2, from: "UTF-16LE") }
        if bytes.starts(with: [0xFE, 0xFF]) { return try convert(bytes, skipping: 2, from: "UTF-16BE") }
        if let encoding = markless16(bytes) { return try convert(bytes, skipping: 0, from: encoding) }
        if firstInvalid(in: bytes) == nil { return bytes }
        return try convert(bytes, skipping: 0, from: "GB18030")
    }

    /// Separators and line ends are of two bytes in UTF-16, one of them zero; no other text has zero bytes.
    private static func markless16(_ bytes: [UInt8]) -> String? {
        guard bytes.count % 2 == 0 else { return nil }
        var (little, big) = (0, 0)
        for index in stride(from: 0, to: min(bytes.count, 65_536), by: 2) {
            switch (bytes[index], bytes[index + 1]) {
            case (0x09...0x7E, 0): little += 1
            case (0, 0x09...0x7E): big += 1
            default: break
            }
        }
        return little > big ? "UTF-16LE" : big > little ? "UTF-16BE" : nil
    }

    private static func firstInvalid(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            var decoder = Unicode.UTF8.ForwardParser()
            var iterator = buffer.makeIterator()
            var at = 0
            while true {
                switch decoder.parseScalar(from: &iterator) {
                case .valid(let scalar): at += scalar.count
                case .emptyInput: return nil
                case .error: return at
                }
            }
        }
    }

    private static func convert(
        _ bytes: [UInt8], skipping mark: Int, from encoding: String
    ) throws(SheetError) -> [UInt8] {
        guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else {
            throw .unknownEncoding(atByte: 0)
        }
        defer { iconv_close(converter) }
        // A unit of two bytes becomes three at most.
        var output = [UInt8](repeating: 0, count: bytes.count * 3 + 8)
        var input = bytes
        var (left, room) = (bytes.count - mark, output.count)
        let isDone = input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                var from: UnsafeMutablePointer<CChar>? = (source.baseAddress! + mark).assumingMemoryBound(
                    to: CChar.self)
                var to: UnsafeMutablePointer<CChar>? = target.baseAddress!.assumingMemoryBound(to: CChar.self)
                return iconv(converter, &from, &left, &to, &room) != -1
            }
        }
        guard isDone, left == 0 else { throw .unknownEncoding(atByte: bytes.count - left) }
        output.removeLast(room)
        return output
    }
}
