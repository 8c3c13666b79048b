/// What somebody may do; asked in one place, ``Person/may(_:)``, for pages, API, media and exports alike.
public enum Permission: Hashable, Sendable {
    /// See that a school, its areas and cameras exist, and their state.
    case see(SchoolID)
    /// Live pictures and recordings of a school.
    case watch(SchoolID)
    case export(SchoolID)
    case configureCameras
    case managePeople
    case readLedger
}

extension Person {
    public func may(_ permission: Permission) -> Bool {
        guard isEnabled else { return false }
        switch (role, permission) {
        case (.administrator, _): return true
        case (.supervisor, .see), (.supervisor, .watch), (.supervisor, .export), (.supervisor, .readLedger): return true
        case (.school, .see(let id)), (.school, .watch(let id)): return id == school
        case (.supervisor, _), (.school, _): return false
        }
    }
}
