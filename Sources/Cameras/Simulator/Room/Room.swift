/// A kitchen as built: flat faces, small round things, and where people can stand and work in it.
struct Room: Sendable {
    /// A flat rectangle, seen from the side that its normal points to.
    struct Face: Sendable {
        var origin: Vector
        /// Of length 1.
        var uAxis: Vector
        var vAxis: Vector
        var normal: Vector
        var size: SIMD2<Float>
        var surface: Surface
        /// Soft dark patches under things that stand here.
        var contacts: [Contact] = []
        /// Lit by itself, not by the room's lamps: the corridor behind the door.
        var hasOwnLight = false

        func point(_ u: Float, _ v: Float) -> Vector { origin + uAxis * u + vAxis * v }
    }

    struct Contact: Sendable {
        var centre: Vector
        var radius: Float
        var strength: Float
    }

    /// Takes light away from what is behind it, and is seen in steel.
    struct Box: Sendable {
        var low: Vector
        var high: Vector
        /// As steel shows it.
        var colour: Vector
    }

    /// Where somebody works: feet, direction, and what there is to do.
    struct Station: Sendable {
        var place: SIMD2<Float>
        /// Radians left of +x.
        var heading: Float
        var tasks: [Task]
        /// Of the tap over this station, if any.
        var tap: Int?
    }

    enum Task: Sendable {
        case chop, sort, wipe, wash, stir, rest
    }

    /// A tap that runs while somebody washes at its station.
    struct Tap: Sendable {
        var mouth: Vector
        var waterLevel: Float
    }

    struct Burner: Sendable {
        /// Of the wok's underside.
        var centre: Vector
        var radius: Float
    }

    struct Steam: Sendable {
        var source: Vector
        var radius: Float
        /// 1 = a boiling pot.
        var strength: Float
    }

    var faces: [Face] = []
    var boxes: [Box] = []
    var props: [@Sendable (MeshPen) -> Void] = []
    var stations: [Station] = []
    var taps: [Tap] = []
    var burners: [Burner] = []
    var steams: [Steam] = []
    /// The way round the table in the middle.
    var ringLow = SIMD2<Float>(1.5, 1.35)
    var ringHigh = SIMD2<Float>(4.55, 3.2)
    /// Along which rats run, from hole to hole.
    var skirting: [SIMD2<Float>] = []

    static let width: Float = 5.6
    static let depth: Float = 4.6
    static let height: Float = 2.9
    static let doorSill = SIMD2<Float>(5.6, 0.9)
    static let outside = SIMD2<Float>(6.4, 0.55)
    static let windowCentre = Vector(5.6, 2.8, 1.65)

    /// Points along two fluorescent tubes.
    static let lamps: [Vector] = [1.4, 3.1].flatMap { y in
        [1.5, 2.8, 4.1].map { x in Vector(x, y, 2.8) }
    }

    static func build(_ scene: SceneParameters.Scene) -> Room {
        switch scene {
        case .preparation: preparation()
        case .washing: washing()
        case .cooking: cooking()
        }
    }
}
