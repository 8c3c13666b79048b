import Domain
import Supervision

/// The form of a duty, filled in with what is proposed or was typed.
struct DutyFormView: Sendable {
    struct Point: Sendable {
        let value: String
        let label: String
        let isFine: Bool
        let what: String
        let remedy: String
    }

    struct Worker: Sendable {
        let index: String
        let name: String
        let isFit: Bool
        let temperature: String
        let symptom: String
    }

    struct Sample: Sendable {
        let index: String
        let dish: String
        let grams: String
    }

    struct Samples: Sendable {
        let rows: [Sample]
        let taken: String
        let until: String
        let fridge: String
    }

    struct Meal: Sendable {
        let companion: String
        let parents: String
        let qualities: [Choice]
        let remark: String
    }

    struct Disinfected: Sendable {
        let methods: [Choice]
        let strength: String
        let minutes: String
        let items: String
    }

    struct Meeting: Sendable {
        let attendees: String
        let agenda: String
        let decisions: String
        let open: String
    }

    var points: [Point] = []
    var hasPoints = false
    var staff: [Worker] = []
    var hasStaff = false
    var samples: Samples?
    var meal: Meal?
    var disinfected: Disinfected?
    var meeting: Meeting?

    init(_ record: DutyRecord, _ wording: Wording) {
        let words = wording.words
        func text(_ number: Int) -> String { number == DutyForm.nonsense ? "" : "\(number)" }
        func degrees(_ tenths: Int) -> String { tenths == DutyForm.nonsense ? "" : wording.degrees(tenths) }
        switch record {
        case .dailyControl(let list), .weeklyInspection(let list):
            hasPoints = true
            points = list.points.map { point in
                let finding = list.findings.first { $0.point == point }
                return Point(
                    value: point.rawValue, label: words(point), isFine: finding == nil, what: finding?.what ?? "",
                    remedy: finding?.remedy ?? "")
            }
        case .morningHealthCheck(let check):
            hasStaff = true
            let blank = HealthCheck.Worker(name: "", isFit: true)
            let rows = check.staff + Array(repeating: blank, count: check.staff.isEmpty ? 4 : 2)
            staff = rows.prefix(HealthCheck.mostStaff).enumerated().map { index, worker in
                Worker(
                    index: "\(index)", name: worker.name, isFit: worker.isFit,
                    temperature: worker.tenths.map(degrees) ?? "", symptom: worker.symptom)
            }
        case .sampleRetention(let kept):
            let rows = kept.samples + Array(repeating: .init(""), count: kept.samples.isEmpty ? 4 : 2)
            samples = Samples(
                rows: rows.prefix(SampleRetention.mostSamples).enumerated().map { index, sample in
                    Sample(index: "\(index)", dish: sample.dish, grams: text(sample.grams))
                }, taken: wording.field(kept.taken), until: wording.field(kept.keptUntil),
                fridge: degrees(kept.fridgeTenths))
        case .accompaniedMeal(let eaten):
            meal = Meal(
                companion: eaten.companion, parents: text(eaten.parents),
                qualities: AccompaniedMeal.Quality.allCases.map {
                    Choice(value: $0.rawValue, label: words($0), isSelected: $0 == eaten.quality)
                }, remark: eaten.remark)
        case .disinfection(let done):
            disinfected = Disinfected(
                methods: Disinfection.Method.allCases.map {
                    Choice(
                        value: $0.rawValue,
                        label: words(
                            "disinfection.atLeast",
                            [
                                "method": words($0), "minutes": "\($0.minutes.lowerBound)",
                                "strength": "\($0.strength.lowerBound) \($0.isHot ? "°C" : "mg/L")",
                            ]), isSelected: $0 == done.method)
                }, strength: text(done.strength), minutes: text(done.minutes), items: done.items)
        case .monthlyMeeting(let held):
            meeting = Meeting(
                attendees: held.attendees, agenda: held.agenda, decisions: held.decisions, open: text(held.openIssues))
        }
    }
}
