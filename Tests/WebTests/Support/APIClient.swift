import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Supervision
import TestSupport
import Testing

@testable import Web

/// Asks the API as a program does, and holds each answer against the document.
struct APIClient: Sendable {
    let client: any TestClientProtocol
    let schema: APISchema
    var token: Secret?
    var session: Session?

    @discardableResult
    func ask(
        _ method: HTTPRequest.Method, _ uri: String, _ json: String? = nil, _ headers: HTTPFields = [:],
        bytes: [UInt8]? = nil
    ) async throws -> TestResponse {
        var all = headers
        if let token { all[.authorization] = all[.authorization] ?? "Bearer \(token.reveal())" }
        if let session { all[.cookie] = "\(SessionCookie.name)=\(session.token.reveal())" }
        if json != nil { all[.contentType] = all[.contentType] ?? "application/json" }
        let body = json.map { ByteBuffer(string: $0) } ?? bytes.map { ByteBuffer(bytes: $0) }
        let response = try await client.execute(uri: uri, method: method, headers: all, body: body)
        for fault in try schema.faults(
            method.rawValue, uri, status: response.status.code, type: response.headers[.contentType],
            body: response.bytes)
        {
            Issue.record("\(fault)")
        }
        return response
    }

    func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await ask(.get, uri, nil, headers)
    }

    func post(_ uri: String, _ json: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await ask(.post, uri, json, headers)
    }

    func send(_ name: String, _ bytes: [UInt8], to uri: String, _ headers: HTTPFields = [:]) async throws
        -> TestResponse
    {
        var headers = headers
        headers[.fileName] = name.percentEncoded
        return try await ask(.post, uri, nil, headers, bytes: bytes)
    }
}

extension TestResponse {
    /// A member of the JSON, by its path: `error.code`, `cases.0.id`.
    func member(_ path: String) throws -> Any? {
        var value: Any? = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        for step in path.split(separator: ".") {
            if let index = Int(step), let list = value as? [Any] {
                value = list.indices.contains(index) ? list[index] : nil
            } else {
                value = (value as? [String: Any])?[String(step)]
            }
        }
        return value is NSNull ? nil : value
    }

    func text(_ path: String) throws -> String? { try member(path) as? String }
    func integer(_ path: String) throws -> Int? { (try member(path) as? NSNumber)?.intValue }
    func list(_ path: String) throws -> [Any] { try member(path) as? [Any] ?? [] }
}

extension SiteUnderTest {
    /// Asks with a token that has these scopes, all unless told otherwise.
    func program(
        as session: Session, scopes: Set<Scope>? = nil, on site: Site? = nil,
        _ test: @Sendable (APIClient) async throws -> Void
    ) async throws {
        let all = Set(Scope.allCases.filter { $0.isOpen(to: session.person.role) })
        let token = try await supervision.tokens.add(
            name: "test", scopes: scopes ?? all, lifetime: .seconds(86_400), by: .person(session.person)
        ).text
        try await api(token: token, on: site, test)
    }

    func api(
        token: Secret? = nil, session: Session? = nil, on site: Site? = nil,
        _ test: @Sendable (APIClient) async throws -> Void
    ) async throws {
        let schema = try APISchema()
        let application = Application(
            responder: (site ?? self.site).responder(), logger: .init(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await application.test(.router) { client in
            try await test(APIClient(client: client, schema: schema, token: token, session: session))
        }
    }

    /// The program, started anew over the same records.
    func restarted() throws -> Site {
        try Site(
            supervision: Supervision(store: store, time: time.source), fleet: fleet, playback: site.playback,
            probe: site.probe, time: time.source, settings: site.settings, desk: site.desk,
            attachments: site.attachments, log: site.log)
    }

    func openedCaseID() async throws -> CaseID {
        try await supervision.cases.open(CaseDraft(.captures([capture.id])), by: .person(supervisor.person)).id
    }
}
