public import Domain
import Store

extension Cases {
    /// What comes of a batch: each case stands for itself.
    public struct BatchResult: Sendable, Hashable {
        public var done: [CaseID]
        public var refused: [CaseID: SupervisionError]
    }

    /// Does something with a case.
    ///
    /// - Parameters:
    ///   - version: Of the case as the asker saw it.
    ///   - files: Those that the command's attachments name, kept already.
    /// - Throws: ``SupervisionError/refused(_:)`` when the rules say no, with `.conflict` when somebody else was faster.
    @discardableResult
    public func act(
        _ command: CaseCommand, on id: CaseID, seen version: Int, files: [AttachmentFile] = [], by principal: Principal
    ) async throws -> Case {
        let now = time.now()
        let (zone, cache) = (zone, cache)
        let after = try await store.write { records in
            let transaction = CaseTransaction(records: records, zone: zone, cache: cache)
            let after = try transaction.act(
                command, on: try transaction.current(id, for: principal), seen: version, by: principal, at: now)
            for file in files { try records.attachments.add(file, at: now) }
            return after
        }
        cache.keep(after)
        subscribers.tell(id)
        return after
    }

    /// Sends the notice to township office, education bureau and school at once, under the next number. (抄告)
    /// - Parameter due: For rectification, in place of the policy's.
    @discardableResult
    public func dispatch(
        _ id: CaseID, due: UTCTime? = nil, message: String = "", seen version: Int, by principal: Principal
    ) async throws -> NoticeNumber {
        let now = time.now()
        let (zone, cache) = (zone, cache)
        let (number, after) = try await store.write { records in
            let transaction = CaseTransaction(records: records, zone: zone, cache: cache)
            let number = NoticeSeries.dispatch.next(
                after: try records.cases.lastNotice(in: .dispatch), at: now, in: zone)
            let after = try transaction.act(
                .dispatch(number, due: due, message: message), on: try transaction.current(id, for: principal),
                seen: version, by: principal, at: now)
            return (number, after)
        }
        cache.keep(after)
        subscribers.tell(id)
        return number
    }

    /// Sends the notices of many cases with one message. (批量抄告)
    public func dispatch(
        _ cases: [(id: CaseID, seen: Int)], message: String, by principal: Principal
    ) async throws -> BatchResult {
        var result = BatchResult(done: [], refused: [:])
        for (id, version) in cases.prefix(200) {
            do {
                try await dispatch(id, message: message, seen: version, by: principal)
                result.done.append(id)
            } catch let error as SupervisionError {
                result.refused[id] = error
            }
        }
        return result
    }

    /// Everything that the ladders ask for until now, oldest first: for the program itself. Safe to run again after a
    /// power cut, and by two processes at once: what has been entered is not entered again.
    ///
    /// A case that can't be read is put off for ``retryOfUnreadable``, so that those behind it have their turn.
    public func escalate(limit: Int = 200) async throws -> Climb {
        let now = time.now()
        let waiting = try await store.read { try $0.cases.toLookAt(until: now, limit: limit) }
        var climb = Climb()
        for id in waiting {
            do {
                let taken = try await escalate(id, at: now)
                damage.forget(id)
                climb.steps += taken
                if taken > 0 { subscribers.tell(id) }
            } catch  where Self.concernsOneCase(error) {
                damage.note(id)
                climb.unreadable[id] = "\(error)"
                try await store.write { try $0.cases.setLook(now + Self.retryOfUnreadable, of: id) }
            }
        }
        climb.lookAgain = try await store.read { try $0.cases.nextLook() }
        return climb
    }

    /// What came of looking at the cases whose time had come.
    public struct Climb: Sendable, Hashable {
        /// How many were taken.
        public var steps = 0
        /// nil = when something changes.
        public var lookAgain: UTCTime?
        /// Cases whose entries are damaged, with what is wrong; never holds a stored value.
        public var unreadable: [CaseID: String] = [:]
    }

    /// Numbers of the cases that could not be read when their time came last, rising; nothing for whoever may not read
    /// the ledger. After a start they are found again within ``retryOfUnreadable``.
    public func unreadable(for principal: Principal) async throws -> [Int] {
        let damaged = damage.all
        guard !damaged.isEmpty, principal.may(.readLedger) else { return [] }
        return try await store.read { records in
            try damaged.compactMap { try records.cases.summary($0)?.number }.sorted()
        }
    }

    static let retryOfUnreadable = Duration.seconds(3600)

    private func escalate(_ id: CaseID, at now: UTCTime) async throws -> Int {
        let zone = zone
        return try await store.write { records -> Int in
            let transaction = CaseTransaction(records: records, zone: zone)
            guard var current = try records.cases.current(id) else {
                throw StoreError(.damaged, doing: "reading a case", detail: "case \(id) has no entries in the ledger")
            }
            let due = try transaction.rules(of: current).escalations(of: current, until: now)
            for step in due {
                current = try transaction.act(
                    .escalate(key: step.key), on: current, seen: current.version, by: .node, at: now)
            }
            // Nothing was due after all: the calendar has changed since.
            if due.isEmpty { try transaction.reschedule(current, at: now) }
            return due.count
        }
    }

    /// What is wrong with the whole of the records (disk, connection, locks) holds for every case, and is thrown.
    /// Whether what went wrong is wrong with this case alone, not with all records.
    static func concernsOneCase(_ error: any Error) -> Bool {
        switch error {
        case let error as StoreError: error.kind == .damaged || error.kind == .badValue
        case is CaseFault, is CaseRefusal, SupervisionError.refused: true
        default: false
        }
    }
}
