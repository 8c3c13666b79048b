import Crypto

/// One hash for all of a file's segments: SHA-256 over their SHA-256s, one after the other, in the order of the file.
///
/// Whoever has kept the file can show that it is the one that was recorded, after the index has forgotten it.
struct SegmentDigest {
    let count: Int
    let sha256: [UInt8]

    /// nil when the index knows no such file.
    static func ofFile(_ path: String, _ connection: any Connection) throws -> SegmentDigest? {
        guard let id: Int64 = try connection.value("select id from recorded_file where path = \(path)") else {
            return nil
        }
        var hash = SHA256()
        var count = 0
        try connection.forEach(
            "select sha256 from recorded_segment where file_id = \(id) order by byte_offset"
        ) { row in
            hash.update(bufferPointer: row.bytes(0))
            count += 1
            return true
        }
        return SegmentDigest(count: count, sha256: Array(hash.finalize()))
    }

    var json: JSON { ["count": .int(Int64(count)), "sha256": .string(sha256.hexadecimal)] }
}
