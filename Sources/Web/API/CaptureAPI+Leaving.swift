import Domain
import Hummingbird
import Supervision

/// What else is done with a capture that is being judged: a verdict taken back, the capture left to a colleague.
extension CaptureAPI {
    @Sendable func takeBack(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaptureID = try context.parameter("capture")
        let captures = site.supervision.captures
        try await captures.require(.judgeCaptures, of: id, for: principal)
        var body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        let (isByTag, seen) = try Self.seen(&body, request)
        try body.finish()
        guard let seen else { throw WebError.badMember("seen") }
        let wording = site.wording(context)
        do {
            return Response(
                try await captures.takeBack(id, seen: seen, by: principal, answering: whole(once, wording)))
        } catch SupervisionError.conflict(.judgedMeanwhile) {
            return try await judgedMeanwhile(id, isByTag: isByTag, context)
        }
    }

    @Sendable func colleagues(request: Request, context: WebContext) async throws -> Response {
        let people = try await site.supervision.captures.colleagues(
            for: try context.parameter("capture"), of: try context.principal())
        return .conditional(
            .object([
                "colleagues": .array(
                    people.map {
                        .object([
                            "id": .string("\($0.id)"), "name": .string($0.name), "role": .string($0.role.rawValue),
                        ])
                    })
            ]), to: request)
    }

    @Sendable func handOver(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaptureID = try context.parameter("capture")
        let captures = site.supervision.captures
        try await captures.require(.judgeCaptures, of: id, for: principal)
        var body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        guard let colleague: PersonID = try body.identifier("to") else { throw WebError.badMember("to") }
        let note = try body.text("note") ?? ""
        try body.finish()
        do {
            return Response(
                try await captures.handOver(
                    id, to: colleague, note: note, by: principal, answering: whole(once, site.wording(context))))
        } catch SupervisionError.conflict(.judgedMeanwhile) {
            return try await judgedMeanwhile(id, isByTag: false, context)
        }
    }

    private func whole(_ once: OnceRequest?, _ wording: Wording) -> Answering<CaptureRecord> {
        Answering(once) { record in
            Answer(.ok, .members(try wording.wholeMembers(record)), version: Self.version(of: record))
        }
    }
}
