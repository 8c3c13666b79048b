import Domain

extension RouteRule {
    static let duties: [String: RouteRule] = [
        "GET /duties": .list(.readDuties), "GET /duties.csv": .list(.readDuties),
        "GET /duties.xlsx": .list(.readDuties),
        "GET /duties/plan": .county(.planDuties), "POST /duties/plan": .county(.planDuties),
        "GET /duties/schools/{school}": .thing(.readDuties), "GET /duties/schools/{school}/entry": .thing(.readDuties),
        "POST /duties/schools/{school}/entry": .thing(.enterDuties),
        "POST /duties/schools/{school}/disposed": .thing(.enterDuties),
        "GET /duties/schools/{school}/files/{file}": .missing(.readDuties), "GET /papers": .list(.readDuties),
        "GET /papers/schools/{school}": .thing(.readDuties), "POST /papers/schools/{school}": .thing(.enterDuties),
        "GET /papers/{paper}": .unknown, "POST /papers/{paper}": .unknown, "POST /papers/{paper}/remove": .unknown,
        "GET /menus": .list(.enterDuties), "GET /menus/schools/{school}": .thing(.readDuties),
        "POST /menus/schools/{school}": .thing(.enterDuties), "GET /api/v1/duties": .list(.readDuties),
        "POST /api/v1/duties/{school}": .thing(.enterDuties),
    ]
}
