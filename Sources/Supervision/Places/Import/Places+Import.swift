public import Domain
import Store

/// Takes a whole list in. (导入) Needs ``Permission/manageGrid``, and ``Permission/configureCameras`` for its cameras.
extension Places {
    /// What a list would add; changes nothing.
    public func plan(_ list: GridList, for principal: Principal) async throws -> GridPlan {
        guard principal.may(.manageGrid) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.plan(list) }
    }

    /// Adds everything that the plan says, or nothing; each place and camera with its own entry in the ledger, and one that
    /// names the file.
    ///
    /// - Parameters:
    ///   - plan: As somebody has seen it, without faults.
    ///   - file: Its name, and the SHA-256 of its bytes.
    /// - Returns: nil when it was done; the plan as it would be now when that is another one, and nothing was done.
    public func add(
        _ list: GridList, as plan: GridPlan, from file: (name: String, sha256: [UInt8]), by principal: Principal
    ) async throws -> GridPlan? {
        let now = time.now()
        return try await store.write { records in
            try principal.require(.manageGrid, records)
            if plan.counts.cameras > 0 { try principal.require(.configureCameras, records) }
            let current = try records.plan(list)
            guard current == plan, plan.faults.isEmpty else { return current }
            var entering = GridEntering(records: records, principal: principal, now: now)
            try entering.enter(plan)
            let counts = plan.counts
            try records.ledger.append(
                .gridImported, to: "county", by: principal.actor, at: now,
                payload: [
                    "file": .string(file.name), "sha256": .string(file.sha256.hexadecimal),
                    "townships": .int(Int64(counts.townships)), "schools": .int(Int64(counts.schools)),
                    "canteens": .int(Int64(counts.canteens)), "areas": .int(Int64(counts.areas)),
                    "cameras": .int(Int64(counts.cameras)),
                ])
            return nil
        }
    }
}

extension Records {
    fileprivate func plan(_ list: GridList) throws -> GridPlan {
        GridPlan(list, onto: try trees(in: .county), townships: try places.townships(in: .county))
    }
}

/// Adds the steps of a plan one after the other and remembers who is who.
private struct GridEntering {
    let records: Records
    let principal: Principal
    let now: UTCTime
    private var townships: [String: TownshipID] = [:]
    private var schools: [String: SchoolID] = [:]
    private var canteens: [[String]: CanteenID] = [:]
    private var areas: [GridPlan.AreaKey: AreaID] = [:]

    init(records: Records, principal: Principal, now: UTCTime) {
        self.records = records
        self.principal = principal
        self.now = now
    }

    mutating func enter(_ plan: GridPlan) throws {
        for township in try records.places.townships(in: .county) { townships[township.name] = township.id }
        for tree in try records.trees(in: .county) {
            schools[tree.school.name] = tree.school.id
            for canteen in tree.canteens { canteens[[tree.school.name, canteen.name]] = canteen.id }
            for area in tree.areas {
                let key = GridPlan.AreaKey(
                    school: tree.school.name, canteen: area.canteen?.name, kind: area.area.kind, name: area.area.name)
                areas[key] = area.area.id
            }
        }
        for step in plan.steps { try enter(step.addition) }
    }

    private mutating func enter(_ addition: GridPlan.Addition) throws {
        switch addition {
        case .township(let name):
            let township = Township(id: TownshipID(at: now), name: try Names.checked(name, .name))
            try records.enter(township, by: principal, at: now)
            townships[name] = township.id
        case .school(let name, let township, let kind):
            let school = School(
                id: SchoolID(at: now), name: try Names.checked(name, .name),
                township: township.flatMap { townships[$0] }, kind: kind)
            try records.enter(school, by: principal, at: now)
            schools[name] = school.id
        case .canteen(let name, let school):
            guard let id = schools[school] else { throw SupervisionError.invalid(.school, .unknown) }
            let canteen = Canteen(id: CanteenID(at: now), school: id, name: try Names.checked(name, .name))
            try records.enter(canteen, by: principal, at: now)
            canteens[[school, name]] = canteen.id
        case .area(let key):
            guard let school = schools[key.school] else { throw SupervisionError.invalid(.school, .unknown) }
            let area = Area(
                id: AreaID(at: now), school: school, canteen: key.canteen.flatMap { canteens[[key.school, $0]] },
                kind: key.kind, name: try Names.checked(key.name, .name, mayBeEmpty: true))
            try records.enter(area, by: principal, at: now)
            areas[key] = area.id
        case .camera(let name, let key, let main, let sub, let credentials):
            guard let area = areas[key] else { throw SupervisionError.invalid(.area, .unknown) }
            let draft = CameraDraft(area: area, name: name, main: main, sub: sub, credentials: credentials)
            try records.enter(draft.camera(id: CameraID(at: now)).checked(), by: principal, at: now)
        }
    }
}
