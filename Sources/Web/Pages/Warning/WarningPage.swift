import Domain
import Supervision

struct WarningPage: Page {
    struct Fact: Sendable {
        let label: String
        let value: String
    }

    struct Told: Sendable {
        let body: String
        let channels: String
    }

    struct Link: Sendable {
        let label: String
        let address: String
    }

    static let template = "warning"
    let sentence: String
    let kind: String
    let state: String
    let stateStyle: String
    let facts: [Fact]
    /// The rule that gave it, in words.
    let rule: String?
    let chart: WarningChart?
    let told: [Told]
    let links: [Link]
    let ending: String?
    let endedBy: String
    let endedAt: Moment?
    let caseAddress: String?
    /// For those who may say how it ended.
    let action: String?
    let cases: [Choice]
    let hasCases: Bool
    let isSettled: Bool
    let isUnfounded: Bool
    let isCase: Bool
    let note: String
    let fault: String?
    /// The note of somebody who came second: the form has gone, what was typed has not.
    let typedInVain: String?
    /// For those who may open a case from it.
    let caseAction: String?
    let isOpening: Bool
    let matters: [Choice]
    let otherMatter: String
    let grades: [Choice]
    let caseNote: String

    init(_ sheet: WarningSheet, chart: WarningChart?, form: WarningEndForm, _ wording: Wording) {
        let words = wording.words
        let (entry, file) = (sheet.entry, sheet.entry.file)
        sentence = wording.sentence(entry)
        kind = words(file.warning.reason.kind)
        state = words(file.state)
        stateStyle = file.state.rawValue
        facts = wording.facts(entry)
        rule = sheet.rule?.rule.map(wording.sentence)
        self.chart = chart
        told = sheet.told.map { told in
            Told(
                body: wording.body(told.body, named: told.name),
                channels: told.channels.isEmpty
                    ? words("warning.toldHere")
                    : told.channels.map { "\($0.name)（\(words($0.kind))）\(words($0.state))" }
                        .joined(separator: words("list.comma")))
        }
        links = wording.links(sheet)
        ending = wording.ending(entry)
        endedBy = entry.endedBy ?? words("actor.gone")
        endedAt = file.ended.map { wording.moment($0.time) }
        if case .becameCase(let id)? = file.ended?.ending {
            caseAddress = SiteURL.casePage(.value(id)).path
        } else {
            caseAddress = nil
        }
        action = sheet.mayEnd && file.state != .ended ? SiteURL.warnings(.end(.value(file.id))).path : nil
        cases = sheet.cases.map {
            Choice(
                value: "\($0.id)",
                label: words(
                    "warning.caseChoice",
                    [
                        "number": "\($0.number)", "matter": words($0.matter), "school": $0.school.name,
                        "state": words($0.state),
                    ]), isSelected: form.caseID == "\($0.id)")
        }
        hasCases = !cases.isEmpty
        isSettled = form.kind == .settled || form.kind == nil
        isUnfounded = form.kind == .unfounded
        isCase = form.kind == .becameCase
        note = form.note
        fault = form.fault
        let typed = form.opening?.text("note") ?? form.note
        typedInVain = file.state == .ended && form.fault != nil && !typed.isEmpty ? typed : nil
        caseAction = sheet.mayOpenCase ? SiteURL.warnings(.openCase(.value(file.id))).path : nil
        isOpening = form.opening != nil
        let item = file.warning.reason.subject.item
        matters = words.matters(chosen: form.opening.map { $0.text("matter") } ?? item?.rawValue ?? "other")
        otherMatter = form.opening.map { $0.text("other") ?? "" } ?? (item == nil ? kind : "")
        grades = words.grades(chosen: (try? form.opening?.caseGrade()) ?? item?.grade(inWorkingHours: true) ?? .two)
        caseNote = form.opening.map { $0.text("note") ?? "" } ?? sentence
    }
}
