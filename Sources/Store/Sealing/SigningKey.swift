import Crypto

/// The node's Ed25519 key, which signs checkpoints of the ledger.
///
/// It is kept in a file of its own: whoever can write the records alone can't sign what they changed.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// - Precondition: 32 bytes; any will do (RFC 8032 §5.1.5).
    public init(seed: [UInt8]) {
        key = try! Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    }

    /// Reads the key file; makes it, with mode 0600, when there is none.
    /// - Throws: ``StoreError/Kind/badKeyFile`` when it is not 32 bytes long or others may read it.
    public static func loadOrCreate(at path: String) throws(StoreError) -> SigningKey {
        SigningKey(seed: try KeyFile.loadOrCreate(at: path))
    }

    /// 32 bytes that everybody may know.
    public var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

    func sign(_ bytes: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: bytes)) }
}
