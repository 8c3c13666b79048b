/// Size and type of a box (ISO/IEC 14496-12 §4.2).
struct BoxHead {
    /// Four printable characters.
    let type: String
    /// With the head itself.
    let length: Int64

    /// - Parameters:
    ///   - bytes: the box's first 16, fewer where the file ends before.
    ///   - left: bytes from the box's begin to the file's end.
    init(_ bytes: [UInt8], left: Int64) throws(ISOBMFFError) {
        var reader = ByteReader(bytes[...], box: "box")
        let size = try reader.number(UInt32.self)
        let characters = reader.rest.prefix(4)
        guard characters.count == 4 else { throw .truncated("box") }
        // Zeros are what a file system puts where bytes never reached the disk.
        guard characters.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw .invalid("type of box") }
        type = String(decoding: characters, as: UTF8.self)
        if size == 1 {
            try reader.skip(4)
            let large = try reader.number(UInt64.self)
            guard large >= 16 else { throw .invalid("size of \(type)") }
            length = Int64(clamping: large)
        } else {
            // 0, “up to the file's end”, is nothing that can be appended to: nobody writes it into a fragmented file.
            guard size >= 8 else { throw .invalid("size of \(type)") }
            length = Int64(size)
        }
        guard length <= left else { throw .truncated(type) }
    }
}
