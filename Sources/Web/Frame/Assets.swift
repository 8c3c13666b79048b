import Crypto
import Domain
import Hummingbird
import NIOCore

/// The static files: style sheets, scripts, icons, in memory.
///
/// Their address holds a hash over all of them, so that browsers keep them for ever and relative imports between
/// modules still work. One hash for the tree: a module that didn't change must not import one that did under its old name.
struct Assets: Sendable {
    struct File: Sendable {
        let body: ByteBuffer
        let type: String
        let entityTag: String
    }

    let version: String
    private let files: [String: File]

    init(_ resources: Resources) {
        var files: [String: File] = [:]
        var whole = SHA256()
        for (path, bytes) in resources.files.sorted(by: { $0.key < $1.key }) where path.hasPrefix("static/") {
            let name = String(path.dropFirst("static/".count))
            let hash = SHA256.hash(data: bytes)
            whole.update(data: Array(name.utf8) + Array(hash))
            files[name] = File(
                body: ByteBuffer(bytes: bytes), type: Self.type(of: name), entityTag: "\"\(Self.hex(hash.prefix(12)))\""
            )
        }
        self.files = files
        version = Self.hex(whole.finalize().prefix(6))
    }

    /// The folder of the files: `/static/<version>`.
    var folder: String { SiteURL.asset(.value(version)).path }

    /// A file's bytes, to be sent in another way.
    func body(of name: String) -> ByteBuffer? { files[name]?.body }

    /// - Parameter steps: the path below `/static`: a version, then the file's name.
    func response(to request: Request, steps: [Substring]) -> Response {
        guard steps.count > 1, let file = files[steps.dropFirst().joined(separator: "/")] else {
            return Response(status: .notFound)
        }
        // An address with another version comes from a page that was open during an upgrade.
        let isCurrent = steps[0] == version
        let headers: HTTPFields = [
            .contentType: file.type, .eTag: file.entityTag,
            .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
        ]
        if request.headers[values: .ifNoneMatch].contains(where: { $0.contains(file.entityTag) }) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.body))
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "json", "webmanifest": "application/json"
        default: "application/octet-stream"
        }
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }
}
