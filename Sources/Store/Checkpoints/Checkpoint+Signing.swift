import Crypto
import Domain

/// The byte layout of docs/design/ledger.md, which never changes. Texts and numbers as in ``LedgerHash``.
extension Checkpoint {
    /// What the signature is over: everything but itself.
    var signedBytes: [UInt8] {
        Array("mingchu checkpoint 1\n".utf8) + Self.bytes(number) + Self.bytes(time.milliseconds)
            + Self.bytes(Int64(heads.count)) + root + previousHash + publicKey
    }

    /// What the next checkpoint names.
    var hash: [UInt8] { Array(SHA256.hash(data: signedBytes + signature)) }

    static func root(of heads: [Head]) -> [UInt8] {
        MerkleTree.root(
            of: heads.map { head in
                let name = Array(head.chain.utf8)
                return bytes(Int64(name.count)) + name + bytes(head.sequence) + head.hash
            })
    }

    /// What is wrong with it by itself; nil = it is whole and signed.
    var fault: CheckpointFinding.Kind? {
        guard Self.root(of: heads) == root else { return .root }
        // Else bytes could move from one field to the next without changing what is signed.
        guard previousHash.count == 32, heads.allSatisfy({ $0.hash.count == 32 }),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey),
            key.isValidSignature(signature, for: signedBytes)
        else { return .signature }
        return nil
    }

    private static func bytes(_ number: Int64) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
