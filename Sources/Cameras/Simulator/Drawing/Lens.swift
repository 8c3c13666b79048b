/// The simulated camera: a pinhole that looks down into the room from a high corner.
struct Lens {
    let position: Vector
    let right: Vector
    let up: Vector
    let forward: Vector
    /// In samples.
    let focalLength: Float
    let centreX: Float
    let centreY: Float

    /// What is nearer than this is not drawn, metres.
    static let near: Float = 0.3

    /// Samples on a raster of `width` × `height`; `opening` is the horizontal angle of view in radians.
    init(at position: Vector, lookingAt target: Vector, opening: Float, width: Int, height: Int) {
        self.position = position
        forward = (target - position).normalized
        right = forward.cross(.up).normalized
        up = right.cross(forward)
        let half = opening / 2
        focalLength = Float(width) / 2 / (sine(half) / cosine(half))
        centreX = Float(width) / 2
        centreY = Float(height) / 2
    }

    struct Projection {
        var x: Float
        var y: Float
        /// 1 / distance along the axis, in 1/m; ≤ 0 behind the camera.
        var inverseDepth: Float
    }

    @inline(__always)
    func project(_ point: Vector) -> Projection {
        let offset = point - position
        let depth = offset.dot(forward)
        guard depth > 0.01 else { return Projection(x: 0, y: 0, inverseDepth: -1) }
        let scale = focalLength / depth
        return Projection(
            x: centreX + offset.dot(right) * scale, y: centreY - offset.dot(up) * scale, inverseDepth: 1 / depth)
    }

    func depth(of point: Vector) -> Float { (point - position).dot(forward) }

    /// The ray through a sample's centre; its component along the axis is 1.
    @inline(__always)
    func ray(x: Float, y: Float) -> Vector {
        forward + right * ((x - centreX) / focalLength) - up * ((y - centreY) / focalLength)
    }
}
