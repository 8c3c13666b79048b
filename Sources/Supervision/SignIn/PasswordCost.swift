/// What checking one password costs: scrypt's parameters (RFC 7914 §2).
public struct PasswordCost: Hashable, Sendable {
    /// N = 2 to this power.
    public var logRounds: Int
    /// r.
    public var blockSize: Int
    /// p.
    public var parallelism: Int

    public init(logRounds: Int, blockSize: Int, parallelism: Int) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// 32 MiB and about 0.2 s: OWASP's Password Storage Cheat Sheet, one of its equally strong settings for scrypt.
    public static let standard = PasswordCost(logRounds: 15, blockSize: 8, parallelism: 3)
}
