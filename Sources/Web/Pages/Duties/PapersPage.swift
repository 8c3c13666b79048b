import Domain
import Supervision

/// A school's papers.
struct PapersPage: Page {
    struct Row: Sendable {
        let kind: String
        let holder: String?
        let number: String
        let validThrough: String
        let left: String
        /// `expired`, `expiring`, `valid`
        let style: String
        let file: String?
        /// To whoever may change it.
        let change: String?
        let remove: String?

        init(_ paper: SchoolPaper, on today: Day, mayEnter: Bool, _ wording: Wording) {
            let days = paper.daysLeft(on: today)
            kind = wording.words(paper.kind)
            holder = paper.holder.isEmpty ? nil : paper.holder
            number = paper.number
            validThrough = "\(paper.validThrough)"
            left = wording.daysLeft(days)
            style = PaperState(daysLeft: days).rawValue
            file = paper.file.map { SiteURL.duty(.file(.value(paper.school), .value($0))).path }
            change = mayEnter ? SiteURL.duty(.paper(.value(paper.id))).path : nil
            remove = mayEnter ? SiteURL.duty(.removePaper(.value(paper.id))).path : nil
        }
    }

    struct Form: Sendable {
        let action: String
        let heading: String
        let button: String
        let isNew: Bool
        let kinds: [Choice]
        let isPersonal: Bool
        let number: String
        let holder: String
        let validThrough: String
    }

    static let template = "papers"
    let school: String
    let finding: String
    let style: String
    let rows: [Row]
    let hasRows: Bool
    let showsPeople: Bool
    let fault: String?
    let form: Form?

    init(_ sheet: PaperSheet, _ typed: PaperForm, mayEnter: Bool, fault: String?, _ wording: Wording) {
        let words = wording.words
        school = sheet.school.name
        let states = sheet.papers.map { PaperState(daysLeft: $0.daysLeft(on: sheet.today)) }
        let (expired, expiring) = (states.count { $0 == .expired }, states.count { $0 == .expiring })
        finding =
            sheet.papers.isEmpty
            ? words("papers.none")
            : expired > 0
                ? words("papers.expired", ["count": wording.count(expired)])
                : expiring > 0
                    ? words("papers.expiring", ["count": wording.count(expiring)])
                    : words("papers.fine", ["count": wording.count(sheet.papers.count)])
        style = expired > 0 ? "expired" : expiring > 0 ? "expiring" : "valid"
        rows = sheet.papers.map { Row($0, on: sheet.today, mayEnter: mayEnter, wording) }
        hasRows = !rows.isEmpty
        showsPeople = sheet.showsPeople
        self.fault = fault
        guard mayEnter else {
            form = nil
            return
        }
        let isNew = typed.id == nil
        form = Form(
            action: typed.id.map { SiteURL.duty(.paper(.value($0))).path }
                ?? SiteURL.duty(.schoolPapers(.value(sheet.school.id))).path,
            heading: words(isNew ? "papers.add" : "papers.change"), button: words(isNew ? "papers.add" : "action.save"),
            isNew: isNew,
            kinds: SchoolPaper.Kind.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0 == typed.kind)
            }, isPersonal: typed.kind?.isPersonal ?? true, number: typed.number, holder: typed.holder,
            validThrough: typed.validThrough)
    }
}

/// How it stands with the papers of all schools: what has run out first.
struct PaperListPage: Page {
    struct Row: Sendable {
        let school: String
        let address: String
        let licence: String
        let licenceStyle: String
        let health: String
        let healthStyle: String
        let soonest: String
        let style: String
    }

    static let template = "paper-list"
    let finding: String
    let rows: [Row]
    let hasRows: Bool

    init(_ sheets: [PaperSheet], _ wording: Wording) {
        let words = wording.words
        func worst(_ sheet: PaperSheet) -> Int { sheet.papers.map { $0.daysLeft(on: sheet.today) }.min() ?? -100_000 }
        let bad = sheets.count { worst($0) < 0 }
        finding =
            bad == 0
            ? words("papers.list.fine", ["count": wording.count(sheets.count)])
            : words("papers.list.bad", ["count": wording.count(bad), "all": wording.count(sheets.count)])
        rows = sheets.sorted { (worst($0), $0.school.name) < (worst($1), $1.school.name) }.map { sheet in
            let licence = sheet.papers.filter { $0.kind == .foodLicence }.map { $0.daysLeft(on: sheet.today) }.max()
            let days = worst(sheet)
            return Row(
                school: sheet.school.name, address: SiteURL.duty(.schoolPapers(.value(sheet.school.id))).path,
                licence: licence.map(wording.daysLeft) ?? words("papers.missing"),
                licenceStyle: licence.map { PaperState(daysLeft: $0).rawValue } ?? "expired",
                health: sheet.health.total == 0
                    ? words("papers.missing")
                    : words(
                        "papers.health",
                        ["valid": wording.count(sheet.health.valid), "total": wording.count(sheet.health.total)]),
                healthStyle: sheet.health.isComplete ? "valid" : "expired",
                soonest: sheet.papers.isEmpty ? "–" : wording.daysLeft(days),
                style: sheet.papers.isEmpty ? "expired" : PaperState(daysLeft: days).rawValue)
        }
        hasRows = !rows.isEmpty
    }
}

extension Wording {
    func daysLeft(_ days: Int) -> String {
        days < 0
            ? words("papers.daysOver", ["days": count(-days)])
            : days == 0 ? words("papers.lastDay") : words("papers.daysLeft", ["days": count(days)])
    }
}
