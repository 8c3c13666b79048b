import Domain
import Hummingbird
import Supervision

/// What somebody typed into the form of a duty.
struct DutyForm: Sendable {
    /// What can't be read as a number: out of every range, and shown as an empty field.
    static let nonsense = -99_999

    let fields: FormFields

    func record(_ duty: SchoolDuty, zone: TerritoryZone) throws(WebError) -> DutyRecord {
        switch duty {
        case .dailyControl: return .dailyControl(checklist(DutyChecklist.daily))
        case .weeklyInspection: return .weeklyInspection(checklist(DutyChecklist.weekly))
        case .monthlyMeeting:
            return .monthlyMeeting(
                DutyMeeting(
                    attendees: fields.text("attendees") ?? "", agenda: fields.text("agenda") ?? "",
                    decisions: fields.text("decisions") ?? "", openIssues: number("open", empty: 0)))
        case .morningHealthCheck: return .morningHealthCheck(HealthCheck(staff: staff))
        case .accompaniedMeal:
            return .accompaniedMeal(
                AccompaniedMeal(
                    companion: fields.text("companion") ?? "", parents: number("parents", empty: 0),
                    quality: fields.text("quality").flatMap(AccompaniedMeal.Quality.init(rawValue:)) ?? .good,
                    remark: fields.text("remark") ?? ""))
        case .sampleRetention:
            guard let taken = try fields.time("taken", zone: zone),
                let until = try fields.time("until", zone: zone)
            else { throw .badRequest("time") }
            return .sampleRetention(
                SampleRetention(
                    samples: samples, taken: taken, keptUntil: until, fridgeTenths: tenths("fridge") ?? Self.nonsense))
        case .disinfection:
            return .disinfection(
                Disinfection(
                    method: fields.text("method").flatMap(Disinfection.Method.init(rawValue:)) ?? .steam,
                    strength: number("strength"), minutes: number("minutes"), items: fields.text("items") ?? ""))
        }
    }

    private func checklist(_ points: [DutyChecklist.Point]) -> DutyChecklist {
        let fine = Set(fields.all("ok"))
        return DutyChecklist(
            points: points,
            findings: points.filter { !fine.contains($0.rawValue) }.map {
                .init(
                    $0, what: fields.text("what_\($0.rawValue)") ?? "",
                    remedy: fields.text("remedy_\($0.rawValue)") ?? "")
            })
    }

    /// Rows without a name are left.
    private var staff: [HealthCheck.Worker] {
        let fit = Set(fields.all("fit"))
        return (0..<HealthCheck.mostStaff).compactMap { index in
            guard let name = fields.text("name_\(index)") else { return nil }
            let typed = fields.text("temperature_\(index)")
            let isFit = fit.contains("\(index)")
            return HealthCheck.Worker(
                name: name, isFit: isFit, tenths: typed.map { _ in tenths("temperature_\(index)") ?? Self.nonsense },
                symptom: isFit ? "" : fields.text("symptom_\(index)") ?? "")
        }
    }

    private var samples: [SampleRetention.Sample] {
        (0..<SampleRetention.mostSamples).compactMap { index in
            fields.text("dish_\(index)").map { .init($0, grams: number("grams_\(index)")) }
        }
    }

    private func number(_ name: String, empty: Int = nonsense) -> Int {
        guard let text = fields.text(name) else { return empty }
        return Int(text) ?? Self.nonsense
    }

    /// `36.5` → 365
    private func tenths(_ name: String) -> Int? {
        guard let text = fields.text(name), let value = Double(text), abs(value) < 1000 else { return nil }
        return Int((value * 10).rounded())
    }
}
