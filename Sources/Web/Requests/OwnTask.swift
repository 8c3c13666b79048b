import Hummingbird

/// Runs something in a task of its own and waits for it.
///
/// A task keeps the deepest stack that it ever needed for as long as it lives: a viewer's connection lives for hours, and
/// signing it in needs 25 KiB once.
func inOwnTask<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}

/// Finds the response to each request in a task of its own; its body is written in the connection's.
struct OwnTaskResponder<Inner: HTTPResponder<WebContext>>: HTTPResponder {
    let inner: Inner

    func respond(to request: Request, context: WebContext) async throws -> Response {
        try await inOwnTask { try await inner.respond(to: request, context: context) }
    }
}
