public import Domain
import Store

/// Papers and pictures of entries: signed forms, photographs of signs, receipts.
extension Registers {
    public static let mostFiles = 20

    /// The entry that may take one more file.
    public func requireFile(to id: RegisterEntryID, for principal: Principal) async throws {
        try await store.read { records in
            let (entry, _) = try Self.current(id, .keepRegisters, records, for: principal)
            guard entry.files.count < Self.mostFiles else {
                throw SupervisionError.invalid(.attachment, .outOfRange(minimum: 0, maximum: Self.mostFiles))
            }
        }
    }

    /// - Parameter file: On the disk already; to be deleted by the caller when this throws.
    public func add(_ file: KeptFile, to id: RegisterEntryID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            let (entry, school) = try Self.current(id, .keepRegisters, records, for: principal)
            try principal.require(Permission(.keepRegisters, at: school?.path ?? .county), records)
            guard entry.files.count < Self.mostFiles else {
                throw SupervisionError.invalid(.attachment, .outOfRange(minimum: 0, maximum: Self.mostFiles))
            }
            try records.registers.add(file, to: id, at: now)
            try records.ledger.append(
                .registerFileAdded, to: "register/\(id)", by: principal.actor, at: now,
                payload: [
                    "register": .string(entry.kind.rawValue), "file": .string("\(file.attachment.id)"),
                    "sha256": .string(file.attachment.sha256),
                ])
        }
    }

    public func file(
        _ file: AttachmentID, of id: RegisterEntryID, for principal: Principal
    ) async throws -> KeptFile {
        try await store.read { records in
            let (entry, _) = try Self.current(id, .lookAtRegisters, records, for: principal)
            guard let found = entry.files.first(where: { $0.attachment.id == file }) else {
                throw SupervisionError.notFound
            }
            return found
        }
    }
}
