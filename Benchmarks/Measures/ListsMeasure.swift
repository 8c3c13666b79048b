import Domain
import Foundation
import Store
import Supervision
import TestSupport

/// Pages of lists with a county's years in the records: 1,000,000 captures, 50,000 cases, 5,000,000 ledger entries.
struct ListsMeasure: Measure {
    let name = "lists"

    func run(_ bench: Bench) async throws {
        let data = try await CountyYears.prepare(bench)
        let supervisor = "bench-supervisor"
        let officer = "bench-township"
        let officersPassword = try await bench.newPassword(data, of: officer)
        let program = try await Program.start(
            bench, data: data, account: (supervisor, try await bench.newPassword(data, of: supervisor)))
        bench.add(Figure("start-up", program.startUp.inSeconds, "s", bar: .atMost(2)))
        let officersCookie = try Program.signIn(port: program.port, account: officer, password: officersPassword)
        let connection = try program.connect()
        let rounds = bench.isQuick ? 20 : 100
        let from = Footage.now - .seconds(30 * 86_400)
        let date = TerritoryZone.shanghai.civil(from).date
        var pages: [(String, String)] = [
            ("captures", "/captures"), ("captures of an item", "/captures?item=noMask"),
            ("captures that wait", "/captures?judged=waiting"),
            ("captures judged false", "/captures?judged=rejected"),
            ("captures, API", "/api/v1/captures?limit=100"), ("cases", "/cases"),
            ("cases, most urgent first", "/cases?stage=running&sort=due"), ("cases overdue", "/cases?stage=overdue"),
            ("cases closed", "/cases?stage=closed"), ("cases, search by words", "/cases?q=hat"),
            ("cases, search for what is not there", "/cases?q=zebra"), ("cases, search by number", "/cases?q=4711"),
            ("ledger", "/ledger"), ("ledger of an act", "/ledger?act=case.closed"),
            ("ledger of days", "/ledger?from=\(date)&to=\(date)"), ("today", "/today"),
        ]
        let cases = try connection.timed("/cases?stage=closed", program.cookie).text
        if let page = cases.firstMatch(of: /href="(\/cases\/[0-9a-f-]{36})"/) { pages.append(("case", String(page.1))) }
        for (name, path) in pages {
            try bench.measure(name, path, rounds, connection, program.cookie, bar: 60)
        }
        for (name, path) in [
            ("captures", "/captures"), ("captures judged false", "/captures?judged=rejected"), ("cases", "/cases"),
            ("cases, search for what is not there", "/cases?q=zebra"), ("today", "/today"),
        ] {
            try bench.measure("township: " + name, path, rounds, connection, officersCookie, bar: 60)
        }
        try bench.measure("figures of 30 days", "/figures", rounds, connection, program.cookie, bar: 150)
        // Figures too: of every verdict of 30 days.
        try bench.measure("precision", "/precision", rounds, connection, program.cookie, bar: 150)
        try bench.measure(
            "figures of four years", "/figures?from=2022-01-01&to=\(date)", rounds / 5, connection,
            program.cookie, bar: nil)
        // What is reached by going on: page after page.
        for list in ["/captures", "/cases"] {
            var times: [Double] = []
            var path = list
            for _ in 0..<rounds {
                let (answer, time) = try connection.timed(path, program.cookie)
                times.append(time)
                guard let next = answer.firstMatch(of: /rel="next" href="([^"]+)"/) else { break }
                path = String(next.1).replacingOccurrences(of: "&amp;", with: "&")
            }
            bench.add(Figure("\(list), page after page, p99", times.percentile(99), "ms", bar: .atMost(60), raw: times))
        }
        try await program.stop()
    }
}
