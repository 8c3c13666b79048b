// The vocabulary in which the three kitchens are written down.

extension Room {
    mutating func addFloor(_ origin: Vector, _ size: SIMD2<Float>, _ surface: Surface) {
        faces.append(
            Face(
                origin: origin, uAxis: [1, 0, 0], vAxis: [0, 1, 0], normal: [0, 0, 1], size: size, surface: surface))
    }

    mutating func addCeiling(_ surface: Surface) {
        faces.append(
            Face(
                origin: [0, 0, Room.height], uAxis: [1, 0, 0], vAxis: [0, 1, 0], normal: [0, 0, -1],
                size: [Room.width, Room.depth], surface: surface))
    }

    /// Towards smaller y, where the camera is.
    mutating func addWallFacingFront(
        x: ClosedRange<Float>, y: Float, z: ClosedRange<Float>, _ surface: Surface
    ) {
        faces.append(
            Face(
                origin: [x.lowerBound, y, z.lowerBound], uAxis: [1, 0, 0], vAxis: [0, 0, 1], normal: [0, -1, 0],
                size: [x.upperBound - x.lowerBound, z.upperBound - z.lowerBound], surface: surface))
    }

    /// Towards smaller x, where the camera is.
    mutating func addWallFacingLeft(
        x: Float, y: ClosedRange<Float>, z: ClosedRange<Float>, _ surface: Surface
    ) {
        faces.append(
            Face(
                origin: [x, y.lowerBound, z.lowerBound], uAxis: [0, 1, 0], vAxis: [0, 0, 1], normal: [-1, 0, 0],
                size: [y.upperBound - y.lowerBound, z.upperBound - z.lowerBound], surface: surface))
    }

    /// The three sides of a box that the camera can see: top, front (towards smaller y) and left (towards smaller x).
    mutating func addBox(
        _ low: Vector, _ high: Vector, _ surface: Surface, top: Surface? = nil, left: Surface? = nil, casts: Bool = true
    ) {
        addFloor([low.x, low.y, high.z], [high.x - low.x, high.y - low.y], top ?? surface)
        addWallFacingFront(x: low.x...high.x, y: low.y, z: low.z...high.z, surface)
        addWallFacingLeft(x: low.x, y: low.y...high.y, z: low.z...high.z, left ?? surface)
        guard casts else { return }
        let middle = surface.texel(0.21, 0.37, size: [1, 1], day: 1)
        boxes.append(Box(low: low, high: high, colour: middle.albedo))
    }

    /// A steel work table: slab, four legs, a shelf near the floor.
    mutating func addTable(_ low: SIMD2<Float>, _ high: SIMD2<Float>, height: Float = 0.85) {
        addBox([low.x, low.y, height - 0.05], [high.x, high.y, height], .steel)
        addBox([low.x + 0.05, low.y + 0.05, 0.2], [high.x - 0.05, high.y - 0.05, 0.23], .steel)
        for x in [low.x + 0.03, high.x - 0.08] {
            for y in [low.y + 0.03, high.y - 0.08] {
                addBox([x, y, 0], [x + 0.05, y + 0.05, height - 0.05], .steel)
            }
        }
    }

    /// A board on the wall at the back.
    mutating func addShelf(x: ClosedRange<Float>, z: Float) {
        addBox([x.lowerBound, Room.depth - 0.32, z], [x.upperBound, Room.depth, z + 0.03], .steel)
    }

    mutating func addPoster(onBackWall x: Float, width: Float, z: Float, height: Float, _ colour: Vector) {
        addWallFacingFront(x: x...(x + width), y: Room.depth - 0.012, z: z...(z + height), .poster(colour))
    }

    mutating func addPoster(onRightWall y: Float, width: Float, z: Float, height: Float, _ colour: Vector) {
        addWallFacingLeft(x: Room.width - 0.012, y: y...(y + width), z: z...(z + height), .poster(colour))
    }

    /// A soft dark patch on whatever is level with `centre`.
    mutating func addContact(_ centre: Vector, radius: Float, strength: Float = 0.5) {
        for index in faces.indices {
            let face = faces[index]
            let offset = centre - face.origin
            let u = offset.dot(face.uAxis)
            let v = offset.dot(face.vAxis)
            guard face.normal.z > 0.5, abs(offset.z) < 0.01, u > -radius, u < face.size.x + radius, v > -radius,
                v < face.size.y + radius
            else { continue }
            faces[index].contacts.append(Contact(centre: centre, radius: radius, strength: strength))
        }
    }

    /// Something round that stands on something level.
    mutating func stand(
        _ base: Vector, radius: Float, _ draw: @escaping @Sendable (MeshPen) -> Void
    ) {
        addContact(base, radius: radius * 1.7)
        props.append(draw)
    }
}
