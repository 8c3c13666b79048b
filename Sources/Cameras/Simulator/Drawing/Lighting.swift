/// The lamps of the room, as small things and people see them; large surfaces have a ``LightMap``.
struct Lighting: Sendable {
    /// Points along the fluorescent tubes under the ceiling.
    var lamps: [Vector]
    /// Light of one such point at one metre.
    var lampPower: Float
    /// From everywhere.
    var ambient: Float
    var window: Vector
    var windowPower: Float
    /// Infrared lamps around the lens; 0 by day.
    var infraredPower: Float
    var eye: Vector

    /// On a surface with this normal, 1 = a well-lit work top.
    @inline(__always)
    func light(at point: Vector, normal: Vector) -> Float {
        var sum = ambient * (0.78 + 0.22 * normal.z)
        if lampPower > 0 {
            for lamp in lamps { sum += lampPower * Self.share(of: lamp, at: point, normal: normal) }
        }
        if windowPower > 0 { sum += windowPower * Self.share(of: window, at: point, normal: normal) }
        if infraredPower > 0 { sum += infraredPower * Self.share(of: eye, at: point, normal: normal) }
        return sum
    }

    @inline(__always)
    private static func share(of lamp: Vector, at point: Vector, normal: Vector) -> Float {
        let way = lamp - point
        let squared = max(way.dot(way), 0.25)
        let cosine = way.dot(normal)
        // Wrapped a little around the edge, as soft light does.
        return max(cosine + 0.15 * squared.squareRoot(), 0) / (squared * squared.squareRoot())
    }

    /// What polished metal shows: a bright ceiling with a lamp in it, a darker room below.
    @inline(__always)
    func mirrored(in normal: Vector, seenAlong view: Vector) -> Float {
        let reflected = view - normal * (2 * view.dot(normal))
        let ceiling = smoothstep(-0.35, 0.8, reflected.z)
        let lamp = smoothstep(0.86, 0.97, reflected.z + 0.1 * reflected.x)
        let power = lampPower > 0 ? 1 : infraredPower > 0 ? 0.35 : 0.1 as Float
        return (0.14 + 0.62 * ceiling + 0.9 * lamp) * power
    }
}
