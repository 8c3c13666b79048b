import Domain

extension Words {
    func callAsFunction(_ allowance: Allowance) -> String {
        self("allowance.\(allowance.unit.rawValue)", ["count": "\(allowance.amount)"])
    }

    /// `整改时限 到期前 2 小时：到期提醒`
    func callAsFunction(_ step: EscalationStep) -> String {
        let duration = Duration.seconds(abs(step.minutes) * 60)
        let when =
            step.minutes == 0
            ? self("policy.atDeadline")
            : step.minutes < 0
                ? self("policy.beforeDeadline", ["time": self(duration)])
                : self("policy.afterDeadline", ["time": self(duration)])
        return self(
            "policy.step",
            [
                "clock": self("clock.\(step.clock.rawValue)"), "when": when,
                "measure": self("measure.\(step.measure.rawValue)"),
            ])
    }

    /// Each difference as a sentence; empty when there is none.
    func changes(from before: CasePolicy, to after: CasePolicy) -> [String] {
        var changes: [String] = []
        func add(_ place: String, _ old: String, _ new: String) {
            guard old != new else { return }
            changes.append(self("policy.change", ["place": place, "before": old, "after": new]))
        }
        for grade in Grade.allCases {
            let title = self("grade.\(grade.rawValue)")
            for clock in PolicyForm.clocks {
                guard let old = before[grade].allowance(clock), let new = after[grade].allowance(clock) else {
                    continue
                }
                add("\(title) \(self("clock.\(clock.rawValue)"))", self(old), self(new))
            }
            let (old, new) = (before[grade].ladder, after[grade].ladder)
            for step in old where !new.contains(step) {
                changes.append(self("policy.stepRemoved", ["grade": title, "step": self(step)]))
            }
            for step in new where !old.contains(step) {
                changes.append(self("policy.stepAdded", ["grade": title, "step": self(step)]))
            }
        }
        func list(_ days: [Int]) -> String { days.map { "\($0)" }.joined(separator: ", ") }
        add(self("policy.reinspectionDays"), list(before.reinspectionDays), list(after.reinspectionDays))
        add(
            self("policy.reinspectionWindow"), "\(before.reinspectionWindowSchoolDays)",
            "\(after.reinspectionWindowSchoolDays)")
        add(self("policy.recurrenceDays"), "\(before.recurrenceDays)", "\(after.recurrenceDays)")
        add(self("policy.mostExtensions"), "\(before.mostExtensions)", "\(after.mostExtensions)")
        for (name, field, _) in PolicyForm.ratingFields {
            add(
                "\(self("rating.title")) \(self("policy.rating.\(name)"))", "\(before.rating[keyPath: field])",
                "\(after.rating[keyPath: field])")
        }
        return changes
    }
}
