/// The first range of a Range header (RFC 9110 §14.2).
enum ByteRange {
    /// - Returns: nil when the whole is to be sent: no header, another unit, or one that can't be read.
    /// - Throws: ``WebError/rangeNotSatisfiable(size:)``
    static func parse(_ header: String?, size: Int64) throws(WebError) -> Range<Int64>? {
        guard let header, header.hasPrefix("bytes=") else { return nil }
        let first = header.dropFirst(6).prefix { $0 != "," }.filter { $0 != " " }
        guard let dash = first.firstIndex(of: "-") else { return nil }
        let (from, to) = (first[..<dash], first[first.index(after: dash)...])
        guard (from + to).utf8.allSatisfy({ (0x30...0x39).contains($0) }), !(from.isEmpty && to.isEmpty) else {
            return nil
        }
        if from.isEmpty {
            guard let count = Int64(to), count > 0, size > 0 else { throw .rangeNotSatisfiable(size: size) }
            return max(0, size - count)..<size
        }
        guard let start = Int64(from), start < size else { throw .rangeNotSatisfiable(size: size) }
        guard !to.isEmpty else { return start..<size }
        // An end that no number holds is past any file's.
        let end = Int64(to) ?? size - 1
        guard end >= start else { return nil }
        return start..<min(end + 1, size)
    }
}
