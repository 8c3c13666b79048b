/// Draws a person: a skeleton dressed in an outfit.
struct Figure {
    let skeleton: Skeleton
    let outfit: Outfit
    let holds: Pose.Thing

    private var scale: Float { skeleton.scale }

    func draw(with pen: MeshPen) {
        var pen = pen
        pen.part = .body
        for leg in skeleton.legs { drawLeg(leg, pen) }
        drawTorso(pen)
        for (index, arm) in skeleton.arms.enumerated() { drawArm(arm, isLeft: index == 0, pen) }
        drawThing(pen)
        pen.part = .head
        Head(skeleton: skeleton, outfit: outfit).draw(with: pen)
    }

    private func drawLeg(_ leg: Skeleton.Limb, _ pen: MeshPen) {
        tube(
            [
                (leg.root, 0.098), (leg.root + (leg.middle - leg.root) * 0.5, 0.086), (leg.middle, 0.070),
                (leg.middle + (leg.end - leg.middle) * 0.5, 0.063), (leg.end, 0.052),
            ],
            sides: 8, outfit.trousers, pen)
        let heel = leg.end - [0, 0, 0.03 * scale]
        pen.ellipsoid(
            heel + skeleton.forward * (0.055 * scale), skeleton.forward * (0.135 * scale),
            skeleton.left * (0.048 * scale),
            [0, 0, 0.045 * scale], outfit.shoes, rows: 4, sides: 8)
    }

    private func drawTorso(_ pen: MeshPen) {
        // Height along the spine from the hips, half width, half depth, shift forward.
        let slices: [(Float, Float, Float, Float)] = [
            (-0.14, 0.172, 0.128, 0), (-0.02, 0.168, 0.122, 0), (0.14, 0.150, 0.108, 0.005),
            (0.30, 0.168, 0.118, 0.008),
            (0.42, 0.198, 0.116, 0), (0.475, 0.186, 0.098, -0.004), (0.51, 0.125, 0.078, -0.002),
            (0.545, 0.066, 0.060, 0.002),
            (0.585, 0.054, 0.052, 0.006),
        ]
        func ring(_ slice: (Float, Float, Float, Float), swell: Float) -> MeshPen.Ring {
            let along = (slice.0 < 0 ? Vector.up : skeleton.spine) * (slice.0 * scale)
            let deep = skeleton.left.cross(skeleton.spine)
            return MeshPen.Ring(
                skeleton.hips + along + deep * (slice.3 * scale), deep * (slice.2 * scale * outfit.girth * swell),
                skeleton.left * (slice.1 * scale * outfit.girth * swell))
        }
        pen.loft(slices.map { ring($0, swell: 1) }, sides: 14, outfit.jacket)
        guard let apron = outfit.apron else { return }
        // From the knees to the chest, round the front.
        let front =
            [(-0.42, 0.19, 0.16, 0.02) as (Float, Float, Float, Float), (-0.28, 0.182, 0.145, 0.01)] + slices[0...3]
        let rings = front.map { ring($0, swell: 1.07) }
        pen.loft(rings, sides: 10, apron, from: -1.75, to: 1.75)
        let ties = [ring((0.09, 0.156, 0.112, 0.004), swell: 1.06), ring((0.12, 0.153, 0.110, 0.004), swell: 1.06)]
        pen.loft(ties, sides: 14, apron)
        let bib = slices[3...4].map { ring($0, swell: 1.07) }
        pen.loft(bib, sides: 6, apron, from: -0.9, to: 0.9)
    }

    private func drawArm(_ arm: Skeleton.Limb, isLeft: Bool, _ pen: MeshPen) {
        let side: Float = isLeft ? 1 : -1
        pen.ellipsoid(
            arm.root - skeleton.left * (side * 0.02), skeleton.forward * (0.07 * scale),
            skeleton.left * (0.098 * scale),
            skeleton.spine * (0.07 * scale), outfit.jacket, rows: 6, sides: 10)
        tube(
            [
                (arm.root, 0.072), (arm.root + (arm.middle - arm.root) * 0.55, 0.061), (arm.middle, 0.051),
                (arm.middle + (arm.end - arm.middle) * 0.5, 0.047), (arm.end, 0.040),
            ],
            sides: 8, outfit.jacket, pen)
        let hand = (arm.end - arm.middle).normalized
        let across = hand.cross(.up).normalized
        pen.ellipsoid(
            arm.end + hand * (0.055 * scale), hand * (0.078 * scale), across * (0.042 * scale),
            hand.cross(across) * (0.030 * scale), outfit.glove ?? outfit.skin, rows: 5, sides: 8)
    }

