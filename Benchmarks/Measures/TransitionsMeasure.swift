import Domain
import Foundation
import Store
import Supervision
import TestSupport

/// Transitions of cases a second, each durable with its entry in the ledger, beside the same rows written by `sqlite3`.
struct TransitionsMeasure: Measure {
    let name = "transitions"

    func run(_ bench: Bench) async throws {
        let (count, workers) = bench.isQuick ? (200, 64) : (2000, 64)
        let data = try bench.folder("transitions")
        let county = try await BenchCounty.make(data: data, schools: 20)
        let cases = county.supervision.cases

        let opening = ContinuousClock.now
        let opened = try await spread(Array(0..<count), workers) { number in
            let patrol = CaseOpening.Patrol(
                camera: county.cameras[number % county.cameras.count], time: Footage.now, isLive: true)
            return try await cases.open(
                CaseDraft(.patrol(patrol, .other("matter \(number)"), .two), note: "seen on a patrol"),
                by: county.supervisor
            ).id
        }
        let openings = opening.duration(to: .now).inSeconds
        bench.add(Figure("cases opened a second", Double(count) / openings, "/s", raw: [openings]))

        var latencies: [Double] = []
        let start = ContinuousClock.now
        latencies = try await spread(opened, workers) { id in
            var times: [Double] = []
            func timed(_ body: () async throws -> Void) async throws {
                let start = ContinuousClock.now
                try await body()
                times.append(start.duration(to: .now).inSeconds * 1000)
            }
            try await timed { try await cases.dispatch(id, message: "please", seen: 1, by: county.supervisor) }
            let commands: [CaseCommand] = [
                .acknowledge, .begin(plan: "at once"), .submit(Submission(text: "everybody wears a hat now")),
                .return(Inspection(.onScreen, note: "show the other side")),
                .submit(Submission(text: "the other side")), .pass(Inspection(.onScreen)), .comment("well done"),
            ]
            for (index, command) in commands.enumerated() {
                try await timed { _ = try await cases.act(command, on: id, seen: index + 2, by: .console) }
            }
            return times
        }.flatMap { $0 }
        let seconds = start.duration(to: .now).inSeconds
        bench.add(Figure("one of them, p50", latencies.percentile(50), "ms"))
        bench.add(Figure("one of them, p99", latencies.percentile(99), "ms"))

        let verdict = try await county.store.verifyLedger()
        let faults = try await cases.proofs(limit: 1000).flatMap(\.faults)
        guard verdict.fault == nil, faults.isEmpty else {
            throw HTTPConnection.Unexpected(description: "the ledger or a case does not hold")
        }
        try await county.store.close()
        let peer = try await peer(data: data, transitions: latencies.count)
        bench.add(
            Figure(
                "transitions a second, \(workers) at once", Double(latencies.count) / seconds, "/s",
                peer: Figure.Peer(name: "sqlite3, the same rows, a commit each", value: peer), bar: .atLeast(2000),
                raw: [seconds]))
    }

    /// The rows of a transition (ledger entry, two notifications, the case's row) by `sqlite3` alone, a commit for each.
    private func peer(data: String, transitions: Int) async throws -> Double {
        let path = data + "/peer.db"
        let payload = String(repeating: "x", count: 220)
        var script = """
            pragma journal_mode = wal; pragma synchronous = full;
            create table ledger (sequence integer primary key, subject text, payload text, hash blob);
            create table news (id integer primary key, key text unique, text text);
            create table file (id integer primary key, version integer, state text);
            insert into file values (1, 0, 'opened');

            """
        let count = min(transitions, 4000)
        for number in 1...count {
            script += """
                begin; insert into ledger values (\(number), 'case/\(number)', '\(payload)', zeroblob(32));
                insert into news values (\(2 * number), 'a\(number)', '\(payload)');
                insert into news values (\(2 * number + 1), 'b\(number)', '\(payload)');
                update file set version = \(number); commit;

                """
        }
        let file = data + "/peer.sql"
        try script.write(toFile: file, atomically: true, encoding: .utf8)
        let start = ContinuousClock.now
        let done = try await ChildProcess.run(["/bin/sh", "-c", "sqlite3 '\(path)' < '\(file)' > /dev/null"])
        guard done.ending.isSuccess else { throw HTTPConnection.Unexpected(description: "sqlite3: \(done.errors)") }
        return Double(count) / start.duration(to: .now).inSeconds
    }

    /// Runs `body` for each with so many at once; the results in the order of the values.
    private func spread<Value: Sendable, Result: Sendable>(
        _ values: [Value], _ workers: Int, _ body: @escaping @Sendable (Value) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var results: [(Int, Result)] = []
                    for index in stride(from: worker, to: values.count, by: workers) {
                        results.append((index, try await body(values[index])))
                    }
                    return results
                }
            }
            var all: [(Int, Result)] = []
            for try await results in group { all += results }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

/// A county with schools, one camera each, and a supervisor.
struct BenchCounty: Sendable {
    let store: Store
    let supervision: Supervision
    let supervisor: Principal
    let schools: [SchoolID]
    let cameras: [CameraID]

    static func make(data: String, schools count: Int) async throws -> BenchCounty {
        let footage = try await Footage.open(data: data)
        let time = TimeSource(now: { Footage.now }, monotonic: { .seconds(Date().timeIntervalSince1970) })
        let supervision = Supervision(store: footage.store, time: time)
        let townships = try await (1...max(1, count / 10)).asyncMap {
            try await supervision.places.addTownship("Township \($0)", by: .console)
        }
        var schools: [SchoolID] = []
        var cameras: [CameraID] = []
        for number in 1...count {
            var school = try await supervision.places.addSchool("School \(number)", by: .console)
            school.township = townships[number % townships.count].id
            try await supervision.places.changeSchool(school, by: .console)
            schools.append(school.id)
            let area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
            cameras.append(
                try await supervision.cameras.add(
                    CameraDraft(
                        area: area.id, name: "Camera \(number)",
                        main: SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: 9, path: "/\(number)"),
                        isEnabled: false), by: .console
                ).id)
        }
        let supervisor = try await supervision.people.add(
            account: "bench-supervisor", name: "Supervisor", role: .supervisor, school: nil, by: .console)
        _ = try await supervision.people.add(
            account: "bench-township", name: "Officer", role: .township, school: nil, township: townships[0].id,
            by: .console)
        return BenchCounty(
            store: footage.store, supervision: supervision, supervisor: .person(supervisor.person), schools: schools,
            cameras: cameras)
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async throws -> [T] {
        var values: [T] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
