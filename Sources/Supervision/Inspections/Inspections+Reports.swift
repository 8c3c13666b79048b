public import Domain
import Store

/// What inspectors bring back: begun, files one by one, then the report whole, once and only once.
extension Inspections {
    /// Photographs and signatures of one inspection, supplements included.
    public static let mostFiles = 600

    /// An inspector takes it along.
    public func begin(_ id: SpotInspectionID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            var (inspection, school) = try Self.known(id, records, for: principal)
            let person = try Self.requireInspector(principal, of: inspection, at: school, records)
            try Self.apply(.begin(by: person.id), to: &inspection, records, by: principal, at: now)
        }
    }

    /// Asked before a file is taken in.
    ///
    /// - Returns: The file, when it is there already.
    public func expect(
        _ file: InspectionFileID, of id: SpotInspectionID, for principal: Principal
    ) async throws -> InspectionFile? {
        try await store.read { records in
            let (inspection, school) = try Self.known(id, records, for: principal)
            _ = try Self.requireInspector(principal, of: inspection, at: school, records)
            let known = try records.inspections.file(file)
            guard known == nil || known?.inspection == id else { throw SupervisionError.keyUsed }
            return known
        }
    }

    /// Notes a file that is on the shelf already. Sent twice, it is there once.
    ///
    /// - Returns: The file as it is kept, and whether it is this one.
    /// - Throws: ``SupervisionError/keyUsed`` when its id belongs to other bytes.
    public func keep(
        _ file: InspectionFile, by principal: Principal
    ) async throws -> (file: InspectionFile, isNew: Bool) {
        let now = time.now()
        return try await store.write { records in
            let (inspection, school) = try Self.known(file.inspection, records, for: principal)
            let person = try Self.requireInspector(principal, of: inspection, at: school, records)
            guard inspection.state != .withdrawn else {
                throw SupervisionError.inspection(.refused(.state(.withdrawn)))
            }
            if let known = try records.inspections.file(file.id) {
                guard known.inspection == file.inspection, known.sha256 == file.sha256, known.kind == file.kind,
                    known.by == person.id
                else { throw SupervisionError.keyUsed }
                return (known, false)
            }
            guard try records.inspections.files(of: file.inspection).count < Self.mostFiles else {
                throw SupervisionError.conflict(.tooManyUploads)
            }
            try records.inspections.add(file, at: now)
            try records.ledger.append(
                .inspectionFileKept, to: "inspection/\(file.inspection)", by: principal.actor, at: now,
                payload: [
                    "file": .string("\(file.id)"), "kind": .string(file.kind.rawValue),
                    "sha256": .string(file.sha256), "bytes": .int(Int64(file.sizeBytes)),
                    "school": .string("\(inspection.school)"),
                ])
            return (file, true)
        }
    }

    /// - Parameters:
    ///   - report: By the asker, received now, whatever it says.
    ///   - isSupplement: Somebody else's report is there already; this one is kept beside it.
    /// - Returns: The inspection as it is then; the same when the report was there before.
    /// - Throws: ``SupervisionError/inspection(_:)`` with `.handedIn` or `.templateChanged` when somebody was faster.
    @discardableResult
    public func handIn(
        _ report: InspectionReport, for id: SpotInspectionID, asSupplement isSupplement: Bool = false,
        by principal: Principal
    ) async throws -> InspectionSheet {
        let now = time.now()
        return try await store.write { records in
            var (inspection, school) = try Self.known(id, records, for: principal)
            let person = try Self.requireInspector(principal, of: inspection, at: school, records)
            var report = report
            (report.by, report.received) = (person.id, now)
            let template = try Self.template(inspection.template, records)
            try Self.requireFiles(of: report, of: id, records)
            let event: SpotInspectionEvent = isSupplement ? .supplement(report) : .handIn(report, by: template)
            try Self.apply(
                event, to: &inspection, records, by: principal, payload: report.ledgerPayload, at: now)
            if !isSupplement {
                try records.tell(
                    Affair(.inspectionHandedIn, subject: "inspection/\(id)", school: school.id), "handed-in",
                    [.school(school.id), .educationBureau], at: now)
            }
            return try Self.sheet(id, records, for: principal, at: now)
        }
    }

    /// A photograph or a signature, for whoever may look at the inspection.
    public func file(
        _ file: InspectionFileID, of id: SpotInspectionID, for principal: Principal
    ) async throws -> InspectionFile {
        try await store.read { records in
            _ = try Self.known(id, records, for: principal)
            guard let known = try records.inspections.file(file), known.inspection == id else {
                throw SupervisionError.notFound
            }
            return known
        }
    }

    private static func requireFiles(
        of report: InspectionReport, of id: SpotInspectionID, _ records: Records
    ) throws {
        let files = try records.inspections.files(of: id)
        let known = Dictionary(files.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
        let photos = Set(report.answers.flatMap(\.photos))
        for file in report.files where known[file] != (photos.contains(file) ? .photo : .signature) {
            throw SupervisionError.invalid(.attachment, .unknown)
        }
    }
}

extension InspectionReport {
    /// Every answer, so that the ledger alone tells what was found.
    fileprivate var ledgerPayload: [String: JSON] {
        [
            "report": .string("\(id)"), "template": .int(Int64(template.number)),
            "begun": .int(begun.milliseconds), "finished": .int(finished.milliseconds),
            "answers": .object(
                Dictionary(answers.map { ($0.item, .string("\($0.outcome)")) }, uniquingKeysWith: { first, _ in first })
            ),
            "files": .array(files.map { .string("\($0)") }),
        ]
    }
}