    private func drawThing(_ pen: MeshPen) {
        let arm = skeleton.arms[1]
        let along = (arm.end - arm.middle).normalized
        let hand = arm.end + along * (0.075 * scale)
        let forward = skeleton.forward
        let left = skeleton.left
        switch holds {
        case .nothing: break
        case .knife:
            pen.block(
                hand + left * 0.02 + forward * 0.10 - [0, 0, 0.025], forward * 0.095, left * 0.004, [0, 0, 0.026],
                .steel)
            pen.block(hand - forward * 0.02, forward * 0.05, left * 0.010, [0, 0, 0.012], .knifeHandle)
        case .ladle:
            let tip = hand + forward * 0.16 - [0, 0, 0.20]
            tube([(hand + [0, 0, 0.05], 0.012), (tip, 0.010)], sides: 6, .steel, pen)
            pen.ellipsoid(tip, forward * 0.06, left * 0.055, [0, 0, 0.025], .steel, rows: 4, sides: 8)
        case .cloth:
            pen.ellipsoid(
                hand - [0, 0, 0.03], forward * 0.10, left * 0.08, [0, 0, 0.018], .maskBlue, rows: 4, sides: 9)
        case .plate:
            let other = skeleton.arms[0]
            let middle = (hand + other.end) / 2 + forward * 0.05
            pen.ellipsoid(
                middle, (left + forward * 0.3).normalized * 0.11, (forward + [0, 0, 0.9]).normalized * 0.11,
                (Vector.up - forward).normalized * 0.014, .porcelain, rows: 4, sides: 14)
        case .phone:
            drawPhone(at: hand, pen)
        case .basin:
            let centre = (hand + skeleton.arms[0].end) / 2 + forward * 0.13 - [0, 0, 0.06]
            pen.loft(
                [
                    .init(centre, radius: 0.13), .init(centre + [0, 0, 0.13], radius: 0.19),
                    .init(centre + [0, 0, 0.135], radius: 0.2),
                ],
                sides: 16, .steel)
            pen.ellipsoid(
                centre + [0, 0, 0.10], [0.18, 0, 0], [0, 0.18, 0], [0, 0, 0.07], .leaf, rows: 3, sides: 14,
                elevation: 0...(.pi / 2))
        }
    }

    private func drawPhone(at hand: Vector, _ pen: MeshPen) {
        var pen = pen
        pen.part = .phone
        let towardsFace = (skeleton.head - hand).normalized
        let across = skeleton.left
        let upward = towardsFace.cross(across).normalized
        let tall = upward.z < 0 ? -upward : upward
        let centre = hand + towardsFace * 0.02 + tall * 0.03
        pen.block(centre, across * 0.040, tall * 0.082, towardsFace * 0.006, .phoneCase)
        pen.block(centre + towardsFace * 0.005, across * 0.036, tall * 0.076, towardsFace * 0.003, .phoneScreen)
    }

    /// A round limb through these points, with these radii.
    private func tube(_ joints: [(Vector, Float)], sides: Int, _ material: Material, _ pen: MeshPen) {
        var rings: [MeshPen.Ring] = []
        for (index, joint) in joints.enumerated() {
            let before = joints[max(index - 1, 0)].0
            let after = joints[min(index + 1, joints.count - 1)].0
            let along = (after - before).normalized
            let aside = along.cross(skeleton.left).normalized
            rings.append(MeshPen.Ring(joint.0, aside * (joint.1 * scale), aside.cross(along) * (joint.1 * scale)))
        }
        pen.loft(rings, sides: sides, material)
    }
}
