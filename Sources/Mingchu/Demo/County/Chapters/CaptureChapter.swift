import Domain
import Supervision

extension CountyChapter {
    /// What the cameras capture day by day, and what people say of it. (抓拍、研判)
    static let captures = CountyChapter { stage in
        stage.each(dayAt: 0, onlySchoolDays: false) { stage, day in
            for (index, school) in stage.schools.enumerated() {
                for incident in IncidentPlan(stage: stage, school: school, number: index).incidents(on: day) {
                    stage.agenda.add(at: incident.start + .seconds(3)) { stage in
                        try await CaptureFilm(stage: stage).take(incident, at: school)
                    }
                }
            }
        }
    }
}

/// Something that a camera takes for a violation.
struct PlannedIncident {
    var start: UTCTime
    var item: CaptureItem
    var camera: Camera
    var kind: Area.Kind
    /// Whether people will say so too.
    var isTrue: Bool
    var seconds: Int
}

/// How often what happens where: by weekday, season, term and the school's own character.
struct IncidentPlan {
    let stage: CountyStage
    let school: CountySchool
    let number: Int

    func incidents(on day: Day) -> [PlannedIncident] {
        var dice = stage.dice("incidents \(number) \(day)")
        let isOpen = stage.calendar.isSchoolDay(day)
        var all: [PlannedIncident] = []
        if isOpen {
            for _ in 0..<dice.count(mean: rate(on: day)) { all.append(incident(item(on: day, &dice), on: day, &dice)) }
            for (item, mean) in extra(on: day) {
                for _ in 0..<dice.count(mean: mean) { all.append(incident(item, on: day, &dice)) }
            }
            if dice.chance(0.006) { all.append(incident(.offline, on: day, &dice)) }
        }
        if dice.chance(0.004) { all.append(incident(.rodent, on: day, &dice)) }
        if dice.chance(isOpen ? 0.006 : 0.002) { all.append(incident(.nightPresence, on: day, &dice)) }
        // The same incident, captured once more when somebody comes back into the picture.
        all += all.filter { $0.item.isAboutPerson }.compactMap { first in
            guard dice.chance(0.07) else { return nil }
            var again = first
            again.start = first.start + .seconds(first.seconds + dice.whole(60...500))
            return again
        }
        // What goes on when the year is over would go on for ever.
        return all.filter { $0.start > stage.now && $0.start + .seconds($0.seconds + 10) < stage.end }.sorted {
            $0.start < $1.start
        }
    }

    private func rate(on day: Day) -> Double {
        let weekday = [1.35, 1.05, 0.95, 0.95, 0.9, 0.6, 0.6][day.weekday - 1]
        let intoTerm = stage.calendar.terms.filter { $0.days.contains(day) }.map { day - $0.days.first }.min() ?? 99
        // New staff, and old habits after the holidays.
        let beginning = intoTerm < 14 ? 1.7 : 1
        let over = Double(day - stage.days.first) / Double(max(1, stage.plan.days))
        let character =
            if case .improves = school.plan.character { 3.2 - 2.9 * over } else { 1.0 }
        return school.plan.rate * weekday * beginning * character
    }

    /// What a school's character adds.
    private func extra(on day: Day) -> [(CaptureItem, Double)] {
        switch school.plan.character {
        // So that whoever signs in for the first school has something to do.
        case _ where number == 0 && stage.days.last - day < 5: [(.noHat, 1), (.phone, 0.7)]
        case .repeats(let item): [(item, 0.13)]
        case .rises(let item) where stage.days.last - day < CountyPlan.riseDays: [(item, 0.9)]
        default: []
        }
    }

    private func item(on day: Day, _ dice: inout DemoDice) -> CaptureItem {
        let month = Int(day.description.dropFirst(5).prefix(2)) ?? 1
        return dice.pick(weighted: [
            (.noHat, 34), (.noMask, 31), (.phone, 14), (.insect, (5...9).contains(month) ? 16 : 4),
        ])
    }

    private func incident(_ item: CaptureItem, on day: Day, _ dice: inout DemoDice) -> PlannedIncident {
        let camera = dice.pick(school.cameras)
        let minute: Double =
            switch item {
            case .rodent: dice.between(20 * 60, 28 * 60)
            case .nightPresence: dice.between(20.2 * 60, 23 * 60)
            default:
                dice.pick(weighted: [
                    (dice.between(375, 470), 3), (dice.between(550, 740), 6), (dice.between(900, 1020), 2),
                ])
            }
        let isRight: Double =
            switch item {
            case .noHat: 0.78
            case .noMask: 0.72
            case .phone: 0.7
            case .insect: 0.5
            case .rodent: 0.45
            case .nightPresence: 0.7
            default: 0.85
            }
        return PlannedIncident(
            start: day.time(minute: 0, in: stage.zone) + .milliseconds(Int64(minute * 60_000)), item: item,
            camera: camera, kind: school.kinds[camera.id] ?? .cooking, isTrue: dice.chance(isRight),
            seconds: item == .offline ? dice.whole(300...7200) : dice.whole(12...150))
    }
}
