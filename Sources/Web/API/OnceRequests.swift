import Crypto
import Domain
import Hummingbird
import NIOCore
import Supervision

extension OnceRequest {
    /// nil without an `Idempotency-Key`.
    /// - Parameter body: Or what stands for it.
    init?(_ request: Request, _ context: WebContext, body: [UInt8]) throws(WebError) {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .badRequest("idempotencyKey")
        }
        let visitor = try context.signedIn()
        var hash = SHA256()
        // What the asker has seen is part of what is asked.
        let head = [request.method.rawValue, request.pathAndQuery, request.headers[.ifMatch] ?? ""]
        hash.update(data: Array(head.joined(separator: "\n").utf8) + [10])
        hash.update(data: body)
        self.init(
            asker: visitor.apiToken.map { "token/\($0.id)" } ?? "person/\(visitor.person.id)", key: key,
            fingerprint: Array(hash.finalize()))
    }
}

extension Answer {
    init(_ status: HTTPResponse.Status, _ json: JSON, version: Int64? = nil, location: String? = nil) {
        var bytes: [UInt8] = []
        json.write(to: &bytes)
        var headers = ["Content-Type": "application/json; charset=utf-8"]
        if let location { headers["Location"] = location }
        if let version { headers["ETag"] = EntityTag.text(bytes, version: version) }
        self.init(status: status.code, headers: headers, body: bytes)
    }
}

extension Response {
    init(_ answer: Answer) {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        for (name, value) in answer.headers {
            if let name = HTTPFields.Element.Name(name) { headers[name] = value }
        }
        if answer.isReplayed { headers[.idempotencyReplayed] = "true" }
        self.init(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

extension Site {
    /// The answer that the request had when it came before.
    func replay(_ request: OnceRequest?) async throws -> Response? {
        guard let request, let answer = try await supervision.answers.answer(to: request) else { return nil }
        return Response(answer)
    }
}
