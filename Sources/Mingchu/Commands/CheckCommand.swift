import ArgumentParser
import Cameras
import Domain
import Foundation
import Store
import Supervision

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare index, recordings, evidence, cases, hashes, ledger and checkpoints, and say what differs.",
        discussion: "Ends with 0 when all agree, 1 when something differs. Can run while the program serves.")
    @OptionGroup var common: SettingsOptions
    @Flag(
        help: "Rebuild the index from the files where they differ. Changed bytes are never mended: they are evidence.")
    var repair = false

    @Option(
        name: .customLong("checkpoint"),
        help: ArgumentHelp(
            "A checkpoint that was kept elsewhere; the ledger must still have all that it had. Can be repeated.",
            valueName: "file"))
    var kept: [String] = []

    func run() async throws {
        let kept = try kept.map { path in
            do {
                return (name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
            } catch {
                throw ValidationError("can't read \(path): \(error.localizedDescription)")
            }
        }
        let settings = try common.load()
        let folder = try DataFolder.open(settings.dataFolder)
        // Repair and the recorder would both write the rows of the files that are open now.
        let lock = repair ? try folder.lock() : nil
        defer { withExtendedLifetime(lock) {} }
        let store = try await folder.openStore(settings.records)
        let supervision = Supervision(store: store, time: .system, zone: settings.zone)
        let shows = isatty(STDERR_FILENO) == 1
        let report = try await FootageCheck(
            settings: settings.recorder, index: StoreRecordingIndex(footage: store.footage, time: .system)
        ).run(repair: repair) { files, bytes in
            if shows { FileHandle.standardError.write(Data("\r\(files) files, \(bytes >> 20) MiB".utf8)) }
        }
        if shows { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        for finding in report.findings { print(finding) }
        let evidence = try await EvidenceCheck(
            captures: supervision.captures, samples: supervision.samples,
            folder: EvidenceFolder(root: settings.evidenceFolder, zone: settings.zone)
        ).run { captures in
            if shows { FileHandle.standardError.write(Data("\r\(captures) captures".utf8)) }
        }
        if shows { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        for finding in evidence.findings { print(finding) }
        let cases = try await CaseCheck(cases: supervision.cases, shelf: settings.attachments).run()
        for finding in cases.findings { print(finding) }
        let warnings = try await WarningCheck(warnings: supervision.warnings).run()
        for finding in warnings.findings { print(finding) }
        let files = try await FileCheck(proofs: supervision.files, shelf: settings.attachments).run()
        for finding in files.findings { print(finding) }
        let verdict = try await supervision.ledger.verify(for: .console)
        let checkpoints = try await folder.checkpoints(of: store, time: .system).verify(kept: kept, for: .console)
        for finding in checkpoints.findings { print(finding) }
        print(
            "\(report.files) files, \(report.segments) segments, \(report.bytes >> 20) MiB: "
                + "\(report.findings.count) differences, \(report.mended) mended"
        )
        print(
            "\(evidence.captures) captures, \(evidence.samples) days of the blind sample, \(evidence.files) files of evidence, \(evidence.bytes >> 20) MiB: "
                + "\(evidence.findings.count) differences")
        print(
            "\(cases.cases) cases, \(cases.files) of their files, \(cases.bytes >> 20) MiB: "
                + "\(cases.findings.count) differences")
        print("\(warnings.checked) early warnings: \(warnings.findings.count) differences")
        print(
            "\(files.files) files of inspections, registers, schools, activities, concerns and reports, "
                + "\(files.bytes >> 20) MiB: \(files.findings.count) differences")
        print(
            verdict.fault.map { "ledger: entry \($0.sequence) does not hold: \($0.kind)" }
                ?? "ledger: \(verdict.entries) entries, every one holds")
        print(
            "\(checkpoints.checkpoints) checkpoints hold, \(checkpoints.inFiles) of files agree with them: "
                + "\(checkpoints.findings.count) differences")
        let hasFailed =
            report.findings.count > report.mended || !evidence.findings.isEmpty || !cases.findings.isEmpty
            || !warnings.findings.isEmpty || !files.findings.isEmpty || verdict.fault != nil
            || !checkpoints.findings.isEmpty
        if hasFailed { throw ExitCode(1) }
    }
}
