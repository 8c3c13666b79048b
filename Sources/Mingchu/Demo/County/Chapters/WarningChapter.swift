import Domain
import Supervision

extension CountyChapter {
    /// Rules that are tried on the county's own history and switched on, what they gave, and what came of it. (预警)
    static let warnings = CountyChapter { stage in
        let first = max(stage.days.first + 3, stage.days.last - 75)
        stage.once(on: first, at: 9 * 60 + 5) { stage in
            try await WarningDesk(stage: stage).switchOn([
                .rate(RateRule(seed: 20_260_901)), .repeated(RepeatRule(.phone, count: 3, days: 14)),
                .night(NightRule(.rodent)), .cluster(ClusterRule()), .overdue(OverdueRule(count: 2, hours: 24)),
            ])
        }
        // Of what schools do themselves there is a history when they have done it for some weeks.
        stage.once(on: max(first, stage.dutyDays.first + 14), at: 9 * 60 + 20) { stage in
            try await WarningDesk(stage: stage).switchOn([
                .expiring(ExpiryRule(daysBefore: [30, 7])), .duties(DutyRule(.dailyControl, missed: 3, of: 5)),
                .duties(DutyRule(.sampleRetention, missed: 2, of: 5)),
            ])
        }
        stage.each(dayAt: 17 * 60 + 40, from: first) { stage, _ in try await WarningDesk(stage: stage).look() }
    }
}

private struct WarningDesk {
    let stage: CountyStage

    func switchOn(_ rules: [WarningRule]) async throws {
        let warnings = stage.supervision.warnings
        let supervisor = stage.people.supervisors[0]
        for rule in rules {
            let trial = try await warnings.trial(of: rule, for: supervisor)
            try await warnings.set(rule, through: trial.through, confirmed: trial.summary, seen: 0, by: supervisor)
            stage.clock.move(to: stage.now + .seconds(150))
        }
    }

    /// The day's new warnings; most are looked into within two days.
    func look() async throws {
        let warnings = stage.supervision.warnings
        guard try await warnings.evaluate().given > 0 else { return }
        let given = try await warnings.list(
            WarningFilter(span: TimeSpan(start: stage.now, duration: .seconds(1))), limit: 200, for: .node)
        for (index, file) in given.map(\.file).sorted(by: comesBefore).enumerated() {
            var dice = stage.dice("warning \(stage.today) \(index)")
            guard dice.chance(0.75) else { continue }
            let isOffice = dice.chance(0.5)
            let person =
                file.path.township.flatMap { isOffice ? stage.people.offices[$0] : nil }
                ?? dice.pick(stage.people.supervisors)
            stage.agenda.add(at: stage.later(by: dice.between(60, 900))) { [dice] _ in
                try await end(file.id, by: person, dice)
            }
        }
    }

    private func end(_ id: WarningID, by person: Principal, _ chances: DemoDice) async throws {
        var dice = chances
        let warnings = stage.supervision.warnings
        let sheet = try await warnings.sheet(id, for: person)
        let becomesCase = dice.chance(0.3)
        let isUnfounded = dice.chance(0.12)
        let ending: WarningEnding
        if becomesCase, let summary = sheet.cases.min(by: { $0.number > $1.number }) {
            ending = .becameCase(summary.id)
        } else if isUnfounded {
            ending = .unfounded(note: "核对录像，均为人员正常走动，已作误报反馈。")
        } else {
            ending = .settled(note: Self.note(sheet.entry.file.warning.reason))
        }
        try await warnings.end(id, ending, by: person)
    }

    private static func note(_ reason: WarningReason) -> String {
        switch reason {
        case .rateRise, .cluster: "已电话约谈学校食品安全员，增加巡查频次，两周后复核。"
        case .repeated: "已约谈学校负责人，手机统一存放，纳入重点巡查。"
        case .nightActivity: "学校已安排消杀并封堵孔洞，连续三晚复看无异常。"
        case .expiring: "已提醒学校办理换证，预约体检。"
        case .dutiesMissed: "已督促学校补报并说明原因。"
        case .backlog, .overdue: "已逐件催办，明确办结时限。"
        case .camerasOff: "学校已恢复供电，画面正常。"
        }
    }

    /// By the place in the county's list, then by what was watched: identifiers are another each time.
    private func comesBefore(_ one: WarningFile, _ other: WarningFile) -> Bool {
        (place(one), one.warning.reason.subject.description) < (place(other), other.warning.reason.subject.description)
    }

    private func place(_ file: WarningFile) -> Int {
        stage.schools.firstIndex { $0.school.id == file.path.school }
            ?? stage.townships.firstIndex { $0.id == file.path.township }.map { 1000 + $0 } ?? 2000
    }
}
