import Crypto
import Hummingbird
import NIOCore

/// The validator of an answer (RFC 9110 §8.8.3): a hash of its bytes, and before it the version of what it tells of.
enum EntityTag {
    /// - Parameter version: What a write may name in If-Match; nil = nothing can be written by this answer.
    static func text(_ bytes: [UInt8], version: Int64? = nil) -> String {
        let hash = SHA256.hash(data: bytes).prefix(12).map {
            $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
        }
        return "\"" + (version.map { "\($0)-" } ?? "") + hash.joined() + "\""
    }

    /// The highest version that If-Match names; nil when the header is missing or names none of ours: `*` says nothing
    /// of what the asker saw, and weak tags never match (RFC 9110 §13.1.1).
    static func version(ifMatch request: Request) -> Int64? {
        tags(request.headers[values: .ifMatch]).compactMap { tag in
            guard tag.hasPrefix("\""), tag.hasSuffix("\""), let dash = tag.firstIndex(of: "-") else { return nil }
            return Int64(tag[tag.index(after: tag.startIndex)..<dash])
        }.max()
    }

    /// Whether the asker has this already (RFC 9110 §13.1.2).
    static func isKnown(_ tag: String, to request: Request) -> Bool {
        tags(request.headers[values: .ifNoneMatch]).contains { known in
            known == "*" || known == tag || known.hasPrefix("W/") && known.dropFirst(2) == tag
        }
    }

    private static func tags(_ values: [String]) -> [Substring] {
        values.flatMap { $0.split(separator: ",") }.map { tag in
            var tag = tag
            while tag.first?.isWhitespace == true { tag.removeFirst() }
            while tag.last?.isWhitespace == true { tag.removeLast() }
            return tag
        }
    }
}

extension Response {
    /// An answer that may be asked for again: 304 to who has it. About one person's rights, so for nobody's shared cache.
    static func conditional(_ json: JSON, version: Int64? = nil, to request: Request) -> Response {
        var bytes: [UInt8] = []
        json.write(to: &bytes)
        return conditional(bytes, version: version, to: request)
    }

    static func conditional(_ bytes: [UInt8], version: Int64? = nil, to request: Request) -> Response {
        let tag = EntityTag.text(bytes, version: version)
        let headers: HTTPFields = [
            .eTag: tag, .cacheControl: "private, no-cache", .vary: "Accept-Language, Authorization, Cookie",
        ]
        if EntityTag.isKnown(tag, to: request) { return Response(status: .notModified, headers: headers) }
        var response = Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        response.headers[.contentType] = "application/json; charset=utf-8"
        return response
    }
}
