import Testing

@testable import Domain

struct SchoolRiskTests {
    private let today = Terms.day("2026-11-23")
    private let prior = RiskModel.Prior(mean: 0.5, days: 20)

    /// By hand: half-life 10 days, watched for so long that the exposure is 1 / (1 − 2^(−1/10)) = 14.933 days.
    @Test func `a risk is the mean of what is known, and says what it is made of`() {
        let model = RiskModel(points: [.captureOne: 7, .concern: 5], halfLifeDays: 10)
        let risk = model.risk(
            [
                .init(.captureOne, on: today), .init(.captureOne, on: today - 10), .init(.concern, on: today - 20),
                .init(.camerasOff, on: today), .init(.captureOne, on: today + 1),
            ],
            watchedDays: 5000, prior: prior, on: today)
        let exposure = 20 + 14.9327262
        #expect(abs(risk.rate - (10 + 7 * 1.5 + 5 * 0.25) / exposure) < 1e-7)
        #expect(risk.parts.map(\.source) == [.evidence(.captureOne), .county, .evidence(.concern)])
        #expect(risk.parts[0].events == 2 && risk.parts[0].latest == today)
        #expect(abs(risk.parts.reduce(0) { $0 + $1.rate } - risk.rate) < 1e-12)
    }

    @Test func `a school of which nothing is known is an average one, and known the least`() {
        let unknown = RiskModel.standard.risk([], watchedDays: 0, prior: prior, on: today)
        #expect(unknown.rate == 0.5 && unknown.parts.map(\.source) == [.county])
        let quiet = RiskModel.standard.risk([], watchedDays: 200, prior: prior, on: today)
        #expect(quiet.rate < 0.2 && quiet.deviation < unknown.deviation)
    }

    @Test func `evidence fades, and more of it never lowers a risk`() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<200 {
            let evidence = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                RiskEvidence(
                    RiskEvidence.Kind.allCases.randomElement(using: &random) ?? .concern,
                    on: today - Int.random(in: 0...100, using: &random))
            }
            func rate(_ evidence: [RiskEvidence], _ day: Day) -> Double {
                RiskModel.standard.risk(evidence, watchedDays: 150, prior: prior, on: day).rate
            }
            #expect(rate(evidence, today) > rate(evidence, today + 1))
            #expect(rate(evidence, today) > rate(Array(evidence.dropFirst()), today))
            let shuffled = evidence.shuffled(using: &random)
            #expect(abs(rate(evidence, today) - rate(shuffled, today)) < 1e-12)
        }
    }

    /// Gamma rates and Poisson events of known size: what the county's prior should find.
    @Test func `the county's prior is found again from its schools`() throws {
        var random = SeededRandom(seed: 12)
        let model = RiskModel(points: [.captureTwo: 1], halfLifeDays: 60)
        // Rates 0.25 and 0.75, half of the schools each: mean 0.5, variance 0.0625, so a gamma worth 8 days.
        let schools = (0..<400).map { index in
            let rate = index % 2 == 0 ? 0.25 : 0.75
            let evidence = (0..<300).flatMap { age in
                (0..<4).compactMap { _ in
                    Double.random(in: 0..<1, using: &random) < rate / 4
                        ? RiskEvidence(.captureTwo, on: today - age) : nil
                }
            }
            return (evidence: evidence, watchedDays: 300)
        }
        let prior = try #require(model.prior(of: schools, on: today))
        #expect(abs(prior.mean - 0.5) < 0.03)
        #expect((5...11).contains(prior.days))
        #expect(model.prior(of: Array(schools.prefix(2)), on: today) == nil)
        #expect(model.prior(of: Array(repeating: (evidence: [], watchedDays: 9), count: 5), on: today) == nil)
    }
}
