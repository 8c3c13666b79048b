import Domain
import Foundation
import Supervision
import TestSupport
import Testing

@testable import Mingchu

/// What the program signs when an administrator ends it.
@Suite(.timeLimit(.minutes(2)))
struct CheckpointAtEndTests {
    @Test(arguments: [SIGTERM, SIGINT]) func `an orderly end leaves no entry unsigned`(signal: Int32) async throws {
        let folder = try TemporaryDirectory()
        let county = try await NoticeCounty(in: folder.path, time: .system)
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("mingchu").path
        let child = try ChildProcess.start(
            [program, "serve", "--data", folder.path, "--listen", "127.0.0.1:0"],
            environment: ["MINGCHU_ANALYSIS_ENABLED": "false", "MINGCHU_RECORDING_RESERVE_GB": "0"])
        _ = try await child.line(containing: "serves http://")
        // The first is made at the start; then there is an entry that the next hour would sign.
        let shell = KillPlan.sqlite(folder.file("mingchu.sqlite"))
        try await eventually("the first checkpoint") {
            try await shell("select count(*) from checkpoint;").hasPrefix("1")
        }
        _ = try await county.opened(1)
        let unsigned = "select (select max(sequence) from ledger) - max(sequence) from checkpoint_head;"
        #expect(try await shell(unsigned) == "1\n")
        child.signal(signal)
        #expect(try await child.ending().isSuccess)
        #expect(try await shell(unsigned) == "0\n")
        let file = try String(contentsOfFile: folder.file("checkpoints.jsonl"), encoding: .utf8)
        #expect(file.split(separator: "\n").count == 2)
    }
}
