import Crypto

/// The key under which cameras' user names and passwords lie in the database: 32 bytes.
///
/// It is kept in a file of its own, so that a copy of the database alone opens no camera.
public struct SealingKey: Sendable {
    let key: SymmetricKey

    /// - Precondition: 32 bytes.
    public init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a sealing key has 32 bytes")
        key = SymmetricKey(data: bytes)
    }

    /// Reads the key file; makes it, with mode 0600, when there is none.
    /// - Throws: ``StoreError/Kind/badKeyFile`` when it is not 32 bytes long or others may read it.
    public static func loadOrCreate(at path: String) throws(StoreError) -> SealingKey {
        SealingKey(bytes: try KeyFile.loadOrCreate(at: path))
    }
}

extension SealingKey {
    /// Seals bytes so that only this key opens them, and only under the same `purpose`.
    func seal(_ bytes: [UInt8], purpose: String) throws -> [UInt8] {
        try Array(ChaChaPoly.seal(bytes, using: key, authenticating: Array(purpose.utf8)).combined)
    }

    /// nil when the key or the purpose is another, or a bit was changed.
    func open(_ sealed: [UInt8], purpose: String) -> [UInt8]? {
        guard let box = try? ChaChaPoly.SealedBox(combined: sealed),
            let bytes = try? ChaChaPoly.open(box, using: key, authenticating: Array(purpose.utf8))
        else { return nil }
        return Array(bytes)
    }
}
