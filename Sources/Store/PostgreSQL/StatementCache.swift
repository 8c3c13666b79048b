/// Names of a connection's prepared statements by their text and types; the one not used for longest goes first.
struct StatementCache {
    struct Key: Hashable {
        let text: String
        let types: [UInt32]
    }

    private let limit: Int
    private var entries: [Key: (name: String, used: Int)] = [:]
    private var clock = 0

    init(limit: Int) { self.limit = limit }

    mutating func name(_ key: Key) -> String? {
        clock += 1
        guard let index = entries.index(forKey: key) else { return nil }
        entries.values[index].used = clock
        return entries.values[index].name
    }

    /// A name that no statement has had.
    mutating func freshName() -> String {
        clock += 1
        return "s\(clock)"
    }

    /// - Returns: The name of a statement that must go for it.
    mutating func insert(_ key: Key, name: String) -> String? {
        entries[key] = (name, clock)
        guard entries.count > limit, let oldest = entries.min(by: { $0.value.used < $1.value.used }) else { return nil }
        entries[oldest.key] = nil
        return oldest.value.name
    }
}
