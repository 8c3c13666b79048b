import Domain
import Foundation
import TestSupport

/// Statistics, figures and reports with a county's years in the records: 1,000,000 captures, 50,000 cases, 1,500,000 analysed hours.
struct InsightMeasure: Measure {
    let name = "insight"

    func run(_ bench: Bench) async throws {
        let data = try await CountyYears.prepare(bench)
        let (supervisor, officer) = ("bench-supervisor", "bench-township")
        let officersPassword = try await bench.newPassword(data, of: officer)
        let program = try await Program.start(
            bench, data: data, account: (supervisor, try await bench.newPassword(data, of: supervisor)))
        let officersCookie = try Program.signIn(port: program.port, account: officer, password: officersPassword)
        let connection = try program.connect()
        let today = Day(of: Footage.now, in: .shanghai)
        let threeYears = "from=\(today - 3 * 365)&to=\(today)"
        let month = "from=\(today - 30)&to=\(today)"
        // A file waits until the facts are loaded.
        let start = ContinuousClock.now
        _ = try connection.timed("/insight/overview.csv?\(month)", program.cookie)
        bench.add(Figure("facts of all years loaded after start-up", start.duration(to: .now).inSeconds, "s"))
        let rounds = bench.isQuick ? 20 : 100
        for (name, path) in [
            ("overview", "/insight"), ("when", "/insight/hours"), ("schools", "/insight/schools"),
            ("how long", "/insight/steps"), ("cameras on line", "/insight/cameras"),
        ] {
            try bench.measure(
                "\(name), 3 years", "\(path)?\(threeYears)", rounds, connection, program.cookie, bar: 300)
        }
        try bench.measure("overview, 30 days", "/insight?\(month)", rounds, connection, program.cookie, bar: 300)
        try bench.measure(
            "overview, 3 years, an item in an area", "/insight?\(threeYears)&item=noMask&area=cooking", rounds,
            connection,
            program.cookie, bar: 300)
        try bench.measure(
            "township: overview, 3 years", "/insight?\(threeYears)", rounds, connection, officersCookie, bar: 300)
        try bench.measure("figures of 30 days", "/figures?\(month)", rounds, connection, program.cookie, bar: 300)
        try bench.measure("figures of 3 years", "/figures?\(threeYears)", rounds, connection, program.cookie, bar: 300)
        try bench.measure("reports there are", "/reports", rounds, connection, program.cookie, bar: 300)
        for (name, span) in try Self.spans(connection, program.cookie) {
            try bench.measure(
                "report of a \(name)", "/reports/\(span)", rounds / 2, connection, program.cookie, bar: 300)
            for format in ["pdf", "xlsx"] {
                try bench.measure(
                    "report of a \(name) as \(format)", "/reports/\(span)/report.\(format)", rounds / 10, connection,
                    program.cookie, bar: 5000)
            }
        }
        try bench.measure(
            "schools of 3 years as a spreadsheet", "/insight/schools.xlsx?\(threeYears)", rounds / 5, connection,
            program.cookie, bar: nil)
        try await program.stop()
    }

    /// The newest of each kind that is over.
    private static func spans(_ connection: HTTPConnection, _ cookie: String) throws -> [(name: String, span: String)] {
        let list = try connection.timed("/reports", cookie).text
        return ["week", "month", "term"].compactMap { kind in
            let found = list.matches(of: /href="\/reports\/((?:week|month|term)-[0-9W-]+)\?/).map { String($0.1) }
                .filter { $0.hasPrefix(kind) }
            // The first one goes on.
            return found.dropFirst().first.map { (kind, $0) }
        }
    }
}
