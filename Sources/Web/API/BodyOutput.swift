import Hummingbird
import NIOCore

/// A response body's writer that can be handed to code which writes through a closure.
///
/// Unchecked, because the writer is no `Sendable` although nothing of it belongs to a thread; the one closure that has
/// it writes one chunk after the other and returns before the body ends.
final class BodyOutput: @unchecked Sendable {
    private var writer: any ResponseBodyWriter

    init(_ writer: any ResponseBodyWriter) { self.writer = writer }

    @concurrent
    func write(_ bytes: ByteBuffer) async throws { try await writer.write(bytes) }

    @concurrent
    func finish() async throws { try await writer.finish(nil) }
}
