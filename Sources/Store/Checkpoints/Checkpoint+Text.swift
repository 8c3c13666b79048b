public import Domain

/// A checkpoint as people keep it elsewhere: one line of canonical JSON (RFC 8785).
extension Checkpoint {
    private static let format = "mingchu checkpoint 1"

    /// Without a line break.
    public var text: String {
        let heads: [JSON] = heads.map { head in
            [
                "chain": .string(head.chain), "sequence": .int(head.sequence),
                "sha256": .string(head.hash.hexadecimal),
            ]
        }
        let value: JSON = [
            "format": .string(Self.format), "number": .int(number), "timeMs": .int(time.milliseconds),
            "heads": .array(heads), "root": .string(root.hexadecimal), "previous": .string(previousHash.hexadecimal),
            "publicKey": .string(publicKey.hexadecimal), "signature": .string(signature.hexadecimal),
        ]
        return value.canonical
    }

    /// nil for anything that ``text`` does not write, to the byte.
    public init?(parsing text: String) {
        guard let value = JSON(parsing: text), value["format"]?.string == Self.format,
            let number = value["number"]?.int, let time = value["timeMs"]?.int,
            let heads = value["heads"]?.array?.map(Self.head), !heads.contains(where: { $0 == nil }),
            let root = Self.bytes(value["root"]), let previous = Self.bytes(value["previous"]),
            let key = Self.bytes(value["publicKey"]), let signature = Self.bytes(value["signature"])
        else { return nil }
        self.init(
            number: number, time: UTCTime(milliseconds: time), heads: heads.compactMap(\.self), root: root,
            previousHash: previous, publicKey: key, signature: signature)
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    private static func head(_ value: JSON) -> Head? {
        guard let chain = value["chain"]?.string, let sequence = value["sequence"]?.int,
            let hash = bytes(value["sha256"])
        else { return nil }
        return Head(chain: chain, sequence: sequence, hash: hash)
    }

    private static func bytes(_ value: JSON?) -> [UInt8]? { value?.string.flatMap { [UInt8](hexadecimal: $0) } }
}
