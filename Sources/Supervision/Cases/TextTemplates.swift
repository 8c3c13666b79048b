public import Domain
import Store

/// Words that a county keeps for the acts of cases. (文书模板) Read by all who handle cases; changed by whoever may
/// ``Act/managePolicy`` in the whole county. Every version stands in the ledger.
public struct TextTemplates: Sendable {
    /// What somebody has changed, newest first.
    public struct Change: Sendable, Hashable {
        public var time: UTCTime
        public var person: Person?
        public var move: CaseMove?
        /// nil = there was none.
        public var before: String?
        /// nil = it was taken away.
        public var after: String?
    }

    private static let permission = Permission(.managePolicy, at: .county)

    let store: Store
    let time: TimeSource

    public func all(for principal: Principal) async throws -> [TextTemplate] {
        guard principal.maySomewhere(.lookAtCases) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.textTemplates.all() }
    }

    /// - Throws: ``SupervisionError/invalid(_:_:)`` for words that are none, too long, or hold a placeholder that stands for
    ///   nothing.
    @discardableResult
    public func add(_ text: String, for move: CaseMove, by principal: Principal) async throws -> TextTemplate {
        let template = TextTemplate(id: TextTemplateID(at: time.now()), move: move, text: try Self.checked(text))
        try await keep(template, by: principal)
        return template
    }

    public func change(_ id: TextTemplateID, to text: String, by principal: Principal) async throws {
        let text = try Self.checked(text)
        guard let known = try await store.read({ try $0.textTemplates.template(id) }) else {
            throw SupervisionError.notFound
        }
        try await keep(TextTemplate(id: id, move: known.move, text: text), by: principal)
    }

    public func remove(_ id: TextTemplateID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(Self.permission, records)
            guard let known = try records.textTemplates.template(id) else { throw SupervisionError.notFound }
            try records.textTemplates.remove(id)
            try Self.enter(known.move, before: known.text, after: nil, id, by: principal, at: now, records)
        }
    }

    /// The newest 50.
    public func history(for principal: Principal) async throws -> [Change] {
        guard principal.may(Self.permission) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            try records.ledger.entries(LedgerFilter(act: .templateChanged), before: nil, limit: 50).map { entry in
                let payload = JSON(parsing: entry.payload)
                var person: Person?
                if case .person(let id) = entry.actor { person = try records.people.person(id) }
                return Change(
                    time: entry.time, person: person, move: payload?["move"]?.string.flatMap(CaseMove.init(rawValue:)),
                    before: payload?["before"]?.string, after: payload?["after"]?.string)
            }
        }
    }

    private func keep(_ template: TextTemplate, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(Self.permission, records)
            let known = try records.textTemplates.template(template.id)
            guard known != template else { return }
            guard try known != nil || records.textTemplates.all().count < TextTemplate.most else {
                throw SupervisionError.invalid(.text, .outOfRange(minimum: 0, maximum: TextTemplate.most))
            }
            try records.textTemplates.set(template)
            try Self.enter(
                template.move, before: known?.text, after: template.text, template.id, by: principal, at: now, records)
        }
    }

    private static func enter(
        _ move: CaseMove, before: String?, after: String?, _ id: TextTemplateID, by principal: Principal,
        at now: UTCTime, _ records: Records
    ) throws {
        try records.ledger.append(
            .templateChanged, to: "template/\(id)", by: principal.actor, at: now,
            payload: [
                "move": .string(move.rawValue), "before": before.map { .string($0) } ?? .null,
                "after": after.map { .string($0) } ?? .null,
            ])
    }

    private static func checked(_ text: String) throws -> String {
        var kept = Substring(text)
        while let last = kept.last, last.isWhitespace { kept.removeLast() }
        while let first = kept.first, first.isWhitespace { kept.removeFirst() }
        guard !kept.isEmpty else { throw SupervisionError.invalid(.text, .empty) }
        guard kept.count <= TextTemplate.longest else {
            throw SupervisionError.invalid(.text, .tooLong(maximum: TextTemplate.longest))
        }
        guard TextTemplate.unknownPlaceholders(in: String(kept)).isEmpty else {
            throw SupervisionError.invalid(.text, .unknownPlaceholder)
        }
        return String(kept)
    }
}
