/// What ``eventually(_:within:every:_:)`` waited for and did not see.
public struct NeverHappened: Error, CustomStringConvertible {
    public let what: String
    public let waited: Duration

    public var description: String { "not within \(waited): \(what)" }
}

/// Waits until a condition holds, looking again every few milliseconds; throws ``NeverHappened`` after `limit`.
///
/// The limit is generous because it only costs time when a test fails.
public func eventually(
    _ what: String, within limit: Duration = .seconds(20), every pause: Duration = .milliseconds(10),
    _ condition: () async throws -> Bool
) async throws {
    _ = try await eventually(what, within: limit, every: pause) { try await condition() ? true : nil }
}

/// Waits until there is a value, and returns it.
public func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(20), every pause: Duration = .milliseconds(10),
    _ value: () async throws -> Value?
) async throws -> Value {
    let start = ContinuousClock.now
    while true {
        if let value = try await value() { return value }
        guard start.duration(to: .now) < limit else { throw NeverHappened(what: what, waited: limit) }
        try await Task.sleep(for: pause)
    }
}
