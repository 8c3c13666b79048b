import Domain
import Hummingbird
import Supervision

/// More captures for a case that runs. (并案)
extension CaseMoveAPI {
    @Sendable func addCaptures(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaseID = try context.parameter("case")
        let cases = site.supervision.cases
        let place = try await cases.summary(id, for: principal).place
        guard principal.may(.judgeCaptures, at: place) else { throw WebError.notPermitted }
        var body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        guard let captures: [CaptureID] = try body.identifiers("captures", atMost: CaseAPI.mostCaptures),
            !captures.isEmpty
        else { throw WebError.badMember("captures") }
        let version = try body.integer("version")
        let (isByTag, seen) = (version == nil, version ?? EntityTag.version(ifMatch: request))
        guard let seen else { throw WebError.preconditionNeeded }
        try body.finish()
        let wording = site.wording(context)
        do {
            return Response(
                try await cases.add(
                    captures, to: id, seen: Int(exactly: seen) ?? -1, by: principal,
                    answering: Answering(once) { sheet in
                        Answer(.ok, .members(wording.wholeMembers(sheet)), version: Int64(sheet.current.version))
                    }))
        } catch SupervisionError.refused(.conflict(let current)) {
            return try await conflict(on: id, current, isByTag: isByTag, request, context)
        }
    }
}
