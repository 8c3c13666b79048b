import Domain
import Supervision

/// The classes that a school has invited, and who came in.
struct SchoolParentsPage: Page {
    struct Class: Sendable {
        let name: String
        let state: String
        let style: String
        let used: String
        let active: String
        let until: String
        let sheetAddress: String?
        let revokeAction: String?
        let revokeMeans: String
        let members: [Member]
        let hasMembers: Bool
    }

    struct Member: Sendable {
        let name: String
        let phone: String?
        let joined: String
        let revokeAction: String
    }

    static let template = "school-parents"
    let school: String
    let back: String
    let isOn: Bool
    let hasPage: Bool
    let mayInvite: Bool
    let canInvite: Bool
    let action: String
    let fault: String?
    let done: String?
    let classes: [Class]
    let hasClasses: Bool
    let active: String
    let className: String
    let uses: String
    let until: String
    let firstDay: String
    let lastDay: String
    let classNameMost = "\(ParentInvitation.classNameLength.upperBound)"
    let usesMost = "\(ParentInvitation.uses.upperBound)"
    let yearEnd: String

    init(
        _ sheet: ParentsSheet, typed: FormFields?, fault: String?, done: String?, mayInvite: Bool, wording: Wording
    ) {
        let words = wording.words
        let id = sheet.school.id
        school = sheet.school.name
        back = SiteURL.publication(.value(id)).path
        isOn = sheet.isOn
        hasPage = sheet.hasPage
        self.mayInvite = mayInvite
        canInvite = mayInvite && sheet.isOn && sheet.hasPage
        action = SiteURL.parent(.classes(.value(id))).path
        self.fault = fault
        self.done =
            switch done {
            case "invited": words("parent.invited")
            case "revoked": words("parent.revoked")
            case "removed": words("parent.removed")
            default: nil
            }
        classes = sheet.classes.map { one in
            let invitation = one.invitation
            return Class(
                name: invitation.className, state: words(one.isOpen ? "parent.class.open" : "parent.class.over"),
                style: one.isOpen ? "ok" : "disabled",
                used: "\(one.used) / \(invitation.mostUses)", active: "\(one.active)",
                until: "\(Day(of: invitation.until - .milliseconds(1), in: wording.zone))",
                sheetAddress: mayInvite && one.isOpen && sheet.isOn
                    ? SiteURL.parent(.sheet(.value(id), .value(invitation.id))).path : nil,
                revokeAction: mayInvite
                    ? SiteURL.parent(.revokeClass(.value(id), .value(invitation.id))).path : nil,
                revokeMeans: words(
                    "parent.revokeMeans", ["class": invitation.className, "count": wording.count(one.active)]),
                members: one.members.map { member in
                    Member(
                        name: member.parent.name ?? "", phone: member.phone,
                        joined: wording.zone.civil(member.parent.joinedAt).date,
                        revokeAction: SiteURL.parent(.revokeParent(.value(id), .value(member.parent.id))).path)
                }, hasMembers: !one.members.isEmpty)
        }
        hasClasses = !classes.isEmpty
        active = words("parent.count", ["count": wording.count(sheet.active)])
        let today = Day(of: wording.now, in: wording.zone)
        className = typed?["className"] ?? ""
        uses = typed?["uses"] ?? "50"
        until = typed?["until"] ?? "\(min(today + 14, sheet.lastDay))"
        firstDay = "\(today)"
        lastDay = "\(sheet.lastDay)"
        yearEnd = words("parent.yearEnd", ["day": "\(sheet.lastDay)"])
    }
}
