import Cameras
import Domain
import Hummingbird
import Supervision

/// The list of cameras with their state.
struct CameraAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.cameras).route, use: list)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let cameras = VisibleCameras(try await site.supervision.places.tree(for: try context.principal()))
        let statuses = site.fleet.statuses()
        let wording = site.wording(context)
        return .conditional(
            .object([
                "cameras": .array(
                    cameras.places.map {
                        wording.json($0.camera, in: $0.area, of: $0.school, status: statuses[$0.camera.id])
                    })
            ]), to: request)
    }
}
