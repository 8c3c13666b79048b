import Cameras
import Domain
import FoundationEssentials
import Hummingbird
import NIOCore
import Supervision

/// Looks at a source that may become a camera.
struct ProbeAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.post(SiteURL.api(.probe).route, use: probe)
    }

    private struct Question: Decodable {
        var address: String
        var sub: String?
        var user: String?
        var password: String?
        var transport: String?
        var client: String?
        var verifiesCertificate: Bool?
        /// A camera whose stored password is used when none is given.
        var camera: String?
    }

    @Sendable private func probe(request: Request, context: WebContext) async throws -> Response {
        try context.require(.configureCameras)
        // Other sites' forms can't send JSON; that and the check of the origin stand in for a form's token.
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw WebError.wrongContentType
        }
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        guard let question = try? JSONDecoder().decode(Question.self, from: Data(Array(buffer: body))) else {
            throw WebError.badRequest("json")
        }
        let wording = site.wording(context)
        var form = CameraForm()
        form.main = question.address
        form.sub = question.sub ?? ""
        form.user = question.user ?? ""
        form.transport = question.transport ?? form.transport
        form.client = question.client ?? form.client
        form.verifiesCertificate = question.verifiesCertificate ?? false
        var stored: Credentials?
        if let text = question.camera {
            guard let id = CameraID(text) else { throw WebError.notFound }
            stored = try await site.supervision.cameras.camera(id, for: try context.principal()).credentials
        }
        do {
            let source = try form.source(password: question.password ?? "", stored: stored, words: wording.words)
            return Response(wording.json(try await site.look(at: source)))
        } catch let faults as FormFaults {
            return refusal("invalid", faults.byField.values.sorted().joined(separator: " "), advice: nil, detail: "")
        } catch let failure as SourceFailure {
            return refusal(
                failure.kind.rawValue, wording.words(failure.kind),
                advice: wording.words("failure.\(failure.kind.rawValue).advice"), detail: failure.detail)
        }
    }

    private func refusal(_ code: String, _ message: String, advice: String?, detail: String) -> Response {
        Response(
            .object([
                "error": .object([
                    "code": .string(code), "message": .string(message), "advice": .string(advice),
                    "detail": .string(detail.isEmpty ? nil : detail),
                ])
            ]), status: .unprocessableContent)
    }
}

extension Wording {
    func json(_ report: ProbeReport) -> JSON {
        .object([
            "main": json(report.main),
            "sub": report.sub.map { json($0) } ?? .null,
            "subFailure": report.subFailure.map {
                .object(["reason": .string($0.kind.rawValue), "reasonText": .string(words($0.kind))])
            } ?? .null,
            "clockOffset": .integer(report.clockOffset?.inMilliseconds),
            "advice": .array(
                report.advice.map { .object(["kind": .string($0.name), "text": .string(words($0))]) }),
        ])
    }

    private func json(_ stream: ProbeReport.Stream) -> JSON {
        .object([
            "codec": .string(stream.codec), "codecs": .string(stream.codecs), "width": .integer(Int64(stream.width)),
            "height": .integer(Int64(stream.height)), "fps": .number(stream.framesPerSecond),
            "bitsPerSecond": .integer(Int64(stream.bitsPerSecond)),
            "keyframeInterval": .integer(stream.keyframeInterval?.inMilliseconds),
            "picture": .string(stream.jpeg.map { "data:image/jpeg;base64," + Base64.text($0) }),
        ])
    }
}
