import Domain
import Store

/// A new place's or camera's row and its ledger entry together.
extension Records {
    func enter(_ township: Township, by principal: Principal, at time: UTCTime) throws {
        try unlessNameTaken { try places.add(township, at: time) }
        try ledger.append(
            .townshipAdded, to: "township/\(township.id)", by: principal.actor, at: time,
            payload: township.ledgerPayload)
    }

    func enter(_ school: School, by principal: Principal, at time: UTCTime) throws {
        if let township = school.township, try places.township(township) == nil {
            throw SupervisionError.invalid(.township, .unknown)
        }
        try unlessNameTaken { try places.add(school, at: time) }
        try ledger.append(
            .schoolAdded, to: "school/\(school.id)", by: principal.actor, at: time, payload: school.ledgerPayload)
    }

    func enter(_ canteen: Canteen, by principal: Principal, at time: UTCTime) throws {
        try unlessNameTaken { try places.add(canteen, at: time) }
        try ledger.append(
            .canteenAdded, to: "canteen/\(canteen.id)", by: principal.actor, at: time, payload: canteen.ledgerPayload)
    }

    func enter(_ area: Area, by principal: Principal, at time: UTCTime) throws {
        try checkCanteen(of: area)
        try unlessNameTaken { try places.add(area, at: time) }
        try ledger.append(
            .areaAdded, to: "area/\(area.id)", by: principal.actor, at: time, payload: area.ledgerPayload)
    }

    /// - Parameter camera: Checked.
    func enter(_ camera: Camera, by principal: Principal, at time: UTCTime) throws {
        try unlessNameTaken { try cameras.add(camera, at: time) }
        try ledger.append(
            .cameraAdded, to: "camera/\(camera.id)", by: principal.actor, at: time, payload: camera.ledgerPayload)
    }

    func checkCanteen(of area: Area) throws {
        guard let canteen = area.canteen else { return }
        guard try places.canteen(canteen)?.school == area.school else {
            throw SupervisionError.invalid(.canteen, .unknown)
        }
    }
}
