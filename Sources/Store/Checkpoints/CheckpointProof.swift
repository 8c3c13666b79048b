import Domain

/// Proves checkpoints by themselves, against one another and against the ledger.
struct CheckpointProof {
    private let lookup: LedgerLookup
    private let keys: [[UInt8]: Int64]
    private var records: [Int64: Checkpoint] = [:]
    /// Numbers of those in the records that hold.
    private var sound: Set<Int64> = []
    private var inFiles = 0
    private var findings: [CheckpointFinding] = []

    /// A checkpoint that somebody has kept elsewhere.
    struct Kept: Sendable {
        var name: String
        var bytes: [UInt8]
    }

    /// - Parameters:
    ///   - ownKey: The key whose checkpoints the file must have, beside those that it has some of.
    ///   - kept: Held against the records as well.
    static func run(
        on database: any Database, file: CheckpointFile, ownKey: [UInt8], kept: [Kept]
    ) async throws -> CheckpointVerdict {
        // A node that serves adds to the records first: what the file has must be there already.
        let lines = try await file.lines()
        let verdict = try await prove(lines, on: database, file.path, ownKey, kept)
        // And the file is read once more if that was just now.
        guard verdict.findings.contains(where: \.isLack), let again = try await file.lines(), again != lines else {
            return verdict
        }
        return try await prove(again, on: database, file.path, ownKey, kept)
    }

    private static func prove(
        _ lines: [ArraySlice<UInt8>]?, on database: any Database, _ path: String, _ ownKey: [UInt8], _ kept: [Kept]
    ) async throws -> CheckpointVerdict {
        try await database.read { connection in
            let lookup = LedgerLookup(connection: connection)
            var proof = CheckpointProof(lookup: lookup, keys: try lookup.announcedKeys())
            let records = CheckpointRecords(connection: connection)
            try proof.proveRecords(records.all(), strays: records.strayHeads())
            try proof.prove(lines: lines ?? [], of: path, ownKey: ownKey)
            for one in kept { try proof.prove(one) }
            return CheckpointVerdict(
                checkpoints: proof.sound.count, inFiles: proof.inFiles, findings: proof.findings)
        }
    }

    private init(lookup: LedgerLookup, keys: [[UInt8]: Int64]) {
        self.lookup = lookup
        self.keys = keys
    }

    private mutating func proveRecords(_ checkpoints: [Checkpoint], strays: [Int64]) throws {
        var last: Checkpoint?
        var number: Int64 = 0
        for checkpoint in checkpoints {
            number += 1
            if checkpoint.number < number {
                findings.append(CheckpointFinding(.records, checkpoint.number, .order))
                number -= 1
            } else if checkpoint.number > number {
                findings.append(CheckpointFinding(.records, number, .missing))
                number = checkpoint.number
            } else if last == nil || sound.contains(number - 1),
                checkpoint.previousHash != last?.hash ?? LedgerHash.none, checkpoint.fault == nil
            {
                findings.append(CheckpointFinding(.records, number, .previousHash))
            }
            if let kind = try fault(of: checkpoint) {
                findings.append(CheckpointFinding(.records, checkpoint.number, kind))
            } else {
                sound.insert(checkpoint.number)
            }
            records[checkpoint.number] = checkpoint
            last = checkpoint
        }
        findings += strays.map { CheckpointFinding(.records, $0, .strayHeads) }
    }

    private mutating func prove(lines: [ArraySlice<UInt8>], of path: String, ownKey: [UInt8]) throws {
        var present: Set<Int64> = []
        var keys: Set<[UInt8]> = [ownKey]
        var last: Int64 = 0
        for (index, line) in lines.enumerated() {
            let place = CheckpointFinding.Place.line(index + 1, of: path)
            guard let checkpoint = CheckpointFile.checkpoint(in: line) else {
                findings.append(CheckpointFinding(place, nil, .unreadable))
                continue
            }
            if checkpoint.number <= last { findings.append(CheckpointFinding(place, checkpoint.number, .order)) }
            last = max(last, checkpoint.number)
            present.insert(checkpoint.number)
            keys.insert(checkpoint.publicKey)
            try prove(checkpoint, at: place)
        }
        let lacking = records.values.filter { keys.contains($0.publicKey) && !present.contains($0.number) }
        if let first = lacking.map(\.number).min() {
            findings.append(CheckpointFinding(.file(path), first, .notInFile(more: lacking.count - 1)))
        }
    }

    private mutating func prove(_ kept: Kept) throws {
        // The line break at the end is lost when it is copied from a letter.
        let hasBreak = kept.bytes.last == UInt8(ascii: "\n")
        guard let checkpoint = CheckpointFile.checkpoint(in: kept.bytes + (hasBreak ? [] : [UInt8(ascii: "\n")])) else {
            return findings.append(CheckpointFinding(.file(kept.name), nil, .unreadable))
        }
        try prove(checkpoint, at: .file(kept.name))
    }

    /// One that stands in a file.
    private mutating func prove(_ checkpoint: Checkpoint, at place: CheckpointFinding.Place) throws {
        let same = records[checkpoint.number]
        // What is the same was proved with the records.
        if checkpoint == same, sound.contains(checkpoint.number) {
            inFiles += 1
        } else if let kind = try fault(of: checkpoint) {
            findings.append(CheckpointFinding(place, checkpoint.number, kind))
        } else {
            findings.append(
                CheckpointFinding(place, checkpoint.number, same == nil ? .notInRecords : .differsFromRecords))
        }
    }

    private func fault(of checkpoint: Checkpoint) throws -> CheckpointFinding.Kind? {
        if let kind = checkpoint.fault { return kind }
        if let kind = try lookup.fault(of: checkpoint.heads) { return kind }
        let head = checkpoint.heads.first { $0.chain == LedgerRecords.chain }
        guard let announced = keys[checkpoint.publicKey], announced <= head?.sequence ?? 0 else { return .unknownKey }
        return nil
    }
}

extension CheckpointFinding {
    fileprivate var isLack: Bool {
        if case .notInFile = kind { true } else { false }
    }
}
