import Domain
import TestSupport
import Testing

@testable import Store

struct MerkleTreeTests {
    /// Leaves and roots of Google's Certificate Transparency test data, which follows RFC 6962.
    private static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F],
    ]

    @Test(arguments: [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
    func `roots are those of RFC 6962`(count: Int, root: String) {
        #expect(MerkleTree.root(of: Array(Self.leaves.prefix(count))).hexadecimal == root)
    }

    @Test(arguments: 1...40) func `every leaf can be shown, and nothing else`(count: Int) {
        let leaves = (0..<count).map { [UInt8($0), 7] }
        let root = MerkleTree.root(of: leaves)
        for index in 0..<count {
            let proof = MerkleTree.inclusionProof(ofLeaf: index, in: leaves)
            func holds(
                _ leaf: [UInt8], at place: Int, _ root: [UInt8], _ proof: [[UInt8]]
            ) -> Bool { MerkleTree.isLeaf(leaf, at: place, ofCount: count, root: root, proof: proof) }
            #expect(holds(leaves[index], at: index, root, proof))
            for other in [-1, index + 1, count] { #expect(!holds(leaves[index], at: other, root, proof)) }
            #expect(!holds([UInt8(index), 8], at: index, root, proof))
            #expect(!holds(leaves[index], at: index, MerkleTree.leafHash(root), proof))
            #expect(!holds(leaves[index], at: index, root, proof + [root]))
            for step in proof.indices {
                var changed = proof
                changed[step][step % 32] ^= 1
                #expect(!holds(leaves[index], at: index, root, changed))
                #expect(!holds(leaves[index], at: index, root, Array(proof.prefix(step))))
            }
        }
    }
}
