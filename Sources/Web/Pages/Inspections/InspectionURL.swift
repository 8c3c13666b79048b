import Domain

/// Inspections on the spot, draws, and the pages that phones take along.
enum InspectionURL: Sendable {
    case list
    case newPlan
    case plan(Slot<InspectionPlanID>)
    /// Goes on with the newest version of its checklist.
    case renewPlan(Slot<InspectionPlanID>)
    case checklist
    /// One item, named after the `?`.
    case checklistItem
    case sheet(Slot<SpotInspectionID>)
    case act(Slot<SpotInspectionID>)
    /// Which cases its failed items become.
    case cases(Slot<SpotInspectionID>)
    case document(Slot<SpotInspectionID>)
    case file(Slot<SpotInspectionID>, Slot<InspectionFileID>)
    case thumbnail(Slot<SpotInspectionID>, Slot<InspectionFileID>)
    case draws
    case newDraw
    case draw(Slot<InspectionDrawID>)
    /// What the script reads.
    case drawRecord(Slot<InspectionDrawID>)
    /// On the phone, with or without a network.
    case field
    /// What keeps ``field`` there without one; its folder is what it may answer for.
    case fieldWorker

    var path: String {
        switch self {
        case .list: "/inspections"
        case .newPlan: "/inspections/plans/new"
        case .plan(let plan): "/inspections/plans/\(plan.text("plan"))"
        case .renewPlan(let plan): "/inspections/plans/\(plan.text("plan"))/renew"
        case .checklist: "/inspections/checklist"
        case .checklistItem: "/inspections/checklist/item"
        case .sheet(let id): "/inspections/\(id.text("inspection"))"
        case .act(let id): "/inspections/\(id.text("inspection"))/act"
        case .cases(let id): "/inspections/\(id.text("inspection"))/cases"
        case .document(let id): "/inspections/\(id.text("inspection"))/sheet.pdf"
        case .file(let id, let file): "/inspections/\(id.text("inspection"))/files/\(file.text("photo"))"
        case .thumbnail(let id, let file):
            "/inspections/\(id.text("inspection"))/files/\(file.text("photo"))/thumbnail.jpg"
        case .draws: "/draws"
        case .newDraw: "/draws/new"
        case .draw(let draw): "/draws/\(draw.text("draw"))"
        case .drawRecord(let draw): "/draws/\(draw.text("draw"))/record.txt"
        case .field: "/field/inspections"
        case .fieldWorker: "/field/worker.js"
        }
    }
}

/// The addresses that phones send to, below `/api/v1`.
enum InspectionAPIURL: Sendable {
    case list
    case sheet(Slot<SpotInspectionID>)
    case begin(Slot<SpotInspectionID>)
    case report(Slot<SpotInspectionID>)
    case file(Slot<SpotInspectionID>, Slot<InspectionFileID>)

    var path: String {
        switch self {
        case .list: "/inspections"
        case .sheet(let id): "/inspections/\(id.text("inspection"))"
        case .begin(let id): "/inspections/\(id.text("inspection"))/begin"
        case .report(let id): "/inspections/\(id.text("inspection"))/report"
        case .file(let id, let file): "/inspections/\(id.text("inspection"))/files/\(file.text("photo"))"
        }
    }
}
