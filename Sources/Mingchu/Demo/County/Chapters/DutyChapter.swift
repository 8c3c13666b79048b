import Domain
import Supervision

extension CountyStage {
    /// The last weeks, of which schools' own work is told: a year of it would be fifty thousand entries of the same.
    var dutyDays: DaySpan { DaySpan(max(days.first + 1, days.last - 45), through: days.last) }
}

extension CountyChapter {
    /// What schools do by themselves day by day, mostly in time; one lets it slide. (日管控、周排查、月调度等)
    static let duties = CountyChapter { stage in
        let days = stage.dutyDays
        stage.once(on: days.first - 1, at: 14 * 60) { stage in
            try await stage.supervision.duties.change(.standard, by: stage.people.supervisors[0])
        }
        for duty in SchoolDuty.allCases {
            for bunch in 0..<DutyBunch.count {
                stage.each(dayAt: DutyBunch.minute(of: duty, bunch), from: days.first) { stage, day in
                    try await DutyBunch(stage: stage, duty: duty, day: day, number: bunch).enter()
                }
            }
        }
        // What nobody did in time, some do in the evening.
        stage.each(dayAt: 18 * 60 + 20, from: days.first) { stage, day in
            for duty in SchoolDuty.allCases {
                try await DutyBunch(stage: stage, duty: duty, day: day, number: nil).enter()
            }
        }
        stage.each(dayAt: 12 * 60 + 50, from: days.first + 2) { stage, _ in
            try await SamplesToGo(stage: stage).dispose()
        }
    }
}

/// One duty of some schools, entered in the same minute so that one commit keeps many. (自查填报)
private struct DutyBunch {
    static let count = 4

    let stage: CountyStage
    let duty: SchoolDuty
    let day: Day
    /// nil = of all schools, what is late.
    let number: Int?

    private enum Fate {
        case inTime
        case late
        case left
    }

    static func minute(of duty: SchoolDuty, _ bunch: Int) -> Int {
        let first =
            switch duty {
            case .morningHealthCheck: 430
            case .sampleRetention: 702
            case .accompaniedMeal: 735
            case .disinfection: 800
            case .dailyControl: 930
            case .weeklyInspection: 950
            case .monthlyMeeting: 905
            }
        return first + bunch * 13
    }

    func enter() async throws {
        guard let slot else { return }
        let duties = stage.supervision.duties
        var wanted: [(school: CountySchool, record: DutyRecord)] = []
        for (index, school) in stage.schools.enumerated() where number == nil || index % Self.count == number {
            var dice = stage.dice("duty \(duty.rawValue) \(day) \(index)")
            let fate = fate(of: index, &dice)
            guard fate == (number == nil ? .late : .inTime) else { continue }
            wanted.append((school, DutyWords(stage: stage, index: index, day: day).record(duty, &dice)))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (school, record) in wanted {
                let (id, officer) = (school.school.id, school.officer)
                group.addTask { try await duties.enter(record, for: slot, of: id, seen: 0, by: officer) }
            }
            try await group.waitForAll()
        }
    }

    /// nil = not on this day: of the week's and the month's, on the last school day.
    private var slot: DutySlot? {
        let period = duty.period(of: day)
        guard let slot = DutySlot(duty, period: period, meal: duty.rhythm == .meal ? .lunch : nil) else { return nil }
        switch duty.rhythm {
        case .schoolDay, .meal: return slot
        case .week, .month: return stage.schoolDay(from: day + 1) > slot.lastDay ? slot : nil
        }
    }

    private func fate(of index: Int, _ dice: inout DemoDice) -> Fate {
        let isNeglecting = index == CountyPlan.neglecting
        return dice.pick(
            weighted: isNeglecting
                ? [(.inTime, 5), (.late, 1.5), (.left, 3.5)] : [(.inTime, 96), (.late, 2.4), (.left, 1.2)])
    }
}

/// Samples whose two days are over are thrown away. (留样销毁)
private struct SamplesToGo {
    let stage: CountyStage

    func dispose() async throws {
        let duties = stage.supervision.duties
        for (index, school) in stage.schools.enumerated() {
            var dice = stage.dice("samples \(stage.today) \(index)")
            guard dice.chance(index == CountyPlan.neglecting ? 0.5 : 0.97) else { continue }
            let (id, officer) = (school.school.id, school.officer)
            let waiting = try await duties.day(of: id, for: officer).samplesToGo.map(\.slot)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for slot in waiting { group.addTask { try await duties.dispose(slot, of: id, by: officer) } }
                try await group.waitForAll()
            }
        }
    }
}
