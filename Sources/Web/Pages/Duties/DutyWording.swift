import Domain
import Supervision

extension Words {
    func callAsFunction(_ duty: SchoolDuty) -> String { self("duty.\(duty.rawValue)") }
    func callAsFunction(_ meal: Meal) -> String { self("meal.\(meal.rawValue)") }
    func callAsFunction(_ state: DutyState) -> String { self("dutyState.\(state.rawValue)") }
    func callAsFunction(_ kind: SchoolPaper.Kind) -> String { self("paperKind.\(kind.rawValue)") }
    func callAsFunction(_ point: DutyChecklist.Point) -> String { self("dutyPoint.\(point.rawValue)") }
    func callAsFunction(_ method: Disinfection.Method) -> String { self("disinfection.\(method.rawValue)") }
    func callAsFunction(_ quality: AccompaniedMeal.Quality) -> String { self("mealQuality.\(quality.rawValue)") }

    /// `午餐留样`
    func callAsFunction(_ slot: DutySlot) -> String {
        guard let meal = slot.meal else { return self(slot.duty) }
        return self("duty.ofMeal", ["meal": self(meal), "duty": self(slot.duty)])
    }
}

extension Wording {
    /// `12:30`, with the date unless it is of this day.
    func clock(_ time: UTCTime, on day: Day) -> String {
        Day(of: time, in: zone) == day
            ? String(zone.civil(time).clock.prefix(5)) : String(exactMinute(time).dropFirst(5))
    }

    /// `2026-11-23 周一`
    func date(_ day: Day) -> String {
        words("duty.date", ["day": "\(day)", "weekday": words("calendar.weekday.\(day.weekday)")])
    }

    /// `36.5`
    func degrees(_ tenths: Int) -> String { tenthsText(tenths) }

    /// What stands in a record, line by line.
    func lines(_ record: DutyRecord) -> [String] {
        switch record {
        case .dailyControl(let list), .weeklyInspection(let list):
            return [
                words(
                    "duty.line.checks",
                    ["count": count(list.points.count), "findings": count(list.findings.count)])
            ]
                + list.findings.map {
                    words("duty.line.finding", ["point": words($0.point), "what": $0.what, "remedy": $0.remedy])
                }
        case .monthlyMeeting(let meeting):
            return [
                words("duty.line.attendees", ["names": meeting.attendees]),
                words("duty.line.agenda", ["text": meeting.agenda]),
                words("duty.line.decisions", ["text": meeting.decisions]),
                words("duty.line.open", ["count": count(meeting.openIssues)]),
            ]
        case .morningHealthCheck(let check): return lines(check)
        case .accompaniedMeal(let meal):
            let first = words(
                "duty.line.meal",
                ["name": meal.companion, "parents": count(meal.parents), "quality": words(meal.quality)])
            return [first] + (meal.remark.isEmpty ? [] : [meal.remark])
        case .sampleRetention(let samples): return lines(samples)
        case .disinfection(let done):
            return [
                words(
                    "duty.line.disinfection",
                    [
                        "items": done.items, "method": words(done.method), "minutes": count(done.minutes),
                        "strength": "\(done.strength) \(done.method.isHot ? "°C" : "mg/L")",
                    ])
            ]
        }
    }

    private func lines(_ check: HealthCheck) -> [String] {
        let ill = check.staff.filter { !$0.isFit }
        var lines = [
            words("duty.line.staff", ["count": count(check.staff.count), "ill": count(ill.count)])
        ]
        lines += ill.filter { !$0.name.isEmpty }.map {
            words("duty.line.sentHome", ["name": $0.name, "symptom": $0.symptom])
        }
        let fit = check.staff.filter { $0.isFit && !$0.name.isEmpty }.map { worker in
            worker.tenths.map { "\(worker.name) \(degrees($0)) °C" } ?? worker.name
        }
        if !fit.isEmpty { lines.append(fit.joined(separator: words("list.comma"))) }
        return lines
    }

    private func lines(_ samples: SampleRetention) -> [String] {
        [
            samples.samples.map { "\($0.dish) \($0.grams) g" }.joined(separator: words("list.comma")),
            words(
                "duty.line.kept",
                [
                    "taken": exactMinute(samples.taken), "until": exactMinute(samples.keptUntil),
                    "degrees": degrees(samples.fridgeTenths),
                ]),
        ] + (samples.disposed.map { [words("duty.line.disposed", ["time": exactMinute($0)])] } ?? [])
    }

    /// Where a school stands with something: a word, and late ones since when.
    func state(_ standing: DutyStanding) -> String {
        guard standing.shown == standing.state else { return words(standing.shown) }
        return switch standing.state {
        case .open:
            standing.due.time - now < .seconds(86_400)
                ? words("duty.left", ["time": words(standing.due.time - now)]) : words(standing.state)
        case .missed, .late, .done: words(standing.state)
        }
    }

    private func tenthsText(_ value: Int) -> String {
        "\(value < 0 ? "-" : "")\(abs(value) / 10).\(abs(value) % 10)"
    }
}

extension DutyStanding {
    /// What was left out before anything counted is nothing to be told off for: it can still be tried.
    var shown: DutyState { state == .missed && !due.counts ? .open : state }
}
