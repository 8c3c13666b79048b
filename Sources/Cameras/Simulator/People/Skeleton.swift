/// Where the joints of somebody are at a moment.
struct Skeleton {
    var hips: Vector
    var chest: Vector
    var neck: Vector
    var head: Vector
    /// Of the body, level.
    var forward: Vector
    var left: Vector
    /// Along the back, leaning with it.
    var spine: Vector
    /// Of the face.
    var gaze: Vector
    /// Left, right.
    var legs: [Limb]
    var arms: [Limb]
    var scale: Float

    struct Limb {
        var root: Vector
        var middle: Vector
        var end: Vector
    }

    init(_ moment: Schedule.Moment, pose: Pose, scale: Float, strideLength: Float = 1.25) {
        self.scale = scale
        forward = Vector.heading(moment.heading)
        left = Vector.heading(moment.heading + .pi / 2)
        let phase = moment.walked / strideLength * 2 * .pi
        let walking = moment.walking
        let bob = walking * 0.022 * cosine(phase * 2)
        let ground = Vector(moment.place.x, moment.place.y, 0)
        let sway = left * (walking * 0.02 * sine(phase) + pose.sway)
        hips = ground + sway + Vector(0, 0, 0.90 * scale + bob - 0.012 * walking)
        let lean = pose.lean + walking * 0.05
        spine = (Vector.up * cosine(lean) + forward * sine(lean)).normalized
        chest = hips + spine * (0.36 * scale)
        neck = hips + spine * (0.54 * scale)
        let nod = pose.nod
        let look = Vector.heading(moment.heading + pose.turn)
        gaze = (look * cosine(nod) - Vector.up * sine(nod)).normalized
        head = neck + (spine + gaze * 0.25).normalized * (0.155 * scale)

        let (hips, neck, spine, forward, left) = (hips, neck, spine, forward, left)
        let sides: [Float] = [1, -1]
        legs = sides.map { side in
            let step = phase + (side > 0 ? 0 : .pi)
            let lift = max(cosine(step), 0) * walking
            let root = hips + left * (side * 0.095 * scale)
            let rest = ground + left * (side * 0.11 * scale) + forward * (side * 0.03)
            let advance = forward * (sine(step) * strideLength / 4 * walking)
            let height = Vector.up * ((0.075 + lift * 0.10) * scale)
            return Self.bent(from: root, to: rest + advance + height, 0.44 * scale, 0.42 * scale, towards: forward)
        }
        arms = sides.map { side in
            let shoulder = neck - spine * (0.095 * scale) + left * (side * 0.158 * scale)
            let swing = sine(phase + (side > 0 ? .pi : 0)) * walking * 0.22
            let hanging = shoulder + left * (side * 0.07) + forward * (0.06 + swing) - Vector.up * (0.50 * scale)
            var hand = hanging
            if let place = side > 0 ? pose.leftHand : pose.rightHand {
                let target = ground + forward * place.x + left * place.y + Vector.up * place.z
                hand = mix(hanging, target, pose.reach)
            }
            let outward = left * (side * 0.8) - forward * 0.45 - Vector.up * 0.5
            return Self.bent(from: shoulder, to: hand, 0.285 * scale, 0.27 * scale, towards: outward.normalized)
        }
    }

    /// Two bones of these lengths from `root` to `end`, the joint between them pointing `towards`; out of reach = stretched.
    private static func bent(
        from root: Vector, to end: Vector, _ first: Float, _ second: Float, towards: Vector
    ) -> Limb {
        var way = end - root
        var distance = way.length
        let longest = (first + second) * 0.995
        if distance > longest {
            way = way * (longest / distance)
            distance = longest
        }
        distance = max(distance, abs(first - second) + 0.02)
        let along = way.normalized
        let share = (first * first - second * second + distance * distance) / (2 * distance)
        let height = max(first * first - share * share, 0).squareRoot()
        let out = (towards - along * towards.dot(along)).normalized
        return Limb(root: root, middle: root + along * share + out * height, end: root + way)
    }
}
