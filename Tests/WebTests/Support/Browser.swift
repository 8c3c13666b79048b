import Domain
import Hummingbird
import HummingbirdTesting
import NIOCore
import Supervision

@testable import Web

/// Asks as a browser does: with the session's cookie and, in forms, its token.
struct Browser: Sendable {
    let client: any TestClientProtocol
    var session: Session?
    var language = Language.simplifiedChinese

    func get(_ uri: String, method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]) async throws -> TestResponse
    {
        try await client.execute(uri: uri, method: method, headers: self.headers(headers))
    }

    /// - Parameter token: nil = the session's own.
    func post(
        _ uri: String, _ fields: KeyValuePairs<String, String> = [:], token: String? = nil, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var pairs = fields.map { "\($0.key.percentEncoded)=\($0.value.percentEncoded)" }
        if let token = token ?? session.map({ FormToken.text(for: $0.token) }) {
            pairs.append("\(FormToken.field)=\(token.percentEncoded)")
        }
        var all = self.headers(headers)
        all[.contentType] = all[.contentType] ?? "application/x-www-form-urlencoded"
        return try await client.execute(
            uri: uri, method: .post, headers: all, body: ByteBuffer(string: pairs.joined(separator: "&")))
    }

    /// A form with files.
    func post(
        _ uri: String, _ fields: KeyValuePairs<String, String>, files: [(name: String, bytes: [UInt8])],
        token: String? = nil
    ) async throws -> TestResponse {
        let boundary = "----boundary\(fields.count)x"
        var body = ByteBuffer()
        func part(_ disposition: String, _ bytes: [UInt8]) {
            body.writeString("--\(boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n")
            body.writeBytes(bytes)
            body.writeString("\r\n")
        }
        let token = token ?? session.map { FormToken.text(for: $0.token) } ?? ""
        part("name=\"\(FormToken.field)\"", Array(token.utf8))
        for (name, value) in fields { part("name=\"\(name)\"", Array(value.utf8)) }
        for file in files { part("name=\"files\"; filename=\"\(file.name)\"", file.bytes) }
        body.writeString("--\(boundary)--\r\n")
        var headers = self.headers([:])
        headers[.contentType] = "multipart/form-data; boundary=\(boundary)"
        return try await client.execute(uri: uri, method: .post, headers: headers, body: body)
    }

    private func headers(_ more: HTTPFields) -> HTTPFields {
        var headers = more
        headers[.acceptLanguage] = headers[.acceptLanguage] ?? language.rawValue
        if let session, headers[.cookie] == nil {
            headers[.cookie] = "\(SessionCookie.name)=\(session.token.reveal())"
        }
        return headers
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var bytes: [UInt8] { Array(buffer: body) }
    var location: String? { headers[.location] }

    /// The values of Set-Cookie by the cookies' names.
    var cookies: [String: String] {
        var cookies: [String: String] = [:]
        for line in headers[values: .setCookie] {
            let name = String(line.prefix { $0 != "=" })
            cookies[name] = String(line.dropFirst(name.count + 1))
        }
        return cookies
    }
}
