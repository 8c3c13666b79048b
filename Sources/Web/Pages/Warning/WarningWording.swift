import Domain
import Supervision

extension Words {
    func callAsFunction(_ kind: WarningRule.Kind) -> String { self("warning.kind.\(kind.rawValue)") }
    func callAsFunction(_ state: WarningFile.State) -> String { self("warning.state.\(state.rawValue)") }

    /// What is counted; of a rule that counts everything, the word for that.
    func counted(_ item: CaptureItem?) -> String { item.map { self($0) } ?? self("warning.anyItem") }

    /// Kind and item of a rule.
    func callAsFunction(_ subject: WarningSubject) -> String {
        let what =
            subject.item.map { self($0) } ?? subject.duty.map { self($0) }
            ?? (subject.kind == .rate || subject.kind == .cluster ? self("warning.anyItem") : nil)
        return what.map { self("warning.subject", ["kind": self(subject.kind), "what": $0]) } ?? self(subject.kind)
    }
}

extension Wording {
    /// One sentence that says why, with its numbers.
    func sentence(_ entry: WarningEntry) -> String { sentence(entry.file.warning.reason, at: entry.place) }

    /// - Parameter place: What its place is called; nil = the county.
    func sentence(_ reason: WarningReason, at place: String?) -> String {
        let place = place ?? words("warning.county")
        func minute(_ time: UTCTime) -> String { exactMinute(time) }
        switch reason {
        case .rateRise(let rise, let item):
            return words(
                "warning.sentence.rate",
                [
                    "place": place, "what": words.counted(item), "days": count(rise.schoolDays),
                    "count": count(rise.count), "expected": Decimal.short(rise.expected, places: 1),
                    "from": "\(rise.since)", "to": "\(rise.until)",
                ])
        case .repeated(let repeated):
            return words(
                "warning.sentence.repeated",
                [
                    "place": place, "what": words(repeated.item), "count": count(repeated.count),
                    "days": count(repeated.days), "from": minute(repeated.first), "to": minute(repeated.last),
                ])
        case .cluster(let cluster):
            return words(
                "warning.sentence.cluster",
                [
                    "place": place, "what": words.counted(cluster.item), "count": count(cluster.count),
                    "expected": Decimal.short(cluster.expected, places: 1), "total": count(cluster.total),
                    "from": "\(cluster.days.first)", "to": "\(cluster.days.last)",
                ])
        case .backlog(let backlog):
            return words(
                "warning.sentence.backlog",
                [
                    "late": count(backlog.late), "days": count(backlog.schoolDays), "waiting": count(backlog.waiting),
                    "oldest": minute(backlog.oldest),
                ])
        case .overdue(let overdue):
            return words(
                "warning.sentence.overdue",
                ["place": place, "count": count(overdue.cases), "due": minute(overdue.due)])
        case .expiring(let paper):
            return words(
                paper.hasExpired ? "warning.sentence.expired" : "warning.sentence.expiring",
                [
                    "place": place, "what": words(paper.kind), "paper": paper.paper,
                    "days": count(abs(paper.daysLeft)), "date": "\(paper.validThrough)",
                ])
        case .dutiesMissed(let missed):
            return words(
                "warning.sentence.duties",
                [
                    "place": place, "what": words(missed.duty), "missed": count(missed.missed),
                    "due": count(missed.due), "from": "\(missed.first)", "to": "\(missed.last)",
                ])
        case .camerasOff(let off):
            return words(
                "warning.sentence.camerasOff",
                [
                    "place": place, "day": "\(off.day)", "cameras": count(off.cameras), "of": count(off.ofCameras),
                    "minutes": count(off.minutes), "share": share(Double(off.minutes) / Double(max(1, off.ofMinutes))),
                ])
        case .nightActivity(let night):
            return words(
                "warning.sentence.night",
                [
                    "place": place, "what": words(night.item), "nights": count(night.nights),
                    "of": count(night.ofNights), "count": count(night.sightings), "from": "\(night.firstNight)",
                    "to": "\(night.lastNight)",
                ])
        }
    }

    /// What a rule asks for, with the false alarms that were chosen.
    func sentence(_ rule: WarningRule) -> String {
        switch rule {
        case .rate(let rule):
            return words(
                "warning.rule.rate",
                [
                    "what": words.counted(rule.item), "days": count(rule.schoolDaysPerFalseWarning),
                    "rise": Decimal.short(rule.rise, places: 1),
                ])
        case .repeated(let rule):
            return words(
                "warning.rule.repeated",
                ["what": words(rule.item), "count": count(rule.count), "days": count(rule.days)])
        case .cluster(let rule):
            return words(
                "warning.rule.cluster",
                [
                    "what": words.counted(rule.item), "days": count(rule.schoolDays),
                    "rate": Decimal.short(rule.falseWarningsPerSchoolYear, places: 1),
                ])
        case .backlog(let rule):
            return words("warning.rule.backlog", ["count": count(rule.count), "days": count(rule.schoolDays)])
        case .overdue(let rule):
            return words("warning.rule.overdue", ["count": count(rule.count), "hours": count(rule.hours)])
        case .expiring(let rule):
            return words(
                "warning.rule.expiring",
                ["days": rule.daysBefore.sorted(by: >).map(count).joined(separator: words("list.comma"))])
        case .duties(let rule):
            return words(
                "warning.rule.duties",
                ["what": words(rule.duty), "missed": count(rule.missed), "due": count(rule.due)])
        case .camerasOff(let rule): return words("warning.rule.camerasOff", ["share": share(rule.share)])
        case .night(let rule):
            return words(
                "warning.rule.night",
                ["what": words(rule.item), "nights": count(rule.nights), "of": count(rule.ofNights)])
        }
    }

    func ending(_ entry: WarningEntry) -> String? {
        switch entry.file.ended?.ending {
        case nil: nil
        case .becameCase?: words("warning.ending.case", ["number": entry.caseNumber.map { "\($0)" } ?? "–"])
        case .settled(let note)?: words("warning.ending.settled", ["note": note])
        case .unfounded(let note)?: words("warning.ending.unfounded", ["note": note])
        }
    }
}
