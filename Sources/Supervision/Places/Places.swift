public import Domain

/// Schools and their areas. (学校与区域) Changes need ``Permission/configureCameras``.
public struct Places: Sendable {
    /// What the asker may see, schools by name; cameras carry their credentials only for those who may configure them.
    public func tree(for principal: Principal) async throws -> [SchoolTree] { fatalError() }

    public func school(_ id: SchoolID, for principal: Principal) async throws -> School { fatalError() }
    public func area(_ id: AreaID, for principal: Principal) async throws -> Area { fatalError() }

    @discardableResult
    public func addSchool(_ name: String, by principal: Principal) async throws -> School { fatalError() }
    public func renameSchool(_ id: SchoolID, to name: String, by principal: Principal) async throws { fatalError() }
    /// Only when no area and nobody's account belongs to it.
    public func removeSchool(_ id: SchoolID, by principal: Principal) async throws { fatalError() }

    @discardableResult
    public func addArea(
        to school: SchoolID, kind: Area.Kind, name: String = "", by principal: Principal
    ) async throws -> Area { fatalError() }
    /// Takes kind and name; an area stays in its school.
    public func changeArea(_ area: Area, by principal: Principal) async throws { fatalError() }
    /// Only when it has no camera and no footage.
    public func removeArea(_ id: AreaID, by principal: Principal) async throws { fatalError() }
}

public struct SchoolTree: Hashable, Sendable {
    public var school: School
    public var areas: [AreaTree]
}

public struct AreaTree: Hashable, Sendable {
    public var area: Area
    public var cameras: [Camera]
}
