/// Draws a head: skin, hair, eyes, and the hat and the mask that the rules ask for.
struct Head {
    let forward: Vector
    let left: Vector
    let up: Vector
    let centre: Vector
    let outfit: Outfit
    private let scale: Float

    init(skeleton: Skeleton, outfit: Outfit) {
        forward = skeleton.gaze
        let level = Vector.up.cross(forward).normalized
        left = level
        up = forward.cross(level)
        centre = skeleton.head
        scale = skeleton.scale
        self.outfit = outfit
    }

    func draw(with pen: MeshPen) {
        let (depth, width, height) = (0.098 * scale, 0.079 * scale, 0.118 * scale)
        pen.ellipsoid(centre, forward * depth, left * width, up * height, outfit.skin, rows: 8, sides: 12)
        pen.ellipsoid(
            centre + forward * (depth * 0.98) - up * (0.012 * scale), forward * (0.02 * scale), left * (0.014 * scale),
            up * (0.022 * scale), outfit.skin, rows: 4, sides: 6)
        drawHair(pen, depth, width, height)
        drawFace(pen, depth, width, height)
        if outfit.wearsHat { drawHat(pen) }
    }

    private func drawHair(_ pen: MeshPen, _ depth: Float, _ width: Float, _ height: Float) {
        // Over the crown, and down the back of the head.
        pen.ellipsoid(
            centre - forward * 0.004, forward * (depth * 1.05), left * (width * 1.07), up * (height * 1.05),
            outfit.hair,
            rows: 5, sides: 14, elevation: 0.62...(.pi / 2))
        pen.ellipsoid(
            centre - forward * 0.004, forward * (depth * 1.05), left * (width * 1.07), up * (height * 1.05),
            outfit.hair,
            rows: 5, sides: 10, azimuth: 1.35...(2 * .pi - 1.35), elevation: -0.5...0.75)
    }

    private func drawFace(_ pen: MeshPen, _ depth: Float, _ width: Float, _ height: Float) {
        func patch(
            _ material: Material, azimuth: ClosedRange<Float>, elevation: ClosedRange<Float>, swell: Float,
            sides: Int = 2
        ) {
            pen.ellipsoid(
                centre, forward * (depth * swell), left * (width * swell), up * (height * swell), material,
                rows: 2 + sides / 3,
                sides: sides, azimuth: azimuth, elevation: elevation)
        }
        for side in [-1, 1] as [Float] {
            let at = side * 0.42
            patch(.eye, azimuth: (at - 0.13)...(at + 0.13), elevation: 0.10...0.21, swell: 1.03)
            patch(outfit.hair, azimuth: (at - 0.19)...(at + 0.19), elevation: 0.33...0.39, swell: 1.03)
        }
        if outfit.wearsMask {
            patch(outfit.mask, azimuth: -1.05...1.05, elevation: -1.0...(-0.06), swell: 1.13, sides: 8)
        } else {
            patch(.lips, azimuth: -0.24...0.24, elevation: -0.52...(-0.42), swell: 1.03)
        }
    }

    private func drawHat(_ pen: MeshPen) {
        func ring(_ height: Float, _ radius: Float, back: Float = 0) -> MeshPen.Ring {
            MeshPen.Ring(
                centre + up * (height * scale) - forward * (back * scale), forward * (radius * 1.1 * scale),
                left * (radius * 0.95 * scale))
        }
        switch outfit.hat {
        case .toque:
            pen.loft(
                [
                    ring(0.045, 0.094), ring(0.125, 0.094), ring(0.13, 0.098), ring(0.17, 0.128, back: 0.01),
                    ring(0.215, 0.132, back: 0.015), ring(0.245, 0.105, back: 0.015), ring(0.255, 0, back: 0.015),
                ],
                sides: 14, .hatWhite)
        case .cap:
            pen.loft(
                [
                    ring(0.045, 0.094), ring(0.10, 0.096), ring(0.105, 0.106, back: 0.005),
                    ring(0.14, 0.112, back: 0.012),
                    ring(0.165, 0.085, back: 0.014), ring(0.172, 0, back: 0.014),
                ],
                sides: 14, .hatWhite)
        }
    }
}
