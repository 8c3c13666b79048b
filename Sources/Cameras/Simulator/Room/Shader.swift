/// The colour of a sample of a flat face: texture, light, shadow, and the mirror image in steel and wet tiles.
struct Shader {
    let room: Room
    let maps: [LightMap]
    let lens: Lens
    let isInfrared: Bool

    static let lampPower: Float = 0.78
    static let ambient: Float = 0.30
    static let windowPower: Float = 0.50
    static let infraredPower: Float = 3.2

    /// What a face mirrors, in the light of a dull and of a bright sky.
    struct Mirrored {
        var face: Int
        var dull: Vector
        var bright: Vector
    }

    /// Video signals (``Tone/signal(_:)``). `mirrored` is filled when it is nil and the face mirrors anything.
    func shade(
        _ index: Int, x: Float, y: Float, _ mirrored: inout Mirrored?
    ) -> (dull: Vector, bright: Vector) {
        let face = room.faces[index]
        let ray = lens.ray(x: x, y: y)
        let distance = (face.origin - lens.position).dot(face.normal) / ray.dot(face.normal)
        let point = lens.position + ray * distance
        let offset = point - face.origin
        let u = offset.dot(face.uAxis)
        let v = offset.dot(face.vAxis)
        let light = maps[index].sample(u, v)
        let shadow = contactShadow(face, at: point)
        if isInfrared { return infrared(face, index, u, v, point, ray, light, shadow) }

        let dullDay = Backdrop.dullDay
        let dull = face.surface.texel(u, v, size: face.size, day: dullDay)
        let bright = face.surface.texel(u, v, size: face.size, day: 1)
        let lamps = (Self.lampPower * light.lamps + Self.ambient * (0.25 + 0.75 * light.openness)) * shadow
        let window = Self.windowPower * light.window * shadow
        var dullColour = dull.albedo * (lamps + window * dullDay) + dull.emission
        var brightColour = bright.albedo * (lamps + window) + bright.emission
        if dull.mirror > 0 {
            let image = mirrored ?? image(in: face, index, at: point, along: ray, dull.roughness)
            mirrored = image
            let grazing = 1 - abs(ray.normalized.dot(face.normal))
            let share = dull.mirror + (1 - dull.mirror) * 0.5 * grazing * grazing * grazing * grazing
            dullColour = mix(dullColour, image.dull, share)
            brightColour = mix(brightColour, image.bright, share)
        }
        return (Tone.signal(dullColour), Tone.signal(brightColour))
    }

    private func contactShadow(_ face: Room.Face, at point: Vector) -> Float {
        var light: Float = 1
        for contact in face.contacts {
            let way = point - contact.centre
            let squared = way.dot(way) / (contact.radius * contact.radius)
            if squared < 1 { light *= 1 - contact.strength * (1 - squared) * (1 - squared) }
        }
        return light
    }

    private func infrared(
        _ face: Room.Face, _ index: Int, _ u: Float, _ v: Float, _ point: Vector, _ ray: Vector,
        _ light: LightMap.Light,
        _ shadow: Float
    ) -> (dull: Vector, bright: Vector) {
        let texel = face.surface.texel(u, v, size: face.size, day: 0.02)
        let way = lens.position - point
        let facing = abs(way.normalized.dot(face.normal))
        let lit = (0.012 + Self.infraredPower * facing / way.dot(way)) * (0.4 + 0.6 * light.openness) * shadow
        // Lamps are off by night.
        let emission = face.surface.isLamp ? 0 : Tone.brightness(of: texel.emission) * 0.4
        let brightness = Tone.brightness(of: texel.albedo) * lit + emission
        let signal = Vector(Tone.luma(brightness), 128, 128)
        return (signal, signal)
    }

    private func image(
        in face: Room.Face, _ index: Int, at point: Vector, along ray: Vector, _ roughness: Float
    ) -> Mirrored {
        let direct = (ray - face.normal * (2 * ray.dot(face.normal))).normalized
        let start = point + face.normal * 0.01
        // Four rays, turned a little from place to place, smear the image as brushed steel does.
        let turn = Grain.speck(Int(point.x * 900), Int(point.y * 900) &+ Int(point.z * 700) &* 7) * .pi
        var sum = Mirrored(face: index, dull: .zero, bright: .zero)
        for ray in 0..<4 {
            let angle = turn + Float(ray) * (.pi / 2)
            let reach = roughness * (ray & 1 == 0 ? 1.2 : 0.5)
            let way = (direct + (face.uAxis * cosine(angle) + face.vAxis * sine(angle)) * reach).normalized
            let seen = colour(seenFrom: start, along: way, index)
            sum.dull += seen.dull / 4
            sum.bright += seen.bright / 4
        }
        return sum
    }

    private func colour(seenFrom start: Vector, along way: Vector, _ index: Int) -> Mirrored {
        var nearest = Float.infinity
        var colour = Vector.zero
        for box in room.boxes {
            let entry = box.entry(from: start, along: way)
            if entry < nearest {
                nearest = entry
                colour = box.colour * 0.75
            }
        }
        let wall = roomWall(from: start, along: way)
        if wall.distance < nearest { return Mirrored(face: index, dull: wall.dull, bright: wall.bright) }
        return Mirrored(face: index, dull: colour, bright: colour * 1.06)
    }

    /// The inside of the room's shell, roughly as it is painted.
    private func roomWall(from start: Vector, along way: Vector) -> (distance: Float, dull: Vector, bright: Vector) {
        let limits = Vector(
            way.x > 0 ? Room.width : 0, way.y > 0 ? Room.depth : -0.2, way.z > 0 ? Room.height : 0)
        let steps =
            (limits - start)
            / Vector(
                abs(way.x) < 1e-6 ? 1e-6 : way.x, abs(way.y) < 1e-6 ? 1e-6 : way.y, abs(way.z) < 1e-6 ? 1e-6 : way.z)
        let distance = max(min(steps.x, steps.y, steps.z), 0)
        let point = start + way * distance
        if steps.z == distance {
            guard way.z > 0 else { return (distance, [0.14, 0.13, 0.125], [0.16, 0.15, 0.145]) }
            let fromTube = min(abs(point.y - 1.4), abs(point.y - 3.1))
            let isTube = point.x > 1.2 && point.x < 4.4
            let glow = isTube ? 2.6 * smoothstep(0.22, 0.03, fromTube) : 0
            let ceiling = Vector(repeating: 0.42 + glow)
            return (distance, ceiling, ceiling * 1.04)
        }
        if steps.x == distance, way.x > 0 {
            let inside = smoothstep(0.08, 0, abs(point.y - 2.8) - 0.7) * smoothstep(0.08, 0, abs(point.z - 1.68) - 0.48)
            let wall = Vector(0.42, 0.43, 0.43)
            let sky = Vector(0.72, 0.85, 1.0)
            return (distance, mix(wall, sky * Backdrop.dullDay, inside), mix(wall, sky * 1.1, inside))
        }
        let level = 0.3 + 0.2 * point.z / Room.height
        return (distance, Vector(repeating: level), Vector(repeating: level * 1.04))
    }
}

extension Surface {
    fileprivate var isLamp: Bool {
        if case .lamp = self { true } else { false }
    }
}
