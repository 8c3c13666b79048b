/// A place or direction in the room: metres, x along the back wall, y away from the camera's wall, z up.
typealias Vector = SIMD3<Float>

extension Vector {
    static let up = Vector(0, 0, 1)

    @inline(__always)
    func dot(_ other: Vector) -> Float { x * other.x + y * other.y + z * other.z }

    @inline(__always)
    func cross(_ other: Vector) -> Vector {
        Vector(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    @inline(__always)
    var length: Float { dot(self).squareRoot() }

    /// Of length 1; zero stays zero.
    @inline(__always)
    var normalized: Vector {
        let length = length
        return length > 1e-9 ? self / length : self
    }

    /// The horizontal direction that lies `angle` radians left of +x.
    static func heading(_ angle: Float) -> Vector { Vector(cosine(angle), sine(angle), 0) }
}

// Not one generic function for all: other files could not specialise it without whole-module optimisation.
@inline(__always)
func mix(_ a: Vector, _ b: Vector, _ share: Float) -> Vector { a + (b - a) * share }

@inline(__always)
func mix(_ a: SIMD2<Float>, _ b: SIMD2<Float>, _ share: Float) -> SIMD2<Float> { a + (b - a) * share }

@inline(__always)
func mix(_ a: Float, _ b: Float, _ share: Float) -> Float { a + (b - a) * share }

/// 0 below `low`, 1 above `high`, an S between.
@inline(__always)
func smoothstep(_ low: Float, _ high: Float, _ value: Float) -> Float {
    let share = min(max((value - low) / (high - low), 0), 1)
    return share * share * (3 - 2 * share)
}
