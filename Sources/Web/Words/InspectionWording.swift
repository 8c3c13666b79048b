import Domain
import Supervision

extension Words {
    /// Of a checklist, in the reader's language.
    func callAsFunction(_ text: InspectionText) -> String {
        language == .english && !text.english.isEmpty ? text.english : text.chinese
    }

    func callAsFunction(_ grade: InspectionGrade) -> String { self("inspection.grade.\(grade.rawValue)") }

    func callAsFunction(_ state: SpotInspection.State) -> String { self("inspection.state.\(state.rawValue)") }

    func callAsFunction(_ fault: InspectionFault) -> String {
        switch fault {
        case .refused(let refusal): self(refusal)
        case .template(let fault): self(fault)
        case .drawPlan(let fault): self(fault)
        case .witness: self("draw.fault.witness")
        case .made: self("draw.fault.made")
        case .secret: self("draw.fault.secret")
        case .noSchools: self("inspection.fault.noSchools")
        }
    }

    private func callAsFunction(_ refusal: SpotInspectionRefusal) -> String {
        switch refusal {
        case .state(let state): self("inspection.fault.state", ["state": self(state)])
        case .handedIn: self("inspection.fault.handedIn")
        case .templateChanged(let current): self("inspection.fault.templateChanged", ["version": "\(current)"])
        case .report(let fault): self(fault)
        case .tooLate: self("inspection.fault.tooLate")
        case .items: self("inspection.fault.items")
        case .reason: self("inspection.fault.reason")
        case .tooManySupplements: self("inspection.fault.tooManySupplements")
        }
    }

    private func callAsFunction(_ fault: InspectionReport.Fault) -> String {
        switch fault {
        case .unanswered(let items): self("inspection.fault.unanswered", ["count": "\(items.count)"])
        case .photoMissing(let items): self("inspection.fault.photoMissing", ["count": "\(items.count)"])
        case .unknownItem(let item), .itemTwice(let item), .extent(let item), .note(let item), .photos(let item):
            self("inspection.fault.item", ["item": String(item.prefix(20))])
        case .remark, .signer, .fileTwice, .times: self("inspection.fault.report")
        }
    }

    private func callAsFunction(_ fault: InspectionTemplate.Fault) -> String {
        switch fault {
        case .name: self("checklist.fault.name")
        case .noItems, .tooManyItems: self("checklist.fault.items", ["most": "\(InspectionTemplate.mostItems)"])
        case .code, .codeTwice: self("checklist.fault.code")
        case .title: self("checklist.fault.title")
        case .requirement: self("checklist.fault.requirement")
        case .law: self("checklist.fault.law")
        case .scale: self("checklist.fault.scale")
        }
    }

    private func callAsFunction(_ fault: DrawPlan.Fault) -> String {
        switch fault {
        case .title: self("draw.fault.title")
        case .lots: self("draw.fault.lots")
        case .schoolTwice, .inspectorTwice: self("draw.fault.twice")
        case .tooFewSchools: self("draw.fault.tooFewSchools")
        case .inspectorsEach: self("draw.fault.inspectorsEach")
        case .tooFewInspectors: self("draw.fault.tooFewInspectors")
        case .unknownConflict: self("draw.fault.unknownConflict")
        }
    }
}

extension InspectionFault {
    /// Somebody was faster: what the asker knows is not so any more.
    var isConflict: Bool {
        switch self {
        case .refused(.state), .refused(.handedIn), .refused(.templateChanged), .made: true
        default: false
        }
    }
}
