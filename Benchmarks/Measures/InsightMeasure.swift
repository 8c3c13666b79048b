import Domain
import Foundation
import TestSupport

/// Pages of the statistics with a county's years in the records: 1,000,000 captures, 50,000 cases, 1,500,000 analysed hours.
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
        try bench.measure(
            "schools of 3 years as a spreadsheet", "/insight/schools.xlsx?\(threeYears)", rounds / 5, connection,
            program.cookie, bar: nil)
        try await program.stop()
    }
}
