import Crypto

/// The hash tree of RFC 6962 §2.1: what is in a list can be shown by a few hashes, without the rest of the list.
///
/// Leaves and inner nodes are hashed with different first bytes, so that neither can be passed off as the other.
public enum MerkleTree {
    /// SHA-256 of nothing for an empty list.
    public static func root(of leaves: [[UInt8]]) -> [UInt8] {
        leaves.isEmpty ? Array(SHA256().finalize()) : root(ofHashes: leaves.map(leafHash)[...])
    }

    public static func leafHash(_ leaf: [UInt8]) -> [UInt8] { hash([0x00], leaf) }

    /// The hashes beside the way from a leaf up to the root, lowest first.
    /// - Precondition: There is such a leaf.
    public static func inclusionProof(ofLeaf index: Int, in leaves: [[UInt8]]) -> [[UInt8]] {
        path(index, leaves.map(leafHash)[...])
    }

    /// Whether `proof` shows that the tree with that root and so many leaves has this leaf at that place (RFC 9162
    /// §2.1.3.2).
    public static func isLeaf(
        _ leaf: [UInt8], at index: Int, ofCount count: Int, root: [UInt8], proof: [[UInt8]]
    ) -> Bool {
        guard index >= 0, index < count else { return false }
        var place = index
        var last = count - 1
        var hash = leafHash(leaf)
        for sibling in proof {
            guard last > 0 else { return false }
            if place % 2 == 1 || place == last {
                hash = node(sibling, hash)
                // A node that is the last of its row and has no sibling goes up as it is.
                while place % 2 == 0 && place > 0 { (place, last) = (place / 2, last / 2) }
            } else {
                hash = node(hash, sibling)
            }
            (place, last) = (place / 2, last / 2)
        }
        return last == 0 && hash == root
    }

    private static func root(ofHashes hashes: ArraySlice<[UInt8]>) -> [UInt8] {
        guard hashes.count > 1 else { return hashes.first! }
        let middle = hashes.startIndex + split(hashes.count)
        return node(root(ofHashes: hashes[..<middle]), root(ofHashes: hashes[middle...]))
    }

    private static func path(_ index: Int, _ hashes: ArraySlice<[UInt8]>) -> [[UInt8]] {
        precondition(index >= 0 && index < hashes.count, "there is no such leaf")
        guard hashes.count > 1 else { return [] }
        let middle = split(hashes.count)
        let (left, right) = (hashes.prefix(middle), hashes.dropFirst(middle))
        return index < middle
            ? path(index, left) + [root(ofHashes: right)] : path(index - middle, right) + [root(ofHashes: left)]
    }

    /// The largest power of two below `count`, which is at least 2.
    private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }

    private static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { hash([0x01], left, right) }

    private static func hash(_ parts: [UInt8]...) -> [UInt8] {
        var sha256 = SHA256()
        for part in parts { sha256.update(data: part) }
        return Array(sha256.finalize())
    }
}
