import Domain

extension RouteRule {
    /// In these tests there are no inspections, plans and draws: their own tests ask who may do what with one.
    static let inspections: [String: RouteRule] = [
        "GET /inspections": .list(.lookAtInspections), "GET /inspections/plans/new": .list(.planInspections),
        "POST /inspections/plans/new": .list(.planInspections), "GET /inspections/plans/{plan}": .unknown,
        "POST /inspections/plans/{plan}/renew": .unknown, "GET /inspections/checklist": .list(.foreseeInspections),
        "GET /inspections/checklist/item": .county(.planInspections),
        "POST /inspections/checklist/item": .county(.planInspections), "GET /inspections/{inspection}": .unknown,
        "POST /inspections/{inspection}/act": .unknown, "GET /inspections/{inspection}/cases": .unknown,
        "POST /inspections/{inspection}/cases": .unknown, "GET /inspections/{inspection}/sheet.pdf": .unknown,
        "GET /inspections/{inspection}/files/{photo}": .unknown,
        "GET /inspections/{inspection}/files/{photo}/thumbnail.jpg": .unknown,
        "GET /draws": .list(.foreseeInspections), "GET /draws/new": .list(.planInspections),
        "POST /draws/new": .list(.planInspections), "GET /draws/{draw}": .unknown, "POST /draws/{draw}": .unknown,
        "GET /draws/{draw}/record.txt": .unknown, "GET /field/inspections": .list(.inspect),
        "GET /field/worker.js": .everybody, "GET /api/v1/inspections": .list(.lookAtInspections),
        "GET /api/v1/inspections/{inspection}": .unknownOf(.lookAtInspections),
        "POST /api/v1/inspections/{inspection}/begin": .unknownOf(.inspect),
        "POST /api/v1/inspections/{inspection}/report": .unknownOf(.inspect),
        "POST /api/v1/inspections/{inspection}/files/{photo}": .unknownOf(.inspect),
        "GET /api/v1/inspections/{inspection}/files/{photo}": .unknownOf(.lookAtInspections),
    ]
}
