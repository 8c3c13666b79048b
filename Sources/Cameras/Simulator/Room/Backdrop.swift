import Synchronization

/// The empty kitchen, drawn once: what never moves, in the light of a dull and of a bright sky, with the distance of each sample.
final class Backdrop: Sendable {
    let width: Int
    let height: Int
    let dull: Planes
    let bright: Planes
    /// Of 2 × 2 samples a pixel, as in ``Raster/depths``.
    let depths: [UInt16]
    /// Samples of each pixel that show the floor, 0…4.
    let floor: [UInt8]

    struct Planes: Sendable {
        var y: [UInt8]
        var u: [UInt8]
        var v: [UInt8]
    }

    /// How bright the sky is in the two pictures, 1 = noon.
    static let dullDay: Float = 0.25

    private init(
        _ room: Room, maps: [LightMap], lens: Lens, lighting: Lighting, palette: Palette, width: Int, height: Int
    ) {
        self.width = width
        self.height = height
        let raster = Raster()
        raster.begin(left: 0, top: 0, width: width * 2, height: height * 2)
        for (index, face) in room.faces.enumerated() { raster.fill(face, tag: Self.faceTag | UInt16(index), lens) }
        let pen = MeshPen(raster: raster, lens: lens, lighting: lighting, palette: palette)
        for prop in room.props { prop(pen) }

        let shader = Shader(room: room, maps: maps, lens: lens, isInfrared: lighting.infraredPower > 0)
        var dull = Accumulator(width: width, height: height)
        var bright = Accumulator(width: width, height: height)
        var floor = [UInt8](repeating: 0, count: width * height)
        // One mirror image for the four samples of a pixel.
        var mirrored = [Shader.Mirrored?](repeating: nil, count: width)
        for row in 0..<(height * 2) {
            for column in 0..<(width * 2) {
                let index = row * width * 2 + column
                let tag = raster.tags[index]
                if tag & Self.faceTag != 0 {
                    let face = Int(tag & ~Self.faceTag)
                    if (row | column) & 1 == 0 || mirrored[column / 2]?.face != face { mirrored[column / 2] = nil }
                    let colours = shader.shade(face, x: Float(column) + 0.5, y: Float(row) + 0.5, &mirrored[column / 2])
                    dull.add(colours.dull, column, row)
                    bright.add(colours.bright, column, row)
                    if face == 0 { floor[row / 2 * width + column / 2] += 1 }
                } else {
                    let material = MeshTag.material(tag)
                    let signal = SIMD3<Float>(
                        Float(raster.luma[index]), Float(palette.u[material]), Float(palette.v[material]))
                    dull.add(signal, column, row)
                    bright.add(signal, column, row)
                }
            }
        }
        self.dull = dull.planes
        self.bright = bright.planes
        self.floor = floor
        depths = Array(UnsafeBufferPointer(start: raster.depths, count: width * height * 4))
    }

    private static let faceTag: UInt16 = 0x8000

    /// What a backdrop depends on.
    private struct Kind: Hashable {
        var scene: SceneParameters.Scene
        var light: SceneParameters.Light
        var width: Int
        var height: Int
    }

    private struct Weak: Sendable {
        weak let backdrop: Backdrop?
    }

    /// Cameras in kitchens alike share one.
    static func shared(
        _ room: Room, _ parameters: SceneParameters, lens: Lens, lighting: Lighting, palette: Palette
    ) -> Backdrop {
        let kind = Kind(
            scene: parameters.scene, light: parameters.light, width: parameters.width, height: parameters.height)
        if let known = backdrops.withLock({ $0[kind]?.backdrop }) { return known }
        let backdrop = Backdrop(
            room, maps: lightMaps(of: room, parameters.scene), lens: lens, lighting: lighting, palette: palette,
            width: parameters.width, height: parameters.height)
        backdrops.withLock { known in
            known = known.filter { $0.value.backdrop != nil }
            known[kind] = Weak(backdrop: backdrop)
        }
        return backdrop
    }

    private static let backdrops = Mutex<[Kind: Weak]>([:])

    /// Light maps of a scene are the same for every picture's size.
    private static func lightMaps(of room: Room, _ scene: SceneParameters.Scene) -> [LightMap] {
        if let maps = mapsByScene.withLock({ $0[scene] }) { return maps }
        let maps = room.faces.map { LightMap(face: $0, boxes: room.boxes) }
        mapsByScene.withLock { $0[scene] = maps }
        return maps
    }

    private static let mapsByScene = Mutex<[SceneParameters.Scene: [LightMap]]>([:])
}

/// Sums of samples: 4 for a pixel of Y, 16 for one of U and V.
private struct Accumulator {
    private let width: Int
    private var y: [UInt16]
    private var u: [UInt16]
    private var v: [UInt16]

    init(
        width: Int, height: Int
    ) {
        self.width = width
        y = Array(repeating: 0, count: width * height)
        u = Array(repeating: 0, count: width * height / 4)
        v = Array(repeating: 0, count: width * height / 4)
    }

    @inline(__always)
    mutating func add(_ signal: SIMD3<Float>, _ column: Int, _ row: Int) {
        y[row / 2 * width + column / 2] += UInt16(signal.x + 0.5)
        let chroma = row / 4 * (width / 2) + column / 4
        u[chroma] += UInt16(signal.y + 0.5)
        v[chroma] += UInt16(signal.z + 0.5)
    }

    var planes: Backdrop.Planes {
        Backdrop.Planes(
            y: y.map { UInt8(($0 + 2) / 4) }, u: u.map { UInt8(($0 + 8) / 16) }, v: v.map { UInt8(($0 + 8) / 16) })
    }
}

extension Raster {
    /// A flat rectangle, cut off where it comes too near the lens.
    fileprivate func fill(_ face: Room.Face, tag: UInt16, _ lens: Lens) {
        guard (lens.position - face.origin).dot(face.normal) > 0 else { return }
        let (u, v) = (face.size.x, face.size.y)
        let outline = [face.point(0, 0), face.point(u, 0), face.point(u, v), face.point(0, v)]
        var kept: [Vector] = []
        for (index, point) in outline.enumerated() {
            let next = outline[(index + 1) % outline.count]
            let here = lens.depth(of: point) - Lens.near
            let there = lens.depth(of: next) - Lens.near
            if here >= 0 { kept.append(point) }
            if (here >= 0) != (there >= 0) { kept.append(mix(point, next, here / (here - there))) }
        }
        guard kept.count >= 3 else { return }
        let corners = kept.map { point in
            let projected = lens.project(point)
            return Corner(x: projected.x, y: projected.y, inverseDepth: projected.inverseDepth, luma: 0)
        }
        for index in 1..<(corners.count - 1) { fill(corners[0], corners[index], corners[index + 1], tag: tag) }
    }
}
