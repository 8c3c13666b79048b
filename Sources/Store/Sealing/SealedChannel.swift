import Domain

/// A channel's address and signing key as they lie in its row.
///
/// Inside the seal: the address's length in bytes (4, big-endian), the address, and the key after a byte 1, or a byte 0.
/// The channel's id is bound into the seal.
extension SealingKey {
    func sealTarget(of channel: NoticeChannel) throws -> [UInt8] {
        let address = Array(channel.address.reveal().utf8)
        let length = (0..<4).map { UInt8(truncatingIfNeeded: address.count >> (24 - 8 * $0)) }
        let key: [UInt8] = channel.key.map { [1] + Array($0.reveal().utf8) } ?? [0]
        return try seal(length + address + key, purpose: "channel/\(channel.id)")
    }

    func openTarget(_ sealed: [UInt8], of id: ChannelID) throws(StoreError) -> (address: Secret, key: Secret?) {
        let wrong = StoreError(.wrongKey, doing: "reading the address of channel \(id)")
        guard let bytes = open(sealed, purpose: "channel/\(id)"), bytes.count >= 5 else { throw wrong }
        let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let rest = bytes.dropFirst(4)
        guard length < rest.count else { throw wrong }
        let key = rest.dropFirst(length)
        return (
            Secret(String(decoding: rest.prefix(length), as: UTF8.self)),
            key.first == 1 ? Secret(String(decoding: key.dropFirst(), as: UTF8.self)) : nil
        )
    }
}
