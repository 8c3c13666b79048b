public import Domain
import Store

/// Looking at pictures of the blind sample: needs ``Act/judgeCaptures`` where the camera hangs. A picture is all that is
/// told, neither where it was taken nor whether it is a capture's. (盲审)
extension FrameSamples {
    /// Any one of those that wait, so that what is answered is no choice of anybody's; nil = none waits.
    /// - Throws: ``SupervisionError/notPermitted`` for who may not judge anywhere.
    public func next(for principal: Principal) async throws -> FrameCode? {
        guard principal.maySomewhere(.judgeCaptures) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            var random = SystemRandomNumberGenerator()
            return try records.samples.nextWaiting(
                from: .random(using: &random), in: principal.territory(for: .judgeCaptures))
        }
    }

    public func countWaiting(for principal: Principal) async throws -> LimitedCount {
        try await store.read { records in
            try records.samples.countWaiting(
                in: principal.territory(for: .judgeCaptures), limit: LimitedCount.ofLists)
        }
    }

    /// For whoever shows it.
    /// - Throws: ``SupervisionError/notFound`` for what the asker may not judge, and while its day goes on.
    public func frame(_ code: FrameCode, for principal: Principal) async throws -> SampledFrame {
        try await store.read { try Self.waiting(code, $0, for: principal) }
    }

    /// Keeps what somebody saw.
    ///
    /// - Throws: ``SupervisionError/notFound`` as above, ``SupervisionError/Conflict/judgedMeanwhile`` when somebody has
    ///   answered it, ``SupervisionError/Field/verdict`` for an item that no picture can show.
    public func review(_ code: FrameCode, _ answer: FrameAnswer, by principal: Principal) async throws {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        guard (answer.listed ?? []).allSatisfy(FrameAnswer.items.contains) else {
            throw SupervisionError.invalid(.verdict, .notAllowed)
        }
        let now = time.now()
        try await store.write { records in
            let frame = try Self.waiting(code, records, for: principal)
            guard try records.samples.frame(code)?.isWaiting == true else {
                throw SupervisionError.conflict(.judgedMeanwhile)
            }
            let weight: Double?
            let captured: Set<CaptureItem>
            switch frame.origin {
            case .drawn:
                weight = try records.samples.weight(on: frame.day, of: frame.camera)
                captured = try records.samples.captured(on: frame.camera, at: frame.time)
            case .decoy(let capture):
                weight = nil
                captured = Set([try records.captures.capture(capture)?.item].compactMap { $0 })
            }
            let review = FrameReview(
                of: code, camera: frame.camera, day: frame.day, time: frame.time, answer, weight: weight,
                by: person.id, at: now)
            try records.samples.add(review, captured: captured)
            try records.ledger.append(
                .frameReviewed, to: "frame/\(code)", by: principal.actor, at: now,
                payload: review.ledgerPayload)
        }
    }

    private static func waiting(
        _ code: FrameCode, _ records: Records, for principal: Principal
    ) throws -> SampledFrame {
        guard let found = try records.samples.frame(code),
            try records.samples.day(found.frame.day, of: found.frame.camera)?.isClosed == true,
            let path = try records.places.path(of: found.frame.camera), principal.may(.judgeCaptures, at: path)
        else { throw SupervisionError.notFound }
        return found.frame
    }

    /// What the answers say of frames since `start`: by item and of any.
    public func misses(since start: UTCTime, for principal: Principal) async throws -> Misses {
        try await store.read { records in
            Misses(try records.samples.reviewed(since: start, in: principal.territory(for: .readFigures)))
        }
    }
}

/// How much the program misses, as far as people see it in its analysed frames. (漏报估计)
public struct Misses: Sendable, Hashable {
    public var items: [CaptureItem: MissEstimate]
    public var any: MissEstimate
    /// Decoys in which people saw what they show: whether they look, and whether it can be seen at all.
    public var recognized: Proportion

    init(_ reviewed: [(answer: FrameAnswer, captured: Set<CaptureItem>, weight: Double?)]) {
        let drawn = reviewed.compactMap { one in
            one.weight.map { MissEstimate.Reviewed(one.answer, captured: one.captured, weight: $0) }
        }
        items = Dictionary(
            uniqueKeysWithValues: FrameAnswer.items.map { ($0, MissEstimate(of: $0, in: drawn)) })
        any = MissEstimate(ofAnyIn: drawn)
        let decoys = reviewed.filter { $0.weight == nil }
        recognized = Proportion(
            decoys.count { decoy in
                guard case .seen(let items) = decoy.answer else { return false }
                return decoy.captured.isSubset(of: items)
            }, of: decoys.count)
    }
}

extension FrameReview {
    var ledgerPayload: [String: JSON] {
        [
            "camera": .string("\(camera)"), "time": .int(time.milliseconds), "isDecoy": .bool(weight == nil),
            "seen": answer.listed.map { .array($0.map { .string($0.rawValue) }) } ?? .null,
        ]
    }
}
