import Crypto
import CryptoExtras
import Domain
import FoundationEssentials

/// A password as it is kept: `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`, the form that crypt(3) and others use for scrypt.
struct PasswordHash: Equatable {
    let cost: PasswordCost
    let salt: [UInt8]
    let key: SymmetricKey

    /// Takes as long as `cost` says: never on Swift's cooperative pool.
    init(_ password: Secret, cost: PasswordCost) throws {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
        self.init(cost: cost, salt: salt, key: try Self.derive(password, cost, salt))
    }

    private init(cost: PasswordCost, salt: [UInt8], key: SymmetricKey) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Takes as long as ``cost`` says. Compares in constant time.
    func matches(_ password: Secret) throws -> Bool {
        try Self.derive(password, cost, salt) == key
    }

    private static func derive(_ password: Secret, _ cost: PasswordCost, _ salt: [UInt8]) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(password.reveal().utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
    }
}

extension PasswordHash: LosslessStringConvertible {
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = PasswordCost(text: parts[2]),
            let salt = Self.bytes(base64: parts[3]), let key = Self.bytes(base64: parts[4]), key.count == 32
        else { return nil }
        self.init(cost: cost, salt: salt, key: SymmetricKey(data: key))
    }

    var description: String {
        let key = key.withUnsafeBytes { Array($0) }
        return "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
            + "$\(Self.base64(salt))$\(Self.base64(key))"
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    private static func bytes(base64 text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: text + padding).map { Array($0) }
    }
}

extension PasswordCost {
    /// `ln=15,r=8,p=3`
    fileprivate init?(text: Substring) {
        let values = text.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
        guard values.count == 3, values.allSatisfy({ $0.count == 2 }), values.map({ $0[0] }) == ["ln", "r", "p"],
            let logRounds = Int(values[0][1]), let blockSize = Int(values[1][1]), let parallelism = Int(values[2][1]),
            (1...24).contains(logRounds), (1...32).contains(blockSize), (1...16).contains(parallelism)
        else { return nil }
        self.init(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
    }
}
