import Domain
import Foundation
import Store
import TestSupport

/// Proving a ledger of a million entries, made through Store as the program itself makes them.
///
/// The floor is what any check must do: SQLite's shell reads the same columns of all rows, `sha256sum` hashes them.
struct LedgerMeasure: Measure {
    let name = "ledger"

    func run(_ bench: Bench) async throws {
        let count = bench.isQuick ? 100_000 : 1_000_000
        let rounds = bench.isQuick ? 3 : 7
        let data = try await prepare(bench, count: count)
        let store = try await Footage.open(data: data).store
        var speeds: [Double] = []
        for round in 0...rounds {
            let start = ContinuousClock.now
            let verdict = try await store.verifyLedger()
            let speed = Double(count) / start.duration(to: .now).inSeconds
            guard verdict.fault == nil, verdict.entries == count else {
                throw HTTPConnection.Unexpected(description: "the ledger does not hold: \(verdict)")
            }
            // The first warms the page cache, for the peer as well.
            if round > 0 { speeds.append(speed) }
        }
        try await store.close()
        let floor = try readAndHash(bench, data + "/mingchu.sqlite")
        bench.add(
            Figure(
                "entries of \(count) proved", speeds.median, "a second",
                peer: Figure.Peer(name: "sqlite3 | sha256sum", value: Double(count) / floor), bar: .atLeast(300_000),
                raw: speeds))
    }

    /// The ledger is made once and kept: it takes minutes.
    private func prepare(_ bench: Bench, count: Int) async throws -> String {
        let data = bench.scratch + "/ledger-\(count)"
        let marker = data + "/complete"
        if FileManager.default.fileExists(atPath: marker) { return data }
        try? FileManager.default.removeItem(atPath: data)
        bench.say("making a ledger of \(count) entries (kept for later runs)")
        let footage = try await Footage.open(data: data)
        let cameras = try await footage.addCameras(50)
        let people = (0..<20).map { _ in PersonID(at: Footage.now) }
        var generator = SeededGenerator(seed: 11)
        var time = Footage.now - .seconds(count)
        let start = ContinuousClock.now
        for from in stride(from: 0, to: count, by: 10_000) {
            let acts = (from..<min(from + 10_000, count)).map { _ in
                time = time + .milliseconds(Int.random(in: 1...2000, using: &generator))
                return Act(cameras, people, at: time, using: &generator)
            }
            try await footage.store.write { records in
                for act in acts {
                    try records.ledger.append(
                        act.act, to: act.subject, by: act.actor, at: act.time, payload: act.payload)
                }
            }
        }
        let seconds = start.duration(to: .now).inSeconds
        bench.say("made \(Int(Double(count) / seconds)) entries a second, 10,000 in a transaction")
        try await footage.store.close()
        try "".write(toFile: marker, atomically: true, encoding: .utf8)
        return data
    }

    /// - Returns: Seconds.
    private func readAndHash(_ bench: Bench, _ database: String) throws -> Double {
        let columns = """
            chain, sequence, time_ms, actor, act, subject, payload, hex(previous_sha256), hex(sha256)
            """
        let command = "sqlite3 '\(database)' 'select \(columns) from ledger order by chain, sequence' | sha256sum"
        bench.note(command: command)
        var seconds: [Double] = []
        for _ in 0..<3 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", command + " > /dev/null"]
            let start = ContinuousClock.now
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw HTTPConnection.Unexpected(description: "sqlite3 failed")
            }
            seconds.append(start.duration(to: .now).inSeconds)
        }
        return seconds.median
    }

    /// What a county's day is made of: much viewing, captures with their verdicts, now and then a change.
    private struct Act {
        var act: LedgerAct
        var subject: String
        var actor: LedgerActor
        var time: UTCTime
        var payload: [String: JSON]

        init(_ cameras: [CameraID], _ people: [PersonID], at time: UTCTime, using generator: inout SeededGenerator) {
            self.time = time
            let camera = cameras.randomElement(using: &generator)!
            let person = people.randomElement(using: &generator)!
            let capture = CaptureID(at: time)
            actor = .person(person)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                act = .footageViewed
                subject = "camera/\(camera)"
                payload = [
                    "kind": "recorded",
                    "spans": [["from": .int(time.milliseconds - 600_000), "to": .int(time.milliseconds)]],
                ]
            case 4..<7:
                act = .captureMade
                subject = "capture/\(capture)"
                actor = .camera(camera)
                payload = [
                    "camera": .string("\(camera)"), "item": "noHat", "grade": 2, "model": "厨房人员 1.2",
                    "picture": .string((0..<4).map { _ in String(generator.next(), radix: 16) }.joined()),
                ]
            case 7..<9:
                act = .captureJudged
                subject = "capture/\(capture)"
                payload = ["verdict": "rejected", "reason": "hatPresent"]
            default:
                act = .cameraChanged
                subject = "camera/\(camera)"
                payload = ["name": ["from": "切配区 1 号", "to": "切配区 2 号"]]
            }
        }
    }
}
