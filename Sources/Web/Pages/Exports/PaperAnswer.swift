import Documents
import Hummingbird
import Logging
import NIOCore
import NIOPosix

extension Site {
    /// A PDF that is drawn for this answer, on a thread that answers nobody else: drawing takes a tenth of a second and may
    /// read files.
    ///
    /// - Parameters:
    ///   - name: Of the file, without `.pdf`.
    ///   - kind: What it is, for the log.
    /// - Throws: ``WebError/documentFailed`` for what can't be drawn.
    func paper(
        _ name: String, _ kind: String, _ draw: @escaping @Sendable () throws -> [UInt8]
    ) async throws -> Response {
        let bytes: [UInt8]
        do {
            bytes = try await NIOThreadPool.singleton.runIfActive(draw)
        } catch let error as PDFError {
            log.error("a paper can't be drawn", metadata: ["paper": "\(kind)", "reason": "\(error)"])
            throw WebError.documentFailed
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/pdf", .cacheControl: "private, no-store",
                .contentDisposition: Response.contentDisposition("\(name).pdf", isInline: true),
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
