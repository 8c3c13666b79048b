public import Domain

/// The cameras as their administrator set them up. (摄像机设置) Changes need ``Permission/configureCameras``.
///
/// Ledger entries say which settings changed and never hold a user name or password.
public struct CameraSettings: Sendable {
    /// Every camera with its credentials: for the program itself, which connects to them.
    public func all() async throws -> [Camera] { fatalError() }

    /// Carries credentials only for those who may configure cameras.
    public func camera(_ id: CameraID, for principal: Principal) async throws -> Camera { fatalError() }

    public func add(_ draft: CameraDraft, by principal: Principal) async throws -> Camera { fatalError() }
    @discardableResult
    public func change(_ camera: Camera, by principal: Principal) async throws -> Camera { fatalError() }
    /// Its footage stays until retention deletes it.
    public func remove(_ id: CameraID, by principal: Principal) async throws { fatalError() }

    /// A number that grows whenever any process changes schools, areas or cameras: cheap enough to ask every second.
    public func revision() async throws -> Int64 { fatalError() }
}
