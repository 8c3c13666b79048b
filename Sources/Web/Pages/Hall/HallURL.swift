import Domain

/// The hall's screens, below `/hall`, and where they are laid out.
enum HallURL: Sendable {
    /// The scene that the plan shows now.
    case screen
    case scene(Slot<HallSceneID>)
    /// What scripts ask for again and again, of either.
    case state
    case sceneState(Slot<HallSceneID>)
    case scenes
    case newScene
    case editor(Slot<HallSceneID>)
    case remove(Slot<HallSceneID>)
    case plan
    case visit
    case map
    case outline
    /// GeoJSON of what was given.
    case outlineFile
    case positions
    case position(Slot<SchoolID>)
    /// A file of the map's library, as the system has it.
    case library(Slot<String>)
    case libraryImage(Slot<String>)

    var path: String {
        switch self {
        case .screen: "/hall"
        case .scene(let scene): "/hall/\(scene.text("scene"))"
        case .state: "/hall/state.json"
        case .sceneState(let scene): "/hall/\(scene.text("scene"))/state.json"
        case .scenes: "/hall/scenes"
        case .newScene: "/hall/scenes/new"
        case .editor(let scene): "/hall/\(scene.text("scene"))/edit"
        case .remove(let scene): "/hall/\(scene.text("scene"))/remove"
        case .plan: "/hall/plan"
        case .visit: "/hall/visit"
        case .map: "/hall/map"
        case .outline: "/hall/map/outline"
        case .outlineFile: "/hall/map/outline.json"
        case .positions: "/hall/map/positions"
        case .position(let school): "/hall/map/schools/\(school.text("school"))"
        case .library(let file): "/hall/library/\(file.text("file"))"
        case .libraryImage(let file): "/hall/library/images/\(file.text("file"))"
        }
    }
}
