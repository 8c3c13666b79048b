import Domain
import Store

/// Requests that are done once, however often they come. (幂等)
///
/// What a request changes and the answer to it are one transaction. Transactions that write run one after the other:
/// the same request sent twice at once waits for the first and gets its answer, and a crash leaves both or neither.
public struct Answers: Sendable {
    let store: Store
    let time: TimeSource

    static let lifetime = Duration.seconds(24 * 3600)

    /// The answer that the request had; nil when it is new.
    /// - Throws: ``SupervisionError/keyUsed`` when the key belongs to another request.
    public func answer(to request: OnceRequest) async throws -> Answer? {
        let now = time.now()
        return try await store.read { try request.answer($0, at: now) }
    }
}

/// What a request is known by when it comes again.
public struct OnceRequest: Hashable, Sendable {
    /// Whose key it is.
    public var asker: String
    /// 1…255 characters, as the asker chose them.
    public var key: String
    /// SHA-256 over everything that must be the same.
    public var fingerprint: [UInt8]

    public init(asker: String, key: String, fingerprint: [UInt8]) {
        self.asker = asker
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// An answer as it is sent.
public struct Answer: Hashable, Sendable {
    public var status: Int
    public var headers: [String: String]
    public var body: [UInt8]
    /// The request came before, and nothing was done this time.
    public var isReplayed = false

    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// How the answer is made of what came out, inside the transaction that changes something.
public struct Answering<Subject>: Sendable {
    let request: OnceRequest?
    let make: @Sendable (Subject) throws -> Answer

    /// - Parameter request: nil = nobody asks for it to be kept.
    public init(_ request: OnceRequest?, _ make: @escaping @Sendable (Subject) throws -> Answer) {
        self.request = request
        self.make = make
    }
}

extension OnceRequest {
    fileprivate func answer(_ records: Records, at now: UTCTime) throws -> Answer? {
        guard let kept = try records.answers.answer(to: key, of: asker, since: now - Answers.lifetime) else {
            return nil
        }
        guard kept.fingerprint == fingerprint else { throw SupervisionError.keyUsed }
        var answer = Answer(status: kept.status, headers: kept.headers, body: kept.body)
        answer.isReplayed = true
        return answer
    }

    fileprivate func keep(_ answer: Answer, _ records: Records, at now: UTCTime) throws {
        try records.answers.removeOld(until: now - Answers.lifetime)
        try records.answers.keep(
            .init(fingerprint: fingerprint, status: answer.status, headers: answer.headers, body: answer.body),
            to: key, of: asker, at: now)
    }
}

extension Store {
    /// Changes something and keeps the answer with it.
    /// - Returns: nil beside the answer when the request came before and nothing was changed.
    func answer<Subject: Sendable>(
        _ answering: Answering<Subject>, at now: UTCTime, _ change: @escaping @Sendable (Records) throws -> Subject
    ) async throws -> (Answer, Subject?) {
        try await write { records in
            if let kept = try answering.request?.answer(records, at: now) { return (kept, nil) }
            let subject = try change(records)
            let answer = try answering.make(subject)
            try answering.request?.keep(answer, records, at: now)
            return (answer, subject)
        }
    }
}
